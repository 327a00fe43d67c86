"""Rows as the graph keeps them: ids for everything a row says, claims as JSON, statements with their possible ends.

Pure but for the numbers of markings. A statement's end is one of
`{"i": id}` a node of this row, `{"c": [ids]}` a thing described elsewhere under each (kind, marking) it may have, best
first, and `{"by": [identifier ids], "k": kinds, "s": scheme, "v": value, "make": bool}` whoever has the identifier: by
a record that gives it, where the scheme identifies the kind, else by using the phone or keeping the vehicle.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import orjson

from graph.ids import Ids, entity_of
from graph.marking_numbers import MarkingNumbers
from graph.model import KINDS, Identity
from loaders.row import End, LinkClaim, RecordClaim, SourceRow
from security.marking import FLOOR

_MOST_REMEMBERED = 1 << 16
# grade, role, status, valid_from, valid_to and precision of a link, as its statement has them.
_SHORT = ("g", "r", "s", "vf", "vt", "p")
_SAID = slice(LinkClaim._fields.index("grade"), LinkClaim._fields.index("precision") + 1)


class Claim(NamedTuple):
    """What a row says about one node: the node's id and identity, and the JSON of the properties."""

    node: str
    kind: str
    key: str
    mk: int
    name: str
    properties: str
    grade: int | None
    made: bool


class ValueNode(NamedTuple):
    """A value that a row speaks of."""

    id: str
    kind: str
    value: str
    valid: bool
    type: str | None
    issuer: str | None
    made: bool


class EncodedRow(NamedTuple):
    """A row ready to be written; `stated`: the type of each of its links, and whether a short form made it."""

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
    stated: tuple[tuple[str, bool], ...]
    line: int


class Encoder:
    """Encodes the rows of one file entry of one source."""

    def __init__(self, ids: Ids, markings: MarkingNumbers, source: str, entry: str) -> None:
        self._ids = ids
        self._markings = markings
        self._source = source
        self._entry = entry
        self._identities: dict[tuple[str, str, str, str], str] = {}

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
            tuple(self._value(claim, names[claim.name]) for claim in row.records if claim.value is not None),
            tuple((link.type, link.made) for link in row.links),
            row.line,
        )

    def _node(self, claim: RecordClaim) -> str:
        """The id that statements of this row use for the thing: a record's, a keyed entity's or a value's."""
        if claim.key is None:
            return self._ids.value(claim.kind, claim.scheme, claim.value or "")
        return self.identity(claim.kind, claim.key, claim.marking, self._source)

    def identity(self, kind: str, key: str, marking: str, source: str) -> str:
        """The id of the node for (source, kind, key, marking): a record, or the entity of a keyed kind."""
        asked = (source, kind, key, marking)
        found = self._identities.get(asked)
        if found is None:
            if len(self._identities) >= _MOST_REMEMBERED:
                self._identities.clear()
            record = self._ids.record(source, kind, key, marking)
            found = entity_of(record) if KINDS[kind].identity is Identity.KEYED else record
            self._identities[asked] = found
        return found

    def _claim(self, claim: RecordClaim, node: str) -> Claim:
        properties: dict[str, Any] = claim.properties
        if claim.value is not None:
            properties = {"value": claim.value, "value_id": self._ids.value(claim.kind, claim.scheme, claim.value)}
        text = orjson.dumps(properties, option=orjson.OPT_SORT_KEYS).decode()
        mk = self._markings.of_text(claim.marking)
        return Claim(node, claim.kind, claim.key or "", mk, claim.name, text, claim.grade, claim.made)

    def _value(self, claim: RecordClaim, node: str) -> ValueNode:
        given = claim.properties
        type_, issuer = (str(given[name]) if name in given else None for name in ("type", "issuer"))
        if claim.key is not None:
            node = self._ids.value(claim.kind, claim.scheme, claim.value or "")
        return ValueNode(node, claim.kind, claim.value or "", claim.valid, type_, issuer, claim.made)

    def _link(self, link: LinkClaim, names: dict[str, str]) -> dict[str, Any]:
        fields: dict[str, Any] = {
            "t": link.type,
            "f": self._end(link.origin, link.marking, names),
            "o": self._end(link.target, link.marking, names),
            "m": self._markings.of_text(link.marking),
        }
        if link.made:
            fields["made"] = True
        for short, value in zip(_SHORT, tuple(link)[_SAID], strict=True):
            if value is not None:
                fields[short] = value
        return fields

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
