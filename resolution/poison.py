"""Values that say nothing of who somebody is, and keys that too many share: what they are, and what is made of them.

A pure function of records, and of a viewer's records only: holders are counted inside what they may see.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

import numpy as np

from graph.open import Graph
from resolution.column import Column, Ints, owners
from resolution.feature import (
    Features,
    address_text,
    features,
    fold_birth,
    fold_email,
    fold_phone,
    fold_postcode,
    fold_vrm,
    texts,
)
from resolution.fetch import fetch
from resolution.key import FAMILIES, KEY_PROPERTIES, NO_KEY, area_of, word_of
from resolution.model import Model
from resolution.overfull import overfull
from resolution.published import standing_model
from resolution.table import Table
from security.viewer import Viewer
from standards.text import fold

_NAME = KEY_PROPERTIES.index("k_name")
_EXAMPLES = 3
_COMPARED = 20  # holders of a key that are looked at for what they have in common
_JANUARY = 3.0  # times as many births on 1 January as chance brings
_DAYS = 365
_SHARED = ("phone", "email", "vrm", "address")
_READ: Mapping[str, Callable[[str], object]] = {
    "date_of_birth": lambda text: fold_birth(text, None),
    "phone": fold_phone,
    "email": fold_email,
    "postcode": fold_postcode,
    "vrm": fold_vrm,
    "address": lambda text: address_text(text).named or address_text(text).placeless,
}


class Cause(StrEnum):
    """Why a value or a key tells nobody apart."""

    SHARED = "SHARED"
    PLACEHOLDER = "PLACEHOLDER"
    YEAR_ONLY = "YEAR_ONLY"
    CROWDED = "CROWDED"

    @property
    def effect(self) -> str:
        """What resolution makes of it."""
        return _EFFECTS[self]

    @property
    def advice(self) -> str:
        """What to do about it."""
        return _ADVICE[self]


_EFFECTS = {
    Cause.SHARED: "more names hold it than a home or a family has: that two records share it counts for nothing",
    Cause.PLACEHOLDER: "it stands for a value that nobody knew: it is read as not known",
    Cause.YEAR_ONLY: "1 January is what clerks and systems fill in: it is read as the year alone",
    Cause.CROWDED: "more records share this than may meet by it: they meet by other keys, or not at all",
}
_ADVICE = {
    Cause.SHARED: "nothing where it is a switchboard, a hostel or a hire car; where a system fills it in, have its "
    "source leave it empty; where it is one person's after all, decide on these records",
    Cause.PLACEHOLDER: "have the source leave it empty, so that it is not taken for something known elsewhere either",
    Cause.YEAR_ONLY: "have the source give the year where only that is known",
    Cause.CROWDED: "nothing where it is a common name; records of one person that nothing else brings together need "
    "another detail, or a decision",
}


@dataclass(frozen=True, slots=True)
class Poison:
    """A value, or what the holders of a key have in common; `names`: how many different ones hold it, where counted."""

    cause: Cause
    sort: str
    value: str
    records: int
    names: int | None
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PoisonTotal:
    """How many values or keys of a sort there are, and how many records have one."""

    cause: Cause
    sort: str
    values: int
    records: int


@dataclass(frozen=True, slots=True)
class PoisonReport:
    """What tells nobody apart among so many records, those that touch most records first.

    `crowded_out`: records that every key of theirs has too many holders; `nameless`: that have none at all. No search
    for candidates finds either.
    """

    records: int
    crowded_out: int
    nameless: int
    totals: tuple[PoisonTotal, ...]
    found: tuple[Poison, ...]
    truncated: bool


@dataclass(frozen=True, slots=True)
class _Hit:
    """A finding before it is told: `holders` are places in the table; `value` is worked out for those shown."""

    cause: Cause
    sort: str
    holders: Ints
    names: int | None
    value: Callable[[], str]


def poison(table: Table, records: Sequence[Mapping[str, Any]], model: Model, first: int) -> PoisonReport:
    """Return what tells nobody apart in a table of records, given with their stored properties; `first` of it."""
    crowded = np.zeros(len(table), np.int64)
    hits = [*_shared(table, records, model), *_listed(table, model), *_unread(records), *_january(records)]
    told = {hit.holders.tobytes() for hit in hits}
    for family, keys, places in overfull(table, model.caps):
        np.add.at(crowded, places, 1)
        # A telephone that is told of already is no news by its key.
        hits += [hit for hit in _crowded(family, keys, places, records) if hit.holders.tobytes() not in told]
    hits.sort(key=lambda hit: (-len(hit.holders), hit.cause, hit.sort, hit.holders.tolist()))
    slots = [KEY_PROPERTIES.index(slot) for family in FAMILIES if family in model.caps for slot in FAMILIES[family]]
    keyed = (table.keys[:, slots] != NO_KEY).sum(axis=1)
    return PoisonReport(
        len(table),
        int(((keyed > 0) & (crowded >= keyed)).sum()),
        int((keyed == 0).sum()),
        tuple(_totals(hits)),
        tuple(_as_told(hit, table) for hit in hits[:first]),
        len(hits) > first,
    )


def _as_told(hit: _Hit, table: Table) -> Poison:
    examples = sorted(table.ids[place] for place in hit.holders.tolist())[:_EXAMPLES]
    return Poison(hit.cause, hit.sort, hit.value(), len(hit.holders), hit.names, tuple(examples))


def _totals(hits: Iterable[_Hit]) -> Iterator[PoisonTotal]:
    by_sort: defaultdict[tuple[Cause, str], list[Ints]] = defaultdict(list)
    for hit in hits:
        by_sort[hit.cause, hit.sort].append(hit.holders)
    for (cause, sort), holders in sorted(by_sort.items()):
        yield PoisonTotal(cause, sort, len(holders), len(np.unique(np.concatenate(holders))))


def _shared(table: Table, records: Sequence[Mapping[str, Any]], model: Model) -> Iterator[_Hit]:
    """Yield values that more names hold than their field allows."""
    for field in _SHARED:
        column, most = table.columns[field], model.fields[field].generic or 0
        who, names = owners(column.starts), _names_of(column, table)
        listed = model.generic.get(field, frozenset())
        for code in np.nonzero(names > most)[0].tolist():
            if column.values[code] not in listed:
                held = np.unique(who[column.codes == code])
                yield _Hit(
                    Cause.SHARED, field, held, int(names[code]), _written(field, column.values[code], held, records)
                )


def _names_of(column: Column, table: Table) -> Ints:
    """Return how many different names hold each value; records without a name count as one."""
    packed = np.stack((column.codes.astype(np.int64), table.keys[owners(column.starts), _NAME]))
    distinct = np.unique(packed, axis=1)
    return np.bincount(distinct[0], minlength=len(column.values)).astype(np.int64)


def _written(field: str, value: str, held: Ints, records: Sequence[Mapping[str, Any]]) -> Callable[[], str]:
    """Return how the first holder of a folded value writes it."""

    def written() -> str:
        properties = records[int(held[0])]
        for text in texts(properties.get(field)):
            given = features({field: [text], "postcode": properties.get("postcode")})
            if value in (*given.phones, *given.emails, *given.vrms, *given.addresses):
                return text
        return value

    return written


def _listed(table: Table, model: Model) -> Iterator[_Hit]:
    """Yield values on the model's list of those that are filled in for want of one."""
    for field, listed in sorted(model.generic.items()):
        if field == "name":
            continue
        column = table.columns[field]
        who = owners(column.starts)
        for value in sorted(listed.intersection(column.values)):
            held = np.unique(who[column.codes == column.values.index(value)])
            yield _Hit(Cause.PLACEHOLDER, field, held, None, partial(str, value))
    who = owners(table.names.starts)
    for word in sorted(model.generic["name"].intersection(table.names.words)):
        code = table.names.words.index(word)
        held = np.unique(who[(table.names.given == code) | (table.names.surname == code)])
        if len(held):
            yield _Hit(Cause.PLACEHOLDER, "name", held, None, partial(str, word))


def _unread(records: Sequence[Mapping[str, Any]]) -> Iterator[_Hit]:
    """Yield texts that are no value of their field, of two records at least."""
    found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    written: dict[tuple[str, str], str] = {}
    for place, properties in enumerate(records):
        for field, read in _READ.items():
            for text in texts(properties.get(field)):
                if not read(text):
                    of = field, fold(text)
                    found[of].append(place)
                    written.setdefault(of, text)
    for of, places in found.items():
        if len(places) > 1:
            yield _Hit(Cause.PLACEHOLDER, of[0], np.unique(np.array(places)), None, partial(str, written[of]))


def _january(records: Sequence[Mapping[str, Any]]) -> Iterator[_Hit]:
    born = [str(properties.get("date_of_birth") or "") for properties in records]
    places = [place for place, text in enumerate(born) if text.endswith("-01-01") and fold_birth(text, None)]
    if len(places) > _JANUARY * sum(map(bool, born)) / _DAYS + 1:
        yield _Hit(Cause.YEAR_ONLY, "date_of_birth", np.array(places), None, partial(str, "1 January"))


def _crowded(family: str, keys: Ints, places: Ints, records: Sequence[Mapping[str, Any]]) -> Iterator[_Hit]:
    starts = np.append(np.nonzero(np.append(True, keys[1:] != keys[:-1]))[0], len(keys))
    for start, end in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True):
        held = np.unique(places[start:end])
        yield _Hit(Cause.CROWDED, f"key: {family}", held, None, partial(_in_common, held, records))


def _in_common(held: Ints, records: Sequence[Mapping[str, Any]]) -> str:
    """Return what the first holders of a key have in common, as the first of them has it."""
    told = [_parts(features(records[place])) for place in held[:_COMPARED].tolist()]
    shared = set.intersection(*({sound for sound, _ in one} for one in told))
    return ", ".join(dict.fromkeys(text for sound, text in told[0] if sound in shared))


def _parts(given: Features) -> list[tuple[str, str]]:
    """Return what a record may be found by, each as it sounds and as it is written."""
    words = [part for name in given.names for part in (name.given, name.surname)]
    areas = [area_of(code) for code in given.postcodes[:1]]
    others = [given.birth, given.birth_place, *areas]
    values = [*given.identifiers, *given.phones, *given.emails, *given.vrms, *given.addresses]
    return [(word_of(word), word) for word in words if word_of(word)] + [
        (text, text) for text in (*others, *values) if text
    ]


def poison_seen(graph: Graph, viewer: Viewer, first: int) -> PoisonReport:
    """Return what tells nobody apart among the persons' records that a viewer may see, by the model that stands.

    It reads all of them, as resolving them all does.
    """
    held = [record for record in fetch(graph, "Person") if record.live and viewer.sees(record.mk)]
    given = [record.properties for record in held]
    mks = np.array([record.mk for record in held], np.int32)
    table = Table.build([record.id for record in held], mks, np.zeros(len(held), np.int64), given)
    return poison(table, given, standing_model(graph), first)
