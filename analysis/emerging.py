"""Which groups are new, growing, joining or parting: the communities of two windows of time, matched.

Source: Palla, Barabasi and Vicsek, Quantifying social group evolution, Nature 446 (2007): what may become of a group.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analysis.acts import Act, Sought, acts
from analysis.bound import DAY_S, MOST_DAYS, area_id, moment_of
from analysis.community import CommunityView, Rated, groups_of
from analysis.course import Course
from analysis.network import Ints, Network, network_of, pairs_of
from analysis.partition import leiden
from analysis.scope import MOST
from graph.answer import EntityView, LinkFilter, LinkView, Truncation, iso
from graph.model import EVENTS
from graph.open import Graph
from graph.read.event import OFFENDING_ROLES, Listed
from graph.read.page import cut_to, within
from graph.read.projection import entity_view
from graph.read.walk import among, joined, nodes
from security.viewer import Viewer

# To have done something together, or to be named together in a report; not to be its victim or witness.
ROLES = (*OFFENDING_ROLES, "SUBJECT")
_KINDS = tuple(kind for kind in EVENTS if kind not in ("Call", "Safeguarding", "PublicEvent"))
# A pair is no network.
_SMALLEST = 3
# At a match of football or a large disorder everybody is with everybody.
_MOST_AT_ONE = 30


@dataclass(frozen=True, slots=True)
class EmergingNetworkView:
    """A community of the window and what became of it: BORN, GREW, MERGED or SPLIT.

    `growth`: how many more members than before, as a share of those before; of one that was born, its size. `since`:
    the first event (epoch) of it in the window. `evidence`: the parts that its members had in the window's events.
    """

    community: CommunityView
    change: str
    growth: float
    since: int
    evidence: tuple[LinkView, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a community: the change, and the communities of the window before that it comes from."""

    change: str
    before: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Recent:
    """The last so many days before `as_of` (epoch) or now, and as many before them; in `area`, or anywhere."""

    area: str | None = None
    window_days: int = 90
    as_of: int | None = None

    def window(self, graph: Graph) -> tuple[int, int]:
        """The moment that it is before, epoch, and its seconds; raises BadInput for what is out of range or to come."""
        return moment_of(graph, self.as_of), within("windowDays", self.window_days, 1, MOST_DAYS) * DAY_S


def emerging_networks(
    graph: Graph, viewer: Viewer, recent: Recent | None = None, first: int = 10, course: Course | None = None
) -> Listed[EmergingNetworkView]:
    """The groups that changed in the last days, those with most new members first, then largest, then by id.

    People and organisations are tied by the dated events that they had a part in on the same side. Raises what
    `Recent.window` and `course` raise, BadInput for what is no area, NotFound for a hidden or absent area, TooCostly
    for more than 50,000 events.
    """
    recent, course = recent or Recent(), course or Course()
    within("first", first, 1, MOST)
    now, window = recent.window(graph)
    course.at("reading events")
    here = area_id(graph, viewer, recent.area)
    found = acts(graph, viewer, here, Sought(now - 2 * window, now, _KINDS, ROLES, fewest=2))
    late = [act for act in found if act.at > now - window]
    course.at("finding groups")
    network, labels, groups = _groups(late)
    course.at("finding the groups before")
    former, _, some = _groups(found[: len(found) - len(late)])
    before = [_ids(former, group) for group in some]
    changes = matched([_ids(network, group) for group in groups], before)
    changed = [(group, change) for group, change in zip(groups, changes, strict=True) if change is not None]
    changed.sort(key=lambda each: _rank(_ids(network, each[0]), each[1]))
    shown, cut = cut_to(changed, first)
    course.at("reading who and what bears it out")
    return _Shown(graph, viewer, network, labels, late).answer(shown, cut, course)


def evidence_among(
    graph: Graph, viewer: Viewer, ids: Iterable[str]
) -> tuple[dict[str, EntityView], tuple[LinkView, ...], Truncation | None]:
    """These members and events as they are shown, by id, the parts that the ones had in the others, and what is cut."""
    stored = nodes(graph, viewer, sorted(ids))
    links, cut = among(graph, viewer, stored, LinkFilter(types=("INVOLVED_IN",), roles=ROLES)) if stored else ((), None)
    return {id_: entity_view(node) for id_, node in stored.items()}, links, cut


def matched(now: Sequence[frozenset[str]], before: Sequence[frozenset[str]]) -> list[Change | None]:
    """What became of each community, None where it neither came, grew, joined others nor parted from one.

    Two are of one line where they share half of the lesser's members at least.
    """
    lines = [[other for other in before if _continues(one, other)] for one in now]
    later: defaultdict[frozenset[str], int] = defaultdict(int)
    for some in lines:
        for other in some:
            later[other] += 1
    changes: list[Change | None] = []
    for one, some in zip(now, lines, strict=True):
        if not some:
            change = "BORN"
        elif len(some) > 1:
            change = "MERGED"
        elif later[some[0]] > 1:
            change = "SPLIT"
        else:
            change = "GREW" if len(one) > len(some[0]) else ""
        changes.append(Change(change, tuple(some)) if change else None)
    return changes


def _continues(one: frozenset[str], other: frozenset[str]) -> bool:
    return 2 * len(one & other) >= min(len(one), len(other)) > 0


def _groups(found: Sequence[Act]) -> tuple[Network, Ints, list[Ints]]:
    """The network of these events, the community of each party, and the communities that are large enough."""
    few = [act for act in found if len({end.party for end, _ in act.held}) <= _MOST_AT_ONE]
    supports = [support for act in few for support in pairs_of(act.id, sorted({end for end, _ in act.held}, key=str))]
    parties = {end.party for act in few for end, _ in act.held}
    network = network_of(parties, supports, {act.id: act.kind for act in few})
    labels = leiden(network.ties)
    return network, labels, [group for group in groups_of(labels) if len(group) >= _SMALLEST]


def _ids(network: Network, group: Ints) -> frozenset[str]:
    return frozenset(network.ids[node] for node in group.tolist())


def _rank(members: frozenset[str], change: Change) -> tuple[int, int, str]:
    return -len(members - frozenset().union(*change.before)), -len(members), min(members)


class _Shown:
    """What is told of the networks that are shown."""

    def __init__(self, graph: Graph, viewer: Viewer, network: Network, labels: Ints, late: Sequence[Act]) -> None:
        self._graph, self._viewer, self._network, self._labels = graph, viewer, network, labels
        self._events: defaultdict[str, set[str]] = defaultdict(set)
        self._at = {act.id: act.at for act in late}
        for act in late:
            for end, _ in act.held:
                self._events[end.party].add(act.id)

    def answer(
        self, shown: Sequence[tuple[Ints, Change]], cut: Truncation | None, course: Course
    ) -> Listed[EmergingNetworkView]:
        """The networks, with everything that says so."""
        members = {id_ for group, _ in shown for id_ in _ids(self._network, group)}
        together = {event for group, _ in shown for event in self._together(_ids(self._network, group))}
        views, links, links_cut = evidence_among(self._graph, self._viewer, members | together)
        rated = Rated(self._network, self._labels, course)
        items = tuple(self._network_view(group, change, views, links, rated) for group, change in shown)
        return Listed(items, joined([cut, links_cut]))

    def _together(self, members: frozenset[str]) -> set[str]:
        """The events in which at least two of these had a part."""
        counts: defaultdict[str, int] = defaultdict(int)
        for id_ in members:
            for event in self._events[id_]:
                counts[event] += 1
        return {event for event, count in counts.items() if count > 1}

    def _network_view(
        self,
        group: Ints,
        change: Change,
        views: Mapping[str, EntityView],
        links: Sequence[LinkView],
        rated: Rated,
    ) -> EmergingNetworkView:
        members = _ids(self._network, group)
        events = self._together(members)
        evidence = tuple(link for link in links if link.origin.id in members and link.target.id in events)
        before = sum(len(other) for other in change.before)
        growth = (len(members) - before) / max(before, 1)
        since = min(self._at[event] for event in events)
        sentence = _sentence(change, len(members), len(members - frozenset().union(*change.before)), len(events), since)
        return EmergingNetworkView(
            rated.community(group, views), change.change, round(growth, 9), since, evidence, sentence
        )


def _sentence(change: Change, size: int, new: int, events: int, since: int) -> str:
    day = (iso(since) or "")[:10]
    sizes = " and ".join(str(len(other)) for other in change.before)
    said = {
        "BORN": f"{size} who were in no group together before",
        "GREW": f"A group of {sizes} that grew to {size}",
        "MERGED": f"Groups of {sizes} that became one of {size}",
        "SPLIT": f"{size} who were of a group of {sizes} that fell apart",
    }[change.change]
    return f"{said}: {new} new, {events} event{'s' if events > 1 else ''} together since {day}."
