"""Rows as the graph keeps them: ids for everything a row says, claims as JSON, statements with their possible ends.

Pure but for the numbers of markings. A statement's end is one of
`{"i": id}` a node of this row, `{"c": [ids]}` a thing described elsewhere under each (kind, marking) it may have, best
first, and `{"by": [identifier ids], "k": kinds, "s": scheme, "v": value, "make": bool}` whoever has the identifier: by
a record that gives it, where the scheme identifies the kind, else by using the phone or keeping the vehicle.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson

from graph.ids import Ids, entity_of
from graph.marking_numbers import MarkingNumbers
from graph.model import KINDS, Identity
from loaders.row import End, LinkClaim, RecordClaim, SourceRow
from security.marking import FLOOR


@dataclass(frozen=True, slots=True)
class Claim:
    """What a row says about one node: the node's id and identity, and the JSON of the properties."""

    node: str
    kind: str
    key: str
    mk: int
    name: str
    properties: str
    grade: int | None


@dataclass(frozen=True, slots=True)
class ValueNode:
    """A value that a row speaks of."""

    id: str
    kind: str
    value: str
    valid: bool
    type: str | None
    issuer: str | None


@dataclass(frozen=True, slots=True)
class EncodedRow:
    """A row ready to be written."""

    id: str
    slot: str
    hash: str
    key: str
    mk: int
    as_of: int | None
    raw: str
    links: str
    claims: tuple[Claim, ...]
    values: tuple[ValueNode, ...]
    row: SourceRow


class Encoder:
    """Encodes the rows of one file entry of one source."""

    def __init__(self, ids: Ids, markings: MarkingNumbers, source: str, entry: str) -> None:
        self._ids = ids
        self._markings = markings
        self._source = source
        self._entry = entry

    def encode(self, row: SourceRow) -> EncodedRow:
        """The row with ids."""
        names = {claim.name: self._node(claim) for claim in row.records}
        links = [self._link(link, names) for link in row.links]
        return EncodedRow(
            self._ids.row(self._source, self._entry, row.key, row.marking, row.content),
            self._ids.slot(self._source, self._entry, row.key),
            row.content,
            row.key,
            self._markings.of_text(row.marking),
            row.as_of,
            row.raw,
            orjson.dumps(links).decode(),
            tuple(self._claim(claim, names[claim.name]) for claim in row.records if claim.key is not None),
            tuple(self._value(claim) for claim in row.records if claim.value is not None),
            row,
        )

    def _node(self, claim: RecordClaim) -> str:
        """The id that statements of this row use for the thing: a record's, a keyed entity's or a value's."""
        if claim.key is None:
            return self._ids.value(claim.kind, claim.scheme, claim.value or "")
        return self.identity(claim.kind, claim.key, claim.marking, self._source)

    def identity(self, kind: str, key: str, marking: str, source: str) -> str:
        """The id of the node for (source, kind, key, marking): a record, or the entity of a keyed kind."""
        record = self._ids.record(source, kind, key, marking)
        return entity_of(record) if KINDS[kind].identity is Identity.KEYED else record

    def _claim(self, claim: RecordClaim, node: str) -> Claim:
        properties: dict[str, Any] = dict(claim.properties)
        if claim.value is not None:
            properties = {"value": claim.value, "value_id": self._ids.value(claim.kind, claim.scheme, claim.value)}
        text = orjson.dumps(properties, option=orjson.OPT_SORT_KEYS).decode()
        mk = self._markings.of_text(claim.marking)
        return Claim(node, claim.kind, claim.key or "", mk, claim.name, text, claim.grade)

    def _value(self, claim: RecordClaim) -> ValueNode:
        given = claim.properties
        scheme = {name: str(given[name]) if name in given else None for name in ("type", "issuer")}
        node = self._ids.value(claim.kind, claim.scheme, claim.value or "")
        return ValueNode(node, claim.kind, claim.value or "", claim.valid, scheme["type"], scheme["issuer"])

    def _link(self, link: LinkClaim, names: dict[str, str]) -> dict[str, Any]:
        fields = {
            "t": link.type,
            "f": self._end(link.origin, link.marking, names),
            "o": self._end(link.target, link.marking, names),
            "m": self._markings.of_text(link.marking),
            "g": link.grade,
            "r": link.role,
            "s": link.status,
            "vf": link.valid_from,
            "vt": link.valid_to,
            "p": link.precision,
            "made": link.made or None,
        }
        return {name: value for name, value in fields.items() if value is not None}

    def _end(self, end: End, marking: str, names: dict[str, str]) -> dict[str, Any]:
        if end.record is not None:
            return {"i": names[end.record]}
        if end.by is not None:
            scheme, value = end.by
            found = [identifier_id(self._ids, kind, scheme, value) for kind in end.kinds]
            return {"by": found, "k": list(end.kinds), "s": scheme, "v": value, "make": end.missing.value == "make"}
        markings = dict.fromkeys((marking, FLOOR.text))
        found = [self.identity(kind, end.key or "", text, end.source) for text in markings for kind in end.kinds]
        return {"c": found}


@cache
def identifying(kind: str) -> frozenset[str]:
    """The names of the identifier properties of a kind."""
    return frozenset(declared.name for declared in KINDS[kind].identifiers)


def identifier_id(ids: Ids, kind: str, scheme: str, value: str) -> str:
    """The id of an identifier's node: one for each (kind, scheme, value)."""
    return ids.token("identifier", kind, scheme, value)
