"""A hierarchical model of counts: what is known of a case before it happens, and the distribution of what may come.

The logarithm of the mean is a sum of measures (times a slope) and of effects of the levels of factors. Effects of one
factor are drawn from a normal distribution whose spread is learnt, so that a level seen twice says little and one
never seen nothing but its spread; counts scatter around the mean as a negative binomial whose shape is learnt too.
Spreads and shape are those of the greatest marginal likelihood by Laplace's approximation, slopes and effects the mode
for these.
Source: Gelman and Hill, Data Analysis Using Regression and Multilevel/Hierarchical Models (2007), chapters 14 and 15.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse import csr_matrix
from scipy.special import betainc, gammaln

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_SPREADS = (0.03, 0.1, 0.2, 0.35, 0.6)
_SHAPES = (1.0, 2.0, 4.0, 8.0, 16.0, 64.0, 256.0, 1024.0)
_SWEEPS = 2
# Standard deviations that are given: of a slope over measures of unit spread, and of the mean of all.
_SLOPE, _LEVEL = 1.0, 3.0
# What goes with time alone goes slowly, else the last few cases are taken for a trend (4 % more loss in the bench).
_DRIFT = {"time": 0.1}
_STEPS, _CLOSE = 30, 1e-6
# So many cells of a matrix, most of them 0, are not worth the trouble of leaving these out.
_DENSE = 60_000
# So many levels of a factor have an effect of their own: what is solved grows with their square.
_LEVELS = 64
# How far a distribution is followed: to this probability, or this count.
_FIRST, _ALL, _MOST = 64, 1 - 1e-7, 65_536
# Points and weights by which the doubt about the mean is integrated.
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(21)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()


@dataclass(frozen=True, slots=True)
class Case:
    """What is known before: measures by name, and of each factor the level, None where it is not known."""

    measures: Mapping[str, float]
    factors: Mapping[str, str | None]


class Outlook:
    """What may come of a case: negative binomials of one shape, mixed by the doubt about their mean."""

    def __init__(self, means: Floats, weights: Floats, shape: float) -> None:
        self.mean = float(means @ weights)
        most = _FIRST
        while (below := _at_most(means, weights, shape, most))[-1] < _ALL and most < _MOST:
            most *= 4
        # P(Y <= k) of each k; what is beyond the last is as good as impossible.
        self._below = below
        above = 1 - below
        # E max(0, Y - k): the sum of P(Y > j) from k on.
        self._beyond = np.append(np.cumsum(above[::-1])[::-1], 0.0)

    def quantile(self, probability: float) -> int:
        """The least count that is not passed with this probability."""
        return min(int(np.searchsorted(self._below, probability)), len(self._below) - 1)

    def interval(self, probability: float) -> tuple[int, int]:
        """The range of counts below and above which what comes is equally unlikely, together 1 - `probability`."""
        out = (1 - probability) / 2
        return self.quantile(out), self.quantile(1 - out)

    def beyond(self, capacity: float) -> float:
        """The expected number of what passes a capacity."""
        full = int(capacity)
        if full >= len(self._below):
            return 0.0
        return float(self._beyond[full] - (capacity - full) * (1 - self._below[full]))


def _at_most(means: Floats, weights: Floats, shape: float, most: int) -> Floats:
    odds = shape / (shape + means)
    return np.asarray(betainc(shape, np.arange(most + 1)[:, None] + 1.0, odds[None, :]) @ weights)


class CountModel:
    """A model fitted to cases and what came of them."""

    def __init__(self, cases: Sequence[Case], counts: Sequence[int]) -> None:
        self._counts = np.asarray(counts, np.float64)
        self._design = _Design(cases)
        rows, group = np.unique(self._design.rows(cases), axis=0, return_inverse=True)
        # Cases of which the same is known are one row: of them the model needs how many they are, and their sum.
        self._matrix = rows if rows.size <= _DENSE else csr_matrix(rows)
        self._number = np.bincount(group.ravel()).astype(np.float64)
        self._sum = np.bincount(group.ravel(), self._counts)
        self._spreads = dict.fromkeys(self._design.factors, 0.2)
        self.shape = 8.0
        self._mode = np.zeros(self._matrix.shape[1])
        self._mode[0] = np.log(max(self._counts.mean(), 0.1))
        self._learn()
        self._curvature, _ = self._fit()

    def _learn(self) -> None:
        """Take the spread of each factor, and the shape, under which what came is likeliest, one after another."""
        for _ in range(_SWEEPS):
            before = (*self._spreads.values(), self.shape)
            for factor in self._spreads:
                self._spreads[factor] = self._best(_SPREADS, lambda value, f=factor: self._spreads.update({f: value}))
            self.shape = self._best(_SHAPES, lambda value: setattr(self, "shape", value))
            if before == (*self._spreads.values(), self.shape):
                return

    def _best(self, values: Sequence[float], take: Any) -> float:  # noqa: ANN401 - sets one of the parameters
        likely = []
        for value in values:
            take(value)
            likely.append(self._fit()[1])
        best = values[int(np.argmax(likely))]
        take(best)
        return best

    def _fit(self) -> tuple[Any, float]:
        """Find the mode from where it was; the factor of the curvature there, and the marginal likelihood."""
        matrix, number, total, shape, mode = self._matrix, self._number, self._sum, self.shape, self._mode
        tight = self._design.tightness(self._spreads)
        for _ in range(_STEPS):
            mean = np.exp(np.clip(matrix @ mode, -20, 20))
            weight = number * mean * shape / (shape + mean)
            curved = _curved(matrix, weight) + np.diag(tight)
            factor = cho_factor(curved)
            step = cho_solve(factor, matrix.T @ ((total - number * mean) * shape / (shape + mean)) - tight * mode)
            mode = mode + np.clip(step, -2, 2)
            if np.abs(step).max() < _CLOSE:
                break
        self._mode = mode
        mean = np.exp(np.clip(matrix @ mode, -20, 20))
        likely = float(np.sum(gammaln(self._counts + shape) - gammaln(shape)))
        likely += float(number @ (shape * np.log(shape / (shape + mean))) + total @ np.log(mean / (shape + mean)))
        evidence = likely + float(-0.5 * (tight @ mode**2) + 0.5 * np.log(tight).sum())
        return factor, evidence - float(np.log(np.diag(factor[0])).sum())

    def outlook(self, case: Case) -> Outlook:
        """What may come of a case. Levels that were never seen, or are not known, are as likely as any."""
        row, unseen = self._design.row(case)
        doubt = float(row @ cho_solve(self._curvature, row))
        doubt += sum(self._spreads[factor] ** 2 for factor in unseen)
        means = np.exp(np.clip(row @ self._mode + np.sqrt(doubt) * _NODES, -20, 9))
        return Outlook(means, _WEIGHTS, self.shape)

    def parts(self, case: Case) -> dict[str, float]:
        """What each measure and factor adds to the logarithm of the mean of a case."""
        row, _ = self._design.row(case)
        return self._design.grouped(row * self._mode)

    def apart(self, one: Case, other: Case) -> float:
        """How differently two cases are seen: 0 where all that is known is the same, in logarithms of the mean.

        Two levels of one factor are at least as far apart as levels usually are.
        """
        a, b = self.parts(one), self.parts(other)
        far = sum(abs(a[name] - b[name]) for name in self._design.measures)
        for name in self._design.factors:
            if one.factors[name] != other.factors[name]:
                far += max(abs(a[name] - b[name]), self._spreads[name])
        return far


def _curved(matrix: Any, weight: Floats) -> Floats:  # noqa: ANN401
    """The products of all columns with each other, rows weighed."""
    if isinstance(matrix, np.ndarray):
        return np.asarray(matrix.T @ (matrix * weight[:, None]))
    return np.asarray((matrix.T @ matrix.multiply(weight[:, None]).tocsr()).toarray())


def _often(seen: Mapping[tuple[str, str], int], factor: str) -> list[tuple[str, str]]:
    """The levels of a factor that were seen most, by name; the others are like such as were never seen."""
    levels = sorted(((f, level) for f, level in seen if f == factor), key=lambda pair: (-seen[pair], pair))
    return sorted(levels[:_LEVELS])


class _Design:
    """Which column is which: the mean, the measures brought to unit spread, the levels of each factor."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self.measures = sorted({name for case in cases for name in case.measures})
        values = np.array([[case.measures[name] for name in self.measures] for case in cases], np.float64)
        self._centre = values.mean(axis=0)
        self._scale = np.maximum(values.std(axis=0), 1e-9)
        self.factors = sorted({name for case in cases for name in case.factors})
        seen = Counter((f, level) for case in cases for f, level in case.factors.items() if level is not None)
        levels = [pair for factor in self.factors for pair in _often(seen, factor)]
        begin = 1 + len(self.measures)
        self._column = {pair: begin + n for n, pair in enumerate(levels)}
        self._width = begin + len(levels)

    def tightness(self, spreads: Mapping[str, float]) -> Floats:
        """One over the variance that each column's coefficient has before anything is known."""
        found = np.full(self._width, _LEVEL**-2)
        for place, name in enumerate(self.measures, 1):
            found[place] = _DRIFT.get(name, _SLOPE) ** -2
        for (factor, _), column in self._column.items():
            found[column] = spreads[factor] ** -2
        return found

    def row(self, case: Case) -> tuple[Floats, list[str]]:
        """The columns of a case, and the factors whose level was never seen."""
        found, unseen = np.zeros(self._width), []
        found[0] = 1.0
        given = np.array([case.measures[name] for name in self.measures], np.float64)
        found[1 : 1 + len(self.measures)] = (given - self._centre) / self._scale
        for factor in self.factors:
            level = case.factors[factor]
            column = None if level is None else self._column.get((factor, level))
            if column is None:
                unseen.append(factor)
            else:
                found[column] = 1.0
        return found, unseen

    def rows(self, cases: Sequence[Case]) -> Floats:
        """The columns of many."""
        return np.array([self.row(case)[0] for case in cases])

    def grouped(self, worth: Floats) -> dict[str, float]:
        """What is in the columns of each measure and factor, together."""
        found = {name: float(worth[1 + n]) for n, name in enumerate(self.measures)}
        for (factor, _), column in self._column.items():
            found[factor] = found.get(factor, 0.0) + float(worth[column])
        return {**dict.fromkeys(self.factors, 0.0), **found}
