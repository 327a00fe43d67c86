"""Date formats written with the tokens YYYY YY MM DD HH mm ss Z, and the forms read when none is given."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache


class FormatError(ValueError):
    """A date format that cannot be read, or one that needs a day to place its two-figure year."""


@dataclass(frozen=True, slots=True)
class Fields:
    """The numbers read out of a text: ``offset`` in seconds east of UTC, None where the text names no zone."""

    year: int
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int = 0
    second: int | None = None
    offset: int | None = None


_TOKEN = re.compile("YYYY|YY|MM|DD|HH|mm|ss|Z")
_GROUPS = {"YYYY": "year", "YY": "short", "MM": "month", "DD": "day", "HH": "hour", "mm": "minute", "ss": "second"}
_NEEDS = {"MM": (), "DD": ("MM",), "HH": ("DD", "mm"), "mm": ("HH",), "ss": ("mm",), "Z": ("HH",)}
_ZONE = r"(?P<offset>[Zz]|[+-]\d\d(?::?\d\d)?)"
_FRACTION = r"(?:[.,]\d+)?"
_FARTHEST_OFFSET = 14 * 3600

_MONTHS = "january february march april may june july august september october november december".split()
_TIME = rf"(?:[T ,]\s*(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?::(?P<second>\d\d){_FRACTION})?\s*{_ZONE}?)?"
_YEAR, _SHORT = r"(?P<year>\d{4})", r"(?:(?P<year>\d{4})|(?P<short>\d\d))"
_NAMED = r"(?P<name>[a-z]{3,9})\.?"
_FREE = tuple(
    re.compile(pattern, re.ASCII | re.IGNORECASE)
    for pattern in (
        _YEAR,
        rf"{_YEAR}-(?P<month>\d{{1,2}})",
        rf"{_YEAR}([-/.])(?P<month>\d{{1,2}})\2(?P<day>\d{{1,2}}){_TIME}",
        rf"{_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?:T(?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d){_FRACTION})?{_ZONE}?)?",
        rf"(?P<day>\d{{1,2}})([-/. ])(?P<month>\d{{1,2}})\2{_SHORT}{_TIME}",
        rf"(?P<day>\d\d)(?P<month>\d\d){_YEAR}",
        rf"(?P<month>\d{{1,2}})[-/.]{_YEAR}",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[-/. ]?{_NAMED}[-/., ]*{_SHORT}{_TIME}",
        rf"{_NAMED}[-/. ]?{_YEAR}",
    )
)


@lru_cache(maxsize=1024)
def format_pattern(form: str) -> re.Pattern[str]:
    """Return the pattern of a format; raises FormatError when a token is missing, repeated or unknown.

    A leading zero may be missing unless two tokens touch; ``ss`` swallows a fraction of a second.
    """
    found = _TOKEN.findall(form)
    _check(form, found)
    parts: list[str] = []
    end = 0
    matches = list(_TOKEN.finditer(form))
    for place, match in enumerate(matches):
        parts.append(re.escape(form[end : match.start()]))
        glued = (place > 0 and match.start() == end) or (
            place + 1 < len(matches) and matches[place + 1].start() == match.end() and matches[place + 1][0] != "Z"
        )
        parts.append(_piece(match[0], glued=glued))
        end = match.end()
    return re.compile("".join(parts) + re.escape(form[end:]), re.ASCII)


def _check(form: str, found: list[str]) -> None:
    if len(set(found)) != len(found) or ("YYYY" in found) == ("YY" in found):
        raise FormatError(f"date format {form!r} needs one year (YYYY or YY) and each token at most once")
    for token in found:
        missing = [other for other in _NEEDS.get(token, ()) if other not in found]
        if missing:
            raise FormatError(f"date format {form!r} has {token} without {' and '.join(missing)}; add it")


def _piece(part: str, *, glued: bool) -> str:
    if part == "Z":
        return _ZONE
    count = {"YYYY": "{4}", "YY": "{2}"}.get(part, "{2}" if glued else "{1,2}")
    return rf"(?P<{_GROUPS[part]}>\d{count})" + (_FRACTION if part == "ss" else "")


def read_format(text: str, form: str, this_year: int | None) -> Fields | None:
    """Return what a text says in one format, None when it does not fit.

    ``this_year`` places a two-figure year: the latest such year not after it. Raises FormatError for ``YY`` without it.
    """
    pattern = format_pattern(form)
    if "short" in pattern.groupindex and this_year is None:
        raise FormatError(f"date format {form!r} has a two-figure year; give the day as of which it is read")
    match = pattern.fullmatch(text)
    return _fields(match, this_year) if match else None


def read_free(text: str, this_year: int | None) -> Iterator[Fields]:
    """Yield what a text says when no format is given: ISO 8601 first, then day first; months may be named in English.

    Two-figure years are read only where ``this_year`` is known.
    """
    for pattern in _FREE:
        match = pattern.fullmatch(text)
        fields = _fields(match, this_year) if match else None
        if fields is not None:
            yield fields


def _fields(match: re.Match[str], this_year: int | None) -> Fields | None:
    said = {name: value for name, value in match.groupdict().items() if value is not None}
    number = {name: int(said[name]) for name in ("month", "day", "hour", "minute", "second") if name in said}
    if "name" in said:
        month = month_number(said["name"])
        if month is None:
            return None
        number["month"] = month
    year = int(said["year"]) if "year" in said else _long_year(int(said["short"]), this_year)
    offset = _offset(said["offset"]) if "offset" in said else None
    if year is None or (offset is not None and abs(offset) > _FARTHEST_OFFSET):
        return None
    return Fields(year, **number, offset=offset)


def month_number(name: str) -> int | None:
    """Return 1 to 12 for an English month name or its first letters (three at least), else None."""
    low = name.lower()
    hits = [place for place, month in enumerate(_MONTHS, start=1) if len(low) >= 3 and month.startswith(low)]
    return hits[0] if hits else None


def _long_year(short: int, this_year: int | None) -> int | None:
    return None if this_year is None else this_year - (this_year - short) % 100


def _offset(text: str) -> int:
    if text in "Zz":
        return 0
    digits = text[1:].replace(":", "").ljust(4, "0")
    seconds = int(digits[:2]) * 3600 + int(digits[2:]) * 60
    return -seconds if text[0] == "-" else seconds
