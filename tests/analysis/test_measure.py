"""Every measure is that of networkx, on random graphs of all sorts and on those that have an end of their own."""

from __future__ import annotations

import random

import networkx as nx
import numpy as np
import pytest

from analysis import measure
from analysis.network import Ties, ties_of


def ties(graph: nx.Graph) -> Ties:
    edges = np.array(list(graph.edges), np.int32).reshape(-1, 2)
    return ties_of(graph.number_of_nodes(), edges[:, 0], edges[:, 1])


def random_graph(seed: int) -> nx.Graph:
    """A graph by chance: sparse, dense, in parts, of cliques, of hubs."""
    chance = random.Random(seed)
    size = chance.randint(1, 40)
    made = (
        lambda: nx.gnm_random_graph(size, chance.randint(0, size * 2), seed=seed),
        lambda: nx.gnp_random_graph(size, chance.random(), seed=seed),
        lambda: nx.barabasi_albert_graph(size + 3, 2, seed=seed),
        lambda: nx.disjoint_union(nx.gnm_random_graph(size, size, seed=seed), nx.star_graph(chance.randint(1, 9))),
        lambda: nx.relaxed_caveman_graph(4, chance.randint(3, 8), 0.2, seed=seed),
    )
    graph = chance.choice(made)()
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    return graph


SPECIAL = {
    "empty": nx.empty_graph(0),
    "one": nx.empty_graph(1),
    "two apart": nx.empty_graph(2),
    "pair": nx.path_graph(2),
    "path": nx.path_graph(30),
    "ring": nx.cycle_graph(11),
    "star": nx.star_graph(50),
    "clique": nx.complete_graph(12),
    "two alike": nx.disjoint_union(nx.complete_graph(5), nx.complete_graph(5)),
    "bipartite": nx.complete_bipartite_graph(3, 8),
}


def listed(values: dict[int, float]) -> list[float]:
    return [values[node] for node in sorted(values)]


def hold(graph: nx.Graph) -> None:
    found, nodes = ties(graph), graph.number_of_nodes()
    parts = [sorted(part) for part in nx.connected_components(graph)]
    labels = measure.connected_components(found).tolist()
    assert labels == [next(n for n, part in enumerate(sorted(parts)) if node in part) for node in range(nodes)]
    assert measure.degree(found).tolist() == [graph.degree[node] for node in range(nodes)]
    assert measure.core_number(found).tolist() == listed(nx.core_number(graph))
    assert measure.triangles(found).tolist() == listed(nx.triangles(graph))
    assert measure.betweenness_centrality(found) == pytest.approx(
        listed(nx.betweenness_centrality(graph, normalized=False)), abs=1e-9
    )
    assert measure.closeness_centrality(found) == pytest.approx(listed(nx.closeness_centrality(graph)), abs=1e-9)
    assert measure.pagerank(found) == pytest.approx(listed(nx.pagerank(graph, tol=1e-12, max_iter=5_000)), abs=1e-8)
    exact, error = measure.sampled_betweenness(found, max(nodes, 1)) if nodes else (np.zeros(0), np.zeros(0))
    assert exact == pytest.approx(measure.betweenness_centrality(found), abs=1e-9)
    assert not error.any()
    mine = measure.eigenvector_centrality(found)
    if nodes and graph.number_of_edges():
        assert np.linalg.norm(mine) == pytest.approx(1)
        matrix = nx.to_numpy_array(graph, nodelist=range(nodes))
        leading = np.linalg.eigvalsh(matrix)[-1]
        assert matrix @ mine == pytest.approx(leading * mine, abs=1e-6)
        if nodes > 2 and nx.is_connected(graph):
            assert mine == pytest.approx(listed(nx.eigenvector_centrality_numpy(graph)), abs=1e-6)


@pytest.mark.parametrize("name", SPECIAL)
def test_graphs_of_their_own(name: str) -> None:
    hold(SPECIAL[name])


def test_two_hundred_random_graphs() -> None:
    for seed in range(200):
        hold(random_graph(seed))


def test_parallel_ties_and_ties_to_oneself_count_once_and_not_at_all() -> None:
    found = ties_of(3, np.array([0, 1, 0, 2], np.int32), np.array([1, 0, 1, 2], np.int32))
    assert list(zip(found.low.tolist(), found.high.tolist(), strict=True)) == [(0, 1)]


def test_triangles_are_counted_portion_by_portion(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = nx.gnm_random_graph(60, 400, seed=1)
    for most in (1, 7):
        monkeypatch.setattr("analysis.measure._WEDGES", most)
        assert measure.triangles(ties(graph)).tolist() == listed(nx.triangles(graph))


def test_a_star_of_a_hundred_thousand() -> None:
    found = ties(nx.star_graph(100_000))
    assert measure.degree(found)[0] == 100_000
    assert measure.triangles(found).sum() == 0
    assert measure.core_number(found).max() == 1
    assert measure.pagerank(found).argmax() == measure.eigenvector_centrality(found).argmax() == 0


def test_parts_that_are_as_strong_share_alike_whenever_they_are_asked() -> None:
    graph = nx.disjoint_union_all([nx.path_graph(2)] * 3 + [nx.empty_graph(2)])
    for larger in (graph, nx.disjoint_union_all([nx.cycle_graph(40)] * 2 + [nx.path_graph(5)])):
        found = ties(larger)
        tied = np.array([degree > 0 for _, degree in larger.degree]) & ~np.array(
            [len(nx.node_connected_component(larger, node)) == 5 for node in larger]
        )
        for _ in range(5):
            assert measure.eigenvector_centrality(found) == pytest.approx(tied / np.sqrt(tied.sum()), abs=1e-9)


def test_a_sample_says_how_far_off_it_may_be() -> None:
    """What a source adds is skewed, so that two standard errors hold seven in eight of the true values, not more."""
    graph = nx.barabasi_albert_graph(600, 3, seed=4)
    truth, found = measure.betweenness_centrality(ties(graph)), ties(graph)
    covered = []
    for seed in range(10):
        estimate, error = measure.sampled_betweenness(found, 120, seed)
        top = np.argsort(-truth)[:50]
        covered.append(np.mean(np.abs(estimate - truth)[top] <= 2 * error[top]))
    assert np.mean(covered) > 0.85
