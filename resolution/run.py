"""Resolve the graph: settle the entities that a change can reach, or those of a whole kind."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.batch import batched
from graph.collector import collector_off
from graph.ids import entity_of
from graph.marking_numbers import MarkingNumbers
from graph.model import RESOLVED, VALUES
from graph.open import Graph
from graph.store import Transaction
from resolution.assign import Assignment, Tie, Word, as_words, assign
from resolution.fetch import Held, fetch, fetch_members, fetch_waiting
from resolution.inherit import inherit
from resolution.key import NO_KEY
from resolution.model import Model
from resolution.outcome import outcome, reached
from resolution.part import Part
from resolution.place import Placing, place, place_at_once
from resolution.published import model_of, of_kind
from resolution.space import space_of
from resolution.thing import THINGS, folded_thing
from resolution.waiting import Waiting

Progress = Callable[[str, int, int], None]
_PAIRS = 5_000


@dataclass(frozen=True, slots=True)
class KindReport:
    """What resolving a kind did: records read, entities they make, entities written, ties across compartments.

    `crowded`: keys that it met and that too many records share to meet by them.
    """

    kind: str
    records: int
    entities: int
    written: int
    ties: int
    possible: int
    crowded: int = 0


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
    """Settle the entities that wait, and those that they reach; `rebuild`: all entities of the kinds, again.

    `by_evidence=False` gives each new record an entity of its own and leaves it to be resolved later.
    """
    waiting = Waiting.of(graph.store.internal("resolve/waits", by_evidence=by_evidence))
    again = {*VALUES, *RESOLVED} if rebuild else waiting.again if by_evidence else set()
    chosen = [kind for kind in _in_order({*again, *waiting.kinds}) if kinds is None or kind in kinds]
    # A model that is given takes nothing over from those that the graph was resolved by.
    former = waiting.former if model is None else ()
    model = model or model_of(graph.store.internal, waiting.model)
    run = _Run(graph, markings, model, by_evidence, waiting.priority, progress or _silent, former)
    parts = [kind for kind in chosen if kind not in again and not waiting.is_much(kind)]
    reports = {kind: run.whole(kind) for kind in chosen if kind not in parts}
    if parts:

        def work(transaction: Transaction) -> dict[str, KindReport]:
            transaction.run("load/lock")
            return run.parts(transaction, parts)

        reports |= markings.within(lambda: graph.store.write(work))
    return [reports[kind] for kind in chosen]


def resolve_within(graph: Graph, transaction: Transaction, markings: MarkingNumbers, waiting: Waiting) -> bool:
    """Settle the entities that wait, in a transaction that has the writer's lock.

    Returns False, with nothing done, where a kind is to be resolved as a whole.
    """
    if waiting.again or any(waiting.is_much(kind) for kind in waiting.kinds):
        return False
    if waiting.kinds:
        run = _Run(graph, markings, model_of(transaction.run, waiting.model), True, waiting.priority, _silent)
        run.parts(transaction, _in_order(waiting.kinds))
    return True


def _in_order(kinds: Collection[str]) -> list[str]:
    """Kinds in the order in which they are resolved."""
    return [kind for kind in (*VALUES, *RESOLVED) if kind in kinds]


@dataclass(frozen=True, slots=True)
class _Run:
    graph: Graph
    markings: MarkingNumbers
    model: Model
    by_evidence: bool
    priority: Mapping[int, int]
    progress: Progress
    former: tuple[str, ...] = ()

    def whole(self, kind: str) -> KindReport:
        """Settle all of one kind, in parts; where that is cut short, it is done again."""
        settled = self.by_evidence or kind in VALUES
        if settled:
            self.graph.store.write(lambda transaction: transaction.run("resolve/begin", kind=kind))
        with collector_off():
            return self._whole(kind, settled)

    def _whole(self, kind: str, settled: bool) -> KindReport:
        held = fetch(self.graph, kind)
        if kind in THINGS:
            _in_parts(self.graph, "resolve/rekey", [each for record in held if (each := _rekeyed(kind, record))])
        words = self._words(kind, held) if settled else []
        assignment = assign(kind, held, words, self.model, self.markings) if settled else _own(held)
        written = place(
            self.graph, self._placing(kind, settled), held, assignment, lambda a, b: self.progress(kind, a, b)
        )
        if settled:
            if kind not in VALUES:
                self._hold(kind, held, assignment)
            self.graph.store.write(lambda transaction: transaction.run("resolve/resolved", kind=kind))
        return _report(kind, held, assignment, written)

    def _words(self, kind: str, held: Sequence[Held]) -> list[Word]:
        """The words that stand, with what is kept of the model by which these records are resolved now."""
        internal = self.graph.store.internal
        version = of_kind(self.former, kind)
        if version is None:
            return as_words(internal("resolve/decisions"))
        return inherit(self.graph, kind, held, (model_of(internal, version), self.model), self.markings)

    def parts(self, transaction: Transaction, kinds: Sequence[str]) -> dict[str, KindReport]:
        """Settle what waits of these kinds, and what that reaches, in a transaction that has the writer's lock."""
        waiting = fetch_waiting(transaction, kinds, by_evidence=self.by_evidence)
        return {kind: self._part(transaction, kind, changed) for kind, changed in waiting.items()}

    def _part(self, transaction: Transaction, kind: str, changed: Sequence[Held]) -> KindReport:
        settled = self.by_evidence or kind in VALUES
        if settled and kind not in VALUES:
            return self._settle_part(transaction, kind, reached(transaction, kind, changed, self.model))
        held = changed if settled else _with_mates(transaction, kind, changed)
        assignment = assign(kind, held, (), self.model, self.markings) if settled else _own(held)
        return self._placed(transaction, kind, held, assignment, settled)

    def _settle_part(self, transaction: Transaction, kind: str, part: Part) -> KindReport:
        """Bring a part's core to what evidence and words say: its entities, its ties, its pairs that may be one."""
        assignment = outcome(transaction, kind, part, self.model, self.markings)
        report = self._placed(transaction, kind, part.settled, assignment, True)
        # Read once the entities are placed: ties go with entities that are no more.
        entities = {record.entity for record in part.settled if record.entity} | {*assignment.entities.values()}
        (standing,) = transaction.run("resolve/standing", ids=sorted(part.core), entities=sorted(entities))
        differing = self._differing(kind, standing["ties"], standing["possible"], part.held, assignment)
        for name, pairs in differing.items():
            if pairs:
                transaction.run(name, pairs=pairs)
        return report

    def _placed(
        self, transaction: Transaction, kind: str, held: Sequence[Held], assignment: Assignment, settled: bool
    ) -> KindReport:
        written = place_at_once(transaction, self._placing(kind, settled), held, assignment)
        self.progress(kind, written, written)
        return _report(kind, held, assignment, written)

    def _placing(self, kind: str, settled: bool) -> Placing:
        return Placing(kind, settled, self.priority)

    def _hold(self, kind: str, held: Sequence[Held], assignment: Assignment) -> None:
        """Bring the ties and the possible pairs of a kind to an assignment."""
        stream = self.graph.store.stream
        differing = self._differing(
            kind, stream("resolve/same_identity", kind=kind), stream("resolve/possible", kind=kind), held, assignment
        )
        for name, pairs in differing.items():
            _in_parts(self.graph, name, pairs)

    def _differing(
        self,
        kind: str,
        ties: Iterable[Mapping[str, Any]],
        possible: Iterable[Mapping[str, Any]],
        held: Sequence[Held],
        assignment: Assignment,
    ) -> dict[str, list[dict[str, Any]]]:
        """What to take away and to make, by statement, in order."""
        tied = {(row["from"], row["to"], row["mk"]): row["weight"] for row in ties}
        wanted = {at: tie.bits for at, tie in assignment.ties.items()}
        present = {(row["a"], row["b"]): (row["bits"], row["model"]) for row in possible}
        model = self.model.of(kind).version
        judged = {pair: (bits, model) for pair, bits in assignment.possible.items()}
        mks = {record.id: record.mk for record in held}
        return {
            "resolve/untie": [
                {"from": a, "to": b, "mk": mk} for (a, b, mk), bits in tied.items() if wanted.get((a, b, mk)) != bits
            ],
            "resolve/tie": [self._tie(tie) for at, tie in assignment.ties.items() if tied.get(at) != tie.bits],
            "resolve/forget_possible": [
                {"a": a, "b": b} for (a, b), one in present.items() if judged.get((a, b)) != one
            ],
            "resolve/possibly": [
                {"a": a, "b": b, "bits": bits, "mk": self.markings.join(mks[a], mks[b]), "model": version}
                for (a, b), (bits, version) in judged.items()
                if present.get((a, b)) != (bits, version)
            ],
        }

    def _tie(self, tie: Tie) -> dict[str, Any]:
        return {"from": tie.a, "to": tie.b, **tie.stored(self.graph.ids, self.markings)}


def _own(held: Iterable[Held]) -> Assignment:
    """Every record where it is, a new one in an entity of its own."""
    return Assignment({r.id: r.entity or entity_of(r.id) for r in held if r.live})


def _rekeyed(kind: str, record: Held) -> dict[str, Any] | None:
    """What a record is found by now, where that is not as it is stored: another version may have written it."""
    row = folded_thing(kind, record.properties).row
    if [*row] == record.keys:
        return None
    keys = {name: None if key == NO_KEY else key for name, key in zip(space_of(kind).properties, row, strict=True)}
    return {"id": record.id, "keys": keys}


def _with_mates(transaction: Transaction, kind: str, changed: Sequence[Held]) -> list[Held]:
    """These records and all that belong to the entities that they leave or come to."""
    entities = {record.entity for record in changed if record.entity} | {entity_of(record.id) for record in changed}
    mates = fetch_members(transaction, kind, entities=entities)
    held = {record.id: record for record in (*changed, *mates)}
    return [held[id_] for id_ in sorted(held)]


def _report(kind: str, held: Sequence[Held], assignment: Assignment, written: int) -> KindReport:
    entities = len(set(assignment.entities.values()))
    return KindReport(
        kind, len(held), entities, written, len(assignment.ties), len(assignment.possible), assignment.crowded
    )


def _in_parts(graph: Graph, name: str, pairs: list[dict[str, Any]]) -> None:
    for part in batched(pairs, _PAIRS):

        def work(transaction: Transaction, part: list[dict[str, Any]] = part) -> None:
            transaction.run("load/lock")
            transaction.run(name, pairs=part)

        graph.store.write(work)


def _silent(_kind: str, _done: int, _total: int) -> None:
    """Report nothing."""
