"""Events that one person cannot have been at both: no journey fits between the times that they leave."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from graph.open import Graph
from security.viewer import Viewer

# In these roles somebody was there; who called, reported or is named as a carer need not have been.
_PRESENT = ("ARRESTED", "DETAINED", "INVOLVED_PARTY", "OFFENDER", "SEEN", "SUBJECT", "SUSPECT", "VICTIM", "WITNESS")
# The newest events of one entity that are looked at.
_EVENTS = 300
# As the crow flies, which no road does: 70 miles an hour, the national limit, on the straightest of roads, and a
# distance within which places are one place.
_METRES_A_SECOND = 31.3
_ONE_PLACE_METRES = 2_000.0
# Who is in custody is there from its beginning to its end; at any other event somewhere between the two.
_STAYS = frozenset({"Custody"})
_WIDTH = {4: 366 * 86_400, 7: 31 * 86_400, 10: 86_400, 17: 60, 20: 1}
_EARTH_METRES = 6_371_008.8


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two events at which one person cannot have been, in words, and the markings of what that tells."""

    sentence: str
    mks: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Stay:
    """Somebody's part in an event: by when at the latest he came, when at the earliest he left, epoch seconds."""

    id: str
    words: str
    came: int
    left: int
    place: tuple[float, float]
    mks: frozenset[int]


def apart(graph: Graph, viewer: Viewer, left: Sequence[str], right: Sequence[str]) -> list[Meeting]:
    """The pairs of visible events of two sides' entities that no journey joins, by the ids of the events."""
    params = {"ids": [*left, *right], "roles": list(_PRESENT), "limit": _EVENTS}
    rows = graph.store.read(viewer, "resolve/whereabouts", **params)
    sides = [[_stay(row) for row in rows if row["entity"] in side] for side in (left, right)]
    return [
        Meeting(_sentence(a, b, metres), a.mks | b.mks)
        for a in sorted(sides[0], key=lambda stay: stay.id)
        for b, metres in _unreachable(a, sorted(sides[1], key=lambda stay: stay.id))
    ]


def _unreachable(a: _Stay, others: Sequence[_Stay]) -> Iterator[tuple[_Stay, float]]:
    for b in others:
        # The longest time that there can have been between leaving the one and coming to the other.
        between = max(b.came - a.left, a.came - b.left, 0)
        if a.id != b.id and (metres := _metres(a.place, b.place)) > _ONE_PLACE_METRES + between * _METRES_A_SECOND:
            yield b, metres


def _stay(row: Mapping[str, Any]) -> _Stay:
    event = row["event"]
    begin, end = event["at"], max(event["at"], event.get("until") or event["at"])
    vague = _width(event.get("occurred_from")), _width(event.get("occurred_to") or event.get("occurred_from"))
    stays = event["kind"] in _STAYS and begin + vague[0] < end
    came, left = (begin + vague[0], end) if stays else (end + vague[1], begin)
    day = datetime.fromtimestamp(begin, UTC).strftime("%Y-%m-%d %H:%M")
    words = f"{row['role'] or 'part'} at {event['kind']} {event.get('label') or event['id']} ({event['id']}, {day})"
    place = row["place"]
    return _Stay(event["id"], words, came, left, (place.y, place.x), frozenset(row["mks"]))


def _width(date: str | None) -> int:
    """How long the time is that a date of some precision names, seconds."""
    return _WIDTH.get(len(date or ""), 0)


def _sentence(a: _Stay, b: _Stay, metres: float) -> str:
    return f"at two places at one time: {a.words} and {b.words} are {metres / 1000:.0f} km apart"


def _metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two places given in degrees."""
    (lat, lon), (lat2, lon2) = (tuple(map(math.radians, place)) for place in (a, b))
    h = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 2 * _EARTH_METRES * math.asin(math.sqrt(h))
