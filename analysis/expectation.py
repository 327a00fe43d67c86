"""How many events each cell is expected to have, and how unlikely a count is beside that: exact tails, many tests.

Empirical Bayes: what a cell has at the hands of its surroundings is the mean of a gamma distribution, whose shape says
how like their surroundings cells are and is learnt from all of them; what the cell itself had before turns it into the
distribution of its own rate. Counts to come are then negative binomial, so a small baseline makes nobody sure.
Source: Clayton and Kaldor, Empirical Bayes estimates of age-standardized relative risks, Biometrics 43 (1987).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from scipy.special import betainc, gammaln
from scipy.stats import false_discovery_control

from analysis.cell import Floats, Ints

# Of what a cell is expected to have, the part that is the same everywhere: something may happen where nothing did.
_ANYWHERE = 0.05
# Logarithms of the least and greatest shape: cells that say nothing of each other, and cells that are all alike.
_SHAPES = (-4.0, 6.0)


@dataclass(frozen=True, slots=True)
class Expectation:
    """Negative binomial counts, one for each cell: their means, and the shapes of the gammas behind them."""

    mean: Floats
    shape: Floats

    def at_least(self, counts: Ints) -> Floats:
        """The probability of so many or more in each cell, if nothing changed."""
        odds = self.mean / (self.shape + self.mean)
        return np.where(counts > 0, betainc(np.maximum(counts, 1), self.shape, odds), 1.0)

    def at_most(self, counts: Ints) -> Floats:
        """The probability of so few or fewer."""
        return np.asarray(betainc(self.shape, counts + 1.0, self.shape / (self.shape + self.mean)))


def from_before(before: Ints, kernel: Any, total: int) -> Expectation:  # noqa: ANN401 - scipy has no types
    """What cells are expected to have of `total` events, by what they and their surroundings had before."""
    share = _surroundings(before, kernel)
    held = int(before.sum())
    shape = _shape(before, share * held)
    own = shape + before
    return Expectation(np.asarray(total * own / (shape / share + held)), np.asarray(own, np.float64))


def from_surroundings(counts: Ints, kernel: Any) -> Expectation:  # noqa: ANN401
    """The same by nothing but what stands around each cell at the same time, itself left out."""
    mean = np.asarray(_surroundings(counts, kernel) * counts.sum(), np.float64)
    return Expectation(mean, np.full(len(counts), _shape(counts, mean), np.float64))


def _surroundings(counts: Ints, kernel: Any) -> Floats:  # noqa: ANN401
    """The share of all events that each cell has if it is like what is around it."""
    around = np.asarray(kernel @ counts, np.float64)
    whole = around.sum()
    even = np.full(len(counts), 1 / len(counts))
    return even if whole == 0 else (1 - _ANYWHERE) * around / whole + _ANYWHERE * even


def _shape(counts: Ints, mean: Floats) -> float:
    """The shape under which the counts are likeliest."""

    def unlikely(logarithm: float) -> float:
        shape = np.exp(logarithm)
        likely = gammaln(counts + shape) - gammaln(shape) + shape * np.log(shape / (shape + mean))
        return -float(np.sum(likely + counts * np.log(mean / (shape + mean))))

    return float(np.exp(minimize_scalar(unlikely, bounds=_SHAPES, method="bounded").x))


def adjusted(probabilities: Floats) -> npt.NDArray[np.float64]:
    """The share of false discoveries among all that are at least as unlikely as each.

    Source: Benjamini and Hochberg, Controlling the false discovery rate, J. R. Statist. Soc. B 57 (1995).
    """
    return np.asarray(false_discovery_control(np.clip(probabilities, 0.0, 1.0)))
