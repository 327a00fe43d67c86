"""Who or what appears again and again, in a world of known answers."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.repeat import KindCount, RepeatKind, Repeats, count_repeats, repeats
from graph.errors import BadInput, NotFound
from tests.conftest import NOW
from tests.read.world import ACORN, OPEN, World

pytestmark = pytest.mark.database
DAY = 86_400
VICTIMS = Repeats(RepeatKind.VICTIM)


def harmed(
    world: World, victim: str, days: float, kind: str = "Crime", marking: str = OPEN, role: str = "VICTIM", **said: Any
) -> str:
    """An event so many days ago in which somebody had a role; its id."""
    event = world.thing(kind, at=NOW - round(days * DAY), marking=marking, **said)
    world.link("INVOLVED_IN", victim, event, marking, role=role)
    return event


def test_who_was_harmed_how_often_when_and_what_says_so(world: World) -> None:
    often, twice, once = (world.thing("Person") for _ in range(3))
    days = (100, 40, 30)
    crimes = [harmed(world, often, ago) for ago in days]
    harmed(world, often, 20, "Safeguarding")
    for ago in (9, 3):
        harmed(world, twice, ago)
    harmed(world, once, 1)
    harmed(world, once, 400)
    harmed(world, twice, 5, role="WITNESS")
    page = repeats(world.graph, world.viewer(), VICTIMS)
    assert [(view.entity.id, view.count) for view in page.items] == [(often, 4), (twice, 2)]
    view = page.items[0]
    assert (view.first, view.last) == (NOW - 100 * DAY, NOW - 20 * DAY)
    assert view.kinds == (KindCount("Crime", 3), KindCount("Safeguarding", 1))
    assert view.gaps is not None
    assert (view.gaps.shortest, view.gaps.median, view.gaps.longest, view.gaps.last) == (10, 10, 60, 10)
    assert [link.target.id for link in view.links][1:] == crimes[::-1]
    assert {link.role for link in view.links} == {"VICTIM"}
    assert count_repeats(world.graph, world.viewer(), VICTIMS) == (2, False)


def test_several_links_to_one_event_count_once(world: World) -> None:
    victim = world.thing("Person")
    crime = harmed(world, victim, 5)
    world.link("INVOLVED_IN", victim, crime, role="VICTIM")
    assert repeats(world.graph, world.viewer(), VICTIMS).items == ()
    harmed(world, victim, 4)
    (view,) = repeats(world.graph, world.viewer(), VICTIMS).items
    assert (view.count, len(view.links)) == (2, 3)


def test_one_in_two_compartments_is_one_to_whoever_may_know(world: World) -> None:
    one, other = world.thing("Person"), world.thing("Person", marking=ACORN)
    world.same(one, other, ACORN)
    harmed(world, one, 5)
    harmed(world, other, 4, marking=ACORN)
    assert repeats(world.graph, world.viewer(), VICTIMS).items == ()
    (view,) = repeats(world.graph, world.viewer(ACORN), VICTIMS).items
    assert (view.entity.id, view.count) == (min(one, other), 2)
    assert {link.origin.id for link in view.links} == {one, other}


def test_callers_places_and_vehicles(world: World) -> None:
    caller, place, vehicle = world.thing("Person"), world.thing("Address"), world.thing("Vehicle")
    area, postcode = world.thing("Area"), world.value("Postcode", "ZZ1 1ZZ")
    world.link("IN", place, postcode)
    world.link("IN", postcode, area)
    for ago in (1, 2, 3):
        incident = harmed(world, caller, ago, "Incident", role="CALLER")
        world.link("OCCURRED_AT", incident, place)
        found_on = {"found": "a stolen phone"} if ago == 1 else {}
        harmed(world, vehicle, ago, "StopSearch", role="USED", **found_on)
        harmed(world, vehicle, ago, "Sighting", role="SEEN")

    def found(kind: RepeatKind, **given: str) -> list[tuple[str, int]]:
        page = repeats(world.graph, world.viewer(), Repeats(kind, **given))  # type: ignore[arg-type]
        return [(view.entity.id, view.count) for view in page.items]

    assert found(RepeatKind.CALLER) == [(caller, 3)]
    assert found(RepeatKind.LOCATION) == found(RepeatKind.LOCATION, area=area) == [(place, 3)]
    assert found(RepeatKind.CALLER, area=postcode) == [(caller, 3)]
    assert found(RepeatKind.VEHICLE) == [], "of three searches two found nothing"
    harmed(world, vehicle, 4, "Crime", role="USED")
    assert found(RepeatKind.VEHICLE) == [(vehicle, 2)]
    assert found(RepeatKind.VEHICLE, area=area) == []
    seen = Repeats(RepeatKind.VEHICLE, kinds=("Sighting", "StopSearch"))
    assert repeats(world.graph, world.viewer(), seen).items[0].count == 4


def test_pages_and_what_is_shown_of_many_events(world: World) -> None:
    victims = sorted(world.thing("Person") for _ in range(3))
    for victim in victims:
        for ago in (1, 2):
            harmed(world, victim, ago)
    most = world.thing("Organisation")
    for ago in range(12):
        harmed(world, most, ago)
    first = repeats(world.graph, world.viewer(), VICTIMS, first=2)
    assert [view.entity.id for view in first.items] == [most, victims[0]]
    cut = first.items[0].truncated
    assert cut is not None
    assert (cut.suppressed, len(first.items[0].links)) == (2, 10)
    harmed(world, victims[1], 3)
    rest = repeats(world.graph, world.viewer(), VICTIMS, first=2, after=first.cursors[-1])
    assert [view.entity.id for view in rest.items] == victims[2:]
    assert (first.has_next, rest.has_next, rest.has_previous) == (True, False, True)


@pytest.mark.parametrize("role", ["SUSPECT", "OFFENDER", "ARRESTED", "DETAINED", "INVOLVED_PARTY", "SUBJECT", "SEEN"])
def test_nobody_is_ranked_by_how_often_they_were_accused_or_searched(world: World, role: str) -> None:
    """That would be a score of offending."""
    for kind in (RepeatKind.VICTIM, RepeatKind.CALLER):
        for asked in (repeats, count_repeats):
            with pytest.raises(BadInput, match=f"'{role}' is refused"):
                asked(world.graph, world.viewer(), Repeats(kind, roles=("WITNESS", role)))


def test_what_is_asked_wrongly(world: World) -> None:
    viewer, hidden = world.viewer(), world.thing("Area", marking=ACORN)
    for asked in (
        Repeats(RepeatKind.LOCATION, roles=("VICTIM",)),
        Repeats(RepeatKind.VICTIM, kinds=("Person",)),
        Repeats(RepeatKind.VICTIM, least=1),
        Repeats(RepeatKind.VICTIM, days=0),
        Repeats(RepeatKind.VICTIM, since=2, until=1),
        Repeats(RepeatKind.VICTIM, area=world.thing("Person")),
    ):
        with pytest.raises(BadInput):
            repeats(world.graph, viewer, asked)
    with pytest.raises(NotFound):
        repeats(world.graph, viewer, Repeats(RepeatKind.VICTIM, area=hidden))
