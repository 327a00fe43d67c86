"""What the engine has to know of a kind other than persons: how a record is read, and what it is found by.

A record is read into *traits*: folded values by column, each column compared as the field of its name in the kind's
shipped model says. Nothing here weighs anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from resolution import address, organisation, vehicle
from resolution.key import NO_KEY, number
from resolution.model import default_model
from resolution.space import CONTENT, space_of

Traits = Mapping[str, tuple[str, ...]]
_BETWEEN_VALUES, _BETWEEN_COLUMNS = "\x1f", "\x1e"


@dataclass(frozen=True, slots=True)
class Thing:
    """How records of one kind are read.

    `reads`: the stored properties that say something; `columns` in the order in which they are weighed. `traits` of
    stored properties, only columns that are known; `keys` of traits, the parts of each by family. `tells`: whether two
    records that say just this are one, where many things share the model's common values. `weak`: the values of a
    column that name no one thing though they are equal.
    """

    reads: tuple[str, ...]
    columns: tuple[str, ...]
    traits: Callable[[Mapping[str, Any]], Traits]
    keys: Callable[[Traits], Mapping[str, Iterable[tuple[str, ...]]]]
    tells: Callable[[Traits, Mapping[str, frozenset[str]]], bool]
    weak: Mapping[str, Callable[[str], bool]]


THINGS: Mapping[str, Thing] = {
    "Vehicle": Thing(vehicle.READS, vehicle.COLUMNS, vehicle.traits, vehicle.keys, vehicle.tells, vehicle.WEAK),
    "Address": Thing(address.READS, address.COLUMNS, address.traits, address.keys, address.tells, address.WEAK),
    "Organisation": Thing(
        organisation.READS,
        organisation.COLUMNS,
        organisation.traits,
        organisation.keys,
        organisation.tells,
        organisation.WEAK,
    ),
}


@dataclass(frozen=True, slots=True)
class FoldedThing:
    """A record made ready to be compared: its kind, its traits, and its keys in the order of the kind's `Space`."""

    kind: str
    traits: Traits
    row: Sequence[int]


def folded_thing(kind: str, properties: Mapping[str, Any]) -> FoldedThing:
    """Return a record's stored properties made ready to be compared."""
    given = (properties.get(name) for name in THINGS[kind].reads)
    return _folded(kind, tuple(tuple(value) if isinstance(value, list) else value for value in given))


# A thing has few contents and many records.
@lru_cache(maxsize=1 << 16)
def _folded(kind: str, given: tuple[Any, ...]) -> FoldedThing:
    told = {name: value for name, value in zip(THINGS[kind].reads, given, strict=True) if value is not None}
    return with_keys(kind, read_thing(kind, told))


def with_keys(kind: str, traits: Traits) -> FoldedThing:
    """Return traits with their keys."""
    thing = THINGS[kind]
    row: list[int] = []
    found = {family: [number(kind, family, *parts) for parts in many] for family, many in thing.keys(traits).items()}
    found[CONTENT] = [_content(kind, thing, traits)] if thing.tells(traits, default_model(kind).common) else []
    for family, slots in space_of(kind).families.items():
        keys = list(dict.fromkeys(found.get(family, ())))[: len(slots)]
        row += keys + [NO_KEY] * (len(slots) - len(keys))
    return FoldedThing(kind, traits, tuple(row))


def read_thing(kind: str, properties: Mapping[str, Any]) -> Traits:
    """Return the traits of a record's stored properties, without what stands for a value that nobody knew."""
    traits, generic = THINGS[kind].traits(properties), default_model(kind).generic
    if all(told.isdisjoint(traits.get(column, ())) for column, told in generic.items()):
        return traits
    kept = {column: tuple(v for v in values if v not in generic.get(column, ())) for column, values in traits.items()}
    return {column: values for column, values in kept.items() if values}


def thing_keys(kind: str, properties: Mapping[str, Any]) -> dict[str, int]:
    """Return what a record is found by, by the properties that hold it."""
    return space_of(kind).by_property(folded_thing(kind, properties).row)


def _content(kind: str, thing: Thing, traits: Traits) -> int:
    columns = (_BETWEEN_VALUES.join(traits.get(column, ())) for column in thing.columns)
    return number(kind, CONTENT, _BETWEEN_COLUMNS.join(columns))
