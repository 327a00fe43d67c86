"""What the engine loses by choosing classes, rules and threshold blindly, against the best choice with the truth."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain, combinations

import numpy as np
import numpy.typing as npt

from bench.measure import Floats, Ints, Truth, bcubed_f1, best_pairs_f1, closure_f1
from resolution.candidate import candidates
from resolution.cluster import Partition, partition
from resolution.model import RULES, Model, shipped_document
from resolution.profile import judge_profiles
from resolution.score import Comparison, Judgement, judge, weigh
from resolution.table import Table
from resolution.train import STRUCTURES, train

_FURTHER = (-2.0, -1.0, 0.0, 1.0, 2.0)  # bits from a model's own threshold at which entities are made too
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Best:
    """The best F1 of any choice: of pairs, of all pairs of an entity, and B-cubed; each chosen for itself."""

    pair: float = 0.0
    closure: float = 0.0
    bcubed: float = 0.0


def entities(table: Table, left: Ints, right: Ints, judged: Judgement, model: Model) -> Partition:
    """Return the entities of records by scored pairs, nobody having said anything."""
    wholes = partial(judge_profiles, table, model)
    return partition(table.ids, table.mks, table.first_as_of, left, right, judged, (), (), model, wholes)


def best_choice(table: Table, learned: Table, truth: Truth, at: Ints) -> Best:
    """Return the best there is among all classes and rules that training chooses among, at any threshold.

    `learned`: the records to train on; `at`: the place in the truth of each record of the table. Entities are made at
    five thresholds, two bits around each model's own, with its own rules and with all.
    """
    found = [
        _of_structure(train(learned, shipped_document(), "bench", (one,)).model, table, truth, at) for one in STRUCTURES
    ]
    return Best(*(max(values) for values in zip(*(dataclasses.astuple(one) for one in found), strict=True)))


def _of_structure(model: Model, table: Table, truth: Truth, at: Ints) -> Best:
    left, right = candidates(table, model.caps)
    bits, broken = _broken(table, left, right, model)
    pair = max(
        best_pairs_f1(truth, at[left], at[right], np.where(broken[list(rules)].any(axis=0), -np.inf, bits))
        for rules in chain.from_iterable(combinations(range(len(RULES)), size) for size in range(len(RULES) + 1))
    )
    closure, bcubed = zip(*_entity_figures(model, table, (left, right), truth, at), strict=True)
    return Best(pair, max(closure), max(bcubed))


def _broken(table: Table, left: Ints, right: Ints, model: Model) -> tuple[Floats, Flags]:
    """Return the scores of pairs as if there were no rules, and for each rule which pairs break it."""
    every = dataclasses.replace(model, rules=frozenset(RULES))
    bits, rules, _ = weigh(Comparison(table, every).compare(left, right), len(left), every)
    some = np.nonzero(rules)[0]
    broken = np.zeros((len(RULES), len(left)), bool)
    for number, rule in enumerate(RULES):
        alone = dataclasses.replace(model, rules=frozenset({rule}))
        ends = left[some], right[some]
        broken[number, some] = weigh(Comparison(table, alone).compare(*ends), len(some), alone)[1] > 0
    return bits, broken


def _entity_figures(
    model: Model, table: Table, pairs: tuple[Ints, Ints], truth: Truth, at: Ints
) -> Iterator[tuple[float, float]]:
    for rules in {model.rules, frozenset(RULES)}:
        ruled = dataclasses.replace(model, rules=rules)
        judged = judge(table, *pairs, ruled)
        for further in _FURTHER:
            tried = dataclasses.replace(ruled, join=model.join + further)
            entity = np.empty(len(at), np.int64)
            entity[at] = entities(table, *pairs, judged, tried).seed
            yield closure_f1(truth, entity).value, bcubed_f1(truth, entity).value
