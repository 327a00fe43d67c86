"""Records of one marking gathered into entities by constrained Kruskal: a pure function of its input as a set.

Analysts' decisions come first, then pairs by score, then by ids. A merge is skipped that would unite what an analyst
holds apart, two members in hard conflict, or two clusters that as a whole do not cohere. Records of two markings never
meet in one entity; what is the same across them is given apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from resolution.model import Model
from resolution.table import Ints

Pair = tuple[int, int]
Scored = tuple[int, int, float]
Floats = npt.NDArray[np.float64]

ANALYST = 64.0  # bits of an analyst's SAME, beyond what any evidence reaches
_STRONGEST = 16.0  # bits beyond which a pair says no more about the coherence of two clusters


@dataclass(frozen=True, slots=True)
class Partition:
    """The entities: `seed[i]` is the place of the record that seeds the entity of record i.

    `same_identity`: pairs across markings at or above `join`, the best for each two clusters. `possible`: pairs at or
    above `review` that are not joined, the best for each two clusters; both in order.
    """

    seed: npt.NDArray[np.int32]
    same_identity: list[Scored]
    possible: list[Scored]


class _Forest:
    """Disjoint sets of places."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))

    def find(self, place: int) -> int:
        """Return the representative of a place."""
        parent = self.parent
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place


class _Clusters:
    """Clusters that know what speaks for and against each merge."""

    def __init__(self, size: int, coherence: float) -> None:
        self._forest = _Forest(size)
        self.find = self._forest.find
        self._coherence = coherence
        self._between: dict[int, dict[int, tuple[float, int, bool]]] = {}
        self._apart: dict[int, set[int]] = {}

    def relate(self, a: int, b: int, bits: float, veto: bool) -> None:
        """Take note of one compared pair."""
        strength = max(-_STRONGEST, min(_STRONGEST, bits))
        self._between.setdefault(a, {})[b] = self._between.setdefault(b, {})[a] = (strength, 1, veto)

    def part(self, a: int, b: int) -> None:
        """Hold two records apart for good."""
        a, b = self.find(a), self.find(b)
        if a != b:
            self._apart.setdefault(a, set()).add(b)
            self._apart.setdefault(b, set()).add(a)

    def parted(self, a: int, b: int) -> bool:
        """Return whether analysts hold the clusters of two records apart."""
        return self.find(b) in self._apart.get(self.find(a), ())

    def fits(self, a: int, b: int) -> bool:
        """Return whether the clusters of two records may be one: no hard conflict, and coherent on average."""
        total, count, veto = self._between.get(self.find(a), {}).get(self.find(b), (0.0, 0, False))
        return not veto and (count == 0 or total / count >= self._coherence)

    def merge(self, a: int, b: int) -> None:
        """Make the clusters of two records one."""
        a, b = self.find(a), self.find(b)
        if a == b:
            return
        if len(self._between.get(a, ())) < len(self._between.get(b, ())):
            a, b = b, a
        self._forest.parent[b] = a
        self._merge_between(a, b)
        for other in self._apart.pop(b, set()):
            self._apart[other].discard(b)
            self._apart[other].add(a)
            self._apart.setdefault(a, set()).add(other)

    def _merge_between(self, a: int, b: int) -> None:
        mine = self._between.setdefault(a, {})
        mine.pop(b, None)
        for other, (total, count, veto) in self._between.pop(b, {}).items():
            if other == a:
                continue
            before, pairs, vetoed = mine.get(other, (0.0, 0, False))
            joined = (before + total, pairs + count, vetoed or veto)
            mine[other] = joined
            theirs = self._between[other]
            theirs.pop(b, None)
            theirs[a] = joined


def partition(
    ids: Sequence[str],
    mks: npt.NDArray[np.int32],
    first_as_of: Ints,
    left: Ints,
    right: Ints,
    bits: Floats,
    same: Iterable[Pair],
    different: Iterable[Pair],
    veto: npt.NDArray[np.bool_],
    model: Model,
) -> Partition:
    """Return the partition of records given by id, marking and first date, from scored pairs and analysts' decisions.

    Pairs are places in `ids`. `same` and `different` are what stands of the analysts' decisions; a `same` that a
    `different` contradicts, alone or through others, is passed over. `veto` marks pairs in hard conflict.
    """
    rank = _ranks(ids)
    same_pairs, different_pairs = _ordered(same, rank), _ordered(different, rank)
    left, right, bits, veto = _sorted(rank, left, right, bits, veto)
    inside = mks[left] == mks[right]
    clusters = _Clusters(len(ids), model.coherence)
    for a, b in different_pairs:
        clusters.part(a, b)
    for a, b in same_pairs:
        if mks[a] == mks[b] and not clusters.parted(a, b):
            clusters.merge(a, b)
    _relate(clusters, len(ids), left, right, bits, veto, inside & (bits >= model.join), inside, same_pairs)
    for place in np.nonzero(inside & (bits >= model.join) & ~veto)[0].tolist():
        a, b = int(left[place]), int(right[place])
        if clusters.find(a) != clusters.find(b) and not clusters.parted(a, b) and clusters.fits(a, b):
            clusters.merge(a, b)
    seed = _seeds(ids, first_as_of, clusters)
    across = [(a, b, ANALYST) for a, b in same_pairs if mks[a] != mks[b]]
    joined = ~inside & (bits >= model.join) & ~veto
    across += _triples(left, right, bits, joined)
    open_pairs = _triples(left, right, bits, (bits >= model.review) & ~joined)
    return Partition(seed, _best(across, clusters, set()), _best(open_pairs, clusters, _roots(across, clusters)))


def _ranks(ids: Sequence[str]) -> Ints:
    rank = np.empty(len(ids), np.int64)
    rank[np.array(sorted(range(len(ids)), key=ids.__getitem__), np.int64)] = np.arange(len(ids))
    return rank


def _ordered(pairs: Iterable[Pair], rank: Ints) -> list[Pair]:
    """Return the pairs with the lesser id first, in the order of their ids."""
    turned = {(a, b) if rank[a] < rank[b] else (b, a) for a, b in pairs if a != b}
    return sorted(turned, key=lambda pair: (rank[pair[0]], rank[pair[1]]))


def _sorted(
    rank: Ints, left: Ints, right: Ints, bits: Floats, veto: npt.NDArray[np.bool_]
) -> tuple[Ints, Ints, Floats, npt.NDArray[np.bool_]]:
    turn = rank[left] > rank[right]
    low, high = np.where(turn, right, left), np.where(turn, left, right)
    order = np.lexsort((rank[high], rank[low], -bits))
    return low[order], high[order], bits[order], np.asarray(veto, bool)[order]


def _relate(
    clusters: _Clusters,
    size: int,
    left: Ints,
    right: Ints,
    bits: Floats,
    veto: npt.NDArray[np.bool_],
    joining: npt.NDArray[np.bool_],
    inside: npt.NDArray[np.bool_],
    same: list[Pair],
) -> None:
    """Tell the clusters of every compared pair that a chain of joining pairs could bring together."""
    reach = _Forest(size)
    for a, b in [*same, *zip(left[joining].tolist(), right[joining].tolist(), strict=True)]:
        reach.parent[reach.find(a)] = reach.find(b)
    root = np.array([reach.find(place) for place in range(size)], np.int64)
    pairs: dict[Pair, tuple[float, bool]] = {}
    for place in np.nonzero(inside & (root[left] == root[right]))[0].tolist():
        a, b = clusters.find(int(left[place])), clusters.find(int(right[place]))
        if a == b:
            continue
        pair = (a, b) if a < b else (b, a)
        if pair in pairs:
            # Records that analysts have joined speak as one from the start, by their best pair.
            pairs[pair] = (pairs[pair][0], pairs[pair][1] or bool(veto[place]))
        else:
            pairs[pair] = (float(bits[place]), bool(veto[place]))
    for (a, b), (strength, vetoed) in pairs.items():
        clusters.relate(a, b, strength, vetoed)


def _seeds(ids: Sequence[str], first_as_of: Ints, clusters: _Clusters) -> npt.NDArray[np.int32]:
    """Return for each record the member of its cluster with the least (first date, id)."""
    roots = [clusters.find(place) for place in range(len(ids))]
    dates = first_as_of.tolist()
    best: dict[int, int] = {}
    for place, root in enumerate(roots):
        held = best.get(root)
        if held is None or (dates[place], ids[place]) < (dates[held], ids[held]):
            best[root] = place
    return np.array([best[root] for root in roots], np.int32)


def _triples(left: Ints, right: Ints, bits: Floats, chosen: npt.NDArray[np.bool_]) -> list[Scored]:
    return list(zip(left[chosen].tolist(), right[chosen].tolist(), bits[chosen].tolist(), strict=True))


def _root(a: int, b: int, clusters: _Clusters) -> Pair:
    a, b = clusters.find(a), clusters.find(b)
    return (a, b) if a < b else (b, a)


def _roots(pairs: list[Scored], clusters: _Clusters) -> set[Pair]:
    return {_root(a, b, clusters) for a, b, _ in pairs}


def _best(pairs: list[Scored], clusters: _Clusters, taken: set[Pair]) -> list[Scored]:
    """Return the first pair for each two clusters that are neither one nor held apart; `taken` ones are left out."""
    found, seen = [], set(taken)
    for a, b, bits in pairs:
        two = _root(a, b, clusters)
        if two[0] != two[1] and two not in seen and not clusters.parted(a, b):
            seen.add(two)
            found.append((a, b, bits))
    return found
