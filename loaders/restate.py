"""Saying anew what rows say of a record: with another value of a property, or under another marking.

Each row that speaks of it is replaced by one that says the same but for that, under an id of its own; the row that was
is erased, and a tombstone that names its heir keeps it from coming back: where its source delivers it again, the heir
has been seen again. So a backup, a restore and a first load know nothing of all this, and a newer row of the source,
which says something else, replaces the heir as it would have replaced the row.

Source: Data Protection Act 2018, section 46 (rectification; what must be kept as evidence is restricted instead).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson

from graph.errors import BadInput, NotFound
from graph.ids import entity_of
from graph.marking_numbers import StoredMarkings
from graph.model import KINDS, Identity
from graph.open import Graph
from graph.read.record import record as record_that_is
from graph.store import Transaction
from loaders.check_short import SHORT
from loaders.encode import Claim
from loaders.hold import only_load
from loaders.keep.kept import row_of
from loaders.present import source_numbers
from loaders.retain.erase import erase, withdraw
from loaders.row import FAILED
from loaders.settle import Progress
from loaders.single_value import normal_value
from loaders.stored import StoredRow
from loaders.writer import locked, store_within
from security.marking import Marking, high_water
from security.viewer import Viewer

# Rows of one record: a source says a thing a few times, not by the thousand.
_MOST_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class Restated:
    """What was done: the record's id now, the marking that it was under, how many rows were replaced, ids that went."""

    record: str
    was: str
    rows: int
    gone: tuple[str, ...]


class _Thing(NamedTuple):
    """The record: its id as it is read, that of its node, and what it is."""

    id: str
    node: str
    kind: str
    key: str
    source: int
    mk: int


def rectify(
    graph: Graph, viewer: Viewer, record_id: str, name: str, text: str | None, progress: Progress
) -> tuple[Restated, str | None]:
    """Give a property of a record another value in all its rows, None for none; returns what was done, and the value.

    The value is brought into the normal form of the model. Raises NotFound for a record that is hidden or absent,
    BadInput for a property that its kind has not or that none of its rows gives, and for a text that is no value of it.
    """
    thing = _thing(graph, viewer, record_id)
    if name not in KINDS[thing.kind].by_name:
        known = ", ".join(KINDS[thing.kind].by_name)
        raise BadInput(f"{name!r}: a {thing.kind} has no such property; it has {known}")
    if thing.kind == "Person" and name in SHORT:
        raise BadInput(
            f"{name!r}: it is a thing of its own beside the person, tied to them by the row: rectify the link to it"
        )
    given = {} if text is None else _right(graph, thing.kind, name, text)

    def change(row: StoredRow) -> StoredRow | None:
        claims, changed = [], False
        for claim in row.claims:
            said = orjson.loads(claim.properties)
            if claim.node == thing.node and (name in said or given.keys() & said.keys()):
                _not_failed(graph, thing.kind, said, name, said.get(name))
                for former in {name, *given}:
                    said.pop(former, None)
                said |= given
                changed = True
                claim = claim._replace(properties=_json(said))
            claims.append(claim)
        return StoredRow(row.properties, tuple(claims)) if changed else None

    done = _restate(graph, thing, thing, change, progress)
    if not done.rows:
        raise BadInput(f"{name!r}: no row of this record says one; what a source never said cannot be rectified")
    return done, None if text is None else str(given.get(name, text))


def _right(graph: Graph, kind: str, name: str, text: str) -> Mapping[str, Any]:
    """The properties that a text gives; what fails a standard, as a source's value may, is refused."""
    given, failed = normal_value(graph.ids, kind, name, text)
    if failed:
        raise BadInput(f"{name!r}: {text!r} fails {', '.join(failed)}; give a value that is one")
    return given


def without_value(graph: Graph, kind: str, said: dict[str, Any], name: str, text: str) -> None:
    """Take one text of a property out of what is said of a thing."""
    _not_failed(graph, kind, said, name, text)
    given = said.pop(name)
    if left := [each for each in given if each != text] if isinstance(given, list) else []:
        said[name] = left


def _not_failed(graph: Graph, kind: str, said: dict[str, Any], name: str, former: object) -> None:
    """Let go of the standards that a wrong value failed."""
    try:
        failed = set(normal_value(graph.ids, kind, name, former)[1]) if isinstance(former, str) else set()
    except BadInput:
        return
    if left := sorted(set(said.pop(FAILED, ())) - failed):
        said[FAILED] = left


def move(graph: Graph, viewer: Viewer, record_id: str, marking: Marking, progress: Progress) -> Restated:
    """Raise or lower the marking of a record: what its rows say of it, and their links that begin or end at it.

    A row is marked no lower than anything that it says. Reviews and disputes go with the record; words on who is whom,
    which are about records under markings, go. Raises NotFound, and BadInput where it has that marking already.
    """
    thing = _thing(graph, viewer, record_id)
    old = graph.catalogue.marking(thing.mk)
    if old == marking:
        raise BadInput(f"the record is marked {marking.text!r} already")
    source = graph.catalogue.source(thing.source).id
    new_id = graph.ids.record(source, thing.kind, thing.key, marking.text)
    stored = StoredMarkings(graph.store)
    number = stored.number(marking)
    keyed = KINDS[thing.kind].identity is Identity.KEYED
    there = _Thing(new_id, entity_of(new_id) if keyed else new_id, thing.kind, thing.key, thing.source, number)
    moved = _Moved(stored, thing, there, old, marking)
    return stored.within(lambda: _restate(graph, thing, there, moved.row, progress))


@dataclass(frozen=True, slots=True)
class _Moved:
    """What rows say once a record is under another marking."""

    markings: StoredMarkings
    thing: _Thing
    there: _Thing
    old: Marking
    new: Marking

    def row(self, row: StoredRow) -> StoredRow:
        claims = tuple(self._claim(claim) for claim in row.claims)
        links = [self._link(link) for link in orjson.loads(row.properties["links"])]
        own = row.properties["mk"]
        # The row shows its cells: no lower than anything that it says.
        markings = [self._marking(claim.mk) for claim in claims] + [self._marking(link["m"]) for link in links]
        mk = self._joined(markings) if own == self.thing.mk or self._below(own, markings) else own
        return StoredRow(row.properties | {"mk": mk, "links": orjson.dumps(links).decode()}, claims)

    def _claim(self, claim: Claim) -> Claim:
        if claim.node != self.thing.node:
            return claim
        return claim._replace(node=self.there.node, mk=self.there.mk)

    def _link(self, link: dict[str, Any]) -> dict[str, Any]:
        ends = [self._end(link[side]) for side in ("f", "o")]
        touched = ends != [link["f"], link["o"]]
        own = self._marking(link["m"])
        raised = self.new if own == self.old else own.join(self.new)
        mk = self._number(raised) if touched else link["m"]
        return link | {"f": ends[0], "o": ends[1], "m": mk}

    def _end(self, end: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"i": self.there.node} if end.get("i") == self.thing.node else end

    def _marking(self, mk: int) -> Marking:
        return self.markings.marking(mk)

    def _number(self, marking: Marking) -> int:
        return self.markings.number(marking)

    def _joined(self, markings: Sequence[Marking]) -> int:
        return self._number(high_water([self.new, *markings]))

    def _below(self, mk: int, markings: Sequence[Marking]) -> bool:
        return not all(each.at_or_below(self._marking(mk)) for each in markings)


def _thing(graph: Graph, viewer: Viewer, record_id: str) -> _Thing:
    found = record_that_is(graph, viewer, record_id)
    if found is None:
        raise NotFound(f"there is no record by the id {record_id!r}; `records` of an entity answers with them")
    identity = KINDS[found.kind].identity
    if found.entity is not None and identity is Identity.KEYED:
        return _Thing(found.id, entity_of(found.id), found.kind, found.key, found.source, found.mk)
    return _Thing(found.id, found.id, found.kind, found.key, found.source, found.mk)


def _restate(
    graph: Graph, thing: _Thing, there: _Thing, change: Callable[[StoredRow], StoredRow | None], progress: Progress
) -> Restated:
    with only_load(graph, sorted(source_numbers(graph.store)), progress):
        rows = graph.store.write(lambda transaction: _replace(graph, transaction, thing, there, change))
        gone = erase(graph, (), progress)
    return Restated(there.id, graph.catalogue.marking(thing.mk).text, rows, tuple(gone))


def _replace(
    graph: Graph,
    transaction: Transaction,
    thing: _Thing,
    there: _Thing,
    change: Callable[[StoredRow], StoredRow | None],
) -> int:
    """Replace the rows, in one transaction; what is left of the old ones goes with the erasing that follows."""
    seq = locked(transaction)
    found = [row_of(each) for each in transaction.run("retain/told_by", id=thing.node)]
    heirs = replace_rows(graph, transaction, seq, found, change)
    if heirs and there != thing:
        words = {"id": thing.id, "to": there.id, "review": thing.node, "review_to": there.node}
        transaction.run("retain/move_words", **words)
    return len(heirs)


def replace_rows(
    graph: Graph,
    transaction: Transaction,
    seq: int,
    found: Sequence[StoredRow],
    change: Callable[[StoredRow], StoredRow | None],
) -> dict[str, str]:
    """Replace these rows of one source by what `change` makes of them, where it makes something; returns their heirs.

    `seq`: the number of the last batch. Whoever calls has the writer's lock, and erases. Raises BadInput for too many.
    """
    if len(found) > _MOST_ROWS:
        raise BadInput(f"{len(found):,} rows speak of it, more than {_MOST_ROWS:,}: correct its source instead")
    heirs = {row.properties["id"]: _heir(graph, seq, row, said) for row in found if (said := change(row)) is not None}
    if heirs:
        store_within(graph, transaction, found[0].properties["source"], list(heirs.values()), seq)
        withdraw(graph, transaction, list(heirs))
    became = {old: heir.properties["id"] for old, heir in heirs.items()}
    transaction.run("retain/became", rows=[{"id": old, "became": heir} for old, heir in became.items()])
    return became


def _heir(graph: Graph, seq: int, row: StoredRow, said: StoredRow) -> StoredRow:
    """The row that takes the place of one: its life, and what it is to say. The cells as delivered hold what was."""
    told = orjson.dumps(
        [row.properties["id"], said.properties["links"], said.properties["mk"], [[*each] for each in said.claims]]
    )
    content = hashlib.sha256(told).hexdigest()[: len(row.properties["hash"])]
    id_ = graph.ids.row("", "", row.properties["id"], "", content)
    own = {"id": id_, "hash": content, "raw": "{}", "stamp": None, "seq": seq + 1, "born": seq + 1}
    kept = {name: value for name, value in said.properties.items() if name not in ("bound", "dangling", "erasing")}
    return StoredRow(kept | own, said.claims)


def _json(said: Mapping[str, Any]) -> str:
    return orjson.dumps(said, option=orjson.OPT_SORT_KEYS).decode()
