"""Records of any resolved kind made ready to be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import numpy as np

from resolution.column import Codes, Ints
from resolution.feature import Features, features
from resolution.fetch import Held
from resolution.fold_column import READS
from resolution.key import NO_KEY, Folded, folded, probes
from resolution.space import PERSON, space_of
from resolution.table import Table
from resolution.thing import THINGS, FoldedThing, Traits, folded_thing, read_thing, with_keys

AnyFolded = Folded | FoldedThing
Read = Features | Traits


def reads(kind: str) -> tuple[str, ...]:
    """Return the stored properties of a kind's records that are compared."""
    return READS if kind == PERSON else THINGS[kind].reads


def read(kind: str, properties: Mapping[str, Any]) -> Read:
    """Return what is compared of a record's stored properties."""
    return features(properties) if kind == PERSON else read_thing(kind, properties)


def probes_of(kind: str, given: Read) -> dict[str, list[int]]:
    """Return, for each key property, the values under which candidates of this record are stored."""
    if kind == PERSON:
        return probes(cast("Features", given))
    space, row = space_of(kind), with_keys(kind, cast("Traits", given)).row
    found = {family: [row[place] for place in space.slots(family) if row[place] != NO_KEY] for family in space.families}
    return {slot: found[family] for family, slots in space.families.items() if found[family] for slot in slots}


def compared(kind: str, of: Sequence[Read], holders: Mapping[int, int] | None = None) -> Table:
    """Return the table of records of one compartment that are compared only; `holders`: as `counts` in `Table`."""
    mks = np.zeros(len(of), np.int32)
    if kind == PERSON:
        return Table.compared(mks, cast("Sequence[Features]", of), counts=holders or {})
    none = [NO_KEY] * len(space_of(kind).properties)
    things = [FoldedThing(kind, traits, none) for traits in cast("Sequence[Traits]", of)]
    return Table.things(kind, [str(place) for place in range(len(of))], mks, mks.astype(np.int64), things)


def fold_record(kind: str, properties: Mapping[str, Any]) -> AnyFolded:
    """Return a record's stored properties made ready to be compared."""
    return folded(properties) if kind == PERSON else folded_thing(kind, properties)


def table_of(
    kind: str,
    ids: list[str],
    mks: Codes,
    first_as_of: Ints,
    records: Sequence[AnyFolded],
    bearers: Sequence[tuple[int, int, int]] | None = None,
) -> Table:
    """Return the table of records that are folded already; `bearers` as in `Table.of`."""
    if kind == PERSON:
        return Table.of(ids, mks, first_as_of, cast("Sequence[Folded]", records), bearers)
    return Table.things(kind, ids, mks, first_as_of, cast("Sequence[FoldedThing]", records))


def stored_table(kind: str, live: Sequence[Held], first_as_of: Ints, bearers: Sequence[tuple[int, int, int]]) -> Table:
    """Return the table of records of a part of the graph, by the keys that it keeps; `bearers` as in `Table.of`."""
    ids, mks = [record.id for record in live], np.array([record.mk for record in live], np.int32)
    keys = [record.keys for record in live]
    if kind == PERSON:
        return Table.stored(ids, mks, first_as_of, [record.properties for record in live], keys, bearers)
    folds = [FoldedThing(kind, read_thing(kind, record.properties), list(record.keys)) for record in live]
    return Table.things(kind, ids, mks, first_as_of, folds)
