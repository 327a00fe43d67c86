"""How a column writes its dates and times: the formats that read its values, and whether day and month can be told."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from standards.date import is_ambiguous, parse_date, parse_time

_ENOUGH = 0.8
# Any day serves to place two-figure years here: only whether a value can be read is asked.
_SOME_DAY = 1_750_000_000
_CLOCK = re.compile(
    r"(?P<day>.*?\d)(?P<gap>[T ]| ?, ?)(?P<clock>\d{1,2}:\d\d(?P<second>:\d\d(?:[.,]\d+)?)?)"
    r"(?P<zone>Z|[+-]\d\d:?\d\d)?",
    re.ASCII,
)
_DAYS = tuple(
    (re.compile(pattern, re.ASCII), forms)
    for pattern, forms in (
        (r"\d{4}([/.\- ])\d{1,2}\1\d{1,2}", ("YYYY{0}MM{0}DD",)),
        (r"\d{1,2}([/.\- ])\d{1,2}\1\d{4}", ("DD{0}MM{0}YYYY", "MM{0}DD{0}YYYY")),
        (r"\d{1,2}([/.\- ])\d{1,2}\1\d{2}", ("DD{0}MM{0}YY", "MM{0}DD{0}YY")),
        (r"(?:18|19|20)\d{6}()", ("YYYYMMDD",)),
        (r"[0-3]\d[01]\d(?:18|19|20)\d\d()", ("DDMMYYYY",)),
        (r"(?:18|19|20)\d\d-\d\d()", ("YYYY-MM",)),
        (r"\d{1,2}([/-])(?:18|19|20)\d\d", ("MM{0}YYYY",)),
    )
)
_NAMED = re.compile(
    r"\d{1,2}(?:st|nd|rd|th)?[-/. ]?[A-Za-z]{3,9}\.?[-/., ]*(?:\d{4}|\d\d)\b.*|[A-Za-z]{3,9}[-/. ]?\d{4}"
)
_ISO = re.compile(r"YYYY-MM(?:-DD(?:[T ]HH:mm(?::ss)?Z?)?)?")
# One format more is worth its place only where it reads this share of the values.
_WORTH = 0.02


@dataclass(frozen=True, slots=True)
class Moments:
    """Formats in the order of their use (none: ISO, or months in words); `timed`: a time of day is among them.

    `ambiguous`: day first and month first read every value; `share` of the values that can be read.
    """

    formats: tuple[str, ...]
    timed: bool
    share: float
    ambiguous: bool = False
    month_first: bool = False


def moments_of(values: Collection[str]) -> Moments | None:
    """How the values of a column say dates, None where most of them are none."""
    candidates = {value: tuple(_forms(value)) for value in values}
    named = {value for value, forms in candidates.items() if not forms and _is_named(value)}
    reads: dict[str, set[str]] = {}
    for value, forms in candidates.items():
        for form in forms:
            if parse_date(value, (form,), as_of=_SOME_DAY) is not None:
                reads.setdefault(form, set()).add(value)
    read = set().union(named, *reads.values()) if reads else named
    if not values or len(read) < _ENOUGH * len(values):
        return None
    formats = _chosen(reads, len(values))
    timed = any("HH" in form for form in formats) or any(":" in value for value in named)
    share = len(read) / len(values)
    if all(_ISO.fullmatch(form) for form in formats) or (named and not formats):
        return Moments((), timed, share)
    month_first = any(form.startswith("MM") and "DD" in form for form in formats)
    days = [value for value in read if value not in named]
    ambiguous = not month_first and _either_way(formats, reads, days)
    return Moments(formats, timed, share, ambiguous, month_first)


def _forms(value: str) -> Iterator[str]:
    clock = _CLOCK.fullmatch(value)
    day = clock["day"] if clock else value
    for pattern, forms in _DAYS:
        match = pattern.fullmatch(day)
        if match is None:
            continue
        for form in forms:
            whole = form.format(match[1])
            if clock is not None:
                whole += f"{clock['gap']}HH:mm{':ss' if clock['second'] else ''}{'Z' if clock['zone'] else ''}"
            yield whole


def _is_named(value: str) -> bool:
    return _NAMED.fullmatch(value) is not None and parse_date(value, as_of=_SOME_DAY) is not None


def _chosen(reads: dict[str, set[str]], count: int) -> tuple[str, ...]:
    """The fewest formats that read nearly all: the best first, then each that reads what the others leave.

    Of two that read the same, the one with the day first goes first: these are British files.
    """
    left = set().union(*reads.values()) if reads else set()
    chosen: list[str] = []
    while left:
        form = max(reads, key=lambda name: (len(reads[name] & left), not name.startswith("MM"), name))
        took = reads[form] & left
        if not took or (chosen and len(took) < _WORTH * count):
            break
        chosen.append(form)
        left -= took
    return tuple(chosen)


def _either_way(formats: tuple[str, ...], reads: dict[str, set[str]], days: list[str]) -> bool:
    """True where every value could be read month first as well, and some of them as another day."""
    turned = {form.replace("DD", "#").replace("MM", "DD").replace("#", "MM") for form in formats}
    read = set().union(*(reads.get(form, set()) for form in turned)) if turned else set()
    return bool(days) and len(read) == len(days) and any(is_ambiguous(day.split(" ")[0]) for day in days)


def is_time(value: str) -> bool:
    """True for a time of day with a separator: `19:45`, `7.30pm`; four figures alone are as well a number."""
    return not value.isdigit() and parse_time(value) is not None


def is_date(value: str) -> bool:
    """True where one value alone is a date in a known form."""
    return moments_of([value]) is not None
