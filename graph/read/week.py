"""When in the week things happen, by the clock of a zone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from graph.errors import BadInput

HOUR_S = 3_600
Week = tuple[tuple[int, ...], ...]


def zone_of(name: str) -> ZoneInfo:
    """The zone of that name; raises BadInput where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadInput(f"zone: {name!r} is no time zone, such as Europe/London or UTC") from None


def by_hour(hours: Iterable[tuple[int, int]], zone: ZoneInfo) -> Week:
    """How many in each of the 24 hours of each weekday, Monday first; given as hours since 1970, each with a count."""
    counted = [[0] * 24 for _ in range(7)]
    for hour, count in hours:
        at = datetime.fromtimestamp(hour * HOUR_S, zone)
        counted[at.weekday()][at.hour] += count
    return tuple(tuple(day) for day in counted)
