"""Near repeats: events that come soon after and close to another, and whether there are more of them than by chance.

Source: Knox, The detection of space-time interactions, Applied Statistics 13 (1964); the distances are those of Johnson
and others, Space-time patterns of risk, J. Quant. Criminol. 23 (2007).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from analysis.cell import Floats, Ints

METRES, DAYS = 200, 14
_SHUFFLES = 199
# Pairs near each other in place: where points are shared by thousands there are too many to shuffle.
_MOST_PAIRS = 200_000
_DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class NearRepeats:
    """`near`: which events have another within 200 m and 14 days; `ratio`: such pairs to what chance makes of them.

    `probability`: that chance makes as many; None, like the ratio, where chance makes none.
    """

    near: npt.NDArray[np.bool_]
    ratio: float | None
    probability: float | None


def near_repeats(points: Floats, times: Ints) -> NearRepeats | None:
    """The near repeats among events at points (metres) and times (epoch seconds); None where pairs are too many.

    Chance is the same places with the times dealt out anew, 199 times from a fixed seed.
    """
    tree = cKDTree(points)
    if len(points) < 2 or (tree.count_neighbors(tree, METRES) - len(points)) // 2 > _MOST_PAIRS:
        return None
    pairs = tree.query_pairs(METRES, output_type="ndarray")
    one, other = pairs[:, 0], pairs[:, 1]
    soon = np.abs(times[one] - times[other]) <= DAYS * _DAY_S
    near = np.zeros(len(points), bool)
    near[one[soon]] = near[other[soon]] = True
    chance = np.random.default_rng(1)
    dealt = []
    for _ in range(_SHUFFLES):
        order = chance.permutation(times)
        dealt.append(int(np.count_nonzero(np.abs(order[one] - order[other]) <= DAYS * _DAY_S)))
    found, mean = int(soon.sum()), float(np.mean(dealt))
    if mean == 0:
        return NearRepeats(near, None, None)
    as_many = sum(count >= found for count in dealt)
    return NearRepeats(near, found / mean, (1 + as_many) / (1 + _SHUFFLES))
