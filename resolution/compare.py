"""Pairs of records compared field by field: the level of agreement and its weight in every class of the model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from resolution import key, level
from resolution.column import Column
from resolution.level import Codes
from resolution.model import Field, Ints, Model, units
from resolution.table import Table

_NONE = -1
Comparer = Callable[[Sequence[str], level.Codes, level.Codes, Field], Ints]

# Fields of values that agree wholly or not at all, and whose worth falls with the number of their holders.
_CONTACTS = ("phone", "email", "vrm")
_LOGS: Ints = np.array([0, *(units(count) for count in range(1, 1025))], np.int64)


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


def levels_of(values: Sequence[str], a: level.Codes, b: level.Codes, compare: Comparer, field: Field) -> Ints:
    """Return the level of each pair of codes, each distinct unequal pair compared once; -1 where a code is missing."""
    known = (a >= 0) & (b >= 0)
    found = np.where(known & (a == b), len(field.levels) - 1, _NONE).astype(np.int64)
    unequal = known & (a != b)
    low, high = np.minimum(a, b)[unequal].astype(np.int64), np.maximum(a, b)[unequal].astype(np.int64)
    distinct, places = np.unique(low * max(len(values), 1) + high, return_inverse=True)
    if len(distinct):
        found[unequal] = compare(values, distinct // len(values), distinct % len(values), field)[places]
    return found


def compare_values(table: Table, model: Model, left: Ints, right: Ints) -> Iterator[Compared]:
    """Yield every field but the names."""
    fields, columns = model.fields, table.columns
    yield from _births(columns["birth"], model, left, right)
    for name, compare in (
        ("gender", level.exact),
        ("birth_place", level.birth_places),
        ("postcode", level.postcodes),
    ):
        yield _simple(columns[name], fields[name], model, left, right, compare)
    yield _shared(table, "address", model, left, right, level.addresses)
    for name in _CONTACTS:
        yield _shared(table, name, model, left, right, level.exact)
    yield _identifiers(columns["identifier"], fields["identifier"], left, right)


def _known(column: Column, model: Model, name: str, left: Ints, right: Ints) -> tuple[Ints, level.Codes, level.Codes]:
    """Return the pairs of values that are not on the model's list of generic ones."""
    pair, a, b = column.expand(left, right)
    generic = model.generic.get(name)
    if not generic:
        return pair, a, b
    bad = np.array([value in generic for value in column.values] + [False], bool)
    kept = ~(bad[a] | bad[b])
    return pair[kept], a[kept], b[kept]


def _births(column: Column, model: Model, left: Ints, right: Ints) -> Iterator[Compared]:
    pair, a, b = column.expand(left, right)
    full = np.array([len(value) == 10 for value in column.values] + [False], bool)
    both = full[a] & full[b]
    for name, chosen, compare in (("birth", both, level.births), ("birth_part", ~both, level.part_births)):
        field = model.fields[name]
        found = levels_of(column.values, a[chosen], b[chosen], compare, field)
        if name == "birth_part":
            years = np.array([len(value) == 4 for value in column.values] + [False], bool)
            found[(a[chosen] == b[chosen]) & years[a[chosen]]] = field.level("year")
        yield Compared(field, pair[chosen], found, field.weights.T[found], a[chosen], b[chosen])


def _simple(column: Column, field: Field, model: Model, left: Ints, right: Ints, compare: Comparer) -> Compared:
    pair, a, b = _known(column, model, field.name, left, right)
    found = levels_of(column.values, a, b, compare, field)
    best = _best(pair, found)
    return Compared(field, pair[best], found[best], field.weights.T[found[best]], a[best], b[best])


def _shared(table: Table, name: str, model: Model, left: Ints, right: Ints, compare: Comparer) -> Compared:
    """Return a field whose values are worth less the more different names hold them, and nothing beyond a number."""
    field, column = model.fields[name], table.columns[name]
    pair, a, b = _known(column, model, name, left, right)
    found = levels_of(column.values, a, b, compare, field)
    top = np.nonzero(found == len(field.levels) - 1)[0]
    holders = np.ones(len(pair), np.int64)
    holders[top] = _holders(table, name, a[top], b[top], left[pair[top]], right[pair[top]])
    found[(holders > (field.generic or 0)) & (holders > 1)] = field.level("generic")
    best = _best(pair, found * len(_LOGS) - np.minimum(holders, len(_LOGS) - 1))
    found, rarity = found[best], _LOGS[np.minimum(holders[best], len(_LOGS) - 1)]
    logs = field.weights.T[found]
    rare = found == len(field.levels) - 1
    for place in field.rarity:
        logs[:, place] = np.where(rare, np.minimum(logs[:, place] + rarity, 0), logs[:, place])
    return Compared(field, pair[best], found, logs, a[best], b[best])


def _holders(table: Table, name: str, a: level.Codes, b: level.Codes, left: Ints, right: Ints) -> Ints:
    values = table.columns[name].values
    family = "address" if name == "address" else "contact"
    used = np.unique(np.concatenate((a, b)))
    made = [key.address_key(values[i]) if name == "address" else key.contact_key(name, values[i]) for i in used]
    keys = np.array(made, np.int64)
    sides = [table.holders(family, keys[np.searchsorted(used, side)], left, right) for side in (a, b)]
    return np.maximum(np.maximum(*sides), 1)


def _identifiers(column: Column, field: Field, left: Ints, right: Ints) -> Compared:
    """Return the numbers that name one person: one shared, one nearly so, in conflict, or shared and in conflict."""
    pair, a, b = column.expand(left, right)
    schemes = sorted({value.split(":")[0] for value in column.values})
    scheme = np.array([schemes.index(value.split(":")[0]) for value in column.values] + [0])
    kept = scheme[a] == scheme[b]
    pair, a, b = pair[kept], a[kept], b[kept]
    found = levels_of(column.values, a, b, level.identifiers, field)
    # Several numbers of one scheme: the best of them speaks for it.
    best = _best(pair * max(len(schemes), 1) + scheme[a], found, ordered=False)
    pair, a, b, found = pair[best], a[best], b[best], found[best]
    clash = np.unique(pair[found == field.level("conflict")])
    best = _best(pair, found)
    pair, a, b, found = pair[best], a[best], b[best], found[best]
    mixed = np.isin(pair, clash) & (found > field.level("conflict"))
    found[mixed] = field.level("mixed")
    return Compared(field, pair, found, field.weights.T[found], a, b)


def _best(group: Ints, worth: Ints, *, ordered: bool = True) -> Ints:
    """Return the place of the item of most worth in each group, the groups ascending."""
    if ordered and (len(group) < 2 or (np.diff(group) > 0).all()):
        return np.arange(len(group))
    order = np.lexsort((worth, group))
    last = np.ones(len(order), bool)
    last[:-1] = group[order][1:] != group[order][:-1]
    return order[last]
