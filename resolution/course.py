"""The course by which records became one: the words, pairs and groups that joined them, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from graph.answer import RecordView
from graph.read.record import DecisionView
from resolution.chain import told
from resolution.forest import Clusters
from resolution.model import Model
from resolution.pair import PairView, Verdict

# All that two groups of records say together.
Together = Callable[[Sequence[RecordView], Sequence[RecordView]], PairView]


@dataclass(frozen=True, slots=True)
class StepView:
    """Two records by which two groups became one: by a word, by the evidence of the pair, or by all that both know.

    Where whole groups became one, `pair` is the evidence of all of their records and has the first record of each.
    """

    a: RecordView
    b: RecordView
    decision: DecisionView | None
    pair: PairView | None
    sentence: str


def course(
    records: Sequence[RecordView],
    words: Iterable[DecisionView],
    pairs: Sequence[PairView],
    model: Model,
    together: Together | None = None,
) -> list[StepView]:
    """The steps that make these records one: analysts' words, then pairs from the best down, then whole groups.

    A pair that a former model joined is among the pairs from `keep` on, with the word that keeps it.
    `pairs`: those that were compared; as when they were joined, a pair does not unite groups that are in conflict or
    incoherent. Ties are in the order of the ids. One step fewer than there are records, where all of it joins them all.
    """
    held = {record.id: record for record in records}
    place = {id_: at for at, id_ in enumerate(sorted(held))}
    clusters = Clusters(list(range(len(held))), model.coherence)
    standing = [word for word in words if word.retracted_at is None and word.verdict == "SAME_AS"]
    steps: list[StepView] = []

    def add(step: StepView) -> None:
        a, b = place[step.a.id], place[step.b.id]
        if clusters.find(a) != clusters.find(b):
            clusters.merge(a, b)
            steps.append(step)

    for pair in pairs:
        clusters.relate(place[pair.a.id], place[pair.b.id], pair.weight, bool(pair.rule))
    for step in _said(held, standing):
        add(step)
    for step in _scored(pairs, {(word.a, word.b): word for word in standing if word.basis == "MODEL"}, model):
        if clusters.fits(place[step.a.id], place[step.b.id]):
            add(step)
    while together and (best := _whole(held, place, clusters, together)):
        add(best)
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


def _whole(
    held: Mapping[str, RecordView], place: Mapping[str, int], clusters: Clusters, together: Together
) -> StepView | None:
    """The step of the two groups that are likeliest one; None where no two are."""
    groups: dict[int, list[RecordView]] = {}
    for id_ in sorted(held):
        groups.setdefault(clusters.find(place[id_]), []).append(held[id_])
    found = [
        pair
        for left, right in combinations(groups.values(), 2)
        if clusters.coheres(place[left[0].id], place[right[0].id])
        and (pair := together(left, right)).verdict == Verdict.SAME
    ]
    best = min(found, key=lambda pair: (-pair.weight, pair.a.id, pair.b.id), default=None)
    return None if best is None else StepView(best.a, best.b, None, best, best.sentence)


def _said(held: dict[str, RecordView], words: Iterable[DecisionView]) -> Iterator[StepView]:
    for word in sorted(words, key=lambda word: (word.a, word.b, word.id)):
        if word.basis != "MODEL" and word.a in held and word.b in held:
            yield StepView(held[word.a], held[word.b], word, None, f"an analyst's word: {told([word])}")


def _scored(
    pairs: Iterable[PairView], kept: Mapping[tuple[str, str], DecisionView], model: Model
) -> Iterator[StepView]:
    for pair in sorted(pairs, key=lambda pair: (-pair.weight, pair.a.id, pair.b.id)):
        sentence = f"{pair.a.id} and {pair.b.id}: {pair.sentence}"
        first, second = sorted((pair.a.id, pair.b.id))
        word = kept.get((first, second))
        if pair.verdict == Verdict.SAME:
            yield StepView(pair.a, pair.b, None, pair, sentence)
        elif word is not None and pair.weight >= model.keep and not pair.rule:
            yield StepView(pair.a, pair.b, word, pair, f"{sentence}; kept ({word.id}): {word.reason}")
