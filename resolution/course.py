"""The course by which records became one: the words and the pairs that joined them, in the order in which they did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.answer import RecordView
from graph.read.record import DecisionView
from resolution.chain import told
from resolution.pair import PairView, Verdict


@dataclass(frozen=True, slots=True)
class StepView:
    """Two records by which two groups became one, by an analyst's word or by the evidence of the pair."""

    a: RecordView
    b: RecordView
    decision: DecisionView | None
    pair: PairView | None
    sentence: str


def course(records: Sequence[RecordView], words: Iterable[DecisionView], pairs: Iterable[PairView]) -> list[StepView]:
    """The steps that make these records one: analysts' words first, then pairs from the best score down, ties by ids.

    One step fewer than there are records, where words and pairs join them all.
    """
    group = {record.id: record.id for record in records}
    held = {record.id: record for record in records}
    steps: list[StepView] = []
    for step in (*_said(held, words), *_scored(pairs)):
        one, other = group[step.a.id], group[step.b.id]
        if one != other:
            group = {id_: one if root == other else root for id_, root in group.items()}
            steps.append(step)
    return steps


def between(steps: Sequence[StepView], a: str, b: str) -> list[StepView]:
    """The steps that lead from one record to another, in order; empty where they do not."""
    ways: dict[str, list[StepView]] = {a: []}
    frontier = [a]
    while frontier:
        here = frontier.pop()
        for step in steps:
            for near, far in ((step.a.id, step.b.id), (step.b.id, step.a.id)):
                if near == here and far not in ways:
                    ways[far] = [*ways[here], step]
                    frontier.append(far)
    return ways.get(b, [])


def _said(held: dict[str, RecordView], words: Iterable[DecisionView]) -> Iterator[StepView]:
    for word in sorted(words, key=lambda word: (word.a, word.b, word.id)):
        stands = word.retracted_at is None and word.verdict == "SAME_AS"
        if stands and word.a in held and word.b in held:
            yield StepView(held[word.a], held[word.b], word, None, f"an analyst's word: {told([word])}")


def _scored(pairs: Iterable[PairView]) -> Iterator[StepView]:
    joining = [pair for pair in pairs if pair.verdict == Verdict.SAME]
    for pair in sorted(joining, key=lambda pair: (-pair.weight, pair.a.id, pair.b.id)):
        yield StepView(pair.a, pair.b, None, pair, f"{pair.a.id} and {pair.b.id}: {pair.sentence}")
