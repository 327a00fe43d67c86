"""Lists of values of many records: each distinct value kept once, sorted, so that it is compared once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Values = npt.NDArray[np.object_]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Column:
    """Lists of values, one list a record: `codes[starts[i]:starts[i + 1]]` are places in the sorted `values`."""

    values: tuple[str, ...]
    codes: Codes
    starts: Ints

    @staticmethod
    def joined(parts: Sequence[Column]) -> Column:
        """Return the lists of several columns, in their order."""
        values = tuple(sorted(set().union(*(part.values for part in parts))))
        codes = [places[part.codes] for part, places in zip(parts, _places(values, parts), strict=True)]
        return Column(values, np.concatenate(codes), _joined_starts([part.starts for part in parts]))

    def taken(self, order: Ints) -> Column:
        """Return the lists of these records, in this order."""
        items, starts = _taken(self.starts, order)
        return Column(self.values, self.codes[items], starts)

    def used(self) -> Column:
        """Return the same lists without the values that none of them has."""
        there = np.zeros(len(self.values), bool)
        there[self.codes] = True
        values = tuple(compress(self.values, there.tolist()))
        return Column(values, (np.cumsum(there) - 1).astype(np.int32)[self.codes], self.starts)

    def expand(self, left: Ints, right: Ints) -> tuple[Ints, Codes, Codes]:
        """Return every pair of values of every pair of records: (place of the pair, code of left, code of right)."""
        pair, a, b = cross(self.starts, left, right)
        return pair, self.codes[a], self.codes[b]


def cross(starts: Ints, left: Ints, right: Ints) -> tuple[Ints, Ints, Ints]:
    """Return all combinations of the items of two lists, for many pairs of lists: (place of the pair, item, item)."""
    first, second = starts[left], starts[right]
    wide = starts[right + 1] - second
    counts = (starts[left + 1] - first) * wide
    if counts.max(initial=0) < 2:
        pair = np.nonzero(counts)[0]
        return pair, first[pair], second[pair]
    pair = np.repeat(np.arange(len(left)), counts)
    within = np.arange(len(pair)) - np.repeat(np.cumsum(counts) - counts, counts)
    width = wide[pair]
    return pair, first[pair] + within // width, second[pair] + within % width


@dataclass(frozen=True, slots=True)
class Names:
    """All names of all records: codes into `words` of given, middle and surname (-1 empty), lists as in `Column`."""

    words: tuple[str, ...]
    given: Codes
    middle: Codes
    surname: Codes
    starts: Ints

    @staticmethod
    def joined(parts: Sequence[Names]) -> Names:
        """Return the names of several, in their order."""
        words = tuple(sorted(set().union(*(part.words for part in parts))))
        # The code of no word, -1, takes the last place, which says so again.
        places = [np.append(each, np.int32(-1)) for each in _places(words, parts)]
        given, middle, surname = (
            np.concatenate([place[getattr(part, name)] for part, place in zip(parts, places, strict=True)])
            for name in ("given", "middle", "surname")
        )
        return Names(words, given, middle, surname, _joined_starts([part.starts for part in parts]))

    def taken(self, order: Ints) -> Names:
        """Return the names of these records, in this order."""
        items, starts = _taken(self.starts, order)
        return Names(self.words, self.given[items], self.middle[items], self.surname[items], starts)

    def used(self) -> Names:
        """Return the same names without the words that none of them has."""
        there = np.zeros(len(self.words) + 1, bool)
        for codes in (self.given, self.middle, self.surname):
            there[codes] = True
        # The code of no word, -1, is the last place.
        place = (np.cumsum(there) - 1).astype(np.int32)
        place[-1] = -1
        given, middle, surname = (place[codes] for codes in (self.given, self.middle, self.surname))
        return Names(tuple(compress(self.words, there.tolist())), given, middle, surname, self.starts)


def _places(values: Sequence[str], parts: Sequence[Column | Names]) -> Iterator[Codes]:
    """Return for each part the place among `values` of each of its own."""
    place = {value: number for number, value in enumerate(values)}
    for part in parts:
        own = part.words if isinstance(part, Names) else part.values
        yield np.fromiter((place[value] for value in own), np.int32, len(own))


def _joined_starts(starts: Sequence[Ints]) -> Ints:
    ends = np.cumsum([each[-1] for each in starts])
    return np.concatenate([starts[0], *(each[1:] + end for each, end in zip(starts[1:], ends, strict=False))])


def _taken(starts: Ints, order: Ints) -> tuple[Ints, Ints]:
    """Return the items of these lists in this order, and where each list then starts."""
    counts = (starts[1:] - starts[:-1])[order]
    new = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))
    return np.arange(new[-1]) + np.repeat(starts[:-1][order] - new[:-1], counts), new


def starts_of(counts: Sequence[int] | Ints) -> Ints:
    """Return where each of lists of so many items starts, and where the last one ends."""
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(np.asarray(counts, np.int64))))


def owners(starts: Ints) -> Ints:
    """Return the place of the list that each item of lists is in."""
    return np.repeat(np.arange(len(starts) - 1), np.diff(starts))


def encoded(flat: list[str]) -> tuple[tuple[str, ...], Codes]:
    """Return the distinct values sorted, and the place of each; the order makes a comparison the same either way."""
    distinct = tuple(sorted(set(flat)))
    place = {value: number for number, value in enumerate(distinct)}
    return distinct, np.fromiter((place[value] for value in flat), np.int32, len(flat))


def as_values(values: Sequence[str]) -> Values:
    """Return values so that many of them are taken at once."""
    found = np.empty(len(values), object)
    found[:] = values
    return found
