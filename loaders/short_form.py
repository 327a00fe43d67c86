"""What short forms said beside a person, found again in the person's own claim: taken out with the link they made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

import orjson

from graph.open import Graph
from loaders.check_short import SHORT, Maker
from loaders.encode import Claim
from loaders.restate import without_value
from loaders.row import RecordClaim

# What a row states of a link, as the graph keeps it.
Statement = dict[str, Any]


def without_short(
    graph: Graph, claims: Sequence[Claim], statement: Statement, links: Sequence[Statement | None]
) -> tuple[tuple[Claim, ...], list[Statement | None]]:
    """Claims and links of a row without what a short form said that made this statement, which is made no more.

    The value leaves the person's own properties, by which they are matched; the address, vehicle or marker that it made
    leaves the row, with its own links, unless somebody else of the row has it too.
    """
    left, end = list(links), statement["o"].get("i")
    if not statement.get("made") or end is None:
        return tuple(claims), left
    owner = statement["f"].get("i")
    made = next((claim for claim in claims if claim.node == end), None)
    kept = [_without(graph, claim, made, end) if claim.node == owner else claim for claim in claims]
    if any(each is not None and each["o"].get("i") == end for each in left):
        return tuple(kept), left
    left = [None if each is not None and each["f"].get("i") == end and each.get("made") else each for each in left]
    return tuple(claim for claim in kept if claim.node != end), left


def _without(graph: Graph, person: Claim, made: Claim | None, end: str) -> Claim:
    """A person's claim without the texts that made a thing: one of a key, or a value of that id."""
    said = orjson.loads(person.properties)
    for name, text, postcode in list(_texts(said)):
        target = _made(person, name, text, postcode)
        if target is None:
            continue
        if target.value is not None:
            same = graph.ids.value(target.kind, target.scheme, target.value) == end
        else:
            same = made is not None and (made.kind, made.key) == (target.kind, target.key)
        if same:
            without_value(graph, "Person", said, name, text)
            if postcode is not None:
                without_value(graph, "Person", said, "postcode", postcode)
    return person._replace(properties=orjson.dumps(said, option=orjson.OPT_SORT_KEYS).decode())


def _texts(said: dict[str, Any]) -> Iterator[tuple[str, str, str | None]]:
    """Each text of a short form, with the postcode beside an address."""
    addresses = _list(said, "address")
    yield from (("address", *pair) for pair in zip_longest(addresses, _list(said, "postcode")[: len(addresses)]))
    yield from ((name, text, None) for name in SHORT if name != "address" for text in _list(said, name))


def _list(said: dict[str, Any], name: str) -> list[str]:
    given = said.get(name, [])
    return list(given) if isinstance(given, list) else [str(given)]


def _made(person: Claim, name: str, text: str, postcode: str | None) -> RecordClaim | None:
    """The thing that a text makes beside the person."""
    properties: dict[str, Any] = {name: [text]} if postcode is None else {name: [text], "postcode": [postcode]}
    near = RecordClaim(person.name, person.kind, person.key, "", person.grade, properties)
    targets, _ = Maker(person.kind, person.name, "").make(near)
    return targets[0] if targets else None
