"""Lists walked along an index: the same as the list in order, and no more read of it than is shown."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import pytest

from graph.answer import EntityView
from graph.model import KINDS, Identity
from graph.read.condition import Conditions
from graph.read.listing import count_entities, entities
from graph.read.sort_key import sort_keys
from graph.read.walked import Walk
from graph.read.where import EntityOrder, EntityWhere
from graph.store import Store
from graph.walk_index import walk_of
from security.viewer import Viewer
from tests.read.world import ACORN, OPEN, SENSITIVE, World

pytestmark = pytest.mark.database

ORDERS = (
    ("Person", ()),
    ("Person", (EntityOrder("surname"),)),
    ("Person", (EntityOrder("surname", descending=True),)),
    ("Person", (EntityOrder("givenName", descending=True), EntityOrder("dateOfBirth"))),
    ("Person", (EntityOrder("dateOfBirth"), EntityOrder("surname", descending=True))),
    ("Person", (EntityOrder("age"), EntityOrder("surname"))),
    ("Phone", ()),
    ("Phone", (EntityOrder("label", descending=True),)),
    ("Crime", (EntityOrder("type"), EntityOrder("severity", descending=True))),
    ("Crime", (EntityOrder("occurredFrom", descending=True),)),
)
STORED = {"givenName": "given_name", "dateOfBirth": "date_of_birth", "occurredFrom": "occurred_from"}


@pytest.fixture
def crowd(world: World) -> World:
    """Things of several kinds and markings, many of which are alike in what lists are ordered by, or lack it."""
    chance = random.Random(5)
    births = ["1980", "1980-05", "1980-05-01", "1979-12-31", None]
    for number in range(60):
        person: dict[str, Any] = {
            "surname": chance.choice(["Lee", "Moss", "Zoë", "\U0001f600"]),
            "given_name": chance.choice(["Ann", "Bob", None]),
            "date_of_birth": chance.choice(births),
            "age": chance.choice([9, 40, None]),
        }
        world.thing("Person", f"p{number}", chance.choice([OPEN, SENSITIVE, ACORN]), **_given(person))
        day = chance.choice([1, 2, None])
        crime: dict[str, Any] = {
            "type": chance.choice(["a", "b", None]),
            "severity": chance.choice([0.5, 1.0, None]),
            "occurred_from": None if day is None else f"2020-01-0{day}T10:00:3{number % 9}Z",
        }
        world.thing("Crime", f"c{number}", chance.choice([OPEN, ACORN]), **_given(crime))
        phone = world.value("Phone", f"+4477009{number:05}")
        if number % 3:
            world.link("USES", world.thing("Person", surname="User"), phone, OPEN if number % 3 == 1 else ACORN)
    return world


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _in_order(views: Sequence[EntityView], order: tuple[EntityOrder, ...]) -> list[str]:
    """The ids in an order: sorted by each key from the last to the first, what has none last."""
    found = sorted(views, key=lambda view: view.id)
    for key in reversed(order):
        name = STORED.get(key.property, key.property)

        def held(view: EntityView, name: str = name) -> Any:
            return view.label if name == "label" else view.properties.get(name)

        some = [view for view in found if held(view) is not None]
        none = [view for view in found if held(view) is None]
        found = [*sorted(some, key=held, reverse=key.descending), *none]
    return [view.id for view in found]


def _walked(world: World, viewer: Viewer, kind: str, order: tuple[EntityOrder, ...]) -> list[EntityView]:
    found, after = list[EntityView](), None
    while True:
        page = entities(world.graph, viewer, kind, None, order, first=7, after=after)
        found += page.items
        if not page.has_next:
            return found
        after = page.cursors[-1]


def test_pages_walked_are_the_list_in_order(crowd: World) -> None:
    for (kind, order), grants in product(ORDERS, ((OPEN,), (SENSITIVE,), (OPEN, ACORN))):
        viewer = crowd.viewer(*grants)
        found = _walked(crowd, viewer, kind, order)
        assert [view.id for view in found] == _in_order(found, order), (kind, order)
        # An order that no index has reads the whole kind.
        every = entities(crowd.graph, viewer, kind, None, (EntityOrder("note"),), first=500).items
        assert sorted(view.id for view in found) == sorted(view.id for view in every), (kind, order)
        assert count_entities(crowd.graph, viewer, kind) == (len(found), False)


@pytest.mark.parametrize("kind", ["Person", "Vehicle", "Marker", "Crime", "Phone"])
def test_no_walk_reads_a_whole_kind(store: Store, kind: str) -> None:
    """Neither page nor count reads what is not of one kind and one marking, or gathers it before it is in order."""
    declared = KINDS[kind]
    where = EntityWhere(property="label", contains="a")
    steps = {
        "NodeIndexSeek",
        *(("NodeIndexScan", "NodeIndexSeekByRange") if declared.identity is Identity.VALUE else ()),
    }
    fields = [held.field for held in declared.properties if walk_of(declared, held)]
    for field, descending in product(["", "label", *fields], (False, True)):
        keys = sort_keys(declared, [EntityOrder(field, descending)] if field else [])

        def walk(keys: Any = keys) -> Walk:
            return Walk(declared, Conditions(declared, {}), where, keys)

        texts = [walk().page(None), walk().page([*("x" for _ in keys), "e_a"]), walk().without(None) if keys else ""]
        for text in filter(None, texts):
            found = list(_steps(store.explain(text, {})))
            assert {name for name in found if name.startswith("Node")} <= steps, text
            # One that merges markings, none within a marking.
            assert sum(name in ("Sort", "Top") for name in found) <= 1, text
        if not field and declared.identity is not Identity.VALUE:
            assert "NodeByLabelScan" not in _steps(store.explain(walk().count(), {}))


def _steps(plan: dict[str, Any]) -> Iterator[str]:
    if "operatorType" in plan:
        yield plan["operatorType"].partition("@")[0]
    for child in plan.get("children", ()):
        yield from _steps(child)
