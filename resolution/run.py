"""Resolve the graph: settle the entities of every kind that has records waiting, or of all kinds again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from graph.ids import entity_of
from graph.marking_numbers import MarkingNumbers
from graph.model import RESOLVED, VALUES
from graph.open import Graph
from graph.store import Transaction
from resolution.assign import Assignment, Word, as_words, assign
from resolution.fetch import fetch
from resolution.model import Model, default_model
from resolution.place import place

Progress = Callable[[str, int, int], None]
_PAIRS = 5_000


@dataclass(frozen=True, slots=True)
class KindReport:
    """What resolving a kind did: records read, entities they make, entities written, ties across compartments."""

    kind: str
    records: int
    entities: int
    written: int
    ties: int
    possible: int


def resolve(
    graph: Graph,
    markings: MarkingNumbers,
    *,
    kinds: Sequence[str] | None = None,
    rebuild: bool = False,
    by_evidence: bool = True,
    model: Model | None = None,
    progress: Progress | None = None,
) -> list[KindReport]:
    """Settle the entities of the kinds that need it; `rebuild`: of all of them, again.

    `by_evidence=False` gives each new record an entity of its own and leaves it to be resolved later.
    """
    rows = graph.store.internal("resolve/unplaced")
    waiting = {row["kind"] for row in rows if row["unplaced"] or (by_evidence and row["unresolved"])}
    chosen = [k for k in (*VALUES, *RESOLVED) if (kinds is None or k in kinds) and (rebuild or k in waiting)]
    graph.catalogue.refresh()
    words = as_words(graph.store.internal("resolve/decisions"))
    used = model or default_model()
    run = _Run(graph, markings, words, used, by_evidence, progress or _silent)
    return [run.resolve(kind) for kind in chosen]


@dataclass(frozen=True, slots=True)
class _Run:
    graph: Graph
    markings: MarkingNumbers
    words: list[Word]
    model: Model
    by_evidence: bool
    progress: Progress

    def resolve(self, kind: str) -> KindReport:
        """Settle one kind."""
        held = fetch(self.graph, kind)
        if self.by_evidence or kind in VALUES:
            assignment = assign(kind, held, self.words, self.model, self.markings)
        else:
            assignment = Assignment({r.id: r.entity or entity_of(r.id) for r in held if r.live})
        settled = self.by_evidence or kind in VALUES
        written = place(self.graph, kind, held, assignment, settled, lambda a, b: self.progress(kind, a, b))
        if settled and kind not in VALUES:
            _tie(self.graph, kind, assignment, self.markings)
            mks = {record.id: record.mk for record in held}
            _hold_possible(self.graph, kind, assignment, mks, self.markings, self.model)
            self.graph.store.write(lambda transaction: transaction.run("resolve/resolved", kind=kind))
        entities = len(set(assignment.entities.values()))
        return KindReport(kind, len(held), entities, written, len(assignment.ties), len(assignment.possible))


def _tie(graph: Graph, kind: str, assignment: Assignment, markings: MarkingNumbers) -> None:
    rows = graph.store.stream("resolve/same_identity", kind=kind)
    present = {(row["from"], row["to"], row["mk"]): row["weight"] for row in rows}
    wanted = {place: tie.bits for place, tie in assignment.ties.items()}
    gone = [place for place, bits in present.items() if wanted.get(place) != bits]
    new = [tie for place, tie in assignment.ties.items() if present.get(place) != tie.bits]
    _in_parts(graph, "resolve/untie", [{"from": a, "to": b, "mk": mk} for a, b, mk in gone])
    tied = [{"from": tie.a, "to": tie.b, **tie.stored(graph.ids, markings)} for tie in new]
    _in_parts(graph, "resolve/tie", tied)


def _hold_possible(
    graph: Graph, kind: str, assignment: Assignment, mks: dict[str, int], markings: MarkingNumbers, model: Model
) -> None:
    present = {(r["a"], r["b"]): r["bits"] for r in graph.store.stream("resolve/possible", kind=kind)}
    gone = [pair for pair, bits in present.items() if assignment.possible.get(pair) != bits]
    new = [pair for pair, bits in assignment.possible.items() if present.get(pair) != bits]
    _in_parts(graph, "resolve/forget_possible", [{"a": a, "b": b} for a, b in gone])
    held = [
        {"a": a, "b": b, "bits": assignment.possible[a, b], "mk": markings.join(mks[a], mks[b]), "model": model.version}
        for a, b in new
    ]
    _in_parts(graph, "resolve/possibly", held)


def _in_parts(graph: Graph, name: str, pairs: list[dict[str, Any]]) -> None:
    for start in range(0, len(pairs), _PAIRS):
        part = pairs[start : start + _PAIRS]

        def work(transaction: Transaction, part: list[dict[str, Any]] = part) -> None:
            transaction.run("load/lock")
            transaction.run(name, pairs=part)

        graph.store.write(work)


def _silent(_kind: str, _done: int, _total: int) -> None:
    """Report nothing."""
