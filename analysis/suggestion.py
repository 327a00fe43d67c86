"""Who is probably linked though nobody wrote it down: hypotheses with their reasons, never stored.

What two have in common speaks the more for a link between them, the fewer have it: 1 / log2 of how many, as far as its
links are to be believed and the less, the longer ago it was.
Source: Adamic and Adar, Friends and neighbors on the Web, Social Networks 25 (2003).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np

from analysis.bound import moment_of
from analysis.doubt import believed
from analysis.network import UNDATED, Network
from analysis.pull import left_out, surroundings
from analysis.scope import MOST, group_of
from graph.answer import EntityView
from graph.model import EVENTS, KINDS
from graph.open import Graph
from graph.read.event import Listed
from graph.read.page import cut_to, within
from graph.read.walk import joined, views_of
from graph.relevance import ScorePart
from security.viewer import Viewer

_YEAR_S = 365.25 * 86_400
# A judgement: after two years what two had in common counts half; what has no date counts as much.
_HALF_LIFE_S = 2 * _YEAR_S
_UNDATED = 0.5
# To have had a part in one event, on whichever side, is less than to have one phone.
_OF_EVENT = 0.5
_MOST_NAMED = 3
_ASSOCIATE = "associate"


@dataclass(frozen=True, slots=True)
class LinkSuggestionView:
    """Somebody who is probably linked: the score (the sum of its reasons), the reasons, and what is between."""

    entity: EntityView
    score: float
    because: tuple[ScorePart, ...]
    through: tuple[EntityView, ...]


@dataclass(slots=True)
class Common:
    """What somebody has in common with the subject: how much each thing or associate says, by its id."""

    by: dict[str, float] = field(default_factory=dict)

    def add(self, id_: str, strength: float) -> None:
        """Note what is in common; of several ways to one thing the strongest."""
        self.by[id_] = max(strength, self.by.get(id_, 0.0))

    @property
    def score(self) -> float:
        """The sum, to nine places, so that equal reasons are equal in whatever order."""
        return round(math.fsum(self.by.values()), 9)


def link_suggestions(
    graph: Graph,
    viewer: Viewer,
    id: str,  # noqa: A002 - the contract's name
    first: int = 10,
    as_of: int | None = None,
) -> Listed[LinkSuggestionView]:
    """Those who have most in common with somebody with whom nobody associates them, best first, then by id.

    By what had happened until `as_of` (epoch) or now; undated links pass.
    Its whole group is asked for; those who are associated with any of it are not suggested. Raises NotFound for what is
    hidden or absent, BadInput for another kind, for a moment to come and where `first` is not 1 to 100, TooCostly as
    `pull`.
    """
    within("first", first, 1, MOST)
    own = group_of(graph, viewer, id, "linkSuggestions")
    now = moment_of(graph, as_of)
    network = surroundings(graph, viewer, own, as_of)
    found = sorted(in_common(network, own, now).items(), key=lambda each: (-each[1].score, each[0]))
    best, cut = cut_to(found, first)
    shown = dict(best)
    named = {part for id_, common in shown.items() for key in (id_, *common.by) for part in key.split()}
    views = views_of(graph, viewer, sorted(named))
    items = tuple(_suggestion(id_, common, network, views) for id_, common in shown.items())
    return Listed(items, joined([cut, left_out(network)]))


def in_common(network: Network, own: Collection[str], now: int) -> dict[str, Common]:
    """What each party of a network has in common with its own ones, where no association ties it to them."""
    mine = {network.number[id_] for id_ in own if id_ in network.number}
    found: defaultdict[str, Common] = defaultdict(Common)
    around: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for one, other, thing, strength in _supports(network, now):
        if thing < 0:
            for a, b in ((one, other), (other, one)):
                around[a][b] = max(strength, around[a].get(b, 0.0))
            continue
        for a, b in ((one, other), (other, one)):
            if a in mine and b not in mine:
                id_ = network.things[thing]
                weight = _OF_EVENT if (network.kinds or {}).get(id_) in EVENTS else 1.0
                found[network.ids[b]].add(id_, weight * strength / math.log2(max(2, network.holders[id_])))
    for node in mine:
        for middle, strength in around[node].items():
            share = strength / math.log2(max(2, len(around[middle])))
            for end, further in around[middle].items():
                if middle not in mine and end not in mine:
                    found[network.ids[end]].add(network.ids[middle], share * further)
    tied = {network.ids[other] for node in mine for other in around[node]}
    return {id_: common for id_, common in found.items() if id_ not in tied}


def _supports(network: Network, now: int) -> list[tuple[int, int, int, float]]:
    """Both parties of each support, the thing (-1 none), and how much it is to be believed now."""
    stands = believed(network.grade)
    one, other = network.link[network.one], network.link[network.other]
    both = np.where(one == other, stands[one], stands[one] * stands[other])
    age = np.maximum(now - network.dated, 0)
    strength = both * np.where(network.dated == UNDATED, _UNDATED, 0.5 ** (age / _HALF_LIFE_S))
    columns = (network.party[network.one], network.party[network.other], network.thing, strength)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def _suggestion(id_: str, common: Common, network: Network, views: Mapping[str, EntityView]) -> LinkSuggestionView:
    by_kind: defaultdict[str, list[str]] = defaultdict(list)
    order = sorted(common.by, key=lambda each: (-common.by[each], each))
    for each in order:
        by_kind[(network.kinds or {}).get(each, _ASSOCIATE)].append(each)
    parts = []
    for kind, some in by_kind.items():
        share = math.fsum(common.by[each] for each in some) / (common.score or 1.0)
        parts.append(
            ScorePart(_named(kind), min(1.0, round(share, 9)), 1.0, _sentence(kind, some, views, network.holders))
        )
    through = dict.fromkeys(part for each in order for part in each.split())
    return LinkSuggestionView(
        views[id_], common.score, tuple(parts), tuple(views[each] for each in through if each in views)
    )


def _named(kind: str) -> str:
    return "common_associate" if kind == _ASSOCIATE else f"shared_{KINDS[kind].enum.lower()}"


def _sentence(kind: str, some: list[str], views: Mapping[str, EntityView], holders: Mapping[str, int]) -> str:
    def label(id_: str) -> str:
        return " and ".join(views[part].label for part in id_.split() if part in views)

    named = "; ".join(
        label(each) + (f" (of {holders[each]})" if each in holders else "") for each in some[:_MOST_NAMED]
    )
    more = f"; and {len(some) - _MOST_NAMED} more" if len(some) > _MOST_NAMED else ""
    what = {"Call": "Calls between", _ASSOCIATE: "Both are associated with"}.get(kind, f"Both have a link to {kind}")
    return f"{what} {named}{more}. A hypothesis: nobody stated a link."
