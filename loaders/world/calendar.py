"""The demo world's time: a fixed span of days, counted as ordinals, and the clock within a day."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from loaders.world.chance import Chance, Weighted

START = date(2023, 1, 1).toordinal()
END = date(2025, 6, 30).toordinal()
LONDON = ZoneInfo("Europe/London")

# More happens in the evening and at weekends: invented weights, hours 0..23.
_HOURS = Weighted(range(24), (5, 4, 3, 2, 1, 1, 1, 2, 4, 4, 4, 5, 6, 5, 5, 6, 7, 8, 9, 9, 9, 9, 9, 7))


def a_day(chance: Chance, first: int = START, last: int = END) -> int:
    """An ordinal day in the span, Fridays and Saturdays more often."""
    day = chance.integer(first, last)
    if day % 7 not in (5, 6) and chance.hit(0.15):
        day = min(last, day - day % 7 + 5)
    return max(first, day)


def a_moment(chance: Chance, day: int) -> datetime:
    """A minute of this day, local time, without a zone; more often in the evening."""
    day_of = date.fromordinal(day)
    return datetime(day_of.year, day_of.month, day_of.day, chance.pick(_HOURS), chance.integer(0, 59))


def later(moment: datetime, minutes: float) -> datetime:
    """The moment so many minutes later, to the minute."""
    return moment + timedelta(minutes=int(minutes))


def utc(moment: datetime) -> datetime:
    """A local moment of the world as an instant in UTC."""
    return moment.replace(tzinfo=LONDON).astimezone(UTC)


def iso(moment: datetime) -> str:
    """A local moment as an ISO instant with Z, to the second."""
    return f"{utc(moment):%Y-%m-%dT%H:%M:%SZ}"


def dmy(day: int) -> str:
    """An ordinal day as DD/MM/YYYY."""
    return f"{date.fromordinal(day):%d/%m/%Y}"


def dmy_hm(moment: datetime) -> str:
    """A moment as DD/MM/YYYY HH:mm."""
    return f"{moment:%d/%m/%Y %H:%M}"
