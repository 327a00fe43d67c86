"""Dates that keep how much of them is known."""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from standards.date_format import Fields, FormatError, read_format, read_free
from standards.result import Checked

__all__ = [
    "DAY",
    "MONTH_FIRST",
    "DateTextError",
    "FormatError",
    "PartialDate",
    "Precision",
    "check_birth",
    "from_epoch",
    "from_text",
    "is_ambiguous",
    "is_placeholder_birth",
    "last_second",
    "parse_date",
    "parse_time",
]

DAY = 86_400

# What a source writes that puts the month first; tried only to tell that day first does not fit a column.
MONTH_FIRST = tuple(f"MM{sign}DD{sign}YYYY{time}" for sign in "/-." for time in ("", " HH:mm", " HH:mm:ss"))
_UNIX_DAY = date(1970, 1, 1).toordinal()
_OLDEST = 120


class Precision(StrEnum):
    """How much of a date is known."""

    YEAR = "YEAR"
    MONTH = "MONTH"
    DAY = "DAY"
    MINUTE = "MINUTE"
    SECOND = "SECOND"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as it is known (DS_001).

    ``text`` is ISO 8601 of that precision: ``1984``, ``1984-05``, ``1984-05-31``, ``2024-05-31T10:05Z``,
    ``2024-05-31T10:05:07Z``. ``epoch`` is its first instant in seconds of UTC, negative before 1970. Without a time of
    day there is no zone: the first instant is 00:00Z of the first day.
    """

    text: str
    precision: Precision
    epoch: int


class DateTextError(ValueError):
    """A text that is not one of our own ISO forms, or an instant outside the years 1 to 9999."""


_TEXT = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?Z)?)?)?", re.ASCII)
_CLOCK = re.compile(
    r"(\d{1,2})(?:[:.h](\d\d)(?:[:.](\d\d))?)?\s*([ap])\.?m\.?|(\d{1,2})[:.h](\d\d)(?:[:.](\d\d))?|(\d\d)(\d\d)"
)
_EITHER_WAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ]\d{2,4}\b.*", re.ASCII)


def parse_date(
    text: str, formats: Sequence[str] = (), *, zone: str = "Europe/London", as_of: int | None = None
) -> PartialDate | None:
    """Return the date that a text says (DS_001), None when it says none.

    ``formats`` are tried in order and nothing after them; without them ISO 8601 and then day first. A time without an
    offset is a wall clock in ``zone``: of an hour that comes twice it is the first, in one that is skipped the clock
    runs on as before the change. ``as_of`` (epoch seconds) places two-figure years: the latest such year not after its
    own. Raises FormatError for a bad format, or for ``YY`` without ``as_of``.
    """
    raw = text.strip()
    this_year = None if as_of is None else _moment(as_of).year
    if formats:
        found = (read_format(raw, form, this_year) for form in formats)
    else:
        found = (fields for fields in read_free(raw, this_year))
    dates = (_from_fields(fields, zone) for fields in found if fields is not None)
    return next((when for when in dates if when is not None), None)


@lru_cache(maxsize=1 << 16)
def from_text(text: str) -> PartialDate:
    """Return the date that our own ISO text stands for; raises DateTextError on any other text."""
    match = _TEXT.fullmatch(text)
    found = None
    if match:
        year, month, day, hour, minute, second = (None if part is None else int(part) for part in match.groups())
        found = _from_fields(
            Fields(year or 0, month, day, hour, minute or 0, second, None if hour is None else 0), "UTC"
        )
    if found is None:
        raise DateTextError(f"{text!r} is no date; give YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDTHH:mm[:ss]Z")
    return found


def from_epoch(epoch: int, precision: Precision = Precision.SECOND) -> PartialDate:
    """Return the date of that precision in which an instant falls; raises DateTextError outside the years 1 to 9999."""
    return _at(_moment(epoch), precision)


@lru_cache(maxsize=1 << 10)
def _moment(epoch: int) -> datetime:
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=epoch)
    except OverflowError as error:
        raise DateTextError(f"{epoch} seconds is no instant of the years 1 to 9999; give seconds since 1970") from error


def _from_fields(fields: Fields, zone: str) -> PartialDate | None:
    try:
        if fields.hour is None:
            return _whole(fields.year, fields.month, fields.day)
        wall = datetime(fields.year, fields.month or 1, fields.day or 1, fields.hour, fields.minute, fields.second or 0)
        moment = (wall - _ahead(wall, fields.offset, zone)).replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return _at(moment, Precision.MINUTE if fields.second is None else Precision.SECOND)


def _ahead(wall: datetime, offset: int | None, zone: str) -> timedelta:
    if offset is not None:
        return timedelta(seconds=offset)
    return wall.replace(tzinfo=_zone(zone)).utcoffset() or timedelta()


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@lru_cache(maxsize=1 << 16)
def _whole(year: int, month: int | None = None, day: int | None = None) -> PartialDate:
    first = date(year, month or 1, day or 1)
    text, precision = f"{year:04d}", Precision.YEAR
    if month is not None:
        text, precision = f"{text}-{month:02d}", Precision.MONTH
    if day is not None:
        text, precision = f"{text}-{day:02d}", Precision.DAY
    return PartialDate(text, precision, (first.toordinal() - _UNIX_DAY) * DAY)


def _at(moment: datetime, precision: Precision) -> PartialDate:
    if precision is Precision.YEAR:
        return _whole(moment.year)
    if precision is Precision.MONTH:
        return _whole(moment.year, moment.month)
    day = _whole(moment.year, moment.month, moment.day)
    if precision is Precision.DAY:
        return day
    text, seconds = f"{day.text}T{moment.hour:02d}:{moment.minute:02d}", moment.hour * 3600 + moment.minute * 60
    if precision is Precision.SECOND:
        text, seconds = f"{text}:{moment.second:02d}", seconds + moment.second
    return PartialDate(f"{text}Z", precision, day.epoch + seconds)


def last_second(when: PartialDate) -> int:
    """Return the last second, as epoch, that the date may mean: ``1984`` ends on 31 December at 23:59:59Z."""
    if when.precision is Precision.SECOND:
        return when.epoch
    if when.precision is Precision.MINUTE:
        return when.epoch + 59
    if when.precision is Precision.DAY:
        return when.epoch + DAY - 1
    year, month = int(when.text[:4]), int(when.text[5:7] or 12)
    return (date(year, month, monthrange(year, month)[1]).toordinal() + 1 - _UNIX_DAY) * DAY - 1


def is_ambiguous(text: str) -> bool:
    """Return whether a numeric date could be read day first and month first with different results (DS_001)."""
    match = _EITHER_WAY.fullmatch(text.strip())
    return (
        match is not None
        and match[1].lstrip("0") != match[2].lstrip("0")
        and all(1 <= int(match[n]) <= 12 for n in (1, 2))
    )


def parse_time(text: str) -> str | None:
    """Return a time of day (DS_002) as ``HH:MM`` or ``HH:MM:SS``, None when the text is none.

    Reads ``9:05``, ``09.05.07``, ``0905``, ``9.05pm``, ``9 am``.
    """
    match = _CLOCK.fullmatch(text.strip().lower()) if text.isascii() else None
    if match is None:
        return None
    twelve, half = match[1], match[4]
    hour = int(twelve or match[5] or match[8])
    minute = int(match[2] or match[6] or match[9] or 0)
    second = match[3] or match[7]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59 or int(second or 0) > 59:
        return None
    return f"{hour:02d}:{minute:02d}" + (f":{second}" if second else "")


def check_birth(birth: PartialDate, today_epoch: int | None = None, death: PartialDate | None = None) -> Checked:
    """Return whether a date may be one of birth (DS_034): before today, not after death, age at most 120.

    ``today_epoch`` is any instant of the day on which it is asked; without it only the death is looked at.
    """
    ok = death is None or birth.epoch <= last_second(death)
    if today_epoch is not None:
        today = today_epoch - today_epoch % DAY
        ok = ok and birth.epoch < today and last_second(birth) >= _years_before(today, _OLDEST + 1)
    return Checked(birth.text, ok, "DS_034")


def _years_before(epoch: int, years: int) -> int:
    day = _moment(epoch).date()
    if day.year <= years:
        return -_UNIX_DAY * DAY
    safe = min(day.day, monthrange(day.year - years, day.month)[1])
    return (date(day.year - years, day.month, safe).toordinal() + 1 - _UNIX_DAY) * DAY


def is_placeholder_birth(birth: PartialDate) -> bool:
    """Return whether a date of birth looks filled in for want of a better one, and so is weak evidence.

    That is 1 January of any year, 11 November 1911, and every day of 1900 or earlier.
    """
    if birth.epoch < (date(1901, 1, 1).toordinal() - _UNIX_DAY) * DAY:
        return True
    if birth.precision in (Precision.YEAR, Precision.MONTH):
        return False
    return birth.text[5:10] == "01-01" or birth.text[:10] == "1911-11-11"
