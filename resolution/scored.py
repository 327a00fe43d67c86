"""Scored pairs of records in the order in which they may join."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from resolution.column import Flags, Ints
from resolution.score import Floats, Judgement

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Scored:
    """Scored pairs, the lesser id first, the best first, ties by ids.

    `veto`: which are in hard conflict; `inside`: which are of one marking.
    """

    left: Ints
    right: Ints
    judged: Judgement
    bits: Floats
    veto: Flags
    inside: Flags


def ranks(ids: Sequence[str]) -> Ints:
    """Return the place of each id among the sorted ids."""
    rank = np.empty(len(ids), np.int64)
    rank[np.array(sorted(range(len(ids)), key=ids.__getitem__), np.int64)] = np.arange(len(ids))
    return rank


def scored(rank: Ints, mks: npt.NDArray[np.int32], left: Ints, right: Ints, judged: Judgement) -> Scored:
    """Return pairs of places in order; `rank`: the place of each record's id among the sorted ids."""
    turn = rank[left] > rank[right]
    low, high = np.where(turn, right, left), np.where(turn, left, right)
    order = np.lexsort((rank[high], rank[low], -judged.bits))
    low, high = low[order], high[order]
    judged = judged.take(order)
    return Scored(low, high, judged, judged.bits, judged.veto > 0, np.asarray(mks[low] == mks[high]))
