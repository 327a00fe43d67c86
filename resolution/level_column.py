"""The levels of many unequal values at once, by what is worked out of each value once."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from resolution.column import Flags, Values
from resolution.level import Codes
from resolution.model import Field, Ints
from resolution.unlike import Letters

Comparer = Callable[[Values, Codes, Codes, Field], Ints]
FEW = 4096  # pairs that are compared as fast as it is told which of them cannot be alike


def once(values: Values, a: Codes, b: Codes, compare: Comparer, field: Field) -> Ints:
    """Return the level of each pair of codes, each distinct pair compared once, the lesser code first."""
    low, high = np.minimum(a, b).astype(np.int64), np.maximum(a, b).astype(np.int64)
    distinct, places = np.unique(low * max(len(values), 1) + high, return_inverse=True)
    if not len(distinct):
        return np.zeros(0, np.int64)
    return compare(values, distinct // len(values), distinct % len(values), field)[places]


class Whole(ABC):
    """Compares whole columns of unequal codes, in either order."""

    @abstractmethod
    def __call__(self, a: Codes, b: Codes, field: Field) -> Ints:
        """Return the level of each pair."""


class Exact(Whole):
    """The lowest level for every unequal pair: values that agree wholly or not at all."""

    def __call__(self, a: Codes, b: Codes, field: Field) -> Ints:
        """Return 0 for each pair."""
        return np.zeros(len(a), np.int64)


class Dates(Whole):
    """Dates by their parts; full ones here, those of which one is none in `part`."""

    def __init__(self, values: Values) -> None:
        self._values = values
        parts = np.array([_date(value) for value in values.tolist()], np.int64).reshape(-1, 3)
        self._year, self._month, self._day = (np.ascontiguousarray(part) for part in parts.T)
        number = self._year * 10_000 + self._month * 100 + self._day
        figures = sum((number // 10**place % 10) << (4 * place) for place in range(8))
        self._figures = np.asarray(figures, np.int64).astype(np.uint32)

    def __call__(self, a: Codes, b: Codes, field: Field) -> Ints:
        """Return the levels of full dates: swapped day and month or one figure wrong, else what they share."""
        year, month, day = (part[a] == part[b] for part in (self._year, self._month, self._day))
        swapped = year & (self._month[a] == self._day[b]) & (self._day[a] == self._month[b])
        found = np.zeros(len(a), np.int64)
        found[year] = field.level("year")
        found[month & day] = field.level("day")
        found[year & month] = field.level("month")
        found[self._mistyped(a, b, field) | swapped] = field.level("error")
        return found

    def _mistyped(self, a: Codes, b: Codes, field: Field) -> Flags:
        """Return which pairs are one figure apart, or two neighbours that are turned round."""
        other = self._figures[a] ^ self._figures[b]
        other |= other >> np.uint32(2)
        other |= other >> np.uint32(1)
        wrong = np.bitwise_count(other & np.uint32(0x11111111))
        found = wrong == 1
        two = np.nonzero(wrong == 2)[0]
        found[two] = once(self._values, a[two], b[two], _one_edit, field) > 0
        return np.asarray(found)

    def part(self, a: Codes, b: Codes, field: Field) -> Ints:
        """Return the levels of dates of which one is no full date."""
        gap = np.abs(self._year[a] - self._year[b])
        x, y = self._month[a], self._month[b]
        months = (x > 0) & (y > 0)
        found = np.zeros(len(a), np.int64)
        found[gap == 1] = field.level("near")
        found[(gap == 0) & ~months] = field.level("year")
        found[(gap == 0) & months] = field.level("near")
        found[(gap == 0) & months & (x == y)] = field.level("month")
        return found


class PartDates(Whole):
    """Dates of which one is no full date."""

    def __init__(self, dates: Dates) -> None:
        self._dates = dates

    def __call__(self, a: Codes, b: Codes, field: Field) -> Ints:
        """Return the levels; equal months or years count as such."""
        return self._dates.part(a, b, field)


class Postcodes(Whole):
    """Postcodes by sector and district, and by a character that is wrong."""

    def __init__(self, values: Values) -> None:
        self._values, self._spelt = values, _Spelt(values)
        self._sector = numbered(code[:-2] for code in values.tolist())
        self._district = numbered(code.split(" ")[0] for code in values.tolist())

    def __call__(self, a: Codes, b: Codes, field: Field) -> Ints:
        """Return the levels: one character wrong, same sector, same district."""
        sector = self._sector[a] == self._sector[b]
        found = np.zeros(len(a), np.int64)
        found[self._district[a] == self._district[b]] = field.level("district")
        found[sector] = field.level("sector")
        # Neighbouring units differ in their last letters only; that is a neighbour rather than a mistake.
        apart = np.nonzero(~sector)[0]
        apart = apart[self._spelt.edited(a[apart], b[apart])]
        apart = apart[once(self._values, a[apart], b[apart], _one_edit, field) > 0]
        found[apart] = field.level("error")
        return found


class _Spelt:
    """The letters of values, worked out only where many are compared."""

    def __init__(self, values: Values) -> None:
        self._values = values

    def edited(self, a: Codes, b: Codes) -> Flags:
        """As `Letters.edited`; of few pairs, all."""
        return np.ones(len(a), bool) if len(a) < FEW else self._letters.edited(a, b)

    @cached_property
    def _letters(self) -> Letters:
        return Letters(self._values)


def numbered(texts: Iterable[str]) -> Ints:
    """Return a number for each text, the same for equal ones."""
    place: dict[str, int] = {}
    return np.array([place.setdefault(text, len(place)) for text in texts], np.int64)


def _one_edit(values: Values, a: Codes, b: Codes, _field: Field) -> Ints:
    """Return 1 for values that are one edit apart, 0 for others."""
    left, right = values[a].tolist(), values[b].tolist()
    return np.asarray(cpdist(left, right, scorer=OSA.distance, score_cutoff=1) <= 1).astype(np.int64)


@lru_cache(maxsize=1 << 16)
def _date(value: str) -> tuple[int, int, int]:
    """Return (year, month, day) of an ISO text, 0 for what it does not say."""
    year, month, day = (int(part) for part in f"{value}-0-0".split("-")[:3])
    return year, month, day
