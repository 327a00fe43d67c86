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
    """Write what differs between the graph and the assignment; returns the number of entities written.

    `settled`: the assignment is by evidence; otherwise the records stay to be resolved.
    """
    members: defaultdict[str, list[Held]] = defaultdict(list)
    before: defaultdict[str, set[str]] = defaultdict(set)
    for record in held:
        if record.live:
            members[assignment.entities[record.id]].append(record)
        if record.entity is not None:
            before[record.entity].add(record.id)
    dead = [record for record in held if not record.live]
    changed = [
        entity
        for entity, group in members.items()
        if any(r.unplaced for r in group) or before[entity] != {r.id for r in group}
    ]
    gone = {entity for entity in before if entity not in members}
    total = len(changed)
    for done, chunk in _chunks(changed, members):
        graph.store.write(lambda tx, c=chunk: _Placer(graph, tx, kind, before, settled).place(c, members, assignment))  # type: ignore[misc]
        progress(done, total)
    if dead or gone:
        graph.store.write(lambda tx: _Placer(graph, tx, kind, before, settled).bury(dead, gone))
    return total


def _chunks(changed: Sequence[str], members: Mapping[str, list[Held]]) -> Iterator[tuple[int, _Chunk]]:
    chunk = _Chunk([], [])
    for index, entity in enumerate(changed, 1):
        chunk.entities.append(entity)
        chunk.records += members[entity]
        if len(chunk.records) >= _RECORDS or index == len(changed):
            yield index, chunk
            chunk = _Chunk([], [])


class _Placer:
    def __init__(
        self, graph: Graph, transaction: Transaction, kind: str, before: Mapping[str, set[str]], settled: bool
    ) -> None:
        self._settled = settled
        self._tx = transaction
        self._kind = kind
        self._before = before
        self._priority = {n: source.priority for n, source in graph.catalogue.sources.items()}

    def place(self, chunk: _Chunk, members: Mapping[str, list[Held]], assignment: Assignment) -> None:
        self._tx.run("load/lock")
        if self._kind not in VALUES:
            self._write_entities([(entity, members[entity]) for entity in chunk.entities])
        moves = [
            {"record": r.id, "old": r.entity, "entity": assignment.entities[r.id]}
            for r in chunk.records
            if r.entity is not None and r.entity != assignment.entities[r.id]
        ]
        new = [{"record": r.id, "entity": assignment.entities[r.id]} for r in chunk.records if r.entity is None]
        if moves:
            self._tx.run("resolve/move_from", moves=moves)
            self._tx.run("resolve/move_to", moves=moves)
            self._tx.run("resolve/detach", ids=[move["record"] for move in moves])
        pairs = [*new, *({"record": move["record"], "entity": move["entity"]} for move in moves)]
        if pairs:
            self._tx.run("resolve/attach", pairs=pairs)
        self._tx.run("resolve/placed", ids=[record.id for record in chunk.records], resolved=self._settled)
        if moves and self._kind not in VALUES:
            self._tx.run("resolve/drop_empty", ids=sorted({str(move["old"]) for move in moves}))

    def bury(self, dead: Iterable[Held], gone: Iterable[str]) -> None:
        """Records that no live row speaks of leave their entities; entities without records are gone."""
        self._tx.run("load/lock")
        ids = [record.id for record in dead]
        self._tx.run("load/wake_bound", ids=ids)
        self._tx.run("load/cut", ids=ids)
        self._tx.run("resolve/detach", ids=[record.id for record in dead if record.entity is not None])
        self._tx.run("resolve/placed", ids=ids, resolved=True)
        if self._kind not in VALUES:
            self._tx.run("resolve/drop_empty", ids=sorted({*gone, *(r.entity for r in dead if r.entity is not None)}))

    def _write_entities(self, entities: Sequence[tuple[str, list[Held]]]) -> None:
        maps = {entity: entity_map(self._kind, entity, group, self._priority) for entity, group in entities}
        known = [node for entity, node in maps.items() if entity in self._before]
        new = [node for entity, node in maps.items() if entity not in self._before]
        if known:
            self._tx.run_text(generate.merge_entities(self._kind), {"nodes": known})
        if new:
            self._tx.run_text(generate.create_entities(self._kind), {"nodes": new})
