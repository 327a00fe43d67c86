"""Two of the watched together: at one event, or at two that were near each other in place and time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import asin, cos, radians, sin, sqrt
from typing import Any

from alert.fact import Fact
from alert.watch import WatchPattern, WatchView
from graph.answer import LinkView
from graph.open import Graph
from graph.read.link import view_of
from graph.store import Rows
from resolution.change import Owners
from security.viewer import Viewer

# Metres. Source: the sphere that Neo4j measures distances on.
_EARTH = 6_378_140.0
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Presence:
    """Whose presence at an event: since when that is known here, when and where it was, as far as known exactly."""

    whose: str
    link: LinkView
    told: int
    at: int | None
    there: Point | None

    @property
    def event(self) -> str:
        return self.link.target.id


def involved(graph: Graph, viewer: Viewer, ids: Iterable[str]) -> Rows:
    """The visible presences of things at events, as `together` takes them."""
    return graph.store.read(viewer, "alert/together", ids=sorted(ids))


def together(rows: Iterable[Mapping[str, Any]], owners: Owners, watch: WatchView) -> Iterator[Fact]:
    """Every time that two of the watched were together, once for each two and their events; in no order.

    `rows`: what `involved` gives of them, and of others too.
    """
    present = _presences(rows, owners)
    at_event: dict[str, list[_Presence]] = {}
    for each in present:
        at_event.setdefault(each.event, []).append(each)
    for some in at_event.values():
        for one, other in combinations(some, 2):
            if one.whose != other.whose:
                yield _fact(one, other, "were at the same event")
    yield from _near(present, watch)


def _presences(rows: Iterable[Mapping[str, Any]], owners: Owners) -> list[_Presence]:
    """The first that is known of each presence of each subject at each event."""
    found: dict[tuple[str, str], _Presence] = {}
    for row in rows:
        link = view_of(dict(row))
        for whose in owners.get(row["subject"], ()):
            new = _Presence(whose, link, row["told"], *_when_and_where(row))
            known = found.get((whose, new.event))
            if known is None or (new.told, new.link.id) < (known.told, known.link.id):
                found[whose, new.event] = new
    return sorted(found.values(), key=lambda each: (each.whose, each.event))


def _when_and_where(row: Mapping[str, Any]) -> tuple[int | None, Point | None]:
    there = row["there"]
    return (
        row["target"]["at"] if row["exact"] else None,
        None if there is None else (there.latitude, there.longitude),
    )


def _near(present: Sequence[_Presence], watch: WatchView) -> Iterator[Fact]:
    """Two at different events, by a window that goes over all events in the order of time."""
    placed = sorted(
        (each for each in present if each.at is not None and each.there is not None),
        key=lambda each: (each.at, each.whose, each.event),
    )
    begin = 0
    for place, one in enumerate(placed):
        while (one.at or 0) - (placed[begin].at or 0) > watch.minutes * 60:
            begin += 1
        for other in placed[begin:place]:
            if one.whose != other.whose and one.event != other.event:
                metres = _metres(one.there, other.there)
                if metres <= watch.metres:
                    apart = abs((one.at or 0) - (other.at or 0)) // 60
                    yield _fact(one, other, f"were {round(metres):,} m and {apart} min apart")


def _fact(one: _Presence, other: _Presence, how: str) -> Fact:
    low, high = sorted((one, other), key=lambda each: (each.whose, each.event))
    events = {each.event: each.link.target for each in (low, high)}
    at = " and ".join(f"{event.label}" for event in events.values())
    return Fact(
        max(one.told, other.told),
        WatchPattern.TOGETHER,
        "TOGETHER",
        ":".join((low.whose, low.event, high.whose, high.event)),
        f"{low.link.origin.label} and {high.link.origin.label} {how}: {at}.",
        tuple({each.link.origin.id: each.link.origin for each in (low, high)}.values()),
        links=(low.link, high.link),
        events=tuple(events.values()),
    )


def _metres(one: Point | None, other: Point | None) -> float:
    """The distance of two points on the sphere."""
    if one is None or other is None:
        return float("inf")
    (lat, lon), (lat_other, lon_other) = ((radians(each[0]), radians(each[1])) for each in (one, other))
    half = sin((lat - lat_other) / 2) ** 2 + cos(lat) * cos(lat_other) * sin((lon - lon_other) / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(half)))
