"""Whom to take out, whom to tell: held to brute force on small networks, and to what a set gives whole."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest

from analysis import removal
from tests.analysis.test_measure import SPECIAL, random_graph, ties

GRAPHS = [*SPECIAL.values(), *(random_graph(seed) for seed in range(60))]


def fragmentation(graph: nx.Graph, gone: set[int]) -> float:
    """The share of all pairs that do not reach each other, the taken out among them."""
    left = graph.subgraph(set(graph) - gone)
    within = sum(len(part) * (len(part) - 1) // 2 for part in nx.connected_components(left))
    return 1 - within / max(len(graph) * (len(graph) - 1) // 2, 1)


def covered(graph: nx.Graph, nodes: set[int]) -> set[int]:
    return {other for node in nodes for other in nx.single_source_shortest_path_length(graph, node, 2)}


@pytest.mark.parametrize("number", range(len(GRAPHS)))
def test_each_pick_parts_most_of_what_is_left(number: int) -> None:
    graph = GRAPHS[number]
    picked = removal.fragmenting(ties(graph), 4)
    before: set[int] = set()
    for node, gain in zip(picked.nodes, picked.gains, strict=True):
        now = fragmentation(graph, before)
        best = max(fragmentation(graph, before | {other}) for other in set(graph) - before) - now
        if len(graph) > 1:
            assert gain == pytest.approx(fragmentation(graph, before | {node}) - now)
            assert gain == pytest.approx(best)
        before.add(node)
    if len(graph) > 1:
        assert removal.fragmented(ties(graph), picked.nodes) == pytest.approx(picked.gains)


@pytest.mark.parametrize("number", range(len(GRAPHS)))
def test_no_set_parts_more_than_its_bound(number: int) -> None:
    graph = GRAPHS[number]
    for size in range(1, min(3, len(graph)) + 1):
        picked = removal.fragmenting(ties(graph), size)
        assert picked.gains.sum() <= picked.bound + 1e-9
        if 1 < len(graph) <= 20:
            best = max(fragmentation(graph, set(some)) for some in combinations(graph, size)) - fragmentation(
                graph, set()
            )
            assert best <= picked.bound + 1e-9


@pytest.mark.parametrize("number", range(len(GRAPHS)))
def test_a_set_reaches_within_its_bound(number: int) -> None:
    graph = GRAPHS[number]
    picked = removal.reaching(ties(graph), 3)
    assert len(set(picked.nodes)) == min(3, len(graph))
    if not len(graph):
        return
    assert picked.gains.sum() == pytest.approx(len(covered(graph, set(picked.nodes))) / len(graph))
    assert removal.reached(ties(graph), picked.nodes) == pytest.approx(picked.gains)
    assert list(picked.gains) == sorted(picked.gains, reverse=True)
    if len(graph) <= 20:
        size = min(3, len(graph))
        best = max(len(covered(graph, set(some))) for some in combinations(graph, size)) / len(graph)
        assert best <= picked.bound + 1e-9
        assert picked.gains.sum() >= (1 - 1 / np.e) * best - 1e-9


def test_whoever_joins_two_groups_goes_first() -> None:
    graph = nx.disjoint_union(nx.complete_graph(6), nx.complete_graph(6))
    graph.add_edges_from([(12, 0), (12, 6)])
    assert removal.fragmenting(ties(graph), 1).nodes == (12,)
