"""Rows, values and identifiers as the graph stores them; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graph.ids import Ids
from graph.model import KINDS
from loaders.encode import EncodedRow, ValueNode, identifier_id


@dataclass(frozen=True, slots=True)
class Place:
    """Where a batch belongs: the source's number, the file entry, the delivery's name, the last line it holds."""

    source: int
    entry: str
    delivery: str
    line: int


def row_map(row: EncodedRow, place: Place, live: bool) -> dict[str, Any]:
    """All properties of a new row."""
    return {
        "id": row.id,
        "slot": row.slot,
        "hash": row.hash,
        "first_as_of": row.as_of,
        "last_as_of": row.as_of,
        "mk": row.mk,
        "source": place.source,
        "file": place.entry,
        "key": row.key,
        "live": live,
        "raw": row.raw,
        "links": row.links,
    }


def value_map(value: ValueNode) -> dict[str, Any]:
    """All properties of a value."""
    return {
        "id": value.id,
        "kind": value.kind,
        "value": value.value,
        "label": value.value,
        "valid": value.valid,
        "type": value.type,
        "issuer": value.issuer,
    }


def identifiers_of(ids: Ids, record: Mapping[str, Any]) -> Iterator[str]:
    """The ids of the identifiers that a stored record has; none where no live row speaks of it."""
    if not record["live"]:
        return
    kind = record["kind"]
    for declared in KINDS[kind].identifiers:
        value = record.get(declared.name)
        if value is not None:
            for text in value if isinstance(value, list) else [value]:
                yield identifier_id(ids, kind, declared.name, str(text))
