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

from resolution.column import Ints
from resolution.component import components
from resolution.model import Model

Pair = tuple[int, int]
Scored = tuple[int, int, float]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

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
    """Disjoint sets of places, each at first below the one that is given."""

    def __init__(self, parent: list[int]) -> None:
        self.parent = parent

    def find(self, place: int) -> int:
        """Return the representative of a place."""
        parent = self.parent
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place


class _Clusters:
    """Clusters that know what speaks for and against each merge."""

    def __init__(self, parent: list[int], coherence: float) -> None:
        self._forest = _Forest(parent)
        self.find = self._forest.find
        self._coherence = coherence
        self._between: dict[int, dict[int, tuple[float, int, bool]]] = {}
        self._apart: dict[int, set[int]] = {}

    def roots(self) -> Ints:
        """Return the representative of every place."""
        return np.array([self.find(place) for place in range(len(self._forest.parent))], np.int64)

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
    veto: Flags,
    model: Model,
) -> Partition:
    """Return the partition of records given by id, marking and first date, from scored pairs and analysts' decisions.

    Pairs are places in `ids`. `same` and `different` are what stands of the analysts' decisions; a `same` that a
    `different` contradicts, alone or through others, is passed over. `veto` marks pairs in hard conflict.
    """
    rank = _ranks(ids)
    same_pairs, different_pairs = _ordered(same, rank), _ordered(different, rank)
    pairs = _sorted(rank, mks, left, right, bits, np.asarray(veto, bool))
    joining = pairs.inside & (pairs.bits >= model.join)
    reach = components(len(ids), *_ends(pairs, joining, [p for p in same_pairs if mks[p[0]] == mks[p[1]]]))
    hard = _hard(reach, pairs, [*same_pairs, *different_pairs], model.coherence)
    clusters = _Clusters(np.where(hard[reach], np.arange(len(ids)), reach).tolist(), model.coherence)
    for a, b in different_pairs:
        clusters.part(a, b)
    for a, b in same_pairs:
        if mks[a] == mks[b] and not clusters.parted(a, b):
            clusters.merge(a, b)
    chosen = hard[reach[pairs.left]] & (reach[pairs.left] == reach[pairs.right]) & pairs.inside
    _relate(clusters, pairs, chosen)
    for place in np.nonzero(chosen & joining & ~pairs.veto)[0].tolist():
        a, b = int(pairs.left[place]), int(pairs.right[place])
        if clusters.find(a) != clusters.find(b) and not clusters.parted(a, b) and clusters.fits(a, b):
            clusters.merge(a, b)
    seed = _seeds(ids, first_as_of, clusters)
    ties = ~pairs.inside & (pairs.bits >= model.join) & ~pairs.veto
    across = [(a, b, ANALYST) for a, b in same_pairs if mks[a] != mks[b]] + _triples(pairs, ties, clusters)
    open_pairs = _triples(pairs, (pairs.bits >= model.review) & ~ties, clusters)
    return Partition(seed, _best(across, clusters, set()), _best(open_pairs, clusters, _roots(across, clusters)))


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Scored pairs, the lesser id first, the best first, ties by ids; `inside` one marking."""

    left: Ints
    right: Ints
    bits: Floats
    veto: Flags
    inside: Flags


def _ends(pairs: _Pairs, chosen: Flags, same: list[Pair]) -> tuple[Ints, Ints]:
    """Return the two ends of the chosen pairs and of what analysts joined."""
    further = np.array(same, np.int64).reshape(-1, 2)
    ends = (
        np.concatenate((one[chosen], more)) for one, more in ((pairs.left, further[:, 0]), (pairs.right, further[:, 1]))
    )
    left, right = ends
    return left, right


def _hard(reach: Ints, pairs: _Pairs, decided: list[Pair], coherence: float) -> Flags:
    """Return by representative which chains of joining pairs need care: no merge in the others can ever be refused."""
    hard = np.zeros(len(reach), bool)
    against = pairs.inside & (pairs.veto | (pairs.bits < coherence)) & (reach[pairs.left] == reach[pairs.right])
    hard[reach[pairs.left[against]]] = True
    hard[reach[[place for pair in decided for place in pair]]] = True
    return hard


def _ranks(ids: Sequence[str]) -> Ints:
    rank = np.empty(len(ids), np.int64)
    rank[np.array(sorted(range(len(ids)), key=ids.__getitem__), np.int64)] = np.arange(len(ids))
    return rank


def _ordered(pairs: Iterable[Pair], rank: Ints) -> list[Pair]:
    """Return the pairs with the lesser id first, in the order of their ids."""
    turned = {(a, b) if rank[a] < rank[b] else (b, a) for a, b in pairs if a != b}
    return sorted(turned, key=lambda pair: (rank[pair[0]], rank[pair[1]]))


def _sorted(rank: Ints, mks: npt.NDArray[np.int32], left: Ints, right: Ints, bits: Floats, veto: Flags) -> _Pairs:
    turn = rank[left] > rank[right]
    low, high = np.where(turn, right, left), np.where(turn, left, right)
    order = np.lexsort((rank[high], rank[low], -bits))
    low, high = low[order], high[order]
    return _Pairs(low, high, bits[order], veto[order], np.asarray(mks[low] == mks[high]))


def _relate(clusters: _Clusters, pairs: _Pairs, chosen: Flags) -> None:
    """Tell the clusters of every compared pair that joining could bring together."""
    known: dict[Pair, tuple[float, bool]] = {}
    for place in np.nonzero(chosen)[0].tolist():
        two = _root(int(pairs.left[place]), int(pairs.right[place]), clusters)
        if two[0] != two[1]:
            # Records that analysts have joined speak as one from the start, by their best pair.
            strength, vetoed = known.get(two, (float(pairs.bits[place]), False))
            known[two] = (strength, vetoed or bool(pairs.veto[place]))
    for (a, b), (strength, vetoed) in known.items():
        clusters.relate(a, b, strength, vetoed)


def _seeds(ids: Sequence[str], first_as_of: Ints, clusters: _Clusters) -> npt.NDArray[np.int32]:
    """Return for each record the member of its cluster with the least (first date, id)."""
    roots = clusters.roots().tolist()
    dates = first_as_of.tolist()
    best: dict[int, int] = {}
    for place, root in enumerate(roots):
        held = best.get(root)
        if held is None or (dates[place], ids[place]) < (dates[held], ids[held]):
            best[root] = place
    return np.array([best[root] for root in roots], np.int32)


def _triples(pairs: _Pairs, chosen: Flags, clusters: _Clusters) -> list[Scored]:
    """Return the chosen pairs whose ends are not in one cluster."""
    roots = clusters.roots()
    chosen = chosen & (roots[pairs.left] != roots[pairs.right])
    ends = pairs.left[chosen].tolist(), pairs.right[chosen].tolist()
    return list(zip(*ends, pairs.bits[chosen].tolist(), strict=True))


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
