"""Lists of a kind: conditions, order, pages, counts."""

from __future__ import annotations

import pytest

from graph.errors import BadInput
from graph.read.listing import count_entities, entities
from graph.read.where import MOST_CONDITIONS, EntityOrder, EntityWhere, Near
from security.viewer import Viewer
from tests.read.world import ACORN, World

pytestmark = pytest.mark.database


def labels(
    world: World, kind: str, where: EntityWhere, order: tuple[EntityOrder, ...] = (), viewer: Viewer | None = None
) -> list[str]:
    viewer = viewer or world.viewer()
    page = entities(world.graph, viewer, kind, where, order, first=100)
    assert count_entities(world.graph, viewer, kind, where) == (len(page.items), False)
    return [view.label for view in page.items]


@pytest.fixture
def people(world: World) -> World:
    world.thing(
        "Person", "a", given_name="Ann", surname="Qx-Lee", date_of_birth="1980-05-01", alias=["Red", "Nan"], age=40
    )
    world.thing("Person", "b", given_name="Bob", surname="Qx-Lee", date_of_birth="1980", age=9)
    world.thing("Person", "c", given_name="Cy", surname="Qx-Moss", date_of_birth="1979-12")
    world.thing("Person", "d", surname="Qx-Moss")
    world.thing("Person", "hidden", marking=ACORN, surname="Qx-Lee", given_name="Ann")
    return world


QX = EntityWhere(property="surname", starts_with="Qx-")


def having(**given: object) -> EntityWhere:
    return EntityWhere(all_of=(QX, EntityWhere(**given)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (QX, "abcd"),
        (having(property="surname", eq="Qx-Lee"), "ab"),
        (having(property="surname", eq="qx-lee"), ""),
        (having(property="givenName", one_of=("Ann", "Cy")), "ac"),
        (having(property="givenName", one_of=()), ""),
        (having(property="surname", contains="Mos"), "cd"),
        (having(property="aliases", eq="Nan"), "a"),
        (having(property="aliases", starts_with="Re"), "a"),
        (having(property="givenName", exists=False), "d"),
        (having(property="givenName", exists=True), "abc"),
        (having(property="age", gte="10"), "a"),
        (having(property="age", lt="10"), "b"),
        (having(property="dateOfBirth", gte="1980"), "ab"),
        (having(property="dateOfBirth", gte="1980-01-02"), "a"),
        (having(property="dateOfBirth", lt="1980-01-01"), "c"),
        (having(property="dateOfBirth", eq="1980-01-01"), "b"),
        (having(property="label", eq="c"), "c"),
        (having(none_of=EntityWhere(property="givenName", eq="Ann")), "bcd"),
        (having(any_of=(EntityWhere(property="age", eq="9"), EntityWhere(property="givenName", eq="Cy"))), "bc"),
        (having(any_of=()), ""),
    ],
)
def test_conditions(people: World, where: EntityWhere, expected: str) -> None:
    assert "".join(sorted(labels(people, "Person", where))) == expected


def test_hidden_things_are_listed_for_who_may_see_them(people: World) -> None:
    assert sorted(labels(people, "Person", QX, viewer=people.viewer(ACORN))) == ["a", "b", "c", "d", "hidden"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ((EntityOrder("givenName"),), "abcd"),
        ((EntityOrder("givenName", descending=True),), "cbad"),
        ((EntityOrder("dateOfBirth"),), "cbad"),
        ((EntityOrder("surname"), EntityOrder("givenName", descending=True)), "bacd"),
        ((EntityOrder("age", descending=True), EntityOrder("label", descending=True)), "abdc"),
    ],
)
def test_order_and_pages_agree(people: World, order: tuple[EntityOrder, ...], expected: str) -> None:
    assert "".join(labels(people, "Person", QX, order)) == expected
    seen, after = "", None
    for _ in range(4):
        page = entities(people.graph, people.viewer(), "Person", QX, order, first=1, after=after)
        seen += page.items[0].label
        after = page.cursors[0]
    assert seen == expected
    assert not page.has_next


def test_without_an_order_ids_order(people: World) -> None:
    page = entities(people.graph, people.viewer(), "Person", QX)
    assert [view.id for view in page.items] == sorted(view.id for view in page.items)


def test_linked_to_goes_over_visible_links(world: World) -> None:
    person, other = world.thing("Person"), world.thing("Person")
    world.link("INVOLVED_IN", person, world.thing("Crime", "seen", reference="R1"))
    world.link("INVOLVED_IN", person, world.thing("Crime", "secret", ACORN, reference="R2"), ACORN)
    both = world.thing("Crime", "both", reference="R3")
    world.link("INVOLVED_IN", person, both)
    world.link("INVOLVED_IN", other, both)
    mine, theirs = EntityWhere(linked_to=person), EntityWhere(linked_to=other)
    assert sorted(labels(world, "Crime", mine)) == ["both", "seen"]
    assert labels(world, "Crime", EntityWhere(all_of=(mine, theirs))) == ["both"]
    assert labels(world, "Crime", EntityWhere(all_of=(mine,), none_of=theirs)) == ["seen"]
    assert labels(world, "Crime", EntityWhere(linked_to=person, property="reference", eq="R3")) == ["both"]
    assert sorted(labels(world, "Crime", mine, viewer=world.viewer(ACORN))) == ["both", "secret", "seen"]


def test_near_is_a_circle_and_events_are_where_they_occurred(world: World) -> None:
    # One hundredth of a degree of latitude is 1,113 metres.
    at = (63.0, -23.0)
    world.thing("Crime", "own", location=at)
    world.thing("Crime", "far", location=(63.01, -23.0))
    place, secret = world.thing("Place", "here", location=at), world.thing("Place", "x", ACORN, location=at)
    world.link("OCCURRED_AT", world.thing("Crime", "there"), place)
    world.link("OCCURRED_AT", world.thing("Crime", "unseen"), secret, ACORN)
    world.link("OCCURRED_AT", world.thing("Crime", "elsewhere", location=(64.0, -23.0)), place)
    near, wide = EntityWhere(near=Near(*at, 1_000)), EntityWhere(near=Near(*at, 1_200))
    assert sorted(labels(world, "Crime", near)) == ["own", "there"]
    assert sorted(labels(world, "Crime", wide)) == ["far", "own", "there"]
    assert labels(world, "Crime", EntityWhere(all_of=(wide,), none_of=near)) == ["far"]
    assert sorted(labels(world, "Crime", EntityWhere(any_of=(near,)))) == ["own", "there"]
    assert labels(world, "Place", near) == ["here"]
    assert "unseen" in labels(world, "Crime", near, viewer=world.viewer(ACORN))


def test_values_are_listed_where_a_visible_link_touches_them(world: World) -> None:
    seen, hidden = world.value("Phone", "+447700900555"), world.value("Phone", "+447700900556")
    world.link("USES", world.thing("Person"), seen)
    world.link("USES", world.thing("Person", marking=ACORN), hidden, ACORN)
    where = EntityWhere(property="value", starts_with="+44770090055")
    assert labels(world, "Phone", where) == ["+447700900555"]
    assert labels(world, "Phone", where, viewer=world.viewer(ACORN), order=(EntityOrder("value"),)) == [
        "+447700900555",
        "+447700900556",
    ]


@pytest.mark.parametrize(
    ("kind", "where", "order", "message"),
    [
        ("Persn", None, (), "did you mean Person"),
        ("Person", None, (EntityOrder("givename"),), "did you mean givenName"),
        ("Person", None, (EntityOrder("aliases"),), "aliases has no order"),
        ("Person", EntityWhere(any_of=(QX,) * (MOST_CONDITIONS + 1)), (), "more than 100 conditions"),
        ("Person", EntityWhere(property="surname", one_of=("x",) * 501), (), "501 values"),
    ],
)
def test_what_cannot_be_listed_says_so(
    world: World, kind: str, where: EntityWhere | None, order: tuple[EntityOrder, ...], message: str
) -> None:
    with pytest.raises(BadInput, match=message):
        entities(world.graph, world.viewer(), kind, where, order)


def test_a_tree_may_not_be_deep(world: World) -> None:
    where = QX
    for _ in range(9):
        where = EntityWhere(none_of=where)
    with pytest.raises(BadInput, match="nested deeper than 8"):
        entities(world.graph, world.viewer(), "Person", where)
