"""Clock and calendar of Europe/London: where its days begin, and what its clocks show."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from graph.errors import BadInput

LONDON = ZoneInfo("Europe/London")
# Beyond these a day has no day before or after it that can be counted.
_FIRST, _LAST = 1900, 2100


def midnight(name: str, day: date) -> int:
    """The epoch second at which a day of London begins; raises BadInput, naming the argument, for one out of range."""
    if not _FIRST <= day.year <= _LAST:
        raise BadInput(f"{name}: {day} is not between {_FIRST} and {_LAST}")
    return int(datetime(day.year, day.month, day.day, tzinfo=LONDON).timestamp())


def local(epoch: int) -> datetime:
    """What the clocks of London show at an instant."""
    return datetime.fromtimestamp(epoch, LONDON)


def year_before(day: date) -> date:
    """The same day of the year before; of 29 February the 28th."""
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap else day.day)
