"""What bears on an event: the activities most relevant to it, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from neo4j.spatial import Point

from graph.answer import EntityView, Truncation
from graph.errors import BadInput, NotFound
from graph.model import EVENTS
from graph.open import Graph
from graph.read.entity import entity
from graph.read.link import NO_FILTER
from graph.read.page import cut_to, left_out, within
from graph.read.path import PathView, by_hop, path_along
from graph.read.projection import entity_view
from graph.read.reach import Reach
from graph.read.surroundings import Surroundings, used_up
from graph.read.trail import grade_of
from graph.read.walk import Step, among, frontier, joined, nodes, not_passed
from graph.relevance import Bearing, ScorePart, main_role, parts, score
from security.viewer import Viewer

MOST_ACTIVITIES = 100
MOST_DAYS = 3_660
MOST_METRES = 50_000
# Events compared, of those nearby and of those that ways lead to: the nearest in time.
_MOST_NEAR = 500
_MOST_JOINED = 500
# Neighbour pairs read on the ways: they count only what the viewer may see.
_MOST_PAIRS = 50_000
_DAY_S = 86_400
_PLACES = ("Address", "Place")


@dataclass(frozen=True, slots=True)
class RelevantActivity:
    """Another event: its score (0..1), the parts of it, heaviest first, and the strongest way to it, if any is."""

    entity: EntityView
    score: float
    reasons: tuple[ScorePart, ...]
    path: PathView | None


@dataclass(frozen=True, slots=True)
class EventContextView:
    """An event (or a place), and the activities most relevant to it, best first, then by id."""

    event: EntityView
    activities: tuple[RelevantActivity, ...]
    truncated: Truncation | None


def event_context(
    graph: Graph,
    viewer: Viewer,
    id: str,  # noqa: A002 - the contract's name
    window_days: int = 90,
    radius_metres: int = 500,
    first: int = 20,
) -> EventContextView:
    """The events within a window of days and a radius, or joined to this one by up to 4 hops, most relevant first.

    Of an address or place, whose moment is now, the same. An undated event is relevant only where something joins it.
    Raises NotFound for what is hidden or absent, BadInput for another kind or numbers out of range.
    """
    within("windowDays", window_days, 1, MOST_DAYS)
    within("radiusMetres", radius_metres, 0, MOST_METRES)
    within("first", first, 1, MOST_ACTIVITIES)
    focus = entity(graph, viewer, id)
    if focus is None:
        raise NotFound(f"id: nothing by the id {id!r}")
    if focus.kind not in EVENTS and focus.kind not in _PLACES:
        raise BadInput(f"id: {id!r} is a {focus.kind}; eventContext is asked of an event, an address or a place")
    return _Context(graph, viewer, focus, window_days, radius_metres).answer(first)


class _Context:
    """One question: the event or place in `focus`, its moment (epoch) and its point, where they are known."""

    def __init__(self, graph: Graph, viewer: Viewer, focus: EntityView, days: int, metres: int) -> None:
        self._graph = graph
        self._viewer = viewer
        self._focus = focus
        self._days = days
        self._metres = metres
        self._moments: dict[str, int | None] = {}
        self._surroundings = Surroundings(self._steps, _MOST_PAIRS)
        self._reach = Reach(self._surroundings, focus.id, self._kinds)
        self._ways = {id_: self._reach.way(id_) for id_ in self._reach.events}
        (own,) = self._told([focus.id], {way[1] for way in self._ways.values()}, None)
        self._there: Point | None = own["there"]
        self._ties = _ties(own)
        self._at: int | None = own["node"].get("at") if focus.kind in EVENTS else graph.clock()

    def answer(self, first: int) -> EventContextView:
        near, near_cut = self._near()
        far, far_cut = self._joined(near)
        through = {before for id_ in self._ways for before in self._reach.events[id_].before}
        told = self._told(sorted({*near, *far}), {self._focus.id, *through}, self._there)
        scored = [(score(self._reasons(row, {})), row) for row in told]
        scored.sort(key=lambda each: (-each[0], each[1]["node"]["id"]))
        shown, beyond = cut_to(scored, first)
        paths, views, links_cut = self._paths([row["node"]["id"] for _, row in shown])
        activities = tuple(
            RelevantActivity(entity_view(row["node"]), total, self._reasons(row, views), paths.get(row["node"]["id"]))
            for total, row in shown
        )
        cut = joined(
            [
                beyond,
                near_cut,
                far_cut,
                used_up(self._surroundings),
                not_passed(self._surroundings.closed, views),
                links_cut,
            ]
        )
        return EventContextView(self._focus, activities, cut)

    def _steps(self, ids: list[str]) -> dict[str, Step]:
        return frontier(self._graph, self._viewer, ids, NO_FILTER, [self._focus.id])

    def _kinds(self, ids: list[str]) -> Mapping[str, str]:
        rows = self._graph.store.read(self._viewer, "walk/kinds", ids=ids) if ids else []
        self._moments |= {row["id"]: row["at"] for row in rows}
        return {row["id"]: row["kind"] for row in rows}

    def _told(self, ids: Sequence[str], through: Iterable[str], centre: Point | None) -> list[dict[str, Any]]:
        latitude, longitude = (None, None) if centre is None else (centre.y, centre.x)
        given = {"ids": list(ids), "through": sorted(through), "latitude": latitude, "longitude": longitude}
        return self._graph.store.read(self._viewer, "event/told", **given) if ids else []

    def _near(self) -> tuple[list[str], Truncation | None]:
        if self._there is None or self._at is None:
            return [], None
        rows = self._graph.store.read(
            self._viewer,
            "event/near",
            id=self._focus.id,
            latitude=self._there.y,
            longitude=self._there.x,
            metres=self._metres,
            since=self._at - self._days * _DAY_S,
            until=self._at + self._days * _DAY_S,
            at=self._at,
            limit=_MOST_NEAR,
        )
        cut = left_out(rows, f"the {_MOST_NEAR} nearby events nearest in time were compared")
        return [row["id"] for row in rows], cut

    def _joined(self, near: Iterable[str]) -> tuple[list[str], Truncation | None]:
        """The events that ways lead to, within the window or undated; those that are near need no choice."""
        window = self._days * _DAY_S
        apart = {id_: self._seconds(self._moments[id_]) for id_ in self._reach.events.keys() - {*near}}
        within = [id_ for id_, seconds in apart.items() if seconds is None or abs(seconds) <= window]
        within.sort(key=lambda id_: (self._reach.events[id_].hops, abs(apart[id_] or 0), id_))
        left = len(within) - len(within[:_MOST_JOINED])
        cut = Truncation(f"the {_MOST_JOINED} joined events of fewest hops were compared", left) if left else None
        return within[:_MOST_JOINED], cut

    def _seconds(self, at: int | None) -> int | None:
        return None if at is None or self._at is None else at - self._at

    def _reasons(self, row: Mapping[str, Any], views: Mapping[str, EntityView]) -> tuple[ScorePart, ...]:
        bearing = self._bearing(row, views)
        return tuple(parts(bearing, self._graph.relevance, self._days, self._metres))

    def _bearing(self, row: Mapping[str, Any], views: Mapping[str, EntityView]) -> Bearing:
        id_, ties = row["node"]["id"], _ties(row)
        reached, way = self._reach.events.get(id_), self._ways.get(id_, [])
        # Of two hops every way has one thing between; of more the strongest way is told.
        around = reached.before if reached is not None and len(way) == 3 else way[1:-1]
        here, there = (self._ties.get(way[1], []), ties.get(way[-2], [])) if len(way) > 2 else ([], [])
        roles = [
            main_role(tie.role for tie in end if tie.type == "INVOLVED_IN") for end in (here, there) if _involved(end)
        ]
        said = [*here, *(tie for some in ties.values() for tie in some)]
        return Bearing(
            seconds=self._seconds(row["node"].get("at")),
            metres=row["metres"],
            severity=row["node"].get("severity"),
            hops=None if reached is None else reached.hops,
            strength=0.0 if reached is None else reached.strength,
            weakest=None if reached is None else grade_of(reached.weakest),
            roles=(roles[0], roles[1]) if len(roles) == 2 else None,
            sources=len({tie.source for tie in said}),
            through=tuple(views[each].label for each in around if each in views),
        )

    def _paths(self, ids: Sequence[str]) -> tuple[dict[str, PathView], Mapping[str, EntityView], Truncation | None]:
        """The strongest way to each of these that a way leads to, and everything that is named beside."""
        ways = {id_: self._ways[id_] for id_ in ids if id_ in self._ways}
        on_them = {node for way in ways.values() for node in way}
        beside = {before for id_ in ways for before in self._reach.events[id_].before}
        stored = nodes(self._graph, self._viewer, sorted({*on_them, *beside, *self._surroundings.most_crowded}))
        views = {id_: entity_view(node) for id_, node in stored.items()}
        links, cut = among(self._graph, self._viewer, {id_: stored[id_] for id_ in sorted(on_them)}, NO_FILTER)
        between = by_hop(links)
        weakest = {id_: self._reach.events[id_].weakest for id_ in ways}
        return {id_: path_along(way, weakest[id_], views, between) for id_, way in ways.items()}, views, cut


class _Tie(NamedTuple):
    """A link between a thing and another: its type, the role, and the number of the source that says so."""

    type: str
    role: str | None
    source: int | None


def _ties(row: Mapping[str, Any]) -> dict[str, list[_Tie]]:
    """What ties a thing to others, by the other."""
    found: defaultdict[str, list[_Tie]] = defaultdict(list)
    for other, *tie in row["ties"]:
        found[other].append(_Tie(*tie))
    return dict(found)


def _involved(ties: Iterable[_Tie]) -> bool:
    return any(tie.type == "INVOLVED_IN" for tie in ties)
