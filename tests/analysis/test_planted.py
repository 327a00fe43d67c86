"""Groups that were planted in drawn networks are found again, at least as well as by the usual way."""

from __future__ import annotations

from math import comb

import networkx as nx
import numpy as np
import pytest
from numpy.typing import NDArray

from analysis.network import Ints
from analysis.partition import leiden
from tests.analysis.test_measure import ties

SEEDS = range(5)


def agreement(one: Ints, other: Ints) -> float:
    """The adjusted Rand index: 1 the same groups, 0 no more alike than by chance.

    Source: Hubert and Arabie, Comparing partitions, Journal of Classification 2 (1985).
    """

    def pairs(counts: NDArray[np.int64]) -> int:
        return sum(comb(int(count), 2) for count in counts.ravel())

    table = np.zeros((one.max() + 1, other.max() + 1), np.int64)
    np.add.at(table, (one, other), 1)
    both, rows, columns = pairs(table), pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    expected = rows * columns / comb(len(one), 2)
    return (both - expected) / ((rows + columns) / 2 - expected)


def labels(groups: list[set[int]], size: int) -> Ints:
    found = np.zeros(size, np.int32)
    for number, group in enumerate(groups):
        found[list(group)] = number
    return found


@pytest.mark.parametrize("inside", [0.4, 0.25])
def test_planted_groups_are_found(inside: float) -> None:
    for seed in SEEDS:
        graph = nx.planted_partition_graph(12, 25, inside, 0.01, seed)
        planted = labels(graph.graph["partition"], graph.number_of_nodes())
        assert agreement(leiden(ties(graph)), planted) >= 0.95


def test_groups_of_unlike_size_are_found_as_well_as_by_louvain() -> None:
    ours, theirs = [], []
    for seed in SEEDS:
        graph = nx.random_partition_graph([80, 40, 40, 20, 20, 12, 12], 0.25, 0.02, seed)
        planted = labels(graph.graph["partition"], graph.number_of_nodes())
        ours.append(agreement(leiden(ties(graph)), planted))
        louvain = nx.community.louvain_communities(graph, seed=seed)
        theirs.append(agreement(labels(louvain, graph.number_of_nodes()), planted))
    shares = {"ours": float(np.mean(ours)), "louvain": float(np.mean(theirs))}
    assert shares["ours"] >= max(0.8, shares["louvain"] - 0.01), shares
