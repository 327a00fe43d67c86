"""How far a network is to be believed: the same network in worlds where doubtful links and merges are not so.

In each world every link stands with the chance that its grade gives it, and every record beyond the first of a party
belongs to somebody else with the chance that a merge is wrong. The chances are a judgement, stated here alone.
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
# The range holds nine in ten worlds.
_LOW, _HIGH = 0.05, 0.95


def believed(grade: Ints) -> Floats:
    """The chance that a link of each packed grade is so."""
    graded = grade != UNGRADED
    source = np.where(graded, grade // 100 - 1, 0)
    letter = np.where(graded, grade // 10 % 10 - 1, 0)
    return np.where(graded, _SOURCE[source] * _LETTER[letter], _UNGRADED)


def worlds(network: Network, count: int) -> Iterator[Ties]:
    """The ties of so many worlds; the parties keep their numbers, whoever a merge hid comes after them."""
    chance = np.random.default_rng(SEED)
    stands, merged = believed(network.grade), _merged(network)
    for _ in range(count):
        here = chance.random(len(stands)) < stands
        apart = merged[chance.random(len(merged)) >= _MERGED]
        owner = network.party.copy()
        split = np.isin(network.record, apart)
        owner[split] = network.size + np.searchsorted(apart, network.record[split])
        alive = here[network.link[network.one]] & here[network.link[network.other]]
        yield ties_of(network.size + len(apart), owner[network.one[alive]], owner[network.other[alive]])


def _merged(network: Network) -> Ints:
    """The records of ends that are not the first of their party, sorted."""
    records, first = np.unique(network.record, return_index=True)
    parties = network.party[first]
    # Records are numbered party by party.
    later = np.concatenate([[False], parties[1:] == parties[:-1]]) if len(parties) else np.zeros(0, bool)
    return np.asarray(records[later], np.int32)


def low_high(scores: Floats, drawn: Floats) -> tuple[Floats, Floats]:
    """The least and greatest score of each node in nine of ten worlds (rows of `drawn`); the score itself is within."""
    if not len(drawn):
        return scores, scores
    low, high = np.quantile(drawn, [_LOW, _HIGH], axis=0)
    return np.minimum(low, scores), np.maximum(high, scores)
