"""The covert networks that others have published on: their key players, and who came to be linked next.

Sources: Morselli, Inside Criminal Networks (Springer, 2009), of Caviar, Ciel, Siren and Togo; Natarajan, Understanding
the structure of a large heroin distribution network, J. Quant. Criminol. 22 (2006). The files are from UCINET.
"""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from analysis import measure, removal
from analysis.doubt import UNREPORTED, low_high, worlds
from analysis.network import End, Floats, Network, Support, Ties, network_of, ties_of
from analysis.partition import leiden, modularity
from analysis.suggestion import in_common
from tests.analysis.test_measure import hold

DATA = Path(os.environ.get("POLEGRAPH_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))
FILE = DATA / "covert_edges.csv"
pytestmark = [
    pytest.mark.opendata,
    pytest.mark.skipif(not FILE.exists(), reason=f"open data is not at {DATA}: set POLEGRAPH_TEST_DATA"),
]
# Phases of Caviar are of two months.
PHASE_S = 60 * 86_400
SCORED: dict[str, Callable[[Ties], Floats]] = {
    "degree": lambda ties: measure.degree(ties).astype(np.float64),
    "pagerank": measure.pagerank,
    "betweenness": measure.betweenness_centrality,
    "eigenvector": measure.eigenvector_centrality,
}
# Who the case files say held the network together: the one who brought the hashish in, the dealer who was the hub.
KEY = {"caviar_full": "1", "siren": "1", "togo": "1", "cocaine_dealing": "Kay"}


def graphs() -> dict[str, nx.Graph]:
    found: defaultdict[str, nx.Graph] = defaultdict(nx.Graph)
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["source"] != row["target"]:
                found[row["network"]].add_edge(row["source"], row["target"])
    return dict(found)


def numbered(graph: nx.Graph) -> tuple[Ties, list[str]]:
    names = sorted(graph)
    edges = np.array([[names.index(a), names.index(b)] for a, b in graph.edges], np.int32)
    return ties_of(len(names), edges[:, 0], edges[:, 1]), names


def test_every_measure_is_that_of_networkx() -> None:
    for graph in graphs().values():
        hold(nx.convert_node_labels_to_integers(graph))


def test_the_known_key_players_come_first() -> None:
    for name, key in KEY.items():
        ties, names = numbered(graphs()[name])
        assert names[int(measure.betweenness_centrality(ties).argmax())] == key
        assert names[int(measure.degree(ties).argmax())] == key
        assert names[removal.fragmenting(ties, 1).nodes[0]] == key
        assert names[removal.reaching(ties, 1).nodes[0]] == key
    ties, names = numbered(graphs()["caviar_full"])
    # The two importers, of hashish and of cocaine.
    assert [names[node] for node in np.argsort(-measure.betweenness_centrality(ties))[:2]] == ["1", "12"]


def test_groups_are_at_least_as_modular_as_those_of_louvain() -> None:
    for graph in graphs().values():
        ties, names = numbered(graph)
        labels = leiden(ties)
        theirs = nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=1))
        assert modularity(ties, labels) == pytest.approx(
            nx.community.modularity(graph, [{names[n] for n in np.flatnonzero(labels == c)} for c in set(labels)])
        )
        assert modularity(ties, labels) > theirs - 0.02


def auc(scores: Mapping[frozenset[str], float], pairs: Iterable[frozenset[str]], new: set[frozenset[str]]) -> float:
    """The chance that a pair that was linked next has the greater score than one that was not."""
    hits = np.array([scores.get(pair, 0.0) for pair in pairs if pair in new])
    others = np.array([scores.get(pair, 0.0) for pair in pairs if pair not in new])
    return float(np.mean([(hit > others).mean() + 0.5 * (hit == others).mean() for hit in hits]))


def test_who_is_suggested_is_linked_next_more_often_than_by_the_usual_measures(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Of Caviar: all phases so far, and the ties that are new in the next."""
    phases = {int(name[6:]): graph for name, graph in graphs().items() if name[:6] == "caviar" and name[6:].isdigit()}
    found: defaultdict[str, list[float]] = defaultdict(list)
    counts = []
    for last in range(2, 11):
        known, supports = nx.Graph(), []
        for phase in range(1, last + 1):
            known.add_edges_from(phases[phase].edges)
            for a, b in map(sorted, phases[phase].edges):
                one, other = (End(x, "ASSOCIATED_WITH", f"{phase}-{a}-{b}", 1, 111, None, None) for x in (a, b))
                supports.append(Support(one, other, None, phase * PHASE_S))
        pairs = [frozenset(pair) for pair in combinations(sorted(known), 2) if not known.has_edge(*pair)]
        new = {frozenset(edge) for edge in phases[last + 1].edges} & {*pairs}
        network = network_of(known, supports, {})
        ours = {
            frozenset((a, b)): common.score
            for a in sorted(known)
            for b, common in in_common(network, [a], last * PHASE_S).items()
        }
        ends = [tuple(sorted(pair)) for pair in pairs]
        usual = {
            "adamic-adar": {frozenset((a, b)): s for a, b, s in nx.adamic_adar_index(known, ends)},
            "jaccard": {frozenset((a, b)): s for a, b, s in nx.jaccard_coefficient(known, ends)},
        }
        counts.append(len(new))
        for name, scores in {"ours": ours, **usual}.items():
            found[name].append(auc(scores, pairs, new))
    means = {name: float(np.average(values, weights=counts)) for name, values in found.items()}
    with capsys.disabled():
        print("\nAUC of the next phase's ties:", {name: round(mean, 3) for name, mean in means.items()})  # noqa: T201
    assert means["ours"] > means["adamic-adar"] > means["jaccard"]
    assert means["ours"] > 0.7


def reported(size: int, pairs: Iterable[tuple[int, int]]) -> Network:
    """The network of so many people where somebody reliable reported each of these ties."""

    def end(node: int, row: int) -> End:
        return End(f"{node:03}", "ASSOCIATED_WITH", f"row{row}", 1, 111, None, None)

    supports = [Support(end(one, row), end(other, row), None, None) for row, (one, other) in enumerate(pairs)]
    return network_of([f"{node:03}" for node in range(size)], supports, {})


def test_ranges_hold_the_truth_where_a_fifth_of_the_ties_is_missing() -> None:
    """Of every published network, and of drawn ones, a fifth of the ties goes unreported, by chance."""
    held: defaultdict[str, list[float]] = defaultdict(list)
    drawn = {f"drawn {seed}": nx.powerlaw_cluster_graph(60, 3, 0.2 * seed, seed) for seed in range(5)}
    for number, graph in enumerate([*graphs().values(), *drawn.values()]):
        ties, _ = numbered(nx.relabel_nodes(graph, str))
        kept = np.random.default_rng(number).random(ties.count) >= UNREPORTED
        network = reported(ties.size, zip(ties.low[kept].tolist(), ties.high[kept].tolist(), strict=True))
        some = list(worlds(network, 100))
        for name, scored in SCORED.items():
            low, high = low_high(scored(network.ties), np.array([scored(world) for world in some]))
            truth = scored(ties)
            held[name].append(float(((low - 1e-9 <= truth) & (truth <= high + 1e-9)).mean()))
    shares = {name: float(np.mean(each)) for name, each in held.items()}
    assert min(shares.values()) >= 0.9, shares
