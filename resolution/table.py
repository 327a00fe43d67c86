"""Records in columns: each distinct value kept once, sorted, so that it is compared once."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from resolution import key
from resolution.feature import Features
from resolution.key import Folded

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]


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

    def expand(self, left: Ints, right: Ints) -> tuple[Ints, Codes, Codes]:
        """Return every pair of values of every pair of records: (place of the pair, code of left, code of right)."""
        pair, a, b = cross(self.starts, left, right)
        return pair, self.codes[a], self.codes[b]


def cross(starts: Ints, left: Ints, right: Ints) -> tuple[Ints, Ints, Ints]:
    """Return all combinations of the items of two lists, for many pairs of lists: (place of the pair, item, item)."""
    wide = starts[right + 1] - starts[right]
    counts = (starts[left + 1] - starts[left]) * wide
    pair = np.repeat(np.arange(len(left)), counts)
    within = np.arange(len(pair)) - np.repeat(np.cumsum(counts) - counts, counts)
    width = wide[pair]
    return pair, starts[left][pair] + within // width, starts[right][pair] + within % width


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


@dataclass(frozen=True, slots=True)
class Table:
    """Many records of persons in columns; `keys` has a row a record and a column a key property, -1 for none."""

    ids: list[str]
    mks: npt.NDArray[np.int32]
    first_as_of: Ints
    names: Names
    columns: dict[str, Column]
    keys: Ints
    counts: Mapping[int, int] | None = None
    bearers: Sequence[tuple[int, int, int]] | None = None
    _holders: dict[str, tuple[Ints, Ints, Ints, Ints]] = field(default_factory=dict)

    @staticmethod
    def build(ids: list[str], mks: Codes, first_as_of: Ints, properties: Iterable[Mapping[str, Any]]) -> Table:
        """Return the table of records given by id, marking number, first date (epoch) and stored properties."""
        return Table.of(ids, mks, first_as_of, [key.folded(one) for one in properties])

    @staticmethod
    def of(
        ids: list[str],
        mks: Codes,
        first_as_of: Ints,
        records: Sequence[Folded],
        counts: Mapping[int, int] | None = None,
        bearers: Sequence[tuple[int, int, int]] | None = None,
    ) -> Table:
        """Return the table of records that are folded already.

        Where the table is only a part of the graph, `bearers` says who holds contact and address keys in all of it:
        (key, compartment, name); or `counts` how many names hold each inside the compartments that matter. A key that
        is not named has one holder.
        """
        rows = [record.features for record in records]
        columns = {
            "birth": _column([(row.birth,) if row.birth else () for row in rows]),
            "gender": _column([(row.gender,) if row.gender else () for row in rows]),
            "birth_place": _column([(row.birth_place,) if row.birth_place else () for row in rows]),
            "postcode": _column([row.postcodes for row in rows]),
            "address": _column([row.addresses for row in rows]),
            "phone": _column([row.phones for row in rows]),
            "email": _column([row.emails for row in rows]),
            "vrm": _column([row.vrms for row in rows]),
            "identifier": _column([row.identifiers for row in rows]),
        }
        mks, first_as_of = np.asarray(mks, np.int32), np.asarray(first_as_of, np.int64)
        return Table(ids, mks, first_as_of, _names(rows), columns, _keys(records), counts, bearers)

    @staticmethod
    def joined(parts: Sequence[Table]) -> Table:
        """Return the records of several whole tables in the order of their ids."""
        ids = [id_ for part in parts for id_ in part.ids]
        mks = np.concatenate([part.mks for part in parts])
        first = np.concatenate([part.first_as_of for part in parts])
        names = Names.joined([part.names for part in parts])
        columns = {name: Column.joined([part.columns[name] for part in parts]) for name in parts[0].columns}
        table = Table(ids, mks, first, names, columns, np.concatenate([part.keys for part in parts]))
        order = np.argsort(np.array(ids), kind="stable")
        return table if (order == np.arange(len(order))).all() else table.taken(order)

    def __len__(self) -> int:
        return len(self.ids)

    def taken(self, order: Ints) -> Table:
        """Return these records alone, in this order."""
        columns = {name: column.taken(order) for name, column in self.columns.items()}
        ids = [self.ids[place] for place in order.tolist()]
        return Table(ids, self.mks[order], self.first_as_of[order], self.names.taken(order), columns, self.keys[order])

    def without(self, crowded: Collection[tuple[int, int]]) -> Table:
        """Return the table with these keys taken from the records of these compartments: (key, compartment)."""
        if not crowded:
            return self
        of_mark: defaultdict[int, list[int]] = defaultdict(list)
        for one, mk in crowded:
            of_mark[mk].append(one)
        keys = self.keys.copy()
        for mk, many in of_mark.items():
            keys[np.isin(keys, many) & (self.mks == mk)[:, None]] = key.NO_KEY
        return dataclasses.replace(self, keys=keys)

    def family(self, name: str) -> tuple[Ints, Ints]:
        """Return (key, record) of every key of a family, each once, sorted by key and record."""
        slots = [key.KEY_PROPERTIES.index(slot) for slot in key.FAMILIES[name]]
        block = self.keys[:, slots]
        record, slot = np.nonzero(block != key.NO_KEY)
        found = block[record, slot]
        order = np.lexsort((record, found))
        return found[order], record[order]

    def holders(self, family: str, wanted: Ints, left: Ints, right: Ints) -> Ints:
        """Return how many different names hold each key inside the compartments of each pair of records.

        Records without a name count as one. Nothing outside the two compartments is looked at.
        """
        if self.counts is not None:
            return np.array([self.counts.get(int(one), 1) for one in wanted], np.int64)
        if family not in self._holders:
            self._holders[family] = self._count(family)
        values, marks, starts, names = self._holders[family]
        a, b = self.mks[left].astype(np.int64), self.mks[right].astype(np.int64)
        first, second = _find(values, marks, wanted, a), _find(values, marks, wanted, b)
        counts = np.where(first >= 0, starts[first + 1] - starts[first], 0)
        both = np.nonzero((a != b) & (second >= 0))[0]
        # Many pairs meet in one key of the same two compartments: its names are counted once.
        packed, which = np.unique((first[both] + 1) * len(starts) + second[both], return_inverse=True)
        together = []
        for one, other in zip((packed // len(starts) - 1).tolist(), (packed % len(starts)).tolist(), strict=True):
            here = names[starts[one] : starts[one + 1]].tolist() if one >= 0 else []
            together.append(len({*here, *names[starts[other] : starts[other + 1]].tolist()}))
        counts[both] = np.array(together, np.int64)[which]
        return np.asarray(counts, np.int64)

    def _count(self, family: str) -> tuple[Ints, Ints, Ints, Ints]:
        """Return the keys and compartments in order, and where the distinct names of each start in the names."""
        found, marks, names = self._bearers(family)
        order = np.lexsort((names, marks, found))
        found, marks, names = found[order], marks[order], names[order]
        new = np.ones(len(found), bool)
        new[1:] = (found[1:] != found[:-1]) | (marks[1:] != marks[:-1]) | (names[1:] != names[:-1])
        found, marks, names = found[new], marks[new], names[new]
        head = np.ones(len(found), bool)
        head[1:] = (found[1:] != found[:-1]) | (marks[1:] != marks[:-1])
        starts = np.append(np.nonzero(head)[0], len(found)).astype(np.int64)
        return found[head], marks[head], starts, names

    def _bearers(self, family: str) -> tuple[Ints, Ints, Ints]:
        """Return key, compartment and name of everything that holds a key of a family."""
        if self.bearers is not None:
            found, marks, names = np.array(self.bearers, np.int64).reshape(-1, 3).T
            return found, marks, names
        found, record = self.family(family)
        return found, self.mks[record].astype(np.int64), self.keys[record, key.KEY_PROPERTIES.index("k_name")]


def _find(values: Ints, marks: Ints, wanted: Ints, mark: Ints) -> Ints:
    """Return the place of each (key, compartment) in the sorted pairs, -1 where there is none."""
    if not len(values):
        return np.full(len(wanted), -1)
    # One sorted array for both: the rank of the key among the distinct keys, then the compartment.
    distinct, rank = np.unique(values, return_inverse=True)
    spread = int(max(marks.max(), mark.max(initial=0))) + 1
    packed = rank.astype(np.int64) * spread + marks
    at = np.minimum(np.searchsorted(distinct, wanted), len(distinct) - 1)
    sought = at.astype(np.int64) * spread + mark
    place = np.minimum(np.searchsorted(packed, sought), len(packed) - 1)
    return np.where((distinct[at] == wanted) & (packed[place] == sought), place, -1)


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


def _starts(counts: list[int]) -> Ints:
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(np.array(counts, np.int64))))


def _column(lists: list[tuple[str, ...]]) -> Column:
    flat = [value for values in lists for value in values]
    distinct, codes = _encode(flat)
    return Column(distinct, codes, _starts([len(values) for values in lists]))


def _encode(flat: list[str]) -> tuple[tuple[str, ...], Codes]:
    """Return the distinct values sorted, and the place of each; the order makes a comparison the same either way."""
    distinct = tuple(sorted(set(flat)))
    place = {value: number for number, value in enumerate(distinct)}
    return distinct, np.fromiter((place[value] for value in flat), np.int32, len(flat))


def _names(rows: Sequence[Features]) -> Names:
    flat = [name for row in rows for name in row.names]
    parts = [part for name in flat for part in (name.given, name.middle, name.surname)]
    words, codes = _encode(["", *parts])
    codes = codes[1:].reshape(-1, 3) - 1
    return Names(words[1:], codes[:, 0], codes[:, 1], codes[:, 2], _starts([len(row.names) for row in rows]))


def _keys(records: Sequence[Folded]) -> Ints:
    width = len(key.KEY_PROPERTIES)
    flat = (value for record in records for value in record.row)
    return np.fromiter(flat, np.int64, len(records) * width).reshape(-1, width)
