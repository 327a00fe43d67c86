"""The features of many records of persons at once, in columns: every distinct value is folded once.

What `feature.features` says of each record, for a tenth of the time (`tests/resolution/test_column.py` holds the two
against each other).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from itertools import chain, compress
from typing import Any

import numpy as np

from resolution.abreast import MANY, both
from resolution.column import Codes, Column, Ints, Names, starts_of
from resolution.feature import (
    IDENTIFIERS,
    address_text,
    fold_birth,
    fold_email,
    fold_gender,
    fold_identifier,
    fold_name,
    fold_phone,
    fold_postcode,
    fold_vrm,
    names_of,
    postcode_place,
    texts,
)

Given = Mapping[str, Sequence[Any]]
_NAMES = ("given_name", "middle_name", "surname")
_FURTHER_NAMES = ("maiden_name", "alias")
_LISTS: dict[str, Callable[[str], str | None]] = {"phone": fold_phone, "email": fold_email}
# The stored properties of a person that say something.
READS = (
    *_NAMES, *_FURTHER_NAMES, *_LISTS, *IDENTIFIERS, "vrm",
    "date_of_birth", "year_of_birth", "gender", "place_of_birth", "postcode", "address",
)  # fmt: skip


def as_given(records: Sequence[Mapping[str, Any]]) -> Given:
    """Return the stored properties of records, those that features are made of, in columns."""
    return {name: [record.get(name) for record in records] for name in READS}


def fold_names(given: Given, count: int) -> Names:
    """Return the names of so many records, given in columns by property."""
    further = sorted({place for name in _FURTHER_NAMES for place, value in enumerate(given.get(name, ())) if value})
    told = {name: given[name] for name in (*_NAMES, *_FURTHER_NAMES) if name in given}
    lists = [names_of({name: values[place] for name, values in told.items()}) for place in further]
    flat = [part for names in lists for name in names for part in (name.given, name.middle, name.surname)]
    parts = [_folded(given.get(name), count, fold_name) for name in _NAMES]
    words = tuple(sorted({*flat, *chain.from_iterable(folded for _, folded in parts)} - {""}))
    place_of = {"": -1} | {word: number for number, word in enumerate(words)}

    first = [np.array([place_of[one] for one in folded], np.int32)[codes] for codes, folded in parts]
    counts = ((first[0] >= 0) | (first[2] >= 0)).astype(np.int64)
    counts[further] = 0
    single = np.nonzero(counts)[0]
    counts[further] = [len(names) for names in lists]
    starts = starts_of(counts)
    several = np.ones(starts[-1], bool)
    several[starts[single]] = False
    found = np.empty((3, starts[-1]), np.int32)
    found[:, starts[single]] = [part[single] for part in first]
    found[:, several] = np.array([place_of[part] for part in flat], np.int32).reshape(-1, 3).T
    given_, middle, surname = found
    return Names(words, given_, middle, surname, starts)


def fold_given(given: Given, count: int) -> tuple[Names, dict[str, Column]]:
    """Return the names and the other features of so many records, given in columns by property."""
    if count < MANY:
        return fold_names(given, count), _others(given, count) | _homes(given, count) | _vehicles(given, count)
    # Addresses and vehicle marks take as long as all the rest.
    (names, others), homes = both(
        lambda: (fold_names(given, count), _others(given, count)),
        lambda: _homes(given, count) | _vehicles(given, count),
    )
    return names, others | homes


def _homes(given: Given, count: int) -> dict[str, Column]:
    postcodes = _listed(given.get("postcode"), count, fold_postcode)
    return {"postcode": postcodes, "address": _addresses(given.get("address"), count, postcodes)}


def _vehicles(given: Given, count: int) -> dict[str, Column]:
    return {"vrm": _listed(given.get("vrm"), count, fold_vrm)}


def _others(given: Given, count: int) -> dict[str, Column]:
    return {
        "birth": _births(given, count),
        "gender": _single(given.get("gender"), count, fold_gender),
        "birth_place": _single(given.get("place_of_birth"), count, fold_name),
        **{name: _listed(given.get(name), count, fold_one) for name, fold_one in _LISTS.items()},
        "identifier": _identifiers(given, count),
    }


def _coded(values: Sequence[Hashable] | None, count: int) -> tuple[list[Any], Codes]:
    """Return the distinct values, in the order in which they come, and the place of each of so many."""
    if values is None:
        return [None], np.zeros(count, np.int32)
    place: dict[Hashable, int] = {}
    # Where each value came first, and then how many others came before it.
    first = np.fromiter(map(place.setdefault, values, range(count)), np.int32, count)
    new = first == np.arange(count, dtype=np.int32)
    return list(place), (np.cumsum(new, dtype=np.int32) - np.int32(1))[first]


def _folded(values: Sequence[Any] | None, count: int, fold_one: Callable[[Any], str]) -> tuple[Codes, list[str]]:
    """Return the places of values among the folded forms of the distinct ones."""
    distinct, codes = _coded(values, count)
    return codes, [fold_one(value) for value in distinct]


def _single(values: Sequence[Any] | None, count: int, fold_one: Callable[[Any], str]) -> Column:
    codes, folded = _folded(values, count, fold_one)
    return _column(folded, codes, np.arange(count), count)


def _births(given: Given, count: int) -> Column:
    dates, years = (_coded(given.get(name), count) for name in ("date_of_birth", "year_of_birth"))
    width = len(years[0])
    packed, codes = np.unique(dates[1].astype(np.int64) * width + years[1], return_inverse=True)
    folded = [fold_birth(dates[0][one // width], years[0][one % width]) for one in packed.tolist()]
    return _column(folded, codes, np.arange(count), count)


def _flat(values: Sequence[Any] | None) -> tuple[list[Any], Ints]:
    """Return the texts of all records, and whose each is."""
    if values is None:
        return [], np.zeros(0, np.int64)
    told = np.fromiter(map(bool, values), bool, len(values))
    given = list(compress(values, told.tolist()))
    if {*map(type, given)} <= {str}:
        return given, np.nonzero(told)[0]
    lists = [value if type(value) is list else texts(value) for value in given]
    counts = np.fromiter(map(len, lists), np.int64, len(lists))
    return list(chain.from_iterable(lists)), np.repeat(np.nonzero(told)[0], counts)


def _listed(values: Sequence[Any] | None, count: int, fold_one: Callable[[str], str | None]) -> Column:
    flat, record = _flat(values)
    distinct, codes = _coded(flat, len(flat))
    return _column([fold_one(str(text)) for text in distinct], codes, record, count)


def _addresses(values: Sequence[Any] | None, count: int, postcodes: Column) -> Column:
    """Return addresses at the one postcode that a record has, where it has one."""
    flat, record = _flat(values)
    distinct, codes = _coded(flat, len(flat))
    written = [address_text(str(text)) for text in distinct]
    only = np.diff(postcodes.starts) == 1
    near = np.full(count, len(postcodes.values), np.int64)
    near[only] = postcodes.codes[postcodes.starts[:-1][only]]
    where = [*map(postcode_place, postcodes.values), ""]
    packed, codes = np.unique(codes.astype(np.int64) * len(where) + near[record], return_inverse=True)
    folded = [written[one // len(where)].at(where[one % len(where)]) for one in packed.tolist()]
    return _column(folded, codes, record, count)


def _identifiers(given: Given, count: int) -> Column:
    flat: list[str] = []
    records = [np.zeros(0, np.int64)]
    for scheme in IDENTIFIERS:
        values, record = _flat(given.get(scheme))
        flat += [f"{scheme}:{value}" for value in values]
        records.append(record)
    record = np.concatenate(records)
    order = np.argsort(record, kind="stable")
    distinct, codes = _coded(flat, len(flat))
    return _column([fold_identifier(text) for text in distinct], codes[order], record[order], count)


def _column(folded: Sequence[str | None], codes: Codes | Ints, record: Ints, count: int) -> Column:
    """Return the column of values, given by their places in `folded`, of these records, ascending; each once."""
    values = tuple(sorted({text for text in folded if text}))
    place = {value: number for number, value in enumerate(values)}
    found = np.array([place[text] if text else -1 for text in folded], np.int32)[codes]
    known = found >= 0
    found, record = found[known], record[known]
    if (record[1:] == record[:-1]).any():
        first = np.sort(np.unique(record * len(values) + found, return_index=True)[1])
        found, record = found[first], record[first]
    return Column(values, found, starts_of(np.bincount(record, minlength=count)))
