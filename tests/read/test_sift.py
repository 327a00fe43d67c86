"""Choosing from a list and ordering it: the same as doing so with all of it in hand, whatever the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.answer import Page
from graph.errors import BadInput, TooCostly
from graph.model import ValueType
from graph.open import Graph
from graph.read.sift import Column, Listing, Sieve
from graph.read.where import EntityOrder, EntityWhere
from security.viewer import Viewer
from tests.conftest import NOW

Item = dict[str, Any]
COLUMNS = {
    "name": ValueType.TEXT,
    "size": ValueType.INT,
    "seen": ValueType.DATETIME,
    "tags": ValueType.TEXT,
}
SMALL = 5


def column(path: str) -> Column[Item]:
    if path not in COLUMNS:
        raise BadInput(f"property: no {path}")
    return Column(COLUMNS[path], lambda item: item[path])


def listing(items: list[Item], most: int = 10_000) -> Listing[Item]:
    def page(first: int, after: str | None) -> Page[Item]:
        first = min(first, SMALL)
        start = 0 if after is None else int(after) + 1
        kept = items[start : start + first]
        cursors = tuple(str(start + n) for n in range(len(kept)))
        return Page(tuple(kept), cursors, start + first < len(items), after is not None)

    return Listing("things", page, column, lambda item: str(item["id"]), most)


def pages(sieve: Sieve[Item], graph: Graph, viewer: Viewer, first: int) -> list[int]:
    """The ids of all pages, one after another."""
    found: list[int] = []
    after = None
    while True:
        page = sieve.page(graph, viewer, first, after)
        found += [item["id"] for item in page.items]
        if not page.has_next:
            return found
        assert len(page.items) == first
        after = page.cursors[-1]


TEXTS = st.none() | st.text("abc", max_size=2)
ITEMS = st.lists(
    st.fixed_dictionaries(
        {
            "name": TEXTS,
            "size": st.none() | st.integers(-2, 2),
            "seen": st.sampled_from([None, "2024", "2024-05", "2024-05-31T10:00:00Z", "2025-01-01"]),
            "tags": st.lists(st.sampled_from("ab"), max_size=2),
        }
    ),
    max_size=14,
)
CONDITIONS: tuple[tuple[EntityWhere, Callable[[Item], bool]], ...] = (
    (EntityWhere(property="name", eq="a"), lambda i: i["name"] == "a"),
    (EntityWhere(property="name", starts_with="a", contains="b"), lambda i: bool(i["name"]) and i["name"] == "ab"),
    (EntityWhere(property="size", gte="0", lt="2"), lambda i: i["size"] is not None and 0 <= i["size"] < 2),
    (EntityWhere(none_of=EntityWhere(property="size", eq="1")), lambda i: i["size"] != 1),
    (
        EntityWhere(property="seen", gte="2024-05-02"),
        lambda i: (i["seen"] or "") in ("2024-05-31T10:00:00Z", "2025-01-01"),
    ),
    (EntityWhere(property="seen", eq="2024-01-01"), lambda i: i["seen"] == "2024"),
    (EntityWhere(property="tags", one_of=("a", "x")), lambda i: "a" in i["tags"]),
    (EntityWhere(property="tags", exists=False), lambda i: not i["tags"]),
    (
        EntityWhere(any_of=(EntityWhere(property="size", eq="2"), EntityWhere(property="name", exists=True))),
        lambda i: i["size"] == 2 or i["name"] is not None,
    ),
    (EntityWhere(any_of=()), lambda _: False),
    (
        EntityWhere(all_of=(EntityWhere(property="tags", eq="a"), EntityWhere(property="tags", eq="b"))),
        lambda i: {"a", "b"} <= set(i["tags"]),
    ),
)


@pytest.mark.database
@settings(max_examples=60, deadline=None)
@given(items=ITEMS, first=st.integers(1, 6), place=st.integers(0, len(CONDITIONS) - 1), by=st.data())
def test_choosing_and_ordering_are_those_of_the_whole_list(
    ordered: tuple[Graph, Viewer], items: list[Item], first: int, place: int, by: st.DataObject
) -> None:
    graph, viewer = ordered
    # Ids go the other way than the list, so that neither order is the other's.
    items = [item | {"id": 100 - n} for n, item in enumerate(items)]
    where, holds = CONDITIONS[place]
    chosen = [item["id"] for item in items if holds(item)]
    sieve = Sieve(listing(items), where)
    assert pages(sieve, graph, viewer, first) == chosen
    assert sieve.count() == (len(chosen), False)
    keys = by.draw(
        st.lists(st.tuples(st.sampled_from(["name", "size", "seen"]), st.booleans()), min_size=1, max_size=3)
    )
    expected = sorted((item for item in items if holds(item)), key=lambda item: str(item["id"]))
    for name, descending in reversed(keys):
        expected.sort(key=lambda item, name=name: _known(item[name]), reverse=descending)  # type: ignore[misc]
        expected.sort(key=lambda item, name=name: item[name] is None)  # type: ignore[misc]
    order = [EntityOrder(*key) for key in keys]
    assert pages(Sieve(listing(items), where, order), graph, viewer, first) == [item["id"] for item in expected]


def _known(value: Any) -> Any:
    return (value is not None, value)


@pytest.fixture(scope="module")
def ordered(request: pytest.FixtureRequest) -> tuple[Graph, Viewer]:
    from graph.catalogue import Catalogue
    from graph.ids import Ids
    from security.marking import EVERYTHING
    from tests.conftest import KEY, prepare

    store = request.getfixturevalue("store")
    prepare(store)
    graph = Graph(store, Ids(KEY), Catalogue(store), lambda: NOW)
    return graph, graph.catalogue.viewer("tester", EVERYTHING)


@pytest.mark.parametrize(
    ("where", "order", "told"),
    [
        (EntityWhere(property="nmae", eq="a"), (), "no nmae"),
        (EntityWhere(property="size", contains="1"), (), "size is a number"),
        (EntityWhere(property="size", eq="one"), (), "size is a int, 'one' is none"),
        (EntityWhere(property="seen", gte="yesterday"), (), "seen is a datetime"),
        (EntityWhere(property="name"), (), "alone"),
        (EntityWhere(eq="a"), (), "without property"),
        (EntityWhere(), (), "an empty condition"),
        (None, (EntityOrder("colour"),), "no colour"),
        (None, (EntityOrder("name"),) * 6, "6 keys, at most 5"),
    ],
)
def test_what_a_list_does_not_have_is_refused_before_it_is_read(
    where: EntityWhere | None, order: tuple[EntityOrder, ...], told: str
) -> None:
    def unread(*_: object) -> Page[Item]:
        raise AssertionError

    with pytest.raises(BadInput, match=told):
        Sieve(Listing("things", unread, column, str), where, order)


def test_a_list_without_bound_is_not_looked_through() -> None:
    items: list[Item] = [{"id": n, "name": None, "size": n, "seen": None, "tags": []} for n in range(30)]
    sieve = Sieve(listing(items, most=10), EntityWhere(property="size", gte="5"))
    assert sieve.count() == (5, True)
    with pytest.raises(TooCostly, match="more than 10 items"):
        Sieve(listing(items, most=10), EntityWhere(property="size", eq="29")).page(None, None, 1, None)  # type: ignore[arg-type]
