"""Entities, groups and degrees as one viewer may see them."""

from __future__ import annotations

import pytest

from graph.answer import EntityView, LinkView, RecordView
from graph.ids import entity_of, record_of
from graph.read.entity import degree, entities_by_id, entity, group, markings, same_identity
from graph.read.node import node
from graph.read.projection import Point
from graph.read.record import DecisionView
from tests.read.world import ACORN, OPEN, SENSITIVE, World

pytestmark = pytest.mark.database


def test_entity_shows_the_model_and_nothing_internal(world: World) -> None:
    id_ = world.thing("Address", "1 High St", text="1 High St", location=(51.5, -0.1))
    found = entity(world.graph, world.viewer(), id_)
    assert found == EntityView(id_, "Address", 0, "1 High St", {"text": "1 High St", "location": Point(51.5, -0.1)})
    assert markings(world.graph, found) == [OPEN]


def test_hidden_and_absent_look_the_same(world: World) -> None:
    hidden = world.thing("Person", marking=ACORN)
    absent = "e_" + "a" * 20
    assert entity(world.graph, world.viewer(), hidden) is None
    assert entity(world.graph, world.viewer(SENSITIVE), hidden) is None
    assert entity(world.graph, world.viewer(), absent) is None
    assert entity(world.graph, world.viewer(), "e_';DROP") is None
    assert entity(world.graph, world.viewer(ACORN), hidden) is not None


def test_an_old_id_answers_with_the_holder_of_its_record(world: World) -> None:
    old, new = world.thing("Person", given_name="Ann"), world.thing("Person", given_name="Anne")
    world.move_record(record_of(old), new)
    world.drop(old)
    found = entities_by_id(world.graph, world.viewer(), [old, new])
    assert {asked: (view.id, view.moved_from) for asked, view in found.items()} == {old: (new, old), new: (new, None)}


def test_an_old_id_of_a_hidden_holder_is_absent(world: World) -> None:
    old, new = world.thing("Person", marking=ACORN), world.thing("Person", marking=ACORN)
    world.move_record(record_of(old), new)
    world.drop(old)
    assert entity(world.graph, world.viewer(), old) is None


def test_a_value_is_visible_where_a_visible_link_touches_it(world: World) -> None:
    open_phone, secret_phone, lone_phone = (world.value("Phone", f"+44770090012{n}") for n in range(3))
    person, secret = world.thing("Person"), world.thing("Person", marking=ACORN)
    world.link("USES", person, open_phone)
    world.link("USES", secret, secret_phone, ACORN)
    asked = [open_phone, secret_phone, lone_phone]
    assert set(entities_by_id(world.graph, world.viewer(), asked)) == {open_phone}
    assert set(entities_by_id(world.graph, world.viewer(ACORN), asked)) == {open_phone, secret_phone}


def test_degree_counts_visible_links_only(world: World) -> None:
    person, crime = world.thing("Person"), world.thing("Crime")
    secret = world.thing("Crime", marking=ACORN)
    world.link("INVOLVED_IN", person, crime)
    world.link("INVOLVED_IN", person, secret, ACORN)
    world.link("WAS", person, crime, type="INVOLVED_IN", retracted_at=1_650_000_000)
    assert degree(world.graph, world.viewer(), [person, secret]) == {person: 1, secret: 0}
    assert degree(world.graph, world.viewer(ACORN), [person, secret]) == {person: 2, secret: 1}


def test_a_group_goes_four_visible_hops(world: World) -> None:
    chain = [world.thing("Person") for _ in range(6)]
    for one, other in zip(chain, chain[1:], strict=False):
        world.same(one, other)
    world.same(chain[5], chain[0], ACORN)
    assert [view.id for view in same_identity(world.graph, world.viewer(), chain[0])] == sorted(chain[1:5])
    assert {view.id for view in group(world.graph, world.viewer(ACORN), chain[0])} == set(chain)
    assert group(world.graph, world.viewer(), "e_" + "b" * 20) == ()


def test_node_knows_every_prefix(world: World) -> None:
    one, other, phone = world.thing("Person"), world.thing("Person"), world.value("Phone", "+447700900199")
    stated, same = world.link("USES", one, phone), world.same(one, other)
    decided = world.decision(one, other)
    viewer = world.viewer()
    assert isinstance(node(world.graph, viewer, one), EntityView)
    assert isinstance(node(world.graph, viewer, record_of(one)), RecordView)
    assert isinstance(node(world.graph, viewer, decided), DecisionView)
    for id_, type_ in ((stated, "USES"), (same, "SAME_IDENTITY")):
        found = node(world.graph, viewer, id_)
        assert isinstance(found, LinkView)
        assert (found.id, found.type) == (id_, type_)
    for id_ in ("", "x", "l_", "l_a_b", "d_" + "a" * 20, record_of(phone), entity_of("r_" + "c" * 20)):
        assert node(world.graph, viewer, id_) is None


def test_a_decision_about_a_hidden_record_is_hidden(world: World) -> None:
    one, secret = world.thing("Person"), world.thing("Person", marking=ACORN)
    decided = world.decision(one, secret)
    assert node(world.graph, world.viewer(), decided) is None
    assert node(world.graph, world.viewer(ACORN), decided) is not None
