"""Records of one marking gathered into entities by constrained Kruskal: a pure function of its input as a set.

Analysts' decisions come first, then pairs by score, then by ids. What an older model joined takes `keep` instead of
`join`. A merge is skipped that would unite what an analyst holds apart, two members in hard conflict, or two clusters
that as a whole do not cohere. Records of two markings never meet in one entity; what is the same across them is given
apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from resolution.column import Flags, Ints
from resolution.component import components
from resolution.forest import Clusters
from resolution.model import Model
from resolution.rival import against_rivals
from resolution.rounds import Judge, merge_profiles
from resolution.score import Floats, Judgement
from resolution.scored import Pair, Scored, ranks, scored

Triple = tuple[int, int, float]

ANALYST = 64.0  # bits of an analyst's SAME, beyond what any evidence reaches


@dataclass(frozen=True, slots=True)
class Partition:
    """The entities: `seed[i]` is the place of the record that seeds the entity of record i.

    `same_identity`: pairs across markings at or above `join`, the best for each two clusters. `possible`: pairs at or
    above `review` that are not joined, the best for each two clusters; both in order.
    """

    seed: npt.NDArray[np.int32]
    same_identity: list[Triple]
    possible: list[Triple]


def partition(
    ids: Sequence[str],
    mks: npt.NDArray[np.int32],
    first_as_of: Ints,
    left: Ints,
    right: Ints,
    judged: Judgement,
    same: Iterable[Pair],
    different: Iterable[Pair],
    model: Model,
    judge: Judge | None = None,
    kept: Iterable[Pair] = (),
) -> Partition:
    """Return the partition of records given by id, marking and first date, from scored pairs and analysts' decisions.

    Pairs are places in `ids`. `same` and `different` are what stands of the analysts' decisions; a `same` that a
    `different` contradicts, alone or through others, is passed over. `judge` scores whole clusters; without it only
    records are compared. `kept`: pairs that an older model joined.
    """
    rank = ranks(ids)
    same_pairs, different_pairs = _ordered(same, rank), _ordered(different, rank)
    lasting = packed(kept, len(ids))
    joining = reaching(judged.bits, among(left, right, lasting, len(ids)), model) & (mks[left] == mks[right])
    told = [pair for pair in same_pairs if mks[pair[0]] == mks[pair[1]]]
    reach = components(len(ids), *_ends(left[joining], right[joining], told))
    # What neither lies in a chain nor may be one shapes nothing; it is most pairs, and need not be put in order.
    telling = (reach[left] == reach[right]) | (judged.bits >= model.review)
    pairs = scored(rank, mks, left[telling], right[telling], judged.take(telling))
    held = among(pairs.left, pairs.right, lasting, len(ids))
    joining = pairs.inside & reaching(pairs.bits, held, model)
    hard = _hard(reach, pairs, [*same_pairs, *different_pairs], model.coherence)
    clusters = Clusters(np.where(hard[reach], np.arange(len(ids)), reach).tolist(), model.coherence)
    for a, b in different_pairs:
        clusters.part(a, b)
    for a, b in same_pairs:
        if mks[a] == mks[b] and not clusters.parted(a, b):
            clusters.merge(a, b)
    chosen = hard[reach[pairs.left]] & (reach[pairs.left] == reach[pairs.right]) & pairs.inside
    _relate(clusters, pairs, chosen)
    sure = _sure(clusters, pairs, chosen & joining & ~pairs.veto, chosen & pairs.veto, held, model)
    for place in np.nonzero(sure)[0].tolist():
        a, b = int(pairs.left[place]), int(pairs.right[place])
        if clusters.find(a) != clusters.find(b) and not clusters.parted(a, b) and clusters.fits(a, b):
            clusters.merge(a, b)
    if judge is not None:
        merge_profiles(clusters, pairs, chosen, reach, rank, judge, model)
    seed = _seeds(rank, first_as_of, clusters)
    ties = ~pairs.inside & reaching(pairs.bits, held, model) & ~pairs.veto
    across = [(a, b, ANALYST) for a, b in same_pairs if mks[a] != mks[b]] + _triples(pairs, ties, clusters)
    open_pairs = _triples(pairs, (pairs.bits >= model.review) & ~ties, clusters)
    return Partition(seed, _best(across, clusters, set()), _best(open_pairs, clusters, _roots(across, clusters)))


def packed(kept: Iterable[Pair], n: int) -> Ints:
    """Return a number for each pair of places, whichever of the two comes first."""
    return np.array([min(two) * n + max(two) for two in kept], np.int64)


def among(left: Ints, right: Ints, wanted: Ints, n: int) -> Flags:
    """Return which pairs are among packed ones."""
    if not len(wanted):
        return np.zeros(len(left), bool)
    return np.isin(np.minimum(left, right) * n + np.maximum(left, right), wanted)


def reaching(bits: Floats, held: Flags, model: Model) -> Flags:
    """Return which pairs reach what they need to join: less where an older model joined them."""
    return np.asarray((bits >= model.join) | (held & (bits >= model.keep)))


def _ends(left: Ints, right: Ints, same: list[Pair]) -> tuple[Ints, Ints]:
    """Return the two ends of pairs and of what analysts joined."""
    further = np.array(same, np.int64).reshape(-1, 2)
    return np.concatenate((left, further[:, 0])), np.concatenate((right, further[:, 1]))


def _hard(reach: Ints, pairs: Scored, decided: list[Pair], coherence: float) -> Flags:
    """Return by representative which chains of joining pairs need care: no merge in the others can ever be refused."""
    hard = np.zeros(len(reach), bool)
    against = pairs.inside & (pairs.veto | (pairs.bits < coherence)) & (reach[pairs.left] == reach[pairs.right])
    hard[reach[pairs.left[against]]] = True
    hard[reach[[place for pair in decided for place in pair]]] = True
    return hard


def _sure(clusters: Clusters, pairs: Scored, joining: Flags, apart: Flags, held: Flags, model: Model) -> Flags:
    """Return which joining pairs have no end that may as well be one with somebody else."""
    roots = clusters.roots()
    left, right = roots[pairs.left], roots[pairs.right]
    # Whom analysts have joined cannot be two.
    two = apart & (left != right)
    sure = joining.copy()
    rivals = left[two], right[two], pairs.judged.veto[two]
    bits = against_rivals(left[joining], right[joining], pairs.judged.take(joining), rivals)
    sure[joining] = reaching(bits, held[joining], model)
    return sure


def _ordered(pairs: Iterable[Pair], rank: Ints) -> list[Pair]:
    """Return the pairs with the lesser id first, in the order of their ids."""
    turned = {(a, b) if rank[a] < rank[b] else (b, a) for a, b in pairs if a != b}
    return sorted(turned, key=lambda pair: (rank[pair[0]], rank[pair[1]]))


def _relate(clusters: Clusters, pairs: Scored, chosen: Flags) -> None:
    """Tell the clusters of every compared pair that joining could bring together."""
    roots = clusters.roots()
    places = np.nonzero(chosen)[0]
    left, right = roots[pairs.left[places]], roots[pairs.right[places]]
    two = left != right
    places, left, right = places[two], left[two], right[two]
    packed = np.minimum(left, right) * len(roots) + np.maximum(left, right)
    # Records that analysts have joined speak as one from the start, by their best pair, which comes first.
    _, first, which = np.unique(packed, return_index=True, return_inverse=True)
    vetoed = np.bincount(which, weights=pairs.veto[places], minlength=len(first)) > 0
    ends = left[first].tolist(), right[first].tolist(), pairs.bits[places[first]].tolist(), vetoed.tolist()
    for a, b, strength, veto in zip(*ends, strict=True):
        clusters.relate(a, b, strength, veto)


def _seeds(rank: Ints, first_as_of: Ints, clusters: Clusters) -> npt.NDArray[np.int32]:
    """Return for each record the member of its cluster with the least (first date, id)."""
    roots = clusters.roots()
    order = np.lexsort((rank, first_as_of, roots))
    found, first = np.unique(roots[order], return_index=True)
    best = np.empty(len(roots), np.int32)
    best[found] = order[first]
    return best[roots]


def _triples(pairs: Scored, chosen: Flags, clusters: Clusters) -> list[Triple]:
    """Return the chosen pairs whose ends are not in one cluster."""
    roots = clusters.roots()
    chosen = chosen & (roots[pairs.left] != roots[pairs.right])
    ends = pairs.left[chosen].tolist(), pairs.right[chosen].tolist()
    return list(zip(*ends, pairs.bits[chosen].tolist(), strict=True))


def _root(a: int, b: int, clusters: Clusters) -> Pair:
    a, b = clusters.find(a), clusters.find(b)
    return (a, b) if a < b else (b, a)


def _roots(pairs: list[Triple], clusters: Clusters) -> set[Pair]:
    return {_root(a, b, clusters) for a, b, _ in pairs}


def _best(pairs: list[Triple], clusters: Clusters, taken: set[Pair]) -> list[Triple]:
    """Return the first pair for each two clusters that are neither one nor held apart; `taken` ones are left out."""
    found, seen = [], set(taken)
    for a, b, bits in pairs:
        two = _root(a, b, clusters)
        if two[0] != two[1] and two not in seen and not clusters.parted(a, b):
            seen.add(two)
            found.append((a, b, bits))
    return found
