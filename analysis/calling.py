"""The calls of a span by the phone they come from, and the bursts in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from analysis.finding import MOST, Search, few

_HOUR_S = 3_600


class Call(NamedTuple):
    """One call: when (epoch), the other phone, the channel, and its id."""

    at: int
    other: str
    channel: str | None
    id: str


def calls(search: Search) -> tuple[dict[str, list[Call]], dict[str, list[Call]]]:
    """The calls that each phone made, and those it took, by date, then by id."""
    (row,) = search.rows("indicator/calls", since=search.since, until=search.until, most=MOST + 1)
    made: defaultdict[str, list[Call]] = defaultdict(list)
    taken: defaultdict[str, list[Call]] = defaultdict(list)
    for caller, called, at, channel, id_ in few(row["found"]):
        made[caller].append(Call(at, called, channel, id_))
        taken[called].append(Call(at, caller, channel, id_))
    for some in (*made.values(), *taken.values()):
        some.sort(key=lambda call: (call.at, call.id, call.other))
    return dict(made), dict(taken)


def bursts(made: Sequence[Call], fewest: int) -> list[list[Call]]:
    """The hours in which so many different phones were called at least; none overlaps another."""
    found: list[list[Call]] = []
    begin = 0
    while begin < len(made):
        hour = (
            [call for call in made[begin:] if call.at < made[begin].at + _HOUR_S] if _near(made, begin, fewest) else []
        )
        if len({call.other for call in hour}) >= fewest:
            found.append(hour)
            begin += len(hour)
        else:
            begin += 1
    return found


def _near(made: Sequence[Call], begin: int, fewest: int) -> bool:
    """Whether there can be a burst at all: so many calls come within the hour."""
    end = begin + fewest - 1
    return end < len(made) and made[end].at < made[begin].at + _HOUR_S
