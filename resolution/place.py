"""Bring the entities of a kind to an assignment: only what differs is written, each step repeatable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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


def place(
    graph: Graph,
    kind: str,
    held: Sequence[Held],
    assignment: Assignment,
    settled: bool,
    progress: Callable[[int, int], None],
) -> int:
    """Write what differs between the graph and the assignment, in parts; returns the number of entities written.

    `settled`: the assignment is by evidence; otherwise the records stay to be resolved.
    """
    change = _Change(held, assignment)
    for done, chunk in _chunks(change.changed, change.members):
        graph.store.write(lambda tx, c=chunk: _locked(graph, tx, kind, change, settled).place(c))  # type: ignore[misc]
        progress(done, len(change.changed))
    if change.dead or change.gone:
        graph.store.write(lambda tx: _locked(graph, tx, kind, change, settled).bury())
    return len(change.changed)


def place_at_once(
    graph: Graph, transaction: Transaction, kind: str, held: Sequence[Held], assignment: Assignment, settled: bool
) -> int:
    """As `place`, in a transaction that has the writer's lock; `held` has all members of every entity it touches."""
    change = _Change(held, assignment)
    placer = _Placer(graph, transaction, kind, change, settled)
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


def _locked(graph: Graph, transaction: Transaction, kind: str, change: _Change, settled: bool) -> _Placer:
    transaction.run("load/lock")
    return _Placer(graph, transaction, kind, change, settled)


class _Placer:
    def __init__(self, graph: Graph, transaction: Transaction, kind: str, change: _Change, settled: bool) -> None:
        self._settled = settled
        self._tx = transaction
        self._kind = kind
        self._change = change
        self._priority = {n: source.priority for n, source in graph.catalogue.sources.items()}

    def place(self, chunk: _Chunk) -> None:
        change = self._change
        if self._kind not in VALUES:
            self._write_entities([(entity, change.members[entity]) for entity in chunk.entities])
        moves = [
            {"record": r.id, "old": r.entity, "entity": change.entities[r.id]}
            for r in chunk.records
            if r.entity is not None and r.entity != change.entities[r.id]
        ]
        new = [{"record": r.id, "entity": change.entities[r.id]} for r in chunk.records if r.entity is None]
        if moves:
            self._tx.run("resolve/move_from", moves=moves)
            self._tx.run("resolve/move_to", moves=moves)
            self._tx.run("resolve/detach", ids=[move["record"] for move in moves])
        pairs = [*new, *({"record": move["record"], "entity": move["entity"]} for move in moves)]
        if pairs:
            self._tx.run("resolve/attach", pairs=pairs)
        self._placed(chunk.records)
        if moves and self._kind not in VALUES:
            self._tx.run("resolve/drop_empty", ids=sorted({str(move["old"]) for move in moves}))

    def bury(self) -> None:
        """Records that no live row speaks of leave their entities; entities without records are gone."""
        dead = self._change.dead
        if dead:
            ids = [record.id for record in dead]
            self._tx.run("load/wake_bound", ids=ids)
            self._tx.run("load/cut", ids=ids)
            self._tx.run("resolve/detach", ids=[record.id for record in dead if record.entity is not None])
            self._placed(dead)
            if self._settled:
                self._tx.run("resolve/forget_made", ids=ids)
        left = {*self._change.gone, *(r.entity for r in dead if r.entity is not None)}
        if left and self._kind not in VALUES:
            self._tx.run("resolve/drop_empty", ids=sorted(left))

    def _placed(self, records: Iterable[Held]) -> None:
        records = list(records)
        if not self._settled:
            known = [r.id for r in records if r.entity is not None and not r.unresolved and r.before is None]
            if known:
                self._tx.run("resolve/remember", ids=known)
        self._tx.run("resolve/placed", ids=[record.id for record in records], resolved=self._settled)

    def _write_entities(self, entities: Sequence[tuple[str, list[Held]]]) -> None:
        maps = {entity: entity_map(self._kind, entity, group, self._priority) for entity, group in entities}
        known = [node for entity, node in maps.items() if entity in self._change.before]
        new = [node for entity, node in maps.items() if entity not in self._change.before]
        if known:
            self._tx.run_text(generate.merge_entities(self._kind), {"nodes": known})
        if new:
            self._tx.run_text(generate.create_entities(self._kind), {"nodes": new})
