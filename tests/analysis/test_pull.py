"""The network of a scope: whom it holds, what ties them, and what a viewer may not see of it."""

from __future__ import annotations

import itertools
from typing import Any

import networkx as nx
import pytest

from analysis.network import Network
from analysis.pull import left_out, pull
from analysis.scope import Scope
from graph.errors import BadInput, NotFound, TooCostly
from graph.open import Graph
from security.marking import EVERYTHING
from security.viewer import Viewer
from tests.read.world import ACORN, World
from tests.walk.mesh import random_ties, seen, tie, write

pytestmark = pytest.mark.database


@pytest.fixture
def world(graph: Graph) -> World:
    return World(graph)


def edges(network: Network) -> set[frozenset[str]]:
    return {frozenset(edge) for edge in network.to_networkx().edges}


def pair(*ids: str) -> frozenset[str]:
    return frozenset(ids)


@pytest.mark.parametrize("seed", range(3))
def test_random_networks_are_those_that_the_viewer_sees(graph: Graph, seed: int) -> None:
    ids = write(graph, f"pull{seed}", 40)
    ties = random_ties(seed, ids, 60)
    tie(graph, f"pull{seed}", ties)
    for allowed, hops in itertools.product(((0,), (0, 1, 2)), (1, 2, 3)):
        viewer, visible = Viewer("tester", EVERYTHING, allowed), seen(ids, ties, allowed)
        whole = pull(graph, viewer, Scope())
        assert set(whole.ids) == set(ids)
        assert edges(whole) == {frozenset(edge) for edge in visible.edges}
        near = nx.single_source_shortest_path_length(visible, ids[0], hops)
        found = pull(graph, viewer, Scope(ids=(ids[0],), hops=hops))
        assert set(found.ids) == set(near)
        assert edges(found) == {frozenset(edge) for edge in visible.subgraph(near).edges}
        grades = nx.get_edge_attributes(found.to_networkx(), "grade")
        assert all(visible.edges[edge]["grade"] == (grade or 999) for edge, grade in grades.items())


def test_what_is_shared_ties_where_its_kind_is_asked_for(world: World) -> None:
    a, b, c, d = (world.thing("Person") for _ in range(4))
    phone, home, crime = world.value("Phone", "+447700900701"), world.thing("Address"), world.thing("Crime", at=500)
    world.link("USES", a, phone)
    world.link("USES", b, phone)
    world.link("LIVES_AT", b, home)
    world.link("LIVES_AT", c, home, valid_from=900)
    world.link("INVOLVED_IN", c, crime)
    world.link("INVOLVED_IN", d, crime)
    viewer = world.viewer()

    def tied(*kinds: str, **scope: object) -> set[frozenset[str]]:
        return edges(pull(world.graph, viewer, Scope(kinds=kinds, **scope)))  # type: ignore[arg-type]

    assert tied() == set()
    assert tied("Phone") == {pair(a, b)}
    assert tied("Address", "Crime") == {pair(b, c), pair(c, d)}
    assert tied("Address", "Crime", until=600) == {pair(c, d)}
    assert tied("Address", "Crime", since=600) == {pair(b, c)}
    assert tied("Phone", "Address", types=("USES",)) == {pair(a, b)}
    reached = pull(world.graph, viewer, Scope(ids=(a,), hops=2, kinds=("Phone", "Address", "Crime")))
    assert set(reached.ids) == {a, b, c}
    assert set(pull(world.graph, viewer, Scope(ids=(home,), hops=1, kinds=("Phone", "Address"))).ids) == {a, b, c}


def test_a_call_ties_those_who_use_its_phones(world: World) -> None:
    a, b, c = (world.thing("Person") for _ in range(3))
    one, other, open_line = (world.value("Phone", f"+44770090080{n}") for n in range(3))
    call = world.thing("Call", at=700)
    for who, phone in ((a, one), (b, other), (c, one)):
        world.link("USES", who, phone)
    world.link("INVOLVED_IN", one, call, role="CALLER")
    world.link("INVOLVED_IN", other, call, role="CALLED")
    assert open_line
    found = pull(world.graph, world.viewer(), Scope(kinds=("Call",)))
    assert edges(found) == {pair(a, b), pair(b, c)}
    assert set(nx.get_edge_attributes(found.to_networkx(), "dated").values()) == {700}
    assert edges(pull(world.graph, world.viewer(), Scope(ids=(a,), hops=1, kinds=("Call",)))) == {pair(a, b)}
    assert edges(pull(world.graph, world.viewer(), Scope(kinds=("Call",), since=701))) == set()


def test_what_very_many_hold_ties_nobody_and_is_told(world: World) -> None:
    people = [world.thing("Person") for _ in range(101)]
    phone = world.value("Phone", "+447700900702")
    for person in people:
        world.link("USES", person, phone)
    found = pull(world.graph, world.viewer(), Scope(kinds=("Phone",)))
    assert found.ties.count == 0
    cut = left_out(found)
    assert cut is not None
    assert cut.suppressed == 1


def test_an_area_holds_those_who_live_there_or_had_a_part_in_what_happened_there(world: World) -> None:
    a, b, c, d = (world.thing("Person") for _ in range(4))
    area, postcode, home = world.thing("Area"), world.value("Postcode", "ZX1 1AA"), world.thing("Address")
    crime = world.thing("Crime", at=500)
    world.link("IN", home, postcode)
    world.link("IN", postcode, area)
    world.link("LIVES_AT", a, home)
    world.link("OCCURRED_AT", crime, postcode)
    world.link("INVOLVED_IN", b, crime)
    world.link("LIVES_AT", c, home, marking=ACORN)
    for one, other in ((a, b), (b, d), (a, c)):
        world.link("ASSOCIATED_WITH", one, other)
    found = pull(world.graph, world.viewer(), Scope(area=area))
    assert set(found.ids) == {a, b}
    assert edges(found) == {pair(a, b)}
    assert set(pull(world.graph, world.viewer(ACORN), Scope(area=area)).ids) == {a, b, c}
    assert set(pull(world.graph, world.viewer(), Scope(ids=(d,), hops=1, area=area)).ids) == {b}


def test_what_is_hidden_or_absent_gives_an_empty_network(world: World) -> None:
    hidden = world.thing("Person", marking=ACORN)
    for id_ in (hidden, "e_" + "a" * 20):
        assert pull(world.graph, world.viewer(), Scope(ids=(id_,))).ids == ()
        with pytest.raises(NotFound):
            pull(world.graph, world.viewer(), Scope(area=id_))
    assert pull(world.graph, world.viewer(), Scope()).ids == ()


def test_what_names_no_network_or_too_large_a_one_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    person = world.thing("Person")
    for scope in (
        Scope(hops=0),
        Scope(hops=7),
        Scope(ids=()),
        Scope(kinds=("Person",)),
        Scope(types=("KNOWS",)),
        Scope(since=2, until=1),
        Scope(area=person),
    ):
        with pytest.raises(BadInput):
            pull(world.graph, world.viewer(), scope)
    with pytest.raises(TooCostly):
        pull(world.graph, world.viewer(), Scope(ids=tuple(f"e_{n}" for n in range(101))))
    other = world.thing("Person")
    world.link("ASSOCIATED_WITH", person, other)
    monkeypatch.setattr("analysis.pull.MOST_PARTIES", 1)
    for scope in (Scope(), Scope(ids=(person,))):
        with pytest.raises(TooCostly, match="more than 1 parties"):
            pull(world.graph, world.viewer(), scope)


def test_what_was_known_is_what_was_recorded_and_not_yet_retracted(world: World) -> None:
    """A link of each way to be tied, recorded at 100 and retracted at 200; one of today."""
    a, b, c, d, e = (world.thing("Person") for _ in range(5))
    home, area, postcode = world.thing("Address"), world.thing("Area"), world.thing("Postcode")
    one, other = world.value("Phone", "+447700900791"), world.value("Phone", "+447700900792")
    call, crime = world.thing("Call", at=50), world.thing("Crime", at=50)
    then: dict[str, Any] = {"recorded_at": 100, "retracted_at": 200}
    world.link("WAS", a, b, type="ASSOCIATED_WITH", **then)
    for who in (b, c):
        world.link("WAS", who, home, type="LIVES_AT", **then)
    for who, phone, role in ((c, one, "CALLER"), (d, other, "CALLED")):
        world.link("WAS", who, phone, type="USES", **then)
        world.link("WAS", phone, call, type="INVOLVED_IN", role=role, **then)
    world.link("WAS", home, postcode, type="IN", **then)
    world.link("WAS", postcode, area, type="IN", **then)
    for who in (d, e):
        world.link("WAS", who, crime, type="INVOLVED_IN", role="SUSPECT", **then)
    world.link("WAS", crime, home, type="OCCURRED_AT", **then)
    world.link("ASSOCIATED_WITH", a, e)
    viewer, kinds = world.viewer(), ("Address", "Call", "Crime")

    def tied(known_at: int | None, *ids: str, area: str | None = None) -> set[frozenset[str]]:
        scope = Scope(ids=ids or None, kinds=kinds, area=area, known_at=known_at)
        return edges(pull(world.graph, viewer, scope))

    assert tied(None) == {pair(a, e)}
    assert tied(99) == tied(200) == set()
    assert tied(100) == tied(199) == {pair(a, b), pair(b, c), pair(c, d), pair(d, e)}
    assert tied(150, crime) == {pair(b, c), pair(c, d), pair(d, e)}
    assert tied(150, area=area) == {pair(b, c), pair(d, e), pair(c, d)}
    assert tied(200, area=area) == set()
