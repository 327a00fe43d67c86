"""Rows as the graph keeps them: ids for everything a row says, claims as JSON, statements with their possible ends.

Pure but for the numbers of markings. A statement's end is one of
`{"i": id}` a node of this row, `{"c": [ids]}` a thing described elsewhere under each (kind, marking) it may have, best
first, and `{"by": [identifier ids], "k": kinds, "s": scheme, "v": value, "make": bool}` whoever has the identifier: by
a record that gives it, where the scheme identifies the kind, else by using the phone or keeping the vehicle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

import orjson

from graph.ids import Ids, joined
from graph.marking_numbers import MarkingNumbers
from graph.model import KINDS, Identity
from loaders.check_value import Memo
from loaders.row import End, LinkClaim, RecordClaim, SourceRow
from loaders.said import said_text
from security.marking import FLOOR

_MOST_REMEMBERED = 1 << 16
_FLOOR = FLOOR.text
# grade, role, status, valid_from, valid_to and precision of a link, as its statement has them.
_SHORT = ("g", "r", "s", "vf", "vt", "p")


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
    """A row ready to be written; `stated`: the type of each of its links, and whether a short form made it.

    `stamp`: by which it is known again and counted, as the graph keeps it; None where it is to be read again.
    """

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
    stamp: str | None


class Encoder:
    """Encodes the rows of one file entry of one source."""

    def __init__(self, ids: Ids, markings: MarkingNumbers, source: str, entry: str) -> None:
        self._ids = ids
        self._source = source
        self._entry = entry
        # The ids of things by their identities, see `joined`.
        self._known: dict[str, str] = {}
        self._numbers = Memo(markings.of_text)
        self._said: Memo[tuple[Any, ...], str] = Memo(_said)

    def encode(self, rows: Sequence[SourceRow]) -> list[EncodedRow]:
        """The rows with ids. Those of all rows are made at once, as are all of one thing."""
        source, entry, said = self._source, self._entry, [self._identities(row) for row in rows]
        self._learn({identity for identities in said for identity in identities})
        slots = self.slots([row.key for row in rows])
        identities = [joined("row", source, entry, row.key, row.marking, row.content) for row in rows]
        known = self._known.__getitem__
        return [
            self._encoded(row, id_, slot, map(known, things))
            for row, id_, slot, things in zip(rows, self._ids.many("w_", identities), slots, said, strict=True)
        ]

    def slots(self, keys: Iterable[str]) -> list[str]:
        """What all versions of the row of each key share."""
        return self._ids.many("s_", [joined("slot", self._source, self._entry, key) for key in keys])

    def _learn(self, identities: set[str]) -> None:
        if len(self._known) >= _MOST_REMEMBERED:
            self._known.clear()
        new = list(identities - self._known.keys())
        # A keyed thing is its own entity, and a value's only node is one; other things have records.
        for identity, found in zip(new, self._ids.many("", new), strict=True):
            self._known[identity] = ("r_" if _is_record(identity) else "e_") + found

    def _identities(self, row: SourceRow) -> list[str]:
        """The identities of all things of a row, in the order in which `_encoded` takes their ids."""
        found: list[str] = []
        source = self._source
        for claim in row.records:
            if claim.key is not None:
                found.append(joined("record", source, claim.kind, claim.key, claim.marking))
            if claim.value is not None:
                found.append(joined("value", claim.kind, claim.scheme, claim.value))
        for link in row.links:
            for end in (link.origin, link.target):
                if end.key is not None:
                    if link.marking == _FLOOR and len(end.kinds) == 1:
                        found.append(joined("record", end.source, end.kinds[0], end.key, _FLOOR))
                    else:
                        found += self._possible(end, link.marking)
        return found

    @staticmethod
    def _possible(end: End, marking: str) -> list[str]:
        """The identities that a thing described elsewhere may have, best first."""
        key = end.key or ""
        texts = (marking,) if marking == _FLOOR else (marking, _FLOOR)
        return [joined("record", end.source, kind, key, text) for text in texts for kind in end.kinds]

    def _encoded(self, row: SourceRow, id_: str, slot: str, things: Iterator[str]) -> EncodedRow:
        names: dict[str, str] = {}
        claims: list[Claim] = []
        values: list[ValueNode] = []
        for claim in row.records:
            node = next(things)
            names[claim.name] = node
            value = node if claim.key is None or claim.value is None else next(things)
            if claim.key is not None:
                claims.append(self._claim(claim, claim.key, node, value))
            if claim.value is not None:
                values.append(_value(claim, claim.value, value))
        mk = self._numbers[row.marking]
        links = ",".join([self._link(link, names, things) for link in row.links])
        stated = tuple([(link.type, link.made) for link in row.links])
        return EncodedRow(
            id_,
            slot,
            row.content,
            row.key,
            mk,
            row.as_of,
            row.raw,
            f"[{links}]",
            tuple(claims),
            tuple(values),
            stated,
            row.line,
            row.stamp + said_text(claims, values, stated, row.found) if row.stamp else None,
        )

    def _claim(self, claim: RecordClaim, key: str, node: str, value: str) -> Claim:
        properties: dict[str, Any] = claim.properties
        if claim.value is not None:
            properties = {"value": claim.value, "value_id": value}
        text = orjson.dumps(properties, option=orjson.OPT_SORT_KEYS).decode()
        return Claim(node, claim.kind, key, self._numbers[claim.marking], claim.name, text, claim.grade, claim.made)

    def _link(self, link: LinkClaim, names: dict[str, str], things: Iterator[str]) -> str:
        origin = self._end(link.origin, link.marking, names, things)
        target = self._end(link.target, link.marking, names, things)
        times = (link.valid_from, link.valid_to, link.precision)
        said = self._said[link.grade, link.role, link.status, *times, link.made]
        number = self._numbers[link.marking]
        return f'{{"t":"{link.type}","f":{origin},"o":{target},"m":{number}{said}}}'

    def _end(self, end: End, marking: str, names: dict[str, str], things: Iterator[str]) -> str:
        if end.record is not None:
            return f'{{"i":"{names[end.record]}"}}'
        if end.by is not None:
            scheme, value = end.by
            found = [identifier_id(self._ids, kind, scheme, value) for kind in end.kinds]
            said = {"by": found, "k": list(end.kinds), "s": scheme, "v": value, "make": end.missing.value == "make"}
            return orjson.dumps(said).decode()
        count = len(end.kinds) if marking == _FLOOR else 2 * len(end.kinds)
        if count == 1:
            return f'{{"c":["{next(things)}"]}}'
        ids = '","'.join(islice(things, count))
        return f'{{"c":["{ids}"]}}'


def _is_record(identity: str) -> bool:
    what, _, kind, *_ = identity.split("\x1f", 3)
    return what == "record" and KINDS[kind].identity is not Identity.KEYED


def _value(claim: RecordClaim, value: str, node: str) -> ValueNode:
    given = claim.properties
    type_, issuer = (str(given[name]) if name in given else None for name in ("type", "issuer"))
    return ValueNode(node, claim.kind, value, claim.valid, type_, issuer, claim.made)


def _said(said: tuple[Any, ...]) -> str:
    """What is said of a link beside its ends, as the rest of a JSON object."""
    *words, made = said
    fields = {"made": True} if made else {}
    fields |= {short: word for short, word in zip(_SHORT, words, strict=True) if word is not None}
    return "," + orjson.dumps(fields).decode()[1:-1] if fields else ""


@cache
def identifying(kind: str) -> frozenset[str]:
    """The names of the identifier properties of a kind."""
    return frozenset(declared.name for declared in KINDS[kind].identifiers)


def identifier_id(ids: Ids, kind: str, scheme: str, value: str) -> str:
    """The id of an identifier's node: one for each (kind, scheme, value)."""
    return ids.token("identifier", kind, scheme, value)
