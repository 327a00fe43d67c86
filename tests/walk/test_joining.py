"""The search for a joining network, without a database, against networkx."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.read.joining import Joining
from graph.read.walk import Step
from tests.walk.mesh import random_ties, seen, steps_of

IDS = [f"n{n:02}" for n in range(12)]


@settings(max_examples=150, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    links=st.integers(0, 26),
    starts=st.sets(st.sampled_from(IDS), min_size=2, max_size=5),
    closed=st.sets(st.sampled_from(IDS), max_size=3),
    hops=st.integers(1, 6),
)
def test_what_can_be_joined_is_in_little_more_than_the_least(
    seed: int, links: int, starts: set[str], closed: set[str], hops: int
) -> None:
    graph = seen(IDS, random_ties(seed, IDS, links), [0])
    closed -= starts
    search = Joining(lambda asked: steps_of(graph, asked, frozenset(closed)), starts)
    found = search.find(hops)

    passable = graph.subgraph([id_ for id_ in IDS if id_ not in closed])
    near = nx.Graph()
    near.add_nodes_from(starts)
    for a, b in combinations(sorted(starts), 2):
        if nx.has_path(passable, a, b) and (apart := nx.shortest_path_length(passable, a, b)) <= hops:
            near.add_edge(a, b, weight=apart)
    least = sum(data["weight"] for *_, data in nx.minimum_spanning_edges(near, data=True))
    shown = passable.subgraph(found | starts)
    assert not found & (closed | starts)
    assert search.networks == nx.number_connected_components(near)
    assert nx.number_connected_components(shown) <= search.networks, "every node shown joins something"
    # A tree of the shortest ways: no more hops than the least sum of ways from one start to the next.
    assert len(found) + len(starts) - search.networks <= least


def test_three_who_share_one_phone_are_joined_by_it_alone() -> None:
    graph = nx.Graph()
    for id_ in ("n00", "n01", "n02"):
        graph.add_edge(id_, "n05", grade=111)
    graph.add_edges_from([("n00", "n06"), ("n06", "n01")], grade=111)
    assert Joining(lambda asked: steps_of(graph, asked), ["n00", "n01", "n02"]).find(4) == {"n05"}


def test_of_ways_of_one_length_the_best_attested_is_taken() -> None:
    graph = nx.Graph()
    graph.add_edge("n00", "n05", grade=352)
    graph.add_edge("n05", "n01", grade=111)
    graph.add_edge("n00", "n07", grade=121)
    graph.add_edge("n07", "n01", grade=121)
    assert Joining(lambda asked: steps_of(graph, asked), ["n00", "n01"]).find(2) == {"n07"}


def test_no_node_is_asked_for_twice_and_a_budget_says_what_it_cut() -> None:
    ids = [f"n{n:03}" for n in range(300)]
    graph = seen(ids, random_ties(7, ids, 900), [0])
    asked: list[str] = []

    def steps(wanted: list[str]) -> dict[str, Step]:
        asked.extend(wanted)
        return steps_of(graph, wanted)

    Joining(steps, ids[:6]).find(6)
    assert len(asked) == len(set(asked))
    poor = [Joining(lambda wanted: steps_of(graph, wanted), ids[:6], most_pairs=20) for _ in range(2)]
    assert poor[0].find(6) == poor[1].find(6)
    assert poor[0].surroundings.skipped == poor[1].surroundings.skipped > 0
