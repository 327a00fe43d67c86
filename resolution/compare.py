"""Pairs of records compared field by field: the level of agreement and its weight in every class of the model."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from resolution import key, level
from resolution.column import Column, Flags, Names, Values, as_values
from resolution.key_column import contact_numbers, hashes, numbers
from resolution.level import Codes
from resolution.level_address import Addresses
from resolution.level_column import Comparer, Dates, Exact, PartDates, Postcodes, Whole, once
from resolution.model import Field, Ints, Model, units

_NONE = -1
_ONLY: Ints = np.zeros(1, np.int64)
_YEAR = 4  # characters of a date of which the year alone is known
# Fields of values that agree wholly or not at all, and whose worth falls with the number of their holders.
_CONTACTS = ("phone", "email", "vrm")
LOGS: Ints = np.array([0, *(units(count) for count in range(1, 1025))], np.int64)


class Comparable(Protocol):
    """What can be compared: records, or the profiles of many."""

    @property
    def names(self) -> Names:
        """All names of each."""
        ...

    @property
    def columns(self) -> Mapping[str, Column]:
        """All values of each, by field."""
        ...

    def holders(self, family: str, wanted: Ints, left: Ints, right: Ints) -> Ints:
        """Return how many different names hold each key inside the compartments of each pair."""
        ...


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of many pairs, those only in which both records know it.

    `pair`: places of the pairs, ascending; `level` of the field; `logs`: a row a pair, a column a class, in units;
    `a`, `b`: codes of the values that met.
    """

    field: Field
    pair: Ints
    level: Ints
    logs: Ints
    a: Codes
    b: Codes

    def each(self, places: Ints) -> list[Compared | None]:
        """Return the field of each of these pairs as if there were no other, None where one of its records lacks it."""
        if not len(self.pair):
            return [None] * len(places)
        at = np.minimum(np.searchsorted(self.pair, places), len(self.pair) - 1)
        return [
            self._only(slice(place, place + 1)) if there else None
            for place, there in zip(at.tolist(), (self.pair[at] == places).tolist(), strict=True)
        ]

    def _only(self, one: slice) -> Compared:
        return Compared(self.field, _ONLY, self.level[one], self.logs[one], self.a[one], self.b[one])

    @staticmethod
    def none(field: Field) -> Compared:
        """Return a field that no pair knows."""
        no = np.zeros(0, np.int64)
        return Compared(field, no, no, np.zeros((0, len(field.weights)), np.int64), no, no)


def levels_of(values: Values, a: level.Codes, b: level.Codes, compare: Comparer | Whole, field: Field) -> Ints:
    """Return the level of each pair of codes, -1 where a code is missing."""
    known = (a >= 0) & (b >= 0)
    found = np.where(known & (a == b), len(field.levels) - 1, _NONE).astype(np.int64)
    unequal = np.nonzero(known & (a != b))[0]
    a, b = a[unequal], b[unequal]
    found[unequal] = compare(a, b, field) if isinstance(compare, Whole) else once(values, a, b, compare, field)
    return found


class ValueComparison:
    """Compares all but the names of one table under one model; what depends on a value alone is worked out once."""

    def __init__(self, table: Comparable, model: Model) -> None:
        self._table, self._model = table, model
        self._values = {name: as_values(column.values) for name, column in table.columns.items()}
        self._told = {name: _told(column, model.generic.get(name)) for name, column in table.columns.items()}
        births = table.columns["birth"].values
        self._whole = np.array([key.is_whole(value) for value in births] + [False], bool)
        self._year = np.array([len(value) == _YEAR for value in births] + [False], bool)
        schemes = [value.partition(":")[0] for value in table.columns["identifier"].values]
        self._schemes = sorted(set(schemes))
        self._scheme = np.array([*(self._schemes.index(scheme) for scheme in schemes), 0])
        dates = Dates(self._values["birth"])
        self._compare: Mapping[str, Comparer | Whole] = {
            "birth": dates,
            "birth_part": PartDates(dates),
            "gender": Exact(),
            "birth_place": level.birth_places,
            "postcode": Postcodes(self._values["postcode"]),
            "address": Addresses(self._values["address"]),
            **{name: Exact() for name in _CONTACTS},
        }
        # By what the holders of each value are counted, where that was asked for.
        self._keys = {name: np.full(len(self._values[name]), key.NO_KEY, np.int64) for name in ("address", *_CONTACTS)}

    def under(self, model: Model) -> ValueComparison:
        """As `Comparison.under`."""
        other = copy.copy(self)
        other._model = model
        return other

    def compare(self, left: Ints, right: Ints) -> Iterator[Compared]:
        """Yield every field but the names."""
        yield from self._births(left, right)
        for name in ("gender", "birth_place", "postcode"):
            yield self._simple(name, left, right)
        for name in ("address", *_CONTACTS):
            yield self._shared(name, left, right)
        yield self._identifiers(left, right)

    def _known(self, name: str, left: Ints, right: Ints) -> tuple[Ints, level.Codes, level.Codes]:
        """Return the pairs of values that are not on the model's list of generic ones."""
        pair, a, b = self._table.columns[name].expand(left, right)
        told = self._told[name]
        if told is None:
            return pair, a, b
        kept = told[a] & told[b]
        return pair[kept], a[kept], b[kept]

    def _births(self, left: Ints, right: Ints) -> Iterator[Compared]:
        pair, a, b = self._table.columns["birth"].expand(left, right)
        both, dated = self._whole[a] & self._whole[b], np.zeros(len(left), bool)
        # Who is known by full dates and by a year as well is compared by the full ones.
        dated[pair[both]] = True
        for name, chosen in (("birth", both), ("birth_part", ~dated[pair])):
            field = self._model.fields[name]
            if not chosen.any():
                yield Compared.none(field)
                continue
            found = levels_of(self._values["birth"], a[chosen], b[chosen], self._compare[name], field)
            if name == "birth_part":
                found[(a[chosen] == b[chosen]) & self._year[a[chosen]]] = field.level("year")
            best = best_of(pair[chosen], found)
            found, places = found[best], np.nonzero(chosen)[0][best]
            yield Compared(field, pair[places], found, field.weights.T.take(found, axis=0), a[places], b[places])

    def _simple(self, name: str, left: Ints, right: Ints) -> Compared:
        field = self._model.fields[name]
        pair, a, b = self._known(name, left, right)
        if not len(pair):
            return Compared.none(field)
        found = levels_of(self._values[name], a, b, self._compare[name], field)
        best = best_of(pair, found)
        found = found[best]
        return Compared(field, pair[best], found, field.weights.T.take(found, axis=0), a[best], b[best])

    def _shared(self, name: str, left: Ints, right: Ints) -> Compared:
        """Return a field whose values are worth less the more names hold them, and nothing beyond a number."""
        field = self._model.fields[name]
        pair, a, b = self._known(name, left, right)
        if not len(pair):
            return Compared.none(field)
        found = levels_of(self._values[name], a, b, self._compare[name], field)
        top = np.nonzero(found == len(field.levels) - 1)[0]
        holders = np.ones(len(pair), np.int64)
        holders[top] = self._holders(name, a[top], b[top], left[pair[top]], right[pair[top]])
        found[(holders > (field.generic or 0)) & (holders > 1)] = field.level("generic")
        best = best_of(pair, found * len(LOGS) - np.minimum(holders, len(LOGS) - 1))
        found, rarity = found[best], LOGS[np.minimum(holders[best], len(LOGS) - 1)]
        logs = field.weights.T.take(found, axis=0)
        rare = np.nonzero(found == len(field.levels) - 1)[0]
        for place in field.rarity:
            logs[rare, place] = np.minimum(logs[rare, place] + rarity[rare], 0)
        return Compared(field, pair[best], found, logs, a[best], b[best])

    def _holders(self, name: str, a: level.Codes, b: level.Codes, left: Ints, right: Ints) -> Ints:
        keys, family = self._keys[name], "address" if name == "address" else "contact"
        for codes in (a, b):
            new = np.unique(codes[keys[codes] == key.NO_KEY])
            keys[new] = _holder_keys(name, self._values[name][new].tolist())
        first = self._table.holders(family, keys[a], left, right)
        second = first if (a == b).all() else self._table.holders(family, keys[b], left, right)
        return np.maximum(np.maximum(first, second), 1)

    def _identifiers(self, left: Ints, right: Ints) -> Compared:
        """Return the numbers that name one person: one shared, one nearly so, in conflict, or both."""
        field = self._model.fields["identifier"]
        pair, a, b = self._table.columns["identifier"].expand(left, right)
        kept = self._scheme[a] == self._scheme[b]
        if not kept.any():
            return Compared.none(field)
        pair, a, b = pair[kept], a[kept], b[kept]
        found = levels_of(self._values["identifier"], a, b, level.identifiers, field)
        # Several numbers of one scheme: the best of them speaks for it.
        best = best_of(pair * max(len(self._schemes), 1) + self._scheme[a], found)
        pair, a, b, found = pair[best], a[best], b[best], found[best]
        clash = np.unique(pair[found == field.level("conflict")])
        best = best_of(pair, found)
        pair, a, b, found = pair[best], a[best], b[best], found[best]
        mixed = np.isin(pair, clash) & (found > field.level("conflict"))
        found[mixed] = field.level("mixed")
        return Compared(field, pair, found, field.weights.T.take(found, axis=0), a, b)


def _told(column: Column, generic: Collection[str] | None) -> Flags | None:
    """Return which values say something, None where all do."""
    if not generic:
        return None
    return np.array([value not in generic for value in column.values] + [False], bool)


def _holder_keys(name: str, values: Sequence[str]) -> Ints:
    """Return the key by which the holders of each value are counted."""
    return numbers("address", hashes(values)) if name == "address" else contact_numbers(name, values)


def best_of(group: Ints, *worth: Ints) -> Ints:
    """Return the place of the item of most worth in each group, the groups ascending; the last worth counts first."""
    if len(group) < 2 or (group[1:] > group[:-1]).all():
        return np.arange(len(group))
    size = np.bincount(group)
    best = np.empty(len(size), np.int64)
    best[group] = np.arange(len(group))
    # Most groups are of one, which need no order.
    several = np.nonzero(size[group] > 1)[0]
    order = several[np.lexsort((*(each[several] for each in worth), group[several]))]
    last = np.ones(len(order), bool)
    last[:-1] = group[order][1:] != group[order][:-1]
    best[group[order[last]]] = order[last]
    return best[size > 0]
