"""Workspaces: kept and opened as they lie, their owner's alone, and no more of them than they may see."""

from __future__ import annotations

import dataclasses

import pytest

from graph import workspace as of
from graph.errors import BadInput, Conflict, NotFound, TooCostly
from graph.open import Graph
from graph.workspace import Placed, Showing, Wanted, WorkspaceView
from tests.read.world import ACORN, OPEN, World

pytestmark = pytest.mark.database


@pytest.fixture
def world(graph: Graph) -> World:
    return World(graph)


def names(graph: Graph, world: World, *grants: str) -> list[str]:
    return [each.name for each in of.workspaces(graph, world.viewer(*grants))]


def opened(graph: Graph, world: World, id_: str, *grants: str) -> WorkspaceView:
    view = of.workspace(graph, world.viewer(*grants), id_)
    assert view is not None
    return view


def test_a_network_is_opened_as_it_was_left(graph: Graph, world: World) -> None:
    ann, phone = world.thing("Person", "Ann"), world.value("Phone", "+447700900001")
    link = world.link("USES", ann, phone)
    lies = (Placed(ann, 1.5, -2.0, expanded=True, note=" seen "), Placed(phone, 0.0, 9.25, pinned=True, away=True))
    showing = Showing(("Crime",), ("USES",), "C", "2025-05-31", 60)
    saved = of.save(graph, world.viewer(), Wanted(" Wolf ", "why", lies, showing))
    view = opened(graph, world, saved.id)
    assert (view.name, view.note, view.version, view.marking, view.filters) == ("Wolf", "why", 1, OPEN, showing)
    assert view.things == (dataclasses.replace(lies[0], note="seen"), lies[1])
    assert [each.entity.label for each in of.placed_in(graph, world.viewer(), view)] == ["Ann", "+447700900001"]
    network = of.network_of(graph, world.viewer(), view)
    assert ([node.id for node in network.nodes], [each.id for each in network.links]) == ([ann, phone], [link])
    assert names(graph, world) == ["Wolf"]


def test_it_has_the_marking_of_all_that_it_named_and_is_nothing_to_who_does_not_hold_that(
    graph: Graph, world: World
) -> None:
    ann, phone = world.thing("Person", "Ann"), world.value("Phone", "+447700900002")
    world.link("USES", ann, phone, marking=ACORN)
    saved = of.save(graph, world.viewer(OPEN, ACORN), Wanted("hush", things=(Placed(ann, 0, 0), Placed(phone, 1, 1))))
    assert saved.marking == ACORN, "of what joins them"
    assert (names(graph, world, OPEN, ACORN), names(graph, world)) == (["hush"], [])
    assert of.workspace(graph, world.viewer(), saved.id) is None
    with pytest.raises(NotFound, match="you have none"):
        of.delete(graph, world.viewer(), saved.id)
    with pytest.raises(NotFound, match="you have none"):
        renamed(graph, world, saved)
    other = dataclasses.replace(world.viewer(OPEN, ACORN), user="other")
    assert (of.workspaces(graph, other), of.workspace(graph, other, saved.id)) == ([], None)


def renamed(graph: Graph, world: World, saved: WorkspaceView, version: int = 1) -> WorkspaceView:
    return of.save(graph, world.viewer(), Wanted("other", id=saved.id, version=version))


def test_what_is_hidden_since_is_left_out_with_the_note_at_it(graph: Graph, world: World) -> None:
    ann, bob = world.thing("Person", "Ann"), world.thing("Person", "Bob")
    lies = (Placed(ann, 0, 0, note="friend of Bob"), Placed(bob, 1, 1, note="boss"))
    saved = of.save(graph, world.viewer(), Wanted("two", things=lies))
    world._write("MATCH (n:Entity {id: $id}) SET n.mk = $mk", id=bob, mk=world.mk(ACORN))
    view = opened(graph, world, saved.id)
    (left,) = of.placed_in(graph, world.viewer(), view)
    assert (left.entity.id, left.note) == (ann, "friend of Bob")
    assert [node.id for node in of.network_of(graph, world.viewer(), view).nodes] == [ann]


def test_what_was_merged_goes_by_its_new_id_and_stands_once(graph: Graph, world: World) -> None:
    ann, twin = world.thing("Person", "Ann"), world.thing("Person", "Ann again")
    saved = of.save(graph, world.viewer(), Wanted("two", things=(Placed(ann, 0, 0), Placed(twin, 1, 1, note="same?"))))
    world.move_record("r_" + twin[2:], ann)
    world.drop(twin)
    view = opened(graph, world, saved.id)
    assert [(each.entity.id, each.x) for each in of.placed_in(graph, world.viewer(), view)] == [(ann, 0.0)]
    only = of.save(graph, world.viewer(), Wanted("one", things=(Placed(twin, 5, 5),)))
    assert only.things is None or [each.id for each in only.things] == [ann]


def test_what_was_saved_since_is_not_overwritten(graph: Graph, world: World) -> None:
    ann = world.thing("Person", "Ann")
    saved = of.save(graph, world.viewer(), Wanted("first", "why", (Placed(ann, 3, 4),), Showing(weakest="B")))
    changed = renamed(graph, world, saved)
    assert (changed.version, changed.name, changed.note, changed.filters.weakest) == (2, "other", "why", "B")
    with pytest.raises(Conflict, match="saved since"):
        renamed(graph, world, saved)
    assert opened(graph, world, saved.id).version == 2, "nothing of a refused change is left"
    assert opened(graph, world, saved.id).things == (Placed(ann, 3, 4),)
    with pytest.raises(BadInput, match="version"):
        of.save(graph, world.viewer(), Wanted("x", id=saved.id))
    of.delete(graph, world.viewer(), saved.id)
    assert names(graph, world) == []


def test_what_cannot_be_kept_is_refused(graph: Graph, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ann, hidden = world.thing("Person", "Ann"), world.thing("Person", "Hid", marking=ACORN)
    viewer = world.viewer()
    refused: tuple[tuple[Wanted, type[Exception], str], ...] = (
        (Wanted("x", things=(Placed(hidden, 0, 0),)), NotFound, hidden),
        (Wanted("x", things=(Placed("e_" + "a" * 20, 0, 0),)), NotFound, "nothing by the id"),
        (Wanted("x"), BadInput, "say what is to be kept"),
        (Wanted("x", things=(Placed(ann, float("inf"), 0),)), BadInput, "stands nowhere"),
        (Wanted("x", "n" * 2_001, ()), BadInput, "note: 2001 characters"),
        (Wanted("x", things=(), showing=Showing(weakest="F")), BadInput, "none of A, B, C, D, E"),
        (Wanted("x", things=(Placed(ann, 0, 0),) * 2_001), TooCostly, "2001 are more than 2000"),
        (Wanted("x", things=(Placed(ann, 0, 0, note="n" * 2_000),) * 31), TooCostly, "60000 characters together"),
    )
    for wanted, error, said in refused:
        with pytest.raises(error, match=said):
            of.save(graph, viewer, wanted)
    monkeypatch.setattr(of, "MOST_WORKSPACES", 1)
    of.save(graph, viewer, Wanted("one", things=()))
    with pytest.raises(TooCostly, match="give one up"):
        of.save(graph, viewer, Wanted("two", things=()))


def test_what_is_erased_stands_in_no_workspace(graph: Graph, world: World) -> None:
    ann, bob = world.thing("Person", "Ann"), world.thing("Person", "Bob")
    lies = (Placed(ann, 1, 2, note="gone with her"), Placed(bob, 3, 4, pinned=True, note="stays"))
    saved = of.save(graph, world.viewer(), Wanted("two", things=lies))
    graph.store.write(lambda transaction: transaction.run("workspace/forget", ids=[ann], name="Workspace"))
    view = opened(graph, world, saved.id)
    assert (view.things, view.version, view.name, view.note) == ((lies[1],), 2, "Workspace", None)
