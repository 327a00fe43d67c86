"""The network that joins several things, as one viewer may see it."""

from __future__ import annotations

import networkx as nx
import pytest

from graph.answer import LinkFilter
from graph.errors import BadInput
from graph.open import Graph
from graph.read.connect import connect
from security.marking import EVERYTHING
from security.viewer import Viewer
from tests.read.world import ACORN, World
from tests.walk.mesh import random_ties, seen, tie, write

pytestmark = pytest.mark.database


@pytest.mark.parametrize("seed", range(4))
def test_the_network_joins_what_the_viewer_sees_joined(graph: Graph, seed: int) -> None:
    ids = write(graph, f"joined{seed}", 40)
    ties = random_ties(seed, ids, 70)
    tie(graph, f"joined{seed}", ties)
    for allowed in ((0,), (0, 1, 2)):
        visible = seen(ids, ties, allowed)
        found = connect(graph, Viewer("tester", EVERYTHING, allowed), [ids[3], ids[0], ids[7]], 6)
        assert [view.id for view in found.nodes][:3] == [ids[3], ids[0], ids[7]]
        shown = visible.subgraph([view.id for view in found.nodes])
        for a in (0, 3):
            if nx.has_path(visible, ids[a], ids[7]) and nx.shortest_path_length(visible, ids[a], ids[7]) <= 6:
                assert nx.has_path(shown, ids[a], ids[7])
        ends = {(link.origin.id, link.target.id) for link in found.links}
        assert {frozenset(pair) for pair in ends} == {frozenset(edge) for edge in shown.edges}


def test_three_people_are_joined_by_what_they_share_and_one_stands_apart(world: World) -> None:
    a, b, c, alone = (world.thing("Person") for _ in range(4))
    phone, car = world.value("Phone", "+447700900321"), world.thing("Vehicle")
    world.link("USES", a, phone)
    world.link("USES", b, phone)
    world.link("KEEPS", b, car)
    world.link("DRIVES", c, car)
    found = connect(world.graph, world.viewer(), [c, a, b, alone, "e_" + "a" * 20])
    assert [view.id for view in found.nodes] == [c, a, b, alone, *sorted((phone, car))]
    assert found.truncated is not None
    assert found.truncated.reason == "2 parts: no way of at most 4 hops was found from one to another"
    narrow = connect(world.graph, world.viewer(), [a, b, c], where=LinkFilter(types=("USES",)))
    assert [view.id for view in narrow.nodes] == [a, b, c, phone]


def test_a_hidden_link_joins_only_for_who_may_see_it(world: World) -> None:
    a, b, middle = (world.thing("Person") for _ in range(3))
    world.link("ASSOCIATED_WITH", a, middle, marking=ACORN)
    world.link("ASSOCIATED_WITH", middle, b)
    assert [v.id for v in connect(world.graph, world.viewer(ACORN), [a, b]).nodes] == [a, b, middle]
    assert [v.id for v in connect(world.graph, world.viewer(), [a, b]).nodes] == [a, b]


@pytest.mark.parametrize(
    ("ids", "hops", "said"),
    [
        (["e_" + "a" * 20], 4, "ids: 1 different ones"),
        (["e_" + "a" * 20] * 2, 4, "ids: 1 different ones"),
        ([f"e_{n:020}" for n in range(21)], 4, "ids: 21 different ones"),
        (["e_" + "a" * 20, "e_" + "b" * 20], 7, "maxHops: 7"),
    ],
)
def test_too_few_too_many_or_too_far_is_refused(world: World, ids: list[str], hops: int, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        connect(world.graph, world.viewer(), ids, hops)
