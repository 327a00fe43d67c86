"""A life whose habits are known."""

from __future__ import annotations

from datetime import UTC, datetime
from math import comb
from typing import Any

import pytest

from analysis.life import Habit, Life, PatternOfLifeView, pattern_of_life
from analysis.usual import chance_of
from graph.errors import BadInput, NotFound
from tests.conftest import NOW
from tests.read.world import ACORN, OPEN, World

DAY = 86_400
# A Monday, 08:00 UTC, which in London is nine o'clock of summer.
MONDAY = 1_719_820_800
YEAR = Life(since=MONDAY - 365 * DAY, until=MONDAY + 365 * DAY)


def event(world: World, who: str, at: int | None, *others: str, place: str | None = None, **given: str) -> str:
    """An event that somebody had a part in, known to the second unless `day`; its id."""
    text = "" if at is None else datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    when: dict[str, Any] = {} if at is None else {"at": at, "occurred_from": text[:10] if "day" in given else text}
    marking = given.get("marking", OPEN)
    when |= {"found": given["found"]} if "found" in given else {}
    made = world.thing(given.get("kind", "Incident"), marking=marking, **when)
    for one in (who, *others):
        world.link("INVOLVED_IN", one, made, marking, role=given.get("role", "INVOLVED_PARTY"))
    if place is not None:
        world.link("OCCURRED_AT", made, place, marking)
    return made


def life(world: World, id_: str, asked: Life = YEAR, first: int = 10, *grants: str) -> PatternOfLifeView:
    return pattern_of_life(world.graph, world.viewer(*grants), id_, asked, first)


@pytest.mark.database
def test_when_where_and_with_whom(world: World) -> None:
    person, friend, place, vehicle = (world.thing(kind) for kind in ("Person", "Person", "Address", "Vehicle"))
    for week in range(3):
        event(world, person, MONDAY + week * 7 * DAY, friend, place=place)
    event(world, person, MONDAY + DAY, vehicle, day="yes")
    event(world, person, None, friend)
    found = life(world, person)
    assert (found.events, found.untimed, found.undated, found.events_before) == (4, 1, 1, 0)
    assert (found.by_hour[0][9], sum(map(sum, found.by_hour))) == (3, 3)
    assert [(u.entity.id, u.events, u.share, u.first, u.last) for u in found.places] == [
        (place, 3, 0.75, MONDAY, MONDAY + 14 * DAY)
    ]
    assert [(u.entity.id, u.events) for u in found.contacts] == [(friend, 3)]
    assert [(u.entity.id, u.events) for u in found.vehicles] == [(vehicle, 1)]
    assert life(world, person, Life(YEAR.since, YEAR.until, zone="UTC")).by_hour[0][8] == 3


@pytest.mark.database
def test_the_events_of_what_somebody_has_are_theirs_while_they_have_it(world: World) -> None:
    person, other = world.thing("Person"), world.thing("Person")
    phone, former, called = (world.value("Phone", f"+44770090000{n}") for n in range(3))
    vehicle = world.thing("Vehicle")
    world.link("USES", person, phone)
    world.link("USES", person, former, valid_to=MONDAY)
    world.link("KEEPS", person, vehicle)
    event(world, phone, MONDAY + 1, called, kind="Call")
    event(world, former, MONDAY - 1, called, kind="Call")
    event(world, former, MONDAY + 1, called, kind="Call")
    event(world, vehicle, MONDAY, other, kind="Sighting")
    found = life(world, person)
    assert found.events == 3
    assert [(u.entity.id, u.events) for u in found.contacts] == [(called, 2), (other, 1)]
    assert {(u.entity.id, u.events) for u in found.phones} == {(phone, 1), (former, 1)}
    assert [u.entity.id for u in found.vehicles] == [vehicle]
    assert life(world, person, Life(YEAR.since, YEAR.until, through=())).events == 0
    assert life(world, phone).contacts[0].entity.id == called


@pytest.mark.database
def test_who_was_harmed_or_searched_for_nothing_is_no_usual_contact(world: World) -> None:
    person, other, place = world.thing("Person"), world.thing("Person"), world.thing("Address")
    phone = world.value("Phone", "+447700900077")
    world.link("USES", person, phone)
    crime = event(world, person, MONDAY, place=place, kind="Crime", role="SUSPECT")
    world.link("INVOLVED_IN", other, crime, role="VICTIM")
    report = event(world, other, MONDAY + 1, kind="Crime", role="SUSPECT")
    world.link("INVOLVED_IN", person, report, role="VICTIM")
    world.link("INVOLVED_IN", phone, report, role="CALLER")
    event(world, person, MONDAY + 2, other, place=place, kind="StopSearch", role="SUBJECT")
    found = life(world, person)
    assert (found.events, found.contacts) == (3, ())
    assert [(u.entity.id, u.events) for u in found.places] == [(place, 2)]
    assert [(u.entity.id, u.events) for u in found.phones] == [(phone, 1)]
    event(world, person, MONDAY + 3, other, kind="StopSearch", role="SUBJECT", found="a knife")
    assert [(u.entity.id, u.events) for u in life(world, person).contacts] == [(other, 1)]


@pytest.mark.database
def test_what_changed_and_how_surely(world: World) -> None:
    person = world.thing("Person")
    old, new, steady = sorted(world.thing("Address") for _ in range(3))
    window = Life(since=MONDAY, until=MONDAY + 100 * DAY)
    for day in range(1, 11):
        event(world, person, MONDAY - day * DAY, place=old)
        event(world, person, MONDAY + day * DAY, place=new)
    for at in (MONDAY - DAY, MONDAY + DAY, MONDAY + 2 * DAY):
        event(world, person, at, place=steady, kind="Crime")
    found = life(world, person, window)
    told = [(c.habit, c.change, c.entity and c.entity.id, c.before, c.now, c.p_value) for c in found.changes]
    least = round(2 / 2**10, 6)
    assert told == [(Habit.PLACE, "GONE", old, 10, 0, least), (Habit.PLACE, "NEW", new, 0, 10, least)]
    more = life(world, person, Life(since=MONDAY + 3 * DAY, until=MONDAY + 11 * DAY))
    assert [(c.change, c.key) for c in more.changes if c.habit is Habit.EVENT_KIND] == [("GONE", "Crime")]


@pytest.mark.database
def test_a_crowd_makes_no_contacts_and_lists_say_what_they_leave_out(world: World) -> None:
    person, *friends = (world.thing("Person") for _ in range(100))
    event(world, person, MONDAY, *friends[:98])
    assert len(life(world, person, first=100).contacts) == 98
    event(world, person, MONDAY + 1, *friends)
    found = life(world, person, first=50)
    assert found.truncated is not None
    assert (len(found.contacts), found.truncated.suppressed) == (50, 1 + 48 + 50)


@pytest.mark.database
def test_what_is_hidden_is_no_part_of_a_life(world: World) -> None:
    person, hidden, place = world.thing("Person"), world.thing("Person", marking=ACORN), world.thing("Address")
    world.same(person, hidden, ACORN)
    event(world, person, MONDAY, place=place)
    event(world, hidden, MONDAY + 1, place=place, marking=ACORN)
    assert life(world, person).events == 1
    assert life(world, person, YEAR, 10, ACORN).events == 2
    with pytest.raises(NotFound):
        life(world, hidden)


@pytest.mark.database
def test_what_is_asked_wrongly(world: World) -> None:
    person = world.thing("Person")
    for asked in (
        Life(zone="Mars"),
        Life(since=2, until=2),
        Life(days=0),
        Life(kinds=("Person",)),
        Life(through=("Address",)),
    ):
        with pytest.raises(BadInput):
            life(world, person, asked)
    with pytest.raises(BadInput):
        life(world, world.thing("Address"))
    assert life(world, person, Life()).until == NOW


@pytest.mark.parametrize(("one", "other"), [(0, 1), (5, 5), (3, 9), (40, 80)])
def test_the_chance_is_that_of_fair_coins(one: int, other: int) -> None:
    total = one + other
    tail = sum(comb(total, k) for k in range(min(one, other) + 1)) / 2**total
    assert chance_of(one, other) == chance_of(other, one) == pytest.approx(min(1.0, 2 * tail), abs=1e-6)
