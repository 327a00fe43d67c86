"""Key players and communities of real graphs, and the ranges that doubt gives."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from analysis.community import communities
from analysis.doubt import believed, worlds
from analysis.key_player import Method, key_players
from analysis.network import UNGRADED
from analysis.pull import pull
from analysis.scope import Scope
from graph.errors import BadInput
from graph.open import Graph
from security.marking import EVERYTHING
from security.viewer import Viewer
from tests.read.world import ACORN, World
from tests.walk.mesh import Tie, random_ties, seen, tie, write

pytestmark = pytest.mark.database
VIEWER = Viewer("tester", EVERYTHING, (0,))


@pytest.fixture
def world(graph: Graph) -> World:
    return World(graph)


def two_groups(graph: Graph, grade: int | None = 111) -> tuple[list[str], str]:
    """Two groups of five and the one who joins them; the ids of the groups, and that one's."""
    ids = write(graph, "groups", 11)
    broker, one, other = ids[5], ids[:5], ids[6:]
    edges = [(a, b) for group in (one, other) for n, a in enumerate(group) for b in group[n + 1 :]]
    edges += [(broker, one[0]), (broker, other[0])]
    tie(graph, "groups", [Tie(a, b, 0, grade) for a, b in edges])
    return ids, broker


def test_the_broker_comes_first_where_it_matters(graph: Graph) -> None:
    ids, broker = two_groups(graph)
    first = {method: key_players(graph, VIEWER, Scope(), method, 1).items[0] for method in Method}
    for method in (Method.BETWEENNESS, Method.FRAGMENTATION):
        assert first[method].entity.id == broker
    assert first[Method.BETWEENNESS].score == 25
    # All 55 pairs reach each other; without the broker two groups of 10 pairs are left.
    assert first[Method.FRAGMENTATION].score == pytest.approx(35 / 55)
    assert first[Method.REACH].score == 1
    assert first[Method.DEGREE].score == 5
    found = key_players(graph, VIEWER, Scope(), Method.FRAGMENTATION, 3)
    assert [view.rank for view in found.items] == [1, 2, 3]
    assert found.truncated is not None
    assert found.truncated.suppressed == len(ids) - 3
    for view in found.items:
        assert view.low <= view.score <= view.high
        assert {part.name for part in view.because} == {"fragmentation", "ties", "doubt"}


@pytest.mark.parametrize("seed", range(3))
def test_scores_are_those_of_networkx_over_what_the_viewer_sees(graph: Graph, seed: int) -> None:
    ids = write(graph, f"keys{seed}", 40)
    ties = random_ties(seed, ids, 70)
    tie(graph, f"keys{seed}", ties)
    for allowed in ((0,), (0, 1, 2)):
        visible, viewer = seen(ids, ties, allowed), Viewer("tester", EVERYTHING, allowed)
        expected = {
            Method.BETWEENNESS: nx.betweenness_centrality(visible, normalized=False),
            Method.PAGERANK: nx.pagerank(visible, tol=1e-12, max_iter=5_000),
            Method.DEGREE: dict(visible.degree),
        }
        for method, truth in expected.items():
            found = key_players(graph, viewer, Scope(), method, 100).items
            assert {view.entity.id for view in found} == {id_ for id_ in ids if visible.degree[id_]}
            assert {view.entity.id: view.score for view in found} == pytest.approx(
                {view.entity.id: truth[view.entity.id] for view in found}, abs=1e-8
            )
            scores = [round(view.score, 8) for view in found]
            assert scores == sorted(scores, reverse=True)
            again = key_players(graph, viewer, Scope(), method, 100).items
            assert found == again


def test_doubtful_links_make_wide_ranges_and_sound_ones_narrow(graph: Graph) -> None:
    ids, broker = two_groups(graph, 352)
    doubtful = {view.entity.id: view for view in key_players(graph, VIEWER, Scope(), Method.BETWEENNESS, 11).items}
    assert doubtful[broker].low == 0
    assert doubtful[broker].high >= 25
    assert len(ids) == 11
    grades = np.array([111, 221, 331, 352, UNGRADED], np.int32)
    assert believed(grades)[0] > believed(grades)[1] > believed(grades)[2] > believed(grades)[3]


def test_a_merge_that_is_undone_leaves_its_links_to_another(world: World) -> None:
    """Of two records one has the tie to each side: where they are two people, nobody joins the sides."""
    merged, a, b = world.thing("Person", records=2), world.thing("Person"), world.thing("Person")
    record = world.graph.ids.record("test", "Person", f"{world._run}-0-1", "OFFICIAL")
    world.link("ASSOCIATED_WITH", merged, a, grade=111)
    world.link("ASSOCIATED_WITH", merged, b, grade=111, a=record)
    network = pull(world.graph, world.viewer(), Scope())
    sizes = [(drawn.size, drawn.count) for drawn in worlds(network, 400)]
    apart = sum(size == 4 for size, _ in sizes)
    assert 3 <= apart <= 30
    assert {size for size, _ in sizes} == {3, 4}


def test_groups_are_found_with_who_ties_them(graph: Graph) -> None:
    ids, broker = two_groups(graph)
    found = communities(graph, VIEWER, Scope())
    assert [view.size for view in found.items] == [6, 5]
    assert {view.entity.id for view in found.items[1].members} <= {*ids[:5], *ids[6:]}
    assert found.items[1].density == 1
    assert broker in {bridge.id for view in found.items for bridge in view.bridges}
    assert len({view.id for view in found.items}) == 2
    assert [view.rank for view in found.items[1].members] == [1, 2, 3, 4, 5]
    assert communities(graph, VIEWER, Scope()) == found
    few = communities(graph, VIEWER, Scope(), 1)
    assert few.items == found.items[:1]
    assert few.truncated is not None
    assert few.truncated.suppressed == 1


def test_networks_without_ties_have_no_players(world: World) -> None:
    lone = world.thing("Person")
    hidden = world.thing("Person", marking=ACORN)
    world.link("ASSOCIATED_WITH", lone, hidden, marking=ACORN)
    for scope in (Scope(), Scope(ids=(lone,)), Scope(ids=(hidden,))):
        for method in Method:
            assert key_players(world.graph, world.viewer(), scope, method).items == ()
        assert communities(world.graph, world.viewer(), scope).items == ()
    assert len(key_players(world.graph, world.viewer(ACORN), Scope(), Method.DEGREE).items) == 2
    for first in (0, 101):
        with pytest.raises(BadInput):
            key_players(world.graph, world.viewer(), Scope(), first=first)
        with pytest.raises(BadInput):
            communities(world.graph, world.viewer(), Scope(), first)
