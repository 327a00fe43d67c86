"""Records of any resolved kind made ready to be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import numpy as np

from resolution.column import Codes, Ints
from resolution.feature import Features, features
from resolution.fetch import Held, in_columns
from resolution.fold_column import READS
from resolution.key import NO_KEY, probes
from resolution.space import PERSON, space_of
from resolution.table import Table
from resolution.thing import THINGS, FoldedThing, Traits, folded_thing, read_thing, with_keys

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


def table_of(kind: str, live: Sequence[Held]) -> Table:
    """Return the table of records, with the keys that they are found by as this version makes them."""
    head = _head(live)
    if kind == PERSON:
        return Table.in_columns(*head, in_columns(kind, live, READS))
    return Table.things(kind, *head, [folded_thing(kind, record.properties) for record in live])


class Folds:
    """Records of a part of the graph, by the keys that it keeps, each folded once."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._parts: list[Table] = []
        self._places: dict[str, tuple[int, int]] = {}

    def table(self, live: Sequence[Held]) -> Table:
        """Return the table of these records, given in the order of their ids."""
        new = [record for record in live if record.id not in self._places]
        if new or not self._parts:
            self._places |= {record.id: (len(self._parts), place) for place, record in enumerate(new)}
            self._parts.append(_stored(self._kind, new))
        wanted: list[list[int]] = [[] for _ in self._parts]
        for record in live:
            part, place = self._places[record.id]
            wanted[part].append(place)
        return Table.joined(
            [
                part if len(places) == len(part) else part.sampled(np.array(places, np.int64))
                for part, places in zip(self._parts, wanted, strict=True)
            ]
        )


def _stored(kind: str, live: Sequence[Held]) -> Table:
    head, keys = _head(live), [record.keys for record in live]
    if kind == PERSON:
        return Table.stored(*head, in_columns(kind, live, READS), keys)
    return Table.things(
        kind, *head, [FoldedThing(kind, read_thing(kind, record.properties), record.keys) for record in live]
    )


def _head(live: Sequence[Held]) -> tuple[list[str], Codes, Ints]:
    ids, mks = [record.id for record in live], np.array([record.mk for record in live], np.int32)
    return ids, mks, np.array([record.recorded_at for record in live], np.int64)
