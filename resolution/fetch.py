"""The records of a kind as resolution reads them, with the entity each belongs to now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from graph.model import KINDS, RESOLVED
from graph.open import Graph
from resolution.key import NO_KEY
from resolution.space import Space, space_of


@dataclass(frozen=True, slots=True)
class Held:
    """One record: id, key, marking number, first and newest dates, source, properties of the model, present entity.

    `before`: see `counted`; `keys`: those that it is found by, in the order of the kind's `Space`.
    """

    id: str
    key: str
    mk: int
    recorded_at: int
    as_of: int | None
    source: int
    live: bool
    unplaced: bool
    entity: str | None
    properties: Mapping[str, Any]
    unresolved: bool = False
    before: tuple[int, ...] | None = None
    keys: tuple[int, ...] = ()

    @property
    def waits(self) -> bool:
        """Whether its entity is not settled by evidence."""
        return self.unplaced or self.unresolved

    def counted(self, now: Sequence[int]) -> Sequence[int]:
        """The keys it was found by when it was last settled, empty where it was not there; `now`: its present keys.

        Whoever changes what a settled record is found by keeps the former keys with it.
        """
        if self.before is not None:
            return self.before
        return now if self.entity is not None and not self.unresolved else ()


def record_names(kind: str) -> frozenset[str]:
    """The stored properties of a record that say something about the thing."""
    return frozenset(KINDS[kind].by_name) | {"value_id"}


def fetch(graph: Graph, kind: str) -> list[Held]:
    """All records of a kind, by id."""
    return as_held(kind, graph.store.stream("resolve/records", kind=kind))


def as_held(kind: str, rows: Iterable[Mapping[str, Any]]) -> list[Held]:
    """Rows of records of a kind (`properties`, `entity`, `unplaced`, `unresolved`), by id."""
    names, space = record_names(kind), space_of(kind) if kind in RESOLVED else None
    return sorted((_held(row, names, space) for row in rows), key=lambda record: record.id)


def _held(row: Mapping[str, Any], names: frozenset[str], space: Space | None) -> Held:
    given = row["properties"]
    before = given.get("k_before")
    return Held(
        given["id"],
        given["key"],
        given["mk"],
        given["recorded_at"],
        given.get("as_of"),
        given["source"],
        given["live"],
        row["unplaced"],
        row["entity"],
        {name: value for name, value in given.items() if name in names},
        unresolved=row["unresolved"],
        before=None if before is None or space is None else space.own(before),
        keys=tuple(map(given.get, space.properties, repeat(NO_KEY))) if space is not None else (),
    )
