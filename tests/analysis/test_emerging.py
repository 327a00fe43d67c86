"""Groups over time: what is matched with what, and that a viewer sees only changes of what he sees."""

from __future__ import annotations

import pytest

from analysis.emerging import Recent, emerging_networks, matched
from graph.errors import BadInput, NotFound
from graph.open import Graph
from tests.conftest import NOW
from tests.read.world import ACORN, OPEN, World

DAY = 86_400


def group(text: str) -> frozenset[str]:
    return frozenset(text)


def test_groups_are_matched_by_half_of_the_lesser() -> None:
    before = [group("abcd"), group("mnop"), group("uvwxyz"), group("jkl")]
    now = [group("abcdef"), group("ghi"), group("mnojkl"), group("uvw"), group("xyz")]
    changes = matched(now, before)
    assert [change.change if change else None for change in changes] == ["GREW", "BORN", "MERGED", "SPLIT", "SPLIT"]
    assert matched([group("abcd")], [group("abcd")]) == [None]
    assert matched([group("abc")], [group("abcd")]) == [None]
    assert matched([], before) == []


@pytest.fixture
def world(graph: Graph) -> World:
    return World(graph)


def together(world: World, people: list[str], days_ago: int, role: str = "SUSPECT", marking: str = OPEN) -> str:
    crime = world.thing("Crime", at=NOW - days_ago * DAY)
    for person in people:
        world.link("INVOLVED_IN", person, crime, role=role, marking=marking)
    return crime


@pytest.mark.database
def test_what_is_new_and_what_grew_is_told_with_its_evidence(world: World) -> None:
    people = [world.thing("Person") for _ in range(10)]
    old, new, apart = people[:3], people[3:7], people[7:]
    together(world, old, 120)
    grown = together(world, [*old, people[7]], 30)
    for days in (10, 20):
        born = together(world, new, days)
    together(world, apart[1:], 5, role="WITNESS")
    found = emerging_networks(world.graph, world.viewer()).items
    assert [(view.change, view.community.size) for view in found] == [("BORN", 4), ("GREW", 4)]
    assert found[0].since == NOW - 20 * DAY
    assert found[0].growth == 4
    assert found[1].growth == pytest.approx(1 / 3)
    assert {member.entity.id for member in found[1].community.members} == {*old, people[7]}
    assert {link.target.id for link in found[1].evidence} == {grown}
    assert len(found[0].evidence) == 8
    assert born in {link.target.id for link in found[0].evidence}
    assert found[1].sentence.startswith("A group of 3 that grew to 4: 1 new, 1 event together since")
    # Forty days ago nothing of it had happened but the first meeting.
    earlier = emerging_networks(world.graph, world.viewer(), Recent(as_of=NOW - 40 * DAY)).items
    assert [(view.change, view.community.size) for view in earlier] == [("BORN", 3)]
    with pytest.raises(BadInput, match="still to come"):
        emerging_networks(world.graph, world.viewer(), Recent(as_of=NOW + 1))
    few = emerging_networks(world.graph, world.viewer(), first=1)
    assert few.items == found[:1]
    assert few.truncated is not None
    assert few.truncated.suppressed == 1


@pytest.mark.database
def test_an_area_holds_what_happened_there_as_the_viewer_may_see(world: World) -> None:
    here, there = [world.thing("Person") for _ in range(3)], [world.thing("Person") for _ in range(3)]
    area, home, postcode = world.thing("Area"), world.thing("Address"), world.value("Postcode", "ZX9 9ZZ")
    world.link("IN", home, postcode)
    world.link("IN", postcode, area)
    world.link("OCCURRED_AT", together(world, here, 3), home)
    world.link("OCCURRED_AT", together(world, there, 3, marking=ACORN), home)
    viewer = world.viewer()
    for place in (area, postcode, home):
        found = emerging_networks(world.graph, viewer, Recent(place)).items
        assert [{member.entity.id for member in view.community.members} for view in found] == [set(here)]
    assert len(emerging_networks(world.graph, world.viewer(ACORN), Recent(area)).items) == 2
    assert emerging_networks(world.graph, viewer, Recent(window_days=2)).items == ()
    with pytest.raises(NotFound):
        emerging_networks(world.graph, viewer, Recent(world.thing("Area", marking=ACORN)))
    for area_, days, first in ((here[0], 90, 10), (None, 0, 10), (None, 3_661, 10), (None, 90, 0)):
        with pytest.raises(BadInput):
            emerging_networks(world.graph, viewer, Recent(area_, days), first)
