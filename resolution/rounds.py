"""Rounds in which clusters are compared as wholes: two that are each other's best become one, until none is left.

Only clusters that a joining pair of records leads from one to the other are compared, so a round never looks beyond the
chain of joining pairs that a record is in.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from resolution.column import Flags, Ints
from resolution.forest import Clusters
from resolution.model import Model
from resolution.rival import against_rivals
from resolution.score import Floats, Judgement
from resolution.scored import Pair, Scored

# The cluster of each record, and the clusters of pairs to be compared as wholes.
Judge = Callable[[Ints, Ints, Ints], Judgement]

_ROUNDS = 32  # each at least halves the clusters that wait for each other in a row


def merge_profiles(
    clusters: Clusters, pairs: Scored, chosen: Flags, reach: Ints, rank: Ints, judge: Judge, model: Model
) -> None:
    """Merge clusters that are one as wholes.

    `chosen`: the pairs that lie in one chain; `reach`: the chain of each record; `rank`: its place in the order of ids.
    """
    live = np.ones(len(reach), bool)
    for _ in range(_ROUNDS):
        merges = _round(clusters, pairs, chosen & live[reach[pairs.left]], reach, rank, judge, model)
        if not merges:
            return
        live[:] = False
        for a, b in merges:
            clusters.merge(a, b)
            live[reach[a]] = True


def _round(
    clusters: Clusters, pairs: Scored, chosen: Flags, reach: Ints, rank: Ints, judge: Judge, model: Model
) -> list[Pair]:
    """Return the clusters that are each other's best."""
    roots = clusters.roots()
    left, right = roots[pairs.left], roots[pairs.right]
    chosen = chosen & (left != right)
    waiting = chosen & (pairs.bits >= model.join)
    if not waiting.any():
        return []
    chains = np.zeros(len(reach), bool)
    chains[reach[pairs.left[waiting]]] = True
    chosen &= chains[reach[pairs.left]]
    packed = np.minimum(left, right) * len(roots) + np.maximum(left, right)
    two = np.unique(packed[chosen])
    left, right = two // len(roots), two % len(roots)
    judged = judge(roots, left, right)
    apart = judged.veto > 0
    may = np.isin(two, packed[waiting]) & ~apart & (judged.bits >= model.join)
    may[may] = [
        clusters.coheres(a, b) and not clusters.parted(a, b)
        for a, b in zip(left[may].tolist(), right[may].tolist(), strict=True)
    ]
    rivals = left[apart], right[apart], judged.veto[apart]
    left, right = left[may], right[may]
    bits = against_rivals(left, right, judged.take(may), rivals)
    sure = bits >= model.join
    return _best(left[sure], right[sure], bits[sure], _least(roots, rank))


def _least(roots: Ints, rank: Ints) -> Ints:
    """Return for each cluster the least rank of its records, which names it in whatever order it grew."""
    least = np.full(len(roots), len(roots), np.int64)
    np.minimum.at(least, roots, rank)
    return least


def _best(left: Ints, right: Ints, bits: Floats, least: Ints) -> list[Pair]:
    low, high = np.minimum(least[left], least[right]), np.maximum(least[left], least[right])
    taken: set[int] = set()
    found = []
    for place in np.lexsort((high, low, -bits)).tolist():
        a, b = int(left[place]), int(right[place])
        if a not in taken and b not in taken:
            found.append((a, b))
        taken |= {a, b}
    return found
