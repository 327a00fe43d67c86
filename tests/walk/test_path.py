"""Paths in a real graph: order, parallel and hidden links, the rules of walking."""

from __future__ import annotations

from itertools import pairwise

import pytest

from graph.answer import LinkFilter
from graph.errors import BadInput
from graph.open import Graph
from graph.read import walk
from graph.read.path import PathOrder, PathsView, paths
from graph.read.trail import grade_of
from security.marking import EVERYTHING
from security.viewer import Viewer
from tests.read.world import ACORN, World
from tests.walk.mesh import all_paths, random_ties, seen, tie, write

pytestmark = pytest.mark.database
FLOOR = Viewer("tester", EVERYTHING, (0,))
ALL = Viewer("tester", EVERYTHING, (0, 1, 2))


def _nodes(found: PathsView) -> list[tuple[str, ...]]:
    return [tuple(view.id for view in path.nodes) for path in found.paths]


@pytest.mark.parametrize("seed", range(6))
def test_paths_and_parallel_links_are_those_of_networkx(graph: Graph, seed: int) -> None:
    ids = write(graph, f"mesh{seed}", 14)
    ties = random_ties(seed, ids, 24)
    tie(graph, f"mesh{seed}", ties)
    for viewer in (FLOOR, ALL):
        expected = all_paths(seen(ids, ties, viewer.allowed), ids[0], ids[1], 5)
        found = paths(graph, viewer, ids[0], ids[1], 5, 50)
        assert [(p.length, p.weakest, n) for p, n in zip(found.paths, _nodes(found), strict=True)] == [
            (length, grade_of(weakest), nodes) for length, weakest, nodes in expected[:50]
        ]
        assert (found.truncated is not None) == (len(expected) > 50)
        for path, (_, _, nodes) in zip(found.paths, expected, strict=False):
            hops = [{a, b} for a, b in pairwise(nodes)]
            visible = [hops.index({t.a, t.b}) for t in ties if t.mk in viewer.allowed and {t.a, t.b} in hops]
            assert [hops.index({link.origin.id, link.target.id}) for link in path.links] == sorted(visible)
        strong = sorted(expected, key=lambda each: (each[1], each[0], each[2]))
        by_strength = paths(graph, viewer, ids[0], ids[1], 5, 50, order=PathOrder.STRENGTH)
        assert _nodes(by_strength) == [nodes for _, _, nodes in strong[:50]]
        assert found.complete == (found.truncated is None)
        inner = [set(nodes[1:-1]) for _, _, nodes in expected[:50]]
        assert [view.id for view in found.bridges] == (sorted(set.intersection(*inner)) if inner else [])


def test_hidden_links_change_nothing(graph: Graph) -> None:
    ids = write(graph, "open", 10)
    tie(graph, "open", [t for t in random_ties(4, ids, 18, hidden=0) if t.mk == 0])
    before = paths(graph, FLOOR, ids[0], ids[1], 6, 50)
    hidden = write(graph, "hidden", 70)
    tie(graph, "secret", [t for t in random_ties(5, [*ids, *hidden], 400, hidden=1.0) if t.mk == 2])
    assert paths(graph, FLOOR, ids[0], ids[1], 6, 50) == before
    assert paths(graph, ALL, ids[0], ids[1], 6, 50) != before


def test_a_hop_is_as_strong_as_its_best_link_and_sources_are_counted(world: World) -> None:
    a, b, c = (world.thing("Person") for _ in range(3))
    world.link("ASSOCIATED_WITH", a, b, grade=352)
    world.link("ASSOCIATED_WITH", b, a, grade=111, source=7)
    world.link("ASSOCIATED_WITH", b, c, grade=221)
    (path,) = paths(world.graph, world.viewer(), a, c).paths
    assert (path.length, path.weakest, path.independent_sources, len(path.links)) == (2, 221, 2, 3)
    world.link("ASSOCIATED_WITH", a, c)
    assert [p.weakest for p in paths(world.graph, world.viewer(), a, c).paths] == [None, 221]


def test_paths_do_not_pass_through_officers_areas_and_postcodes_unless_asked(world: World) -> None:
    one, other = world.thing("Crime"), world.thing("Crime")
    officer, area = world.thing("Officer"), world.thing("Area")
    for crime in (one, other):
        world.link("HANDLED_BY", crime, officer)
        world.link("OCCURRED_AT", crime, area)
    viewer = world.viewer()
    assert paths(world.graph, viewer, one, other) == PathsView(())
    asked = paths(world.graph, viewer, one, other, where=LinkFilter(types=("HANDLED_BY",)))
    assert _nodes(asked) == [(one, officer, other)]
    assert _nodes(paths(world.graph, viewer, one, area)) == [(one, area)]
    assert [view.id for view in asked.bridges] == [officer]


def test_crowded_nodes_are_named_and_not_passed_through(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "CROWDED", 4)
    hub = world.thing("Organisation")
    people = [world.thing("Person") for _ in range(4)]
    for person in people:
        world.link("MEMBER_OF", person, hub)
    viewer = world.viewer()
    assert len(paths(world.graph, viewer, people[0], people[1]).paths) == 1
    secret = world.thing("Person", marking=ACORN)
    world.link("MEMBER_OF", secret, hub, ACORN)
    assert len(paths(world.graph, viewer, people[0], people[1]).paths) == 1
    cut = paths(world.graph, world.viewer(ACORN), people[0], people[1])
    assert cut.paths == ()
    assert cut.truncated is not None
    assert (cut.truncated.suppressed, cut.truncated.entity and cut.truncated.entity.id) == (5, hub)


def test_a_value_that_very_many_hold_is_not_passed_through(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "GENERIC_HOLDERS", 2)
    phone = world.value("Phone", "+447700900123")
    people = [world.thing("Person") for _ in range(3)]
    for person in people[:2]:
        world.link("USES", person, phone)
        world.link("USES", person, phone)
    viewer = world.viewer()
    assert _nodes(paths(world.graph, viewer, people[0], people[1])) == [(people[0], phone, people[1])]
    world.link("USES", people[2], phone)
    assert paths(world.graph, viewer, people[0], people[1]).paths == ()


def test_exclusions_and_what_was_known_then(world: World) -> None:
    a, b, c = (world.thing("Person") for _ in range(3))
    world.link("ASSOCIATED_WITH", a, b)
    world.link("ASSOCIATED_WITH", b, c)
    world.link("WAS", a, c, type="ASSOCIATED_WITH", recorded_at=100, retracted_at=200)
    viewer = world.viewer()
    assert _nodes(paths(world.graph, viewer, a, c)) == [(a, b, c)]
    assert paths(world.graph, viewer, a, c, where=LinkFilter(exclude_ids=(b,))).paths == ()
    assert paths(world.graph, viewer, a, c, where=LinkFilter(exclude_kinds=("Person",))).paths == ()
    then = paths(world.graph, viewer, a, c, where=LinkFilter(known_at=150))
    assert (_nodes(then), then.paths[0].links[0].type) == ([(a, c)], "ASSOCIATED_WITH")
    assert paths(world.graph, viewer, a, c, where=LinkFilter(known_at=250)).paths == ()


def test_unknown_and_hidden_ends_give_the_same_nothing(world: World) -> None:
    a, secret = world.thing("Person"), world.thing("Person", marking=ACORN)
    world.link("ASSOCIATED_WITH", a, secret, ACORN)
    assert paths(world.graph, world.viewer(), a, secret) == paths(world.graph, world.viewer(), a, "e_" + "a" * 20)
    assert len(paths(world.graph, world.viewer(ACORN), a, secret).paths) == 1


@pytest.mark.parametrize(("hops", "first"), [(0, 5), (7, 5), (50, 5), (6, 0), (6, 51)])
def test_bounds(world: World, hops: int, first: int) -> None:
    with pytest.raises(BadInput):
        paths(world.graph, world.viewer(), "e_" + "a" * 20, "e_" + "b" * 20, hops, first)
    with pytest.raises(BadInput, match="same thing"):
        paths(world.graph, world.viewer(), "e_" + "a" * 20, "e_" + "a" * 20)


def test_the_report_without_which_no_path_holds(world: World) -> None:
    a, b, c, d = (world.thing("Person") for _ in range(4))
    alone = world.link("ASSOCIATED_WITH", a, b)
    for between in (c, d):
        world.link("ASSOCIATED_WITH", b, between)
    for _ in range(2):
        world.link("ASSOCIATED_WITH", c, d)
    found = paths(world.graph, world.viewer(), a, d)
    assert [link.id for link in found.bridge_links] == [alone]
    assert found.complete
    world.link("ASSOCIATED_WITH", a, b)
    assert paths(world.graph, world.viewer(), a, d).bridge_links == ()


def test_crowded_nodes_are_passed_where_that_is_asked_for(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "CROWDED", 3)
    hub, *people = world.thing("Organisation"), *(world.thing("Person") for _ in range(5))
    for person in people:
        world.link("MEMBER_OF", person, hub)
    assert paths(world.graph, world.viewer(), people[0], people[1]).paths == ()
    passed = paths(world.graph, world.viewer(), people[0], people[1], where=LinkFilter(pass_crowded=True))
    assert _nodes(passed) == [(people[0], hub, people[1])]
