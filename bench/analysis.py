"""Networks as a whole: every measure beside networkx on the same graph, and the questions of a loaded world.

`python -m bench.analysis [--nodes 50000] [--edges 200000] [--alone]` measures a graph with hubs, and fails where the
answers differ; `--alone` leaves networkx out.
`python -m bench.analysis --questions` asks the graph of the installation: run `polegraph demo --once` before.
Times are of the processor, all threads together, since the machine is seldom alone.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from typing import Any, TypeVar

import networkx as nx
import numpy as np

from analysis import measure
from analysis.at_risk import vulnerable_in_network
from analysis.community import communities
from analysis.emerging import emerging_networks
from analysis.indicator import Pattern, indicators
from analysis.key_player import Method, key_players
from analysis.network import Ties, ties_of
from analysis.partition import leiden, modularity
from analysis.pull import pull
from analysis.scope import Scope
from analysis.suggestion import link_suggestions
from cli.session import opened
from graph.open import Graph
from graph.read.search import search
from security.marking import EVERYTHING
from security.viewer import Viewer

T = TypeVar("T")
_SOURCES = 64
_PEOPLE = 20
_ROUNDS = 3
_SHARED = ("Phone", "Crime", "IntelReport", "Arrest", "Custody")


def made(nodes: int, edges: int, seed: int = 1) -> Ties:
    """A graph whose degrees fall off as a power: few hubs, many with a tie or two."""
    chance = np.random.default_rng(seed)
    # Drawn by a rank to the power of 2: the first node has thousands of ties.
    one, other = (np.floor(nodes * chance.random(edges) ** 2).astype(np.int32) for _ in range(2))
    return ties_of(nodes, chance.permutation(nodes).astype(np.int32)[one], other)


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What it gives, and the seconds of the processor that it took."""
    began = time.process_time()
    found = work()
    return found, time.process_time() - began


def measures(nodes: int, edges: int, *, alone: bool) -> None:
    """Print a line for each measure: ours, networkx but for `alone`, and the ratio; fail where they differ."""
    ties = made(nodes, edges)
    graph = nx.Graph()
    if not alone:
        graph.add_nodes_from(range(nodes))
        graph.add_edges_from(zip(ties.low.tolist(), ties.high.tolist(), strict=True))
    matrix = ties.matrix
    held = sum(part.nbytes for part in (ties.low, ties.high, matrix.indptr, matrix.indices, matrix.data))
    print(f"{nodes:,} nodes, {ties.count:,} ties, {held / ties.count:.0f} bytes a tie, both directions")
    print(f"{'':24} {'ours s':>8} {'networkx s':>11} {'ratio':>6}")

    def line(name: str, ours: Callable[[], Any], theirs: Callable[[], Any], same: Callable[[Any, Any], bool]) -> None:
        mine, took = timed(ours)
        if alone:
            print(f"{name:24} {took:8.2f}", flush=True)
            return
        other, theirs_took = timed(theirs)
        assert same(mine, other), name
        print(f"{name:24} {took:8.2f} {theirs_took:11.2f} {theirs_took / max(took, 1e-3):6.0f}", flush=True)

    def close(mine: Any, other: dict[int, float]) -> bool:  # noqa: ANN401 - an array
        return bool(np.allclose(mine, [other[node] for node in range(nodes)], atol=1e-7))

    line(
        "components",
        lambda: measure.connected_components(ties),
        lambda: list(nx.connected_components(graph)),
        lambda mine, other: len(np.unique(mine)) == len(other),
    )
    line("core_number", lambda: measure.core_number(ties), lambda: nx.core_number(graph), close)
    line("triangles", lambda: measure.triangles(ties), lambda: nx.triangles(graph), close)
    line("pagerank", lambda: measure.pagerank(ties), lambda: nx.pagerank(graph, tol=1e-12, max_iter=1_000), close)
    drawn = np.random.default_rng(1).choice(nodes, _SOURCES, replace=False).tolist()
    line(
        f"betweenness, {_SOURCES} sources",
        lambda: measure.sampled_betweenness(ties, _SOURCES)[0],
        lambda: nx.betweenness_centrality_subset(graph, drawn, list(graph)),
        lambda mine, other: bool(np.allclose(mine * _SOURCES / nodes, [other[node] for node in range(nodes)])),
    )
    line(
        "leiden / louvain",
        lambda: modularity(ties, leiden(ties)),
        lambda: nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=1)),
        lambda mine, other: mine > other - 0.01,
    )


def questions() -> None:
    """Print p50 and p95 of every question about the loaded world, asked about several people."""
    with opened() as graph:
        viewer = graph.catalogue.viewer("bench", EVERYTHING)
        people = [hit.entity.id for hit in search(graph, viewer, "smith", ["Person"], True, _PEOPLE).items]
        now = max(row["at"] for row in _newest(graph, viewer))
        dated = Graph(graph.store, graph.ids, graph.catalogue, lambda: now)
        print(f"{'':28} {'p50 ms':>8} {'p95 ms':>8}")
        asked: dict[str, Callable[[str], object]] = {
            "network, 2 hops": lambda id_: pull(dated, viewer, around(id_)),
            **{f"keyPlayers {method}": _by(dated, viewer, method) for method in Method},
            "communities": lambda id_: communities(dated, viewer, around(id_)),
            "linkSuggestions": lambda id_: link_suggestions(dated, viewer, id_),
            "vulnerableInNetwork": lambda id_: vulnerable_in_network(dated, viewer, id_),
        }
        for name, ask in asked.items():
            _row(name, [lambda id_=id_: ask(id_) for id_ in people])  # type: ignore[misc]  # noqa: B023
        _row("emergingNetworks, 90 days", [lambda: emerging_networks(dated, viewer)])
        for pattern in Pattern:
            _row(f"{pattern}, 365 days", [lambda: indicators(dated, viewer, pattern, None, 365)])  # noqa: B023


def around(id_: str) -> Scope:
    """The network around somebody."""
    return Scope(ids=(id_,), kinds=_SHARED)


def _by(graph: Graph, viewer: Viewer, method: Method) -> Callable[[str], object]:
    return lambda id_: key_players(graph, viewer, around(id_), method)


def _newest(graph: Graph, viewer: Viewer) -> list[dict[str, Any]]:
    text = "MATCH (e:Event) WHERE e.mk IN $allowed AND e.at IS NOT NULL RETURN max(e.at) AS at"
    return graph.store.read_text(viewer, "bench/newest", text, {})


def _row(name: str, works: list[Callable[[], object]]) -> None:
    for work in works:
        work()
    times = []
    for work in works * _ROUNDS:
        began = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - began))
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    print(f"{name:28} {cuts[49]:8.1f} {cuts[94]:8.1f}", flush=True)


def main() -> None:
    """Measure what the options ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, default=50_000)
    parser.add_argument("--edges", type=int, default=200_000)
    parser.add_argument("--alone", action="store_true")
    parser.add_argument("--questions", action="store_true")
    given = parser.parse_args()
    if given.questions:
        questions()
    else:
        measures(given.nodes, given.edges, alone=given.alone)


if __name__ == "__main__":
    main()
