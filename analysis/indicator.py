"""Signs of a pattern of harm, each with the links that show it. They say where to look, never what somebody will do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from analysis.bound import DAY_S, MOST_DAYS, area_id, moment_of
from analysis.burner_phone import shared_burner_phones
from analysis.county_lines import county_lines
from analysis.cuckooing import cuckooing
from analysis.finding import Finding, Search, Seek
from analysis.repeat_victim import repeat_victims
from analysis.scope import MOST
from graph.answer import EntityView, LinkView
from graph.open import Graph
from graph.read.event import Listed
from graph.read.link import NO_FILTER
from graph.read.page import cut_to, within
from graph.read.projection import entity_view
from graph.read.walk import among, joined, nodes
from graph.relevance import ScorePart
from security.viewer import Viewer


class Pattern(StrEnum):
    """A pattern of harm."""

    COUNTY_LINES = "COUNTY_LINES"
    CUCKOOING = "CUCKOOING"
    REPEAT_VICTIM = "REPEAT_VICTIM"
    SHARED_BURNER_PHONE = "SHARED_BURNER_PHONE"


_SEEK: Mapping[Pattern, Seek] = {
    Pattern.COUNTY_LINES: county_lines,
    Pattern.CUCKOOING: cuckooing,
    Pattern.REPEAT_VICTIM: repeat_victims,
    Pattern.SHARED_BURNER_PHONE: shared_burner_phones,
}


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """A pattern found: whom and what it is about, first the thing itself; the signs, and the links that show them."""

    pattern: Pattern
    entities: tuple[EntityView, ...]
    signs: tuple[ScorePart, ...]
    evidence: tuple[LinkView, ...]
    sentence: str


def indicators(
    graph: Graph,
    viewer: Viewer,
    pattern: Pattern,
    area: str | None = None,
    window_days: int = 90,
    first: int = 20,
    as_of: int | None = None,
) -> Listed[IndicatorView]:
    """Where a pattern shows in the last days, most signs first, then by id; in an area or anywhere.

    The days are those before `as_of` (epoch) or now. Raises BadInput for numbers out of range, a moment to come and for
    what is no area, NotFound for a hidden or absent area, TooCostly for more calls, events or homes than can be looked
    through.
    """
    within("first", first, 1, MOST)
    now = moment_of(graph, as_of)
    since = now - within("windowDays", window_days, 1, MOST_DAYS) * DAY_S
    found = sorted(
        _SEEK[pattern](Search(graph, viewer, area_id(graph, viewer, area), since, now)), key=lambda each: each.order
    )
    shown, beyond = cut_to(found, first)
    wanted = sorted({id_ for finding in shown for id_ in (*finding.entities, *finding.evidence)})
    stored = nodes(graph, viewer, wanted) if wanted else {}
    links, cut = among(graph, viewer, stored, NO_FILTER) if wanted else ((), None)
    views = {id_: entity_view(node) for id_, node in stored.items()}
    return Listed(tuple(_view(pattern, finding, views, links) for finding in shown), joined([beyond, cut]))


def _view(
    pattern: Pattern, finding: Finding, views: Mapping[str, EntityView], links: Sequence[LinkView]
) -> IndicatorView:
    own = {*finding.entities, *finding.evidence}
    return IndicatorView(
        pattern,
        tuple(views[id_] for id_ in finding.entities if id_ in views),
        finding.signs,
        tuple(link for link in links if link.origin.id in own and link.target.id in own),
        finding.sentence,
    )
