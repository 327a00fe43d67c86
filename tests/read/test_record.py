"""Records by id and of entities."""

from __future__ import annotations

import pytest

from graph.errors import BadInput
from graph.ids import record_of
from graph.read.record import count_records, record, records, records_by_id, records_of
from tests.read.world import ACORN, RECORDED, World

pytestmark = pytest.mark.database


def test_a_keyed_thing_is_its_own_record(world: World) -> None:
    crime = world.thing("Crime", reference="R1")
    found = record(world.graph, world.viewer(), record_of(crime))
    assert found is not None
    assert (found.entity, found.properties, found.grade) == (crime, {"reference": "R1"}, 111)
    assert [view.id for view in records(world.graph, world.viewer(), crime).items] == [record_of(crime)]


def test_records_are_paged_newest_first(world: World) -> None:
    person = world.thing("Person", records=5)
    viewer = world.viewer()
    seen, after, pages = [], None, 0
    while True:
        page = records(world.graph, viewer, person, first=2, after=after)
        seen += [view.recorded_at for view in page.items]
        pages += 1
        assert page.has_previous is (after is not None)
        if not page.has_next:
            break
        after = page.cursors[-1]
    assert (seen, pages) == ([RECORDED + n for n in (4, 3, 2, 1, 0)], 3)
    assert count_records(world.graph, viewer, person) == 5
    assert len(records_of(world.graph, viewer, [person])[person]) == 5


def test_hidden_records_are_absent(world: World) -> None:
    secret, crime = world.thing("Person", marking=ACORN), world.thing("Crime", marking=ACORN)
    ids = [record_of(secret), record_of(crime)]
    assert records_by_id(world.graph, world.viewer(), ids) == {}
    assert set(records_by_id(world.graph, world.viewer(ACORN), ids)) == set(ids)
    assert records(world.graph, world.viewer(), secret).items == ()
    assert records_of(world.graph, world.viewer(), [secret, crime]) == {}


@pytest.mark.parametrize("first", [0, -1, 501])
def test_first_has_bounds(world: World, first: int) -> None:
    with pytest.raises(BadInput, match=f"first: {first} "):
        records(world.graph, world.viewer(), "e_" + "a" * 20, first=first)


def test_a_cursor_serves_its_own_list_and_viewer_only(world: World) -> None:
    one, other = world.thing("Person", records=2), world.thing("Person", records=2)
    cursor = records(world.graph, world.viewer(), one, first=1).cursors[0]
    with pytest.raises(BadInput, match="no cursor of this list"):
        records(world.graph, world.viewer(), other, first=1, after=cursor)
    with pytest.raises(BadInput, match="no cursor of this list"):
        records(world.graph, world.viewer(ACORN), one, first=1, after=cursor)
