"""Records of one kind in columns, with their keys."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from resolution import key
from resolution.column import Codes, Column, Ints, Names, encoded, starts_of
from resolution.feature import Features, Name
from resolution.fold_column import Given, as_given, fold_given
from resolution.key import Folded
from resolution.key_column import key_rows
from resolution.space import PERSON, Space, space_of
from resolution.thing import THINGS, FoldedThing


@dataclass(frozen=True, slots=True)
class Table:
    """Many records of a kind in columns; `keys` has a row a record and a column a key property, -1 for none.

    Persons alone have `names`; of a thing what it is called is among the columns.
    """

    ids: list[str]
    mks: npt.NDArray[np.int32]
    first_as_of: Ints
    names: Names
    columns: dict[str, Column]
    keys: Ints
    counts: Mapping[int, int] | None = None
    bearers: Sequence[tuple[int, int, int]] | None = None
    kind: str = PERSON
    _holders: dict[str, _Holding] = field(default_factory=dict)

    @property
    def space(self) -> Space:
        """What its records are found by."""
        return space_of(self.kind)

    @staticmethod
    def things(kind: str, ids: list[str], mks: Codes, first_as_of: Ints, records: Sequence[FoldedThing]) -> Table:
        """Return the table of records of another kind than persons."""
        columns = {name: _column([one.traits.get(name, ()) for one in records]) for name in THINGS[kind].columns}
        keys = np.array([one.row for one in records], np.int64).reshape(len(records), len(space_of(kind).properties))
        mks, first_as_of = np.asarray(mks, np.int32), np.asarray(first_as_of, np.int64)
        return Table(ids, mks, first_as_of, _names([()] * len(ids)), columns, keys, kind=kind)

    @staticmethod
    def build(ids: list[str], mks: Codes, first_as_of: Ints, properties: Iterable[Mapping[str, Any]]) -> Table:
        """Return the table of persons given by id, marking number, first date (epoch) and stored properties."""
        return Table.in_columns(ids, mks, first_as_of, as_given(list(properties)))

    @staticmethod
    def in_columns(ids: list[str], mks: Codes, first_as_of: Ints, given: Given) -> Table:
        """As `build`, the properties in columns by their names: for each a value or None of every record."""
        names, columns = fold_given(given, len(ids))
        mks, first_as_of = np.asarray(mks, np.int32), np.asarray(first_as_of, np.int64)
        return Table(ids, mks, first_as_of, names, columns, key_rows(names, columns))

    @staticmethod
    def stored(
        ids: list[str],
        mks: Codes,
        first_as_of: Ints,
        given: Given,
        keys: Sequence[Sequence[int]],
    ) -> Table:
        """As `in_columns`, of persons that are a part of the graph, by the keys that it keeps."""
        names, columns = fold_given(given, len(ids))
        mks, first_as_of = np.asarray(mks, np.int32), np.asarray(first_as_of, np.int64)
        rows = np.array(keys, np.int64).reshape(len(ids), len(key.KEY_PROPERTIES))
        return Table(ids, mks, first_as_of, names, columns, rows)

    @staticmethod
    def of(
        ids: list[str],
        mks: Codes,
        first_as_of: Ints,
        records: Sequence[Folded],
    ) -> Table:
        """Return the table of persons that are folded already."""
        rows = [record.features for record in records]
        mks, first_as_of = np.asarray(mks, np.int32), np.asarray(first_as_of, np.int64)
        names, columns = _names([row.names for row in rows]), _columns(rows)
        return Table(ids, mks, first_as_of, names, columns, _keys(records))

    @staticmethod
    def compared(
        mks: Codes,
        rows: Sequence[Features],
        *,
        counts: Mapping[int, int] | None = None,
        bearers: Sequence[tuple[int, int, int]] | None = None,
    ) -> Table:
        """Return the table of persons that are compared, and not found by their keys.

        `bearers` as in `held_by`; or `counts`: how many names hold each key inside the compartments that matter.
        """
        ids = [str(place) for place in range(len(rows))]
        keys = np.full((len(rows), len(key.KEY_PROPERTIES)), key.NO_KEY, np.int64)
        return Table(
            ids,
            mks,
            np.zeros(len(rows), np.int64),
            _names([row.names for row in rows]),
            _columns(rows),
            keys,
            counts,
            bearers,
        )

    @staticmethod
    def joined(parts: Sequence[Table]) -> Table:
        """Return the records of several whole tables in the order of their ids."""
        ids = [id_ for part in parts for id_ in part.ids]
        mks = np.concatenate([part.mks for part in parts])
        first = np.concatenate([part.first_as_of for part in parts])
        names = Names.joined([part.names for part in parts])
        columns = {name: Column.joined([part.columns[name] for part in parts]) for name in parts[0].columns}
        table = Table(
            ids, mks, first, names, columns, np.concatenate([part.keys for part in parts]), kind=parts[0].kind
        )
        order = np.argsort(np.array(ids), kind="stable")
        return table if (order == np.arange(len(order))).all() else table.taken(order)

    def __len__(self) -> int:
        return len(self.ids)

    def taken(self, order: Ints) -> Table:
        """Return these records alone, in this order."""
        columns = {name: column.taken(order) for name, column in self.columns.items()}
        ids = [self.ids[place] for place in order.tolist()]
        marks, first, names = self.mks[order], self.first_as_of[order], self.names.taken(order)
        return Table(ids, marks, first, names, columns, self.keys[order], kind=self.kind)

    def sampled(self, order: Ints) -> Table:
        """Return these records alone, in this order, and only the values that they have."""
        table = self.taken(order)
        columns = {name: column.used() for name, column in table.columns.items()}
        return dataclasses.replace(table, names=table.names.used(), columns=columns)

    def held_by(self, bearers: Sequence[tuple[int, int, int]]) -> Table:
        """Return the table as a part of a graph in all of which these hold contact and address keys.

        `bearers`: (key, compartment, name). A key that is not named has one holder.
        """
        return dataclasses.replace(self, bearers=bearers, _holders={})

    def without(self, crowded: Collection[tuple[int, int]]) -> Table:
        """Return the table with these keys taken from the records of these compartments: (key, compartment)."""
        if not crowded:
            return self
        of_mark: defaultdict[int, list[int]] = defaultdict(list)
        for one, mk in crowded:
            of_mark[mk].append(one)
        keys = self.keys.copy()
        for mk, many in of_mark.items():
            # `np.isin` takes twice the time, since it puts all keys in order.
            taken = np.sort(np.array(many, np.int64))
            near = taken[np.minimum(np.searchsorted(taken, self.keys), len(taken) - 1)]
            keys[(near == self.keys) & (self.mks == mk)[:, None]] = key.NO_KEY
        return dataclasses.replace(self, keys=keys)

    def family(self, name: str) -> tuple[Ints, Ints]:
        """Return (key, record) of every key of a family, sorted by key."""
        block = self.keys[:, self.space.slots(name)]
        known = block != key.NO_KEY
        found, record = block[known], np.repeat(np.arange(len(block)), np.count_nonzero(known, axis=1))
        order = np.argsort(found)
        return found[order], record[order]

    def holders(self, family: str, wanted: Ints, left: Ints, right: Ints) -> Ints:
        """Return how many different names hold each key inside the compartments of each pair of records.

        Records without a name count as one. Nothing outside the two compartments is looked at.
        """
        if self.counts is not None:
            return np.array([self.counts.get(int(one), 1) for one in wanted], np.int64)
        if family not in self._holders:
            self._holders[family] = self._count(family)
        holding = self._holders[family]
        starts, names = holding.starts, holding.names
        a, b = self.mks[left].astype(np.int64), self.mks[right].astype(np.int64)
        key = holding.place(wanted)
        first = holding.find(wanted, key, a)
        counts = np.where(first >= 0, starts[first + 1] - starts[first], 0)
        both = np.nonzero(a != b)[0]
        second = holding.find(wanted[both], key[both], b[both])
        both, second = both[second >= 0], second[second >= 0]
        # Many pairs meet in one key of the same two compartments: its names are counted once.
        packed, which = np.unique((first[both] + 1) * len(starts) + second, return_inverse=True)
        together = []
        for one, other in zip((packed // len(starts) - 1).tolist(), (packed % len(starts)).tolist(), strict=True):
            here = names[starts[one] : starts[one + 1]].tolist() if one >= 0 else []
            together.append(len({*here, *names[starts[other] : starts[other + 1]].tolist()}))
        counts[both] = np.array(together, np.int64)[which]
        return np.asarray(counts, np.int64)

    def _count(self, family: str) -> _Holding:
        found, marks, names = self._bearers(family)
        order = np.lexsort((names, marks, found))
        found, marks, names = found[order], marks[order], names[order]
        new = np.ones(len(found), bool)
        new[1:] = (found[1:] != found[:-1]) | (marks[1:] != marks[:-1]) | (names[1:] != names[:-1])
        found, marks, names = found[new], marks[new], names[new]
        head = np.ones(len(found), bool)
        head[1:] = (found[1:] != found[:-1]) | (marks[1:] != marks[:-1])
        starts = np.append(np.nonzero(head)[0], len(found)).astype(np.int64)
        return _Holding.of(found[head], marks[head], starts, names, 1 + int(self.mks.max(initial=0)))

    def _bearers(self, family: str) -> tuple[Ints, Ints, Ints]:
        """Return key, compartment and name of everything that holds a key of a family."""
        if self.bearers is not None:
            found, marks, names = np.array(self.bearers, np.int64).reshape(-1, 3).T
            return found, marks, names
        found, record = self.family(family)
        return found, self.mks[record].astype(np.int64), self.keys[record, key.KEY_PROPERTIES.index("k_name")]


@dataclass(frozen=True, slots=True)
class _Holding:
    """Who holds keys of a family: where the distinct names of each (key, compartment) start among the names.

    `keys`: the distinct keys, ascending; `packed`: of each pair the place of its key and its compartment in one number.
    """

    keys: Ints
    packed: Ints
    starts: Ints
    names: Ints
    spread: int

    @staticmethod
    def of(keys: Ints, marks: Ints, starts: Ints, names: Ints, compartments: int) -> _Holding:
        """Return who holds keys, given by key and compartment in order, of so many compartments at least."""
        spread = max(compartments, int(marks.max(initial=0)) + 1)
        new = np.ones(len(keys), bool)
        new[1:] = keys[1:] != keys[:-1]
        return _Holding(keys[new], (np.cumsum(new) - 1) * spread + marks, starts, names, spread)

    def place(self, wanted: Ints) -> Ints:
        """Return where each key is, or would be, among those that are held."""
        return np.minimum(np.searchsorted(self.keys, wanted), max(len(self.keys) - 1, 0))

    def find(self, wanted: Ints, key: Ints, mark: Ints) -> Ints:
        """Return the place of each (key, compartment), -1 where nobody holds it there; `key`: the `place` of it."""
        if not len(self.keys):
            return np.full(len(wanted), -1)
        if len(self.keys) == len(self.packed):
            # Each key is held in one compartment alone.
            return np.where((self.keys[key] == wanted) & (self.packed[key] == key * self.spread + mark), key, -1)
        sought = key * self.spread + mark
        place = np.minimum(np.searchsorted(self.packed, sought), len(self.packed) - 1)
        return np.where((self.keys[key] == wanted) & (self.packed[place] == sought), place, -1)


def _columns(rows: Sequence[Features]) -> dict[str, Column]:
    return {
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


def _column(lists: list[tuple[str, ...]]) -> Column:
    flat = [value for values in lists for value in values]
    distinct, codes = encoded(flat)
    return Column(distinct, codes, starts_of([len(values) for values in lists]))


def _names(lists: Sequence[tuple[Name, ...]]) -> Names:
    flat = [name for names in lists for name in names]
    parts = [part for name in flat for part in (name.given, name.middle, name.surname)]
    words, codes = encoded(["", *parts])
    codes = codes[1:].reshape(-1, 3) - 1
    return Names(words[1:], codes[:, 0], codes[:, 1], codes[:, 2], starts_of([len(names) for names in lists]))


def _keys(records: Sequence[Folded]) -> Ints:
    width = len(key.KEY_PROPERTIES)
    flat = (value for record in records for value in record.row)
    return np.fromiter(flat, np.int64, len(records) * width).reshape(-1, width)
