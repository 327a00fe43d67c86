"""The search for paths, without a database, against networkx."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.read.trail import Trails
from graph.read.walk import Step
from tests.walk.mesh import all_paths, random_ties, seen, steps_of


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 10**6), size=st.integers(2, 11), links=st.integers(0, 26), hops=st.integers(1, 6))
def test_paths_are_those_of_networkx_in_order(seed: int, size: int, links: int, hops: int) -> None:
    ids = [f"n{n:02}" for n in range(size)]
    graph = seen(ids, random_ties(seed, ids, links), [0])
    expected = all_paths(graph, "n00", "n01", hops)
    for wanted in (1, 4, 10**6):
        found = Trails(lambda asked: steps_of(graph, asked), "n00", "n01").find(hops, wanted)
        assert [(trail.length, trail.weakest, trail.nodes) for trail in found] == expected[:wanted]


@settings(max_examples=80, deadline=None)
@given(seed=st.integers(0, 10**6), closed=st.sets(st.sampled_from([f"n{n:02}" for n in range(2, 10)])))
def test_closed_nodes_are_not_passed_through(seed: int, closed: set[str]) -> None:
    ids = [f"n{n:02}" for n in range(10)]
    graph = seen(ids, random_ties(seed, ids, 22), [0])
    search = Trails(lambda asked: steps_of(graph, asked, frozenset(closed)), "n00", "n01")
    found = search.find(6, 10**6)
    open_graph = graph.subgraph([id_ for id_ in ids if id_ not in closed])
    assert [trail.nodes for trail in found] == [nodes for *_, nodes in all_paths(open_graph, "n00", "n01", 6)]
    assert {step.id for step in search.surroundings.closed} <= closed


def test_a_budget_cuts_the_same_way_each_time_and_says_so() -> None:
    ids = [f"n{n:03}" for n in range(300)]
    graph = seen(ids, random_ties(7, ids, 1_500), [0])
    searches = [Trails(lambda asked: steps_of(graph, asked), "n000", "n001", most_pairs=60) for _ in range(2)]
    one, other = (search.find(6, 10**4) for search in searches)
    assert one == other
    assert searches[0].surroundings.skipped == searches[1].surroundings.skipped > 0


@pytest.mark.parametrize("hops", [1, 2, 3])
def test_no_node_is_asked_for_twice(hops: int) -> None:
    ids = [f"n{n:02}" for n in range(30)]
    graph = seen(ids, random_ties(3, ids, 60), [0])
    asked: list[str] = []

    def steps(wanted: list[str]) -> dict[str, Step]:
        asked.extend(wanted)
        return steps_of(graph, wanted)

    Trails(steps, "n00", "n01").find(hops, 10**4)
    assert len(asked) == len(set(asked))
