"""Networks: nearest first, cut at the limit, and nothing that the viewer may not see."""

from __future__ import annotations

import networkx as nx
import pytest

from graph.answer import LinkFilter, NetworkView
from graph.errors import BadInput
from graph.open import Graph
from graph.read import walk
from graph.read.network import expand
from security.marking import EVERYTHING
from security.viewer import Viewer
from tests.read.world import ACORN, World
from tests.walk.mesh import random_ties, seen, tie, write

pytestmark = pytest.mark.database
FLOOR = Viewer("tester", EVERYTHING, (0,))
ALL = Viewer("tester", EVERYTHING, (0, 1, 2))


def _ids(found: NetworkView) -> list[str]:
    return [view.id for view in found.nodes]


@pytest.mark.parametrize("seed", range(5))
def test_expand_is_the_breadth_first_search_of_networkx(graph: Graph, seed: int) -> None:
    ids = write(graph, f"net{seed}", 40)
    ties = random_ties(seed, ids, 60)
    tie(graph, f"net{seed}", ties)
    for viewer in (FLOOR, ALL):
        visible = seen(ids, ties, viewer.allowed)
        for hops, limit in ((1, 200), (2, 200), (3, 7), (6, 25)):
            near = nx.single_source_shortest_path_length(visible, ids[0], cutoff=hops)
            order = sorted(near, key=lambda id_: (near[id_], id_))
            found = expand(graph, viewer, [ids[0]], hops, limit=limit)
            assert _ids(found) == order[: limit + 1]
            kept = set(_ids(found))
            between = [t for t in ties if t.mk in viewer.allowed and {t.a, t.b} <= kept]
            assert sorted((link.origin.id, link.target.id) for link in found.links) == sorted(
                (t.a, t.b) for t in between
            )
            assert [link.id for link in found.links] == sorted(link.id for link in found.links)
            left = (
                sum(near[id_] == near[order[limit + 1]] for id_ in order[limit + 1 :]) if len(order) > limit + 1 else 0
            )
            assert (found.truncated.suppressed if found.truncated else 0) == left


def test_kinds_limit_what_is_walked_through(world: World) -> None:
    a, b = world.thing("Person"), world.thing("Person")
    home, phone = world.thing("Address"), world.value("Phone", "+447700900456")
    for person in (a, b):
        world.link("LIVES_AT", person, home)
        world.link("USES", person, phone)
    viewer = world.viewer()
    assert set(_ids(expand(world.graph, viewer, [a], 2))) == {a, b, home, phone}
    assert _ids(expand(world.graph, viewer, [a], 2, LinkFilter(kinds=("Person",)))) == [a]
    assert _ids(expand(world.graph, viewer, [a], 2, LinkFilter(kinds=("Person", "Phone")))) == [a, phone, b]


def test_officers_areas_and_postcodes_are_shown_when_asked_for(world: World) -> None:
    crime, officer, area = world.thing("Crime"), world.thing("Officer"), world.thing("Area")
    world.link("HANDLED_BY", crime, officer)
    world.link("OCCURRED_AT", crime, area)
    viewer = world.viewer()
    assert _ids(expand(world.graph, viewer, [crime])) == [crime]
    assert _ids(expand(world.graph, viewer, [crime], where=LinkFilter(types=("HANDLED_BY",)))) == [crime, officer]
    assert _ids(expand(world.graph, viewer, [crime], where=LinkFilter(kinds=("Area",)))) == [crime, area]
    assert _ids(expand(world.graph, viewer, [officer], where=LinkFilter(types=("HANDLED_BY",)))) == [officer, crime]


def test_a_crowded_node_is_shown_but_passed_through_only_when_asked_for(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walk, "CROWDED", 2)
    hostel = world.thing("Address")
    people = [world.thing("Person") for _ in range(3)]
    for person in people:
        world.link("LIVES_AT", person, hostel)
    viewer = world.viewer()
    found = expand(world.graph, viewer, [people[0]], 2)
    assert _ids(found) == [people[0], hostel]
    assert found.truncated is not None
    assert (found.truncated.suppressed, found.truncated.entity and found.truncated.entity.id) == (3, hostel)
    assert set(_ids(expand(world.graph, viewer, [hostel]))) == {hostel, *people}
    asked = expand(world.graph, viewer, [people[0]], 2, LinkFilter(kinds=("Address", "Person")))
    assert (set(_ids(asked)), asked.truncated) == ({hostel, *people}, None)


def test_dates_and_grades_choose_the_links(world: World) -> None:
    a, dated, old, undated = (world.thing("Person") for _ in range(4))
    world.link("ASSOCIATED_WITH", a, dated, valid_from=2_000, valid_to=3_000, grade=111)
    world.link("ASSOCIATED_WITH", a, old, valid_from=1_000, valid_to=1_500, grade=352)
    world.link("ASSOCIATED_WITH", a, undated)
    event = world.thing("Crime", at=2_500)
    world.link("INVOLVED_IN", a, event, grade=121)

    def near(where: LinkFilter) -> set[str]:
        return set(_ids(expand(world.graph, world.viewer(), [a], where=where))) - {a}

    assert near(LinkFilter(since=2_000, until=2_400)) == {dated, undated}
    assert near(LinkFilter(until=1_999)) == {old, undated}
    assert near(LinkFilter(valid_at=1_200)) == {old, undated, event}
    assert near(LinkFilter(grade=(1, 2))) == {dated, event}
    assert near(LinkFilter(grade=(3, 5))) == {dated, old, undated, event}
    assert near(LinkFilter(known_at=1)) == set()


def test_unknown_and_hidden_starts_are_absent(world: World) -> None:
    a, secret = world.thing("Person"), world.thing("Person", marking=ACORN)
    world.link("ASSOCIATED_WITH", a, secret, ACORN)
    viewer = world.viewer()
    assert (
        expand(world.graph, viewer, [secret]) == expand(world.graph, viewer, ["e_" + "a" * 20]) == NetworkView((), ())
    )
    assert _ids(expand(world.graph, viewer, [secret, a], 3)) == [a]


@pytest.mark.parametrize(("hops", "limit"), [(0, 10), (7, 10), (1, 0), (1, 2_001)])
def test_bounds(world: World, hops: int, limit: int) -> None:
    with pytest.raises(BadInput):
        expand(world.graph, world.viewer(), ["e_" + "a" * 20], hops, limit=limit)


def test_unknown_names_are_refused(world: World) -> None:
    with pytest.raises(BadInput, match="types: 'KNOWS'"):
        expand(world.graph, world.viewer(), [], where=LinkFilter(types=("KNOWS",)))
