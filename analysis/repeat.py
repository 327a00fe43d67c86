"""Who or what appears again and again: victims, callers, locations, vehicles of the events of a span."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from statistics import median
from typing import Any

from analysis.bound import DAY_S, MOST_DAYS, area_id
from graph.answer import EntityView, LinkView, Page, Truncation
from graph.errors import BadInput
from graph.model import EVENTS
from graph.open import Graph
from graph.read.denied import NOTHING_FOUND, WITHHELD_ROLES
from graph.read.entity import entities_by_id
from graph.read.event import Involvement
from graph.read.link import view_of
from graph.read.page import COUNTED, Window, within
from security.viewer import Viewer

MOST_MIN = 10_000
# Events of which the links are given: what a person reads before asking for the timeline.
EVENTS_SHOWN = 10
# What is neither seen by a camera nor a call between phones: passing by is no repetition of harm.
_HAPPENED = tuple(kind for kind in sorted(EVENTS) if kind not in ("Call", "Sighting"))

# By these somebody is counted for help or care. By what they are accused of nobody is: that would be a score of them.
_FOR_THEIR_SAKE = (*WITHHELD_ROLES, "CHILD", "CARER")


class RepeatKind(StrEnum):
    """What may appear again and again."""

    VICTIM = "VICTIM"
    CALLER = "CALLER"
    LOCATION = "LOCATION"
    VEHICLE = "VEHICLE"


@dataclass(frozen=True, slots=True)
class _Sort:
    """By which links a kind of repetition shows: their type, what they lead to, their roles, the events' kinds."""

    type: str
    things: tuple[str, ...]
    roles: tuple[str, ...] | None
    kinds: tuple[str, ...]


_SORTS: Mapping[RepeatKind, _Sort] = {
    RepeatKind.VICTIM: _Sort("INVOLVED_IN", ("Person", "Organisation"), ("VICTIM",), _HAPPENED),
    RepeatKind.CALLER: _Sort("INVOLVED_IN", ("Person", "Organisation", "Phone"), ("CALLER", "REPORTING"), _HAPPENED),
    RepeatKind.LOCATION: _Sort("OCCURRED_AT", ("Address", "Place"), None, _HAPPENED),
    RepeatKind.VEHICLE: _Sort("INVOLVED_IN", ("Vehicle",), None, _HAPPENED),
}


@dataclass(frozen=True, slots=True)
class Repeats:
    """What is sought: in an area (its id) or anywhere; from `since` to `until` (epoch) or the last `days`.

    `kinds` of events and `roles` in them: None for those of the kind of repetition. `least`: so many events at least.
    """

    kind: RepeatKind
    area: str | None = None
    since: int | None = None
    until: int | None = None
    days: int = 365
    kinds: tuple[str, ...] | None = None
    roles: tuple[str, ...] | None = None
    least: int = 2


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many there are of a kind."""

    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class GapsView:
    """Days from each event to the next: of all gaps the shortest, the median and the longest, and the last."""

    shortest: float
    median: float
    longest: float
    last: float


@dataclass(frozen=True, slots=True)
class RepeatView:
    """One that appears in `count` events: first and last (epoch), their kinds most first, the newest's links.

    `gaps` is None where there is one event. `truncated` tells of the events whose links are not given.
    """

    entity: EntityView
    count: int
    first: int
    last: int
    kinds: tuple[KindCount, ...]
    gaps: GapsView | None
    links: tuple[LinkView, ...]
    truncated: Truncation | None


def repeats(
    graph: Graph, viewer: Viewer, asked: Repeats, first: int = 20, after: str | None = None
) -> Page[RepeatView]:
    """Who or what appears in at least so many visible events of the span: most events first, then by id.

    Of one in several compartments the first by id of the group. An event counts once, by its date; undated ones are in
    no span, and a stop and search that found nothing is none. Raises BadInput for what is out of range, for kinds that
    are none of events, for roles of places and for roles of who is accused, searched or seen, NotFound for a hidden or
    absent area.
    """
    window = Window(graph, viewer, f"repeats:{asked!r}", first, after)
    count, after_id, since, until = window.position or (None, None, *_span(graph, asked))
    given = _given(graph, viewer, asked, since, until)
    shown = {"after": count, "after_id": after_id, "shown": EVENTS_SHOWN, "limit": window.limit}
    rows = graph.store.read(viewer, "repeat/found", **given, **shown)
    views = _views(graph, viewer, given, rows[: window.first])
    return window.page(rows, lambda row: views[row["id"]], lambda row: [row["count"], row["id"], since, until])


def count_repeats(graph: Graph, viewer: Viewer, asked: Repeats) -> tuple[int, bool]:
    """How many `repeats` has in all, and whether there are more than the 10,000 that are told."""
    given = _given(graph, viewer, asked, *_span(graph, asked))
    rows = graph.store.read(viewer, "repeat/found", **given, after=None, after_id=None, shown=0, limit=1)
    total: int = rows[0]["total"] if rows else 0
    return min(total, COUNTED), total > COUNTED


def _span(graph: Graph, asked: Repeats) -> tuple[int, int]:
    until = graph.clock() if asked.until is None else asked.until
    days = within("windowDays", asked.days, 1, MOST_DAYS)
    since = until - days * DAY_S if asked.since is None else asked.since
    if since > until:
        raise BadInput("from: it is after `to`; a span begins before it ends")
    return since, until


def _given(graph: Graph, viewer: Viewer, asked: Repeats, since: int, until: int) -> dict[str, Any]:
    sort = _SORTS[asked.kind]
    if asked.roles is not None and sort.type != "INVOLVED_IN":
        raise BadInput("roles: a place has none in what happens there; leave them out")
    Involvement(kinds=asked.kinds).params()
    roles = sort.roles if asked.roles is None else asked.roles
    for role in roles or ():
        if sort.roles is not None and role not in _FOR_THEIR_SAKE:
            raise BadInput(
                f"roles: {role!r} is refused: nobody is ranked by how often they were accused, searched or seen; "
                f"use some of {', '.join(_FOR_THEIR_SAKE)}"
            )
    return {
        "area": area_id(graph, viewer, asked.area),
        "since": since,
        "until": until,
        "kinds": list(sort.kinds if asked.kinds is None else asked.kinds),
        "type": sort.type,
        "things": list(sort.things),
        "roles": None if roles is None else list(roles),
        "nothing": NOTHING_FOUND,
        "min": within("min", asked.least, 2, MOST_MIN),
    }


def _views(
    graph: Graph, viewer: Viewer, given: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]
) -> dict[str, RepeatView]:
    if not rows:
        return {}
    entities = entities_by_id(graph, viewer, [row["id"] for row in rows])
    things = [{name: row[name] for name in ("id", "members", "events")} for row in rows]
    said = graph.store.read(viewer, "repeat/evidence", things=things, type=given["type"], roles=given["roles"])
    links: defaultdict[str, list[LinkView]] = defaultdict(list)
    for row in said:
        links[row["id"]].append(view_of(row))
    return {row["id"]: _view(row, entities[row["id"]], links[row["id"]]) for row in rows}


def _view(row: Mapping[str, Any], entity: EntityView, links: Sequence[LinkView]) -> RepeatView:
    times: Sequence[int] = row["times"]
    kinds = sorted(Counter(row["kinds"]).items(), key=lambda each: (-each[1], each[0]))
    beyond = row["count"] - len(row["events"])
    cut = Truncation(f"links of the newest {EVENTS_SHOWN} events are shown", beyond) if beyond else None
    counts = tuple(KindCount(kind, count) for kind, count in kinds)
    return RepeatView(entity, row["count"], times[0], times[-1], counts, _gaps(times), tuple(links), cut)


def _gaps(times: Sequence[int]) -> GapsView | None:
    days = [round((later - earlier) / DAY_S, 2) for earlier, later in pairwise(times)]
    return GapsView(min(days), median(days), max(days), days[-1]) if days else None
