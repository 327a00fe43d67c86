"""Bring the entities of a kind to an assignment: only what differs is written, each step repeatable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph import generate
from graph.model import VALUES
from graph.open import Graph
from graph.store import Transaction
from resolution.assign import Assignment
from resolution.entity import entity_map
from resolution.fetch import Held

_RECORDS = 2_000


@dataclass(slots=True)
class _Chunk:
    """Entities to write and the records that move to them."""

    entities: list[str]
    records: list[Held]


@dataclass(frozen=True, slots=True)
class Placing:
    """How records of a kind are placed: `settled` by evidence or only for now; `priority`: of sources by number."""

    kind: str
    settled: bool
    priority: Mapping[int, int]


def place(
    graph: Graph, how: Placing, held: Sequence[Held], assignment: Assignment, progress: Callable[[int, int], None]
) -> int:
    """Write what differs between the graph and the assignment, in parts; returns the number of entities written."""
    change = _Change(held, assignment)
    for done, chunk in _chunks(change.changed, change.members):
        graph.store.write(lambda tx, c=chunk: _locked(tx, how, change).place(c))  # type: ignore[misc]
        progress(done, len(change.changed))
    if change.dead or change.gone:
        graph.store.write(lambda tx: _locked(tx, how, change).bury())
    return len(change.changed)


def place_at_once(transaction: Transaction, how: Placing, held: Sequence[Held], assignment: Assignment) -> int:
    """As `place`, in a transaction that has the writer's lock; `held` has all members of every entity it touches."""
    change = _Change(held, assignment)
    placer = _Placer(transaction, how, change)
    for _, chunk in _chunks(change.changed, change.members):
        placer.place(chunk)
    if change.dead or change.gone:
        placer.bury()
    return len(change.changed)


class _Change:
    """What an assignment changes: entities to write with their members, records that died, entities that are gone."""

    def __init__(self, held: Sequence[Held], assignment: Assignment) -> None:
        self.entities = assignment.entities
        self.members: defaultdict[str, list[Held]] = defaultdict(list)
        self.before: defaultdict[str, set[str]] = defaultdict(set)
        for record in held:
            if record.live:
                self.members[self.entities[record.id]].append(record)
            if record.entity is not None:
                self.before[record.entity].add(record.id)
        self.dead = [r for r in held if not r.live and (r.waits or r.entity is not None)]
        self.changed = [
            entity
            for entity, group in self.members.items()
            if any(r.waits for r in group) or self.before.get(entity) != {r.id for r in group}
        ]
        self.gone = self.before.keys() - self.members.keys()


def _chunks(changed: Sequence[str], members: Mapping[str, list[Held]]) -> Iterator[tuple[int, _Chunk]]:
    chunk = _Chunk([], [])
    for index, entity in enumerate(changed, 1):
        chunk.entities.append(entity)
        chunk.records += members[entity]
        if len(chunk.records) >= _RECORDS or index == len(changed):
            yield index, chunk
            chunk = _Chunk([], [])


def _locked(transaction: Transaction, how: Placing, change: _Change) -> _Placer:
    transaction.run("load/lock")
    return _Placer(transaction, how, change)


class _Placer:
    def __init__(self, transaction: Transaction, how: Placing, change: _Change) -> None:
        self._tx = transaction
        self._how = how
        self._change = change

    def place(self, chunk: _Chunk) -> None:
        change = self._change
        if self._how.kind not in VALUES:
            self._write_entities([(entity, change.members[entity]) for entity in chunk.entities])
        moves = [
            {"record": r.id, "old": r.entity, "entity": change.entities[r.id]}
            for r in chunk.records
            if r.entity is not None and r.entity != change.entities[r.id]
        ]
        if moves:
            self._tx.touch(str(move[side]) for move in moves for side in ("old", "entity"))
            self._tx.run("resolve/move_from", moves=moves)
            (moved,) = self._tx.run("resolve/move_to", moves=moves)
            self._tx.touch(moved["origins"])
            self._tx.run("resolve/detach", ids=[move["record"] for move in moves])
        self._placed(chunk.records, change.entities)
        if moves and self._how.kind not in VALUES:
            self._tx.run("resolve/drop_empty", ids=sorted({str(move["old"]) for move in moves}))

    def bury(self) -> None:
        """Records that no live row speaks of leave their entities; entities without records are gone."""
        dead = self._change.dead
        if dead:
            ids = [record.id for record in dead]
            self._tx.run("load/wake_bound", ids=ids)
            (cut,) = self._tx.run("load/cut", ids=ids)
            self._tx.touch(cut["origins"])
            self._tx.run("resolve/detach", ids=[record.id for record in dead if record.entity is not None])
            self._placed(dead, {})
            if self._how.settled:
                self._tx.run("resolve/forget_made", ids=ids)
        left = {*self._change.gone, *(r.entity for r in dead if r.entity is not None)}
        if left and self._how.kind not in VALUES:
            self._tx.touch(left)
            self._tx.run("resolve/drop_empty", ids=sorted(left))

    def _placed(self, records: Sequence[Held], entities: Mapping[str, str]) -> None:
        """These records are settled; one that is not in the entity it is given here takes it.

        Nothing waits for one that was settled and stays where it is: nobody means another by it than before.
        """
        if self._how.settled:
            records = [r for r in records if r.waits or entities.get(r.id) != r.entity]
        else:
            known = [r.id for r in records if r.entity is not None and not r.unresolved and r.before is None]
            if known:
                self._tx.run("resolve/remember", ids=known)
        given = [{"id": r.id, "entity": e if (e := entities.get(r.id)) != r.entity else None} for r in records]
        if given:
            self._tx.run("resolve/placed", records=given, resolved=self._how.settled)

    def _write_entities(self, entities: Sequence[tuple[str, list[Held]]]) -> None:
        kind = self._how.kind
        maps = {entity: entity_map(kind, entity, group, self._how.priority) for entity, group in entities}
        known = [node for entity, node in maps.items() if entity in self._change.before]
        new = [node for entity, node in maps.items() if entity not in self._change.before]
        self._tx.touch(maps)
        if known:
            self._tx.run_text(generate.merge_entities(kind), {"nodes": known})
        if new:
            self._tx.run_text(generate.create_entities(kind), {"nodes": new})
