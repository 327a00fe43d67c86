"""Rows, values and identifiers as the graph stores them; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.ids import Ids
from graph.model import KINDS
from loaders.batch import Fulls, Written
from loaders.content import RowClaim
from loaders.encode import Claim, EncodedRow, ValueNode, identifier_id
from resolution.feature import features
from resolution.key import FAMILIES, holder_id, shared_keys


@dataclass(slots=True)
class StoredRow:
    """One content of a row: all that is stored of it, and what it says."""

    properties: dict[str, Any]
    claims: tuple[Claim, ...]

    def said(self) -> list[tuple[RowClaim, Claim]]:
        """Its claims, each with what orders it among those of other rows."""
        p = self.properties
        dated = (p["first_as_of"], p["last_as_of"], p["hash"])
        return [
            (RowClaim(p["id"], p["live"], *dated, claim.name, claim.properties, claim.grade), claim)
            for claim in self.claims
        ]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a batch belongs: the source's number, the file entry with its full deliveries, the delivery's name.

    `chunk`: its number in the delivery, None where it holds no rows of one, and whether `more` batches of it follow;
    `run`: the load it is a part of.
    """

    source: int
    entry: str
    delivery: str
    chunk: int | None = None
    run: str | None = None
    more: bool = False
    fulls: Fulls = field(default_factory=Fulls)


def batch_map(place: Place, rows: int, written: Written, at: int) -> dict[str, Any]:
    """All properties of a batch but its place in the change feed."""
    return {
        "source": place.source,
        "file": place.entry,
        "delivery": place.delivery,
        "chunk": place.chunk,
        "run": place.run,
        "more": place.more or None,
        "rows": rows,
        "loaded": written.loaded,
        "unchanged": written.unchanged,
        "stale": sorted(written.stale),
        "at": at,
    }


def row_map(row: EncodedRow, place: Place, life: Mapping[str, Any], seq: int) -> dict[str, Any]:
    """All properties of a new row; `life`: its dates, whether and until when it is live; `seq`: the batch it is of."""
    return {
        "id": row.id,
        "slot": row.slot,
        "hash": row.hash,
        "first_as_of": life["first_as_of"],
        "last_as_of": life["last_as_of"],
        "last_full": life["last_full"],
        "mk": row.mk,
        "source": place.source,
        "file": place.entry,
        "key": row.key,
        "live": life["live"],
        "until": life["until"],
        "seq": seq,
        "born": seq,
        "raw": row.raw,
        "links": row.links,
        "stamp": row.stamp,
    }


def value_map(value: ValueNode, seq: int) -> dict[str, Any]:
    """All properties of a value; `seq`: the batch that first speaks of it."""
    return {
        "id": value.id,
        "kind": value.kind,
        "value": value.value,
        "label": value.value,
        "valid": value.valid,
        "type": value.type,
        "issuer": value.issuer,
        "seq": seq,
    }


def identifiers_of(ids: Ids, record: Mapping[str, Any]) -> Iterator[str]:
    """The ids of the identifiers that a stored record has; none where no live row speaks of it."""
    if not record["live"]:
        return
    kind = record["kind"]
    if kind == "Person":
        yield from (holder_id(key) for key in _beyond(record))
    for declared in KINDS[kind].identifiers:
        value = record.get(declared.name)
        if value is not None:
            for text in value if isinstance(value, list) else [value]:
                yield identifier_id(ids, kind, declared.name, str(text))


def _beyond(record: Mapping[str, Any]) -> Iterator[int]:
    """The contacts and addresses that a person's record has no key of its own for."""
    if all(len(record.get(name) or ()) < 2 for name in ("phone", "email", "vrm", "address")):
        return
    own = {record.get(slot) for family in ("contact", "address") for slot in FAMILIES[family]}
    yield from (key for key in shared_keys(features(record)) if key not in own)
