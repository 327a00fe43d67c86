"""How far a network is to be believed: the same network in worlds where what is doubtful is not so.

In each world every link stands with the chance that its grade gives it, every record beyond the first of a party
belongs to somebody else with the chance that a merge is wrong, and ties are there that nobody reported: as many as a
share of all ties, where ties use to be. The chances and the share are a judgement, stated here alone.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from analysis.network import UNGRADED, Floats, Ints, Network, Ties, ties_of

SEED = 1
# Source reliable, untested, not reliable; intelligence known directly to suspected false. Source: the 3x5x2 system of
# the College of Policing's Authorised Professional Practice, whose words these numbers stand for.
_SOURCE = np.array([0.98, 0.9, 0.6])
_LETTER = np.array([1.0, 0.95, 0.85, 0.7, 0.3])
# What a system of record says without a grade.
_UNGRADED = 0.95
# A model is published only where the pairs that it joins are right with this mean chance or better (DESIGN, `join`).
_MERGED = 0.97
# So many of the ties that there are go unreported, wherever they are.
UNREPORTED = 0.2
# Of ties that are drawn some are there already: so many are drawn for each that is wanted.
_DRAWS = 6
# The range holds 49 in 50 worlds, so that it holds the truth of each score in nine of ten where a fifth is unreported:
# tests/analysis/test_covert.py.
_LOW, _HIGH = 0.01, 0.99


def believed(grade: Ints) -> Floats:
    """The chance that a link of each packed grade is so."""
    graded = grade != UNGRADED
    source = np.where(graded, grade // 100 - 1, 0)
    letter = np.where(graded, grade // 10 % 10 - 1, 0)
    return np.where(graded, _SOURCE[source] * _LETTER[letter], _UNGRADED)


def worlds(network: Network, count: int) -> Iterator[Ties]:
    """The ties of so many worlds; the parties keep their numbers, whoever a merge hid comes after them."""
    chance = np.random.default_rng(SEED)
    stands, merged, unreported = believed(network.grade), _merged(network), Unreported(network.ties)
    for _ in range(count):
        here = chance.random(len(stands)) < stands
        apart = merged[chance.random(len(merged)) >= _MERGED]
        owner = network.party.copy()
        split = np.isin(network.record, apart)
        owner[split] = network.size + np.searchsorted(apart, network.record[split])
        alive = here[network.link[network.one]] & here[network.link[network.other]]
        low, high = unreported.draw(chance)
        one = np.concatenate([owner[network.one[alive]], low])
        other = np.concatenate([owner[network.other[alive]], high])
        yield ties_of(network.size + len(apart), one, other)


class Unreported:
    """Ties that may be there though nobody reported them, drawn where ties are missing if they are missing anywhere.

    An end is drawn by how many ties it has and one more; the other is two ties off as often as tied ones have a tie in
    common here, else drawn in the same way.
    """

    def __init__(self, ties: Ties) -> None:
        self._ties = ties
        self._keys = ties.low.astype(np.int64) * ties.size + ties.high
        self._pool = np.concatenate([ties.low, ties.high, np.arange(ties.size, dtype=np.int32)])
        common = ties.matrix.astype(np.int32)
        self._closed = (common @ common).multiply(common).nnz / max(2 * ties.count, 1)

    def draw(self, chance: np.random.Generator) -> tuple[Ints, Ints]:
        """The ends of so many ties as may be unreported, none that is reported, each once."""
        size = self._ties.size
        if not self._ties.count or size < 3:
            return np.zeros(0, np.int32), np.zeros(0, np.int32)
        wanted = int(chance.negative_binomial(self._ties.count, 1 - UNREPORTED))
        draws = _DRAWS * (wanted + 1)
        one = self._pool[chance.integers(len(self._pool), size=draws)]
        far = self._pool[chance.integers(len(self._pool), size=draws)]
        near = self._beside(self._beside(one, chance), chance)
        other = np.where(chance.random(draws) < self._closed, near, far)
        low, high = np.minimum(one, other), np.maximum(one, other)
        keys = (low.astype(np.int64) * size + high)[low != high]
        place = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        keys = keys[self._keys[place] != keys]
        _, first = np.unique(keys, return_index=True)
        keys = keys[np.sort(first)][:wanted]
        return (keys // size).astype(np.int32), (keys % size).astype(np.int32)

    def _beside(self, nodes: Ints, chance: np.random.Generator) -> Ints:
        """A neighbour of each, itself where it has none."""
        start, neighbours = self._ties.start, self._ties.neighbours
        count = start[nodes + 1] - start[nodes]
        place = start[nodes] + (chance.random(len(nodes)) * count).astype(np.int32)
        return np.where(count > 0, neighbours[np.minimum(place, len(neighbours) - 1)], nodes)


def _merged(network: Network) -> Ints:
    """The records of ends that are not the first of their party, sorted."""
    records, first = np.unique(network.record, return_index=True)
    parties = network.party[first]
    # Records are numbered party by party.
    later = np.concatenate([[False], parties[1:] == parties[:-1]]) if len(parties) else np.zeros(0, bool)
    return np.asarray(records[later], np.int32)


def low_high(scores: Floats, drawn: Floats) -> tuple[Floats, Floats]:
    """The least and greatest score of each node in 49 of 50 worlds (rows of `drawn`); the score itself is within."""
    if not len(drawn):
        return scores, scores
    low, high = np.quantile(drawn, [_LOW, _HIGH], axis=0)
    return np.minimum(low, scores), np.maximum(high, scores)
