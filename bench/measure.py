"""How right pairs and entities are, with the sampling error of each figure: one piece of code for every engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_DRAWS, _SEED = 200, 1


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure from 0 to 1 and its sampling error.

    That is the standard deviation of 200 bootstraps over the true people: each counts, with all of its records, as
    often as a Poisson draw of mean 1 says. The draws are the same for every engine on a set.
    Source: Chamandy et al., Estimating Uncertainty for Massive Data Streams, 2012.
    """

    value: float
    error: float


@dataclass(frozen=True, slots=True)
class Truth:
    """Who each record is of, as a number; `source`: of a link task, where pairs inside one source do not count."""

    who: Ints
    source: Ints | None

    @staticmethod
    def of(truth: Sequence[str], source: Sequence[str] | None) -> Truth:
        """Return the truth of records given by names."""
        return Truth(_codes(truth), None if source is None else _codes(source))

    def counts(self, left: Ints, right: Ints) -> npt.NDArray[np.bool_]:
        """Return which pairs count."""
        if self.source is None:
            return np.ones(len(left), bool)
        return np.asarray(self.source[left] != self.source[right])

    def true_pairs(self) -> Ints:
        """Return how many pairs of its records each person has that count."""
        all_of = _pairs_by(self.who, self.who)
        if self.source is None:
            return all_of
        inside = self.who * (int(self.source.max()) + 1) + self.source
        return np.asarray(all_of - _pairs_by(inside, self.who))


def pairs_f1(truth: Truth, left: Ints, right: Ints) -> Figure:
    """Return the F1 of joined pairs; true pairs that were never compared are missed."""
    kept = truth.counts(left, right)
    left, right = left[kept], right[kept]
    right_ones = truth.who[left] == truth.who[right]
    size = int(truth.who.max()) + 1
    # A wrong pair is half of either person's.
    found = sum(np.bincount(truth.who[side], minlength=size) for side in (left, right)) / 2
    return _f1(np.bincount(truth.who[left[right_ones]], minlength=size).astype(float), np.asarray(found), truth)


def best_pairs_f1(truth: Truth, left: Ints, right: Ints, bits: Floats) -> float:
    """Return the F1 of pairs at the best threshold there is, chosen with the truth."""
    kept = truth.counts(left, right)
    left, right, bits = left[kept], right[kept], bits[kept]
    order = np.argsort(-bits, kind="stable")
    hits = np.cumsum((truth.who[left] == truth.who[right])[order])
    last = np.append(bits[order][1:] != bits[order][:-1], True)
    f1 = 2 * hits / (np.arange(1, len(hits) + 1) + truth.true_pairs().sum())
    return float(f1[last].max(initial=0.0))


def closure_f1(truth: Truth, entity: Ints) -> Figure:
    """Return the F1 of all pairs of records that ended in one entity."""
    both = np.unique(entity * (int(truth.who.max()) + 1) + truth.who, return_inverse=True)[1]
    size = int(truth.who.max()) + 1
    right = _pairs_by(both, truth.who).astype(float)
    found: Floats
    if truth.source is None:
        members = np.bincount(entity)[entity]
        found = np.asarray(np.bincount(truth.who, weights=(members - 1) / 2, minlength=size), float)
    else:
        sources = int(truth.source.max()) + 1
        right -= _pairs_by(both * sources + truth.source, truth.who)
        mates = (
            np.bincount(entity)[entity] - np.bincount(entity * sources + truth.source)[entity * sources + truth.source]
        )
        found = np.asarray(np.bincount(truth.who, weights=mates / 2, minlength=size), float)
    return _f1(right, found, truth)


def bcubed_f1(truth: Truth, entity: Ints) -> Figure:
    """Return the B-cubed F1. Source: Bagga and Baldwin, Algorithms for Scoring Coreference Chains, 1998."""
    both = np.unique(entity * (int(truth.who.max()) + 1) + truth.who, return_inverse=True)[1]
    shared = np.bincount(both)[both].astype(float)
    precision, recall = shared / np.bincount(entity)[entity], shared / np.bincount(truth.who)[truth.who]
    size = int(truth.who.max()) + 1
    parts = [
        np.bincount(truth.who, weights=each, minlength=size) for each in (precision, recall, np.ones(len(truth.who)))
    ]
    return _drawn(np.stack(parts), lambda p, r, n: 2 * (p / n) * (r / n) / (p / n + r / n))


def joined_wrongly(
    truth: Sequence[str], entity: Ints, pairs: Mapping[str, Sequence[tuple[str, str]]]
) -> dict[str, float]:
    """Return for each sort of pairs of people which share of them has records in one entity."""
    entities: defaultdict[str, set[int]] = defaultdict(set)
    for who, one in zip(truth, entity.tolist(), strict=True):
        entities[who].add(one)
    met = {sort: [(a, b) for a, b in of if a in entities and b in entities] for sort, of in pairs.items()}
    return {
        sort: sum(not entities[a].isdisjoint(entities[b]) for a, b in of) / len(of) for sort, of in met.items() if of
    }


def _f1(right: Floats, found: Floats, truth: Truth) -> Figure:
    parts = np.stack([right, found, truth.true_pairs().astype(np.float64)])
    return _drawn(parts, lambda tp, p, t: 2 * tp / np.maximum(p + t, 1e-9))


def _drawn(parts: Floats, figure: Any) -> Figure:  # noqa: ANN401 - a formula over three sums
    """Return a figure of sums over people, a column each, and its error by drawing people anew."""
    draw = np.random.default_rng(_SEED)
    sums = [parts @ draw.poisson(1.0, parts.shape[1]) for _ in range(_DRAWS)]
    return Figure(float(figure(*parts.sum(axis=1))), float(np.std(figure(*np.stack(sums, axis=1)), ddof=1)))


def _pairs_by(group: Ints, who: Ints) -> Ints:
    """Return for each person how many pairs its records make inside the groups, which are of one person each."""
    values, first, counts = np.unique(group, return_index=True, return_counts=True)
    del values
    pairs = (counts * (counts - 1) // 2).astype(np.float64)
    return np.bincount(who[first], weights=pairs, minlength=int(who.max()) + 1).astype(np.int64)


def _codes(names: Sequence[str]) -> Ints:
    place = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return np.fromiter((place[name] for name in names), np.int64, len(names))
