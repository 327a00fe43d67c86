"""The levels of many unequal values at once, by what is worked out of each value once."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from resolution import level
from resolution.column import Flags, Values
from resolution.level import Codes
from resolution.model import Field, Ints
from resolution.unlike import Letters
from standards.name import full_names_of, nicknames_of

Comparer = Callable[[Values, Codes, Codes, Field], Ints]
_Bits = npt.NDArray[np.uint64]
_FEW = 4096  # pairs that are compared as fast as it is told which of them cannot be alike


def once(values: Values, a: Codes, b: Codes, compare: Comparer, field: Field) -> Ints:
    """Return the level of each pair of codes, each distinct pair compared once, the lesser code first."""
    low, high = np.minimum(a, b).astype(np.int64), np.maximum(a, b).astype(np.int64)
    distinct, places = np.unique(low * max(len(values), 1) + high, return_inverse=True)
    if not len(distinct):
        return np.zeros(0, np.int64)
    return compare(values, distinct // len(values), distinct % len(values), field)[places]


class Whole:
    """Compares whole columns of unequal codes, in either order."""

    def __call__(self, a: Codes, b: Codes, field: Field) -> Ints:
        """Return the level of each pair."""
        raise NotImplementedError


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
        self._sector = _numbered(code[:-2] for code in values.tolist())
        self._district = _numbered(code.split(" ")[0] for code in values.tolist())

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


class Streets(Whole):
    """Addresses: of those of one number in two named streets it is told how alike they are."""

    def __init__(self, values: Values) -> None:
        self._values, self._addresses = values, level.Addresses(values)

    def __call__(self, a: Codes, b: Codes, field: Field) -> Ints:
        """Return the levels."""
        found = np.zeros(len(a), np.int64)
        meet = np.nonzero(self._addresses.meet(a, b))[0]
        found[meet] = once(self._values, a[meet], b[meet], self._addresses, field)
        return found


class Words:
    """The words of names: which can agree in any way is told before they are compared."""

    def __init__(self, values: Values, sound: Ints) -> None:
        self._values, self._sound, self._spelt = values, sound, _Spelt(values)

    def given_names(self) -> Whole:
        """Return the comparison of given names."""
        return _Likely(self._values, level.given_names, self._may_be_given)

    def surnames(self) -> Whole:
        """Return the comparison of surnames."""
        return _Likely(self._values, level.surnames, self._may_be_surname)

    def middle_names(self) -> Whole:
        """Return the comparison of middle names."""
        return _Likely(self._values, level.middle_names, self._may_be_middle)

    def _may_be_given(self, a: Codes, b: Codes) -> Flags:
        near = self._spelt.similar(a, b, level.SIMILAR_GIVEN) | self._spelt.edited(a, b) | self._sounds(a, b)
        return near | self._some(a, b) | self._called(a, b)

    def _may_be_surname(self, a: Codes, b: Codes) -> Flags:
        near = self._spelt.similar(a, b, level.SIMILAR) | self._spelt.edited(a, b) | self._sounds(a, b)
        return near | self._some(a, b)

    def _may_be_middle(self, a: Codes, b: Codes) -> Flags:
        return self._spelt.start(a, b) | self._sounds(a, b) | self._some(a, b) | self._called(a, b)

    def _sounds(self, a: Codes, b: Codes) -> Flags:
        return np.asarray(self._sound[a] == self._sound[b])

    def _some(self, a: Codes, b: Codes) -> Flags:
        """Return in which pairs a name is an initial, or several."""
        some = self._spelt.some
        return np.asarray(some[a] | some[b])

    def _called(self, a: Codes, b: Codes) -> Flags:
        """Return which may be one person's names in turn: a name is among the others', or both are short for one."""
        own, others, full = self._spelt.called
        return np.asarray(((own[a] & others[b]) | (own[b] & others[a]) | (full[a] & full[b])) != 0)


class _Likely(Whole):
    """Names of which those are compared that may agree; of few pairs, all."""

    def __init__(self, values: Values, compare: Comparer, may: Callable[[Codes, Codes], Flags]) -> None:
        self._values, self._compare, self._may = values, compare, may

    def __call__(self, a: Codes, b: Codes, field: Field) -> Ints:
        if len(a) < _FEW:
            return once(self._values, a, b, self._compare, field)
        found = np.zeros(len(a), np.int64)
        likely = np.nonzero(self._may(a, b))[0]
        found[likely] = once(self._values, a[likely], b[likely], self._compare, field)
        return found


class _Spelt:
    """What is worked out of each value only where many are compared."""

    def __init__(self, values: Values) -> None:
        self._values = values

    def edited(self, a: Codes, b: Codes) -> Flags:
        """As `Letters.edited`; of few pairs, all."""
        return np.ones(len(a), bool) if len(a) < _FEW else self._letters.edited(a, b)

    def similar(self, a: Codes, b: Codes, least: float) -> Flags:
        """As `Letters.similar`."""
        return self._letters.similar(a, b, least)

    def start(self, a: Codes, b: Codes) -> Flags:
        """As `Letters.start`."""
        return self._letters.start(a, b)

    @cached_property
    def _letters(self) -> Letters:
        return Letters(self._values)

    @cached_property
    def some(self) -> Flags:
        """Which names are initials, or several."""
        return np.array([len(name) == 1 or " " in name for name in self._values.tolist()], bool)

    @cached_property
    def called(self) -> tuple[_Bits, _Bits, _Bits]:
        """Names folded into 64 bits: each itself, what else it is called, and what it is short for."""
        names = self._values.tolist()
        sets = ([name] for name in names), map(nicknames_of, names), map(full_names_of, names)
        own, others, full = (np.array([_bits(words) for words in each], np.uint64) for each in sets)
        return own, others, full


def _bits(words: Iterable[str]) -> int:
    bits = 0
    for word in words:
        bits |= 1 << (zlib.crc32(word.encode()) & 63)
    return bits


def _numbered(texts: Iterable[str]) -> Ints:
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
