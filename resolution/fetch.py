"""The records of a kind as resolution reads them, with the entity each belongs to now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.model import KINDS
from graph.open import Graph
from resolution.key import Folded


@dataclass(frozen=True, slots=True)
class Held:
    """One record: id, key, marking number, first and newest dates, source, properties of the model, present entity.

    `folded`: a person's, where it is known already.
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
    folded: Folded | None = None


def record_names(kind: str) -> frozenset[str]:
    """The stored properties of a record that say something about the thing."""
    return frozenset(KINDS[kind].by_name) | {"value_id"}


def fetch(graph: Graph, kind: str) -> list[Held]:
    """All records of a kind, by id."""
    names = record_names(kind)
    held = [_held(row, names) for row in graph.store.stream("resolve/records", kind=kind)]
    return sorted(held, key=lambda record: record.id)


def _held(row: Mapping[str, Any], names: frozenset[str]) -> Held:
    given = row["properties"]
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
    )
