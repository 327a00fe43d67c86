"""Search finds what a viewer may see, whatever else the graph holds."""

from __future__ import annotations

import pytest

from graph.errors import BadInput
from graph.read.search import search
from security.viewer import Viewer
from tests.read.world import ACORN, World

pytestmark = pytest.mark.database


def found(world: World, viewer: Viewer, text: str, **given: object) -> list[str]:
    return [hit.entity.id for hit in search(world.graph, viewer, text, **given).items]  # type: ignore[arg-type]


def ready(world: World) -> None:
    """Full text is indexed in the background; wait until what was written is found."""
    world.graph.store.run_schema(["CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()"])


@pytest.mark.parametrize(
    "text",
    [
        "Zebedee Quillfeather",
        "quillfeather, zebedee",
        "Zebede Quilfeather",
        'Zeb* "Quillfeather" (',
        "quillf",
        "Z Quillfeather",
        "zebedee quillfeather manchester",
        "Zebby",
        "2012/0123456x",
    ],
)
def test_a_person_is_found_however_the_name_is_written(world: World, text: str) -> None:
    person = world.thing(
        "Person", given_name="Zebedee", surname="Quillfeather", alias=["Zebby"], pnc_id=["2012/0123456X"]
    )
    world.thing("Person", given_name="Ann", surname="Other")
    ready(world)
    assert found(world, world.viewer(), text) == [person]


def test_best_first_and_matched_says_why(world: World) -> None:
    near = world.thing("Person", given_name="Jon", surname="Quillfether")
    exact = world.thing("Person", given_name="John", surname="Quillfeather")
    ready(world)
    hits = search(world.graph, world.viewer(), "john quillfeather").items
    assert [hit.entity.id for hit in hits] == [exact, near]
    assert hits[0].score == 1.0 > hits[1].score > 0.5
    assert set(hits[0].matched) == {("givenName", "John"), ("surname", "Quillfeather")}


def test_what_is_hidden_neither_shows_nor_moves_anything(world: World) -> None:
    person = world.thing("Person", given_name="Mo", surname="Quillfeather")
    ready(world)
    before = search(world.graph, world.viewer(), "moe quillfeather")
    for _ in range(30):
        world.thing("Person", marking=ACORN, given_name="Moe", surname="Quillfeather")
    ready(world)
    assert search(world.graph, world.viewer(), "moe quillfeather") == before
    assert found(world, world.viewer(), "quillfeather") == [person]
    assert len(found(world, world.viewer(ACORN), "quillfeather", first=100)) == 31


def test_kinds_and_fuzzy_narrow(world: World) -> None:
    person = world.thing("Person", given_name="Bo", surname="Quillfeather")
    firm = world.thing("Organisation", name="Quillfeather Ltd")
    ready(world)
    viewer = world.viewer()
    assert set(found(world, viewer, "quillfeather")) == {person, firm}
    assert found(world, viewer, "quillfeather", kinds=["Organisation"]) == [firm]
    assert found(world, viewer, "quilfeather", fuzzy=False) == []
    with pytest.raises(BadInput, match="Alien"):
        found(world, viewer, "quillfeather", kinds=["Alien"])


def test_pages_go_on_where_the_last_ended(world: World) -> None:
    people = {world.thing("Person", given_name="Bo", surname="Quillfeather") for _ in range(5)}
    ready(world)
    seen: list[str] = []
    after = None
    for _ in range(3):
        page = search(world.graph, world.viewer(), "bo quillfeather", first=2, after=after)
        seen += [hit.entity.id for hit in page.items]
        after = page.cursors[-1]
    assert seen == sorted(people)
    assert not page.has_next


@pytest.mark.parametrize("text", ["07700 900987", "+44 7700 900 987", "00447700900987", "07700 9009"])
def test_a_phone_is_found_where_a_visible_link_touches_it(world: World, text: str) -> None:
    phone, hidden = world.value("Phone", "+447700900987"), world.value("Phone", "+447700900985")
    world.link("USES", world.thing("Person"), phone)
    world.link("USES", world.thing("Person", marking=ACORN), hidden, ACORN)
    (hit,) = search(world.graph, world.viewer(), text, kinds=["Phone"]).items
    assert (hit.entity.id, hit.matched) == (phone, (("value", "+447700900987"),))
    assert search(world.graph, world.viewer(), "07700 900985", kinds=["Phone"]).items == ()


def test_other_values_and_marks(world: World) -> None:
    person, viewer = world.thing("Person"), world.viewer()
    made = {
        "bo@quillfeather.test": world.value("Email", "bo@quillfeather.test"),
        "zz9 9zy": world.value("Postcode", "ZZ9 9ZY"),
        "987-654-321": world.value("Document", "987654321"),
    }
    for value in made.values():
        world.link("HOLDS", person, value)
    vehicle = world.thing("Vehicle", vrm="QF12QFR")
    ready(world)
    assert {text: found(world, viewer, text) for text in made} == {text: [id_] for text, id_ in made.items()}
    assert found(world, viewer, "qf12 qfr") == [vehicle]
