"""Patterns of harm: what shows them, what does not, and what a viewer may not see of them."""

from __future__ import annotations

import pytest

from analysis.calling import Call, bursts
from analysis.indicator import IndicatorView, Pattern, indicators
from graph.errors import BadInput, NotFound
from graph.open import Graph
from tests.conftest import NOW
from tests.read.world import ACORN, OPEN, World

DAY, HOUR = 86_400, 3_600


@pytest.fixture
def world(graph: Graph) -> World:
    return World(graph)


def ask(world: World, pattern: Pattern, *grants: str, area: str | None = None) -> tuple[IndicatorView, ...]:
    return indicators(world.graph, world.viewer(*grants), pattern, area).items


def names(view: IndicatorView) -> set[str]:
    return {sign.name for sign in view.signs}


def call(world: World, caller: str, called: str, at: int, channel: str = "SMS", marking: str = OPEN) -> str:
    made = world.thing("Call", at=at, channel=channel)
    world.link("INVOLVED_IN", caller, made, role="CALLER", marking=marking)
    world.link("INVOLVED_IN", called, made, role="CALLED", marking=marking)
    return made


def burst(world: World, caller: str, buyers: list[str], at: int, marking: str = OPEN) -> None:
    for number, buyer in enumerate(buyers):
        call(world, caller, buyer, at + 60 * number, marking=marking)


def phones(world: World, count: int, begin: int) -> list[str]:
    return [world.value("Phone", f"+4477009{begin + n:05d}") for n in range(count)]


def test_bursts_are_hours_with_many_different_numbers() -> None:
    def made(*minutes: int) -> list[Call]:
        return [Call(60 * minute, f"n{place % 9}", "SMS", f"c{place:03d}") for place, minute in enumerate(minutes)]

    assert [len(hour) for hour in bursts(made(*range(9)), 8)] == [9]
    assert bursts(made(*range(0, 90, 10)), 8) == []
    assert [len(hour) for hour in bursts(made(*range(9), *range(100, 109)), 8)] == [9, 9]
    assert bursts([Call(n, "same", "SMS", f"c{n}") for n in range(30)], 8) == []
    assert bursts([], 8) == []


def test_a_county_line_is_found_with_its_change_of_number_and_who_is_drawn_in(world: World) -> None:
    first, second, other, *buyers = phones(world, 15, 10_000)
    runner, boss = world.thing("Person"), world.thing("Person")
    missing, report = world.thing("Marker", type="MISSING"), world.thing("IntelReport", at=NOW - 5 * DAY)
    for days, line in ((40, first), (35, first), (20, second), (10, second), (3, second)):
        burst(world, line, buyers[:10], NOW - days * DAY)
    burst(world, other, buyers, NOW - 2 * DAY)
    world.link("USES", boss, second, role="USER")
    world.link("SUBJECT_OF", runner, missing)
    for who in (runner, second):
        world.link("INVOLVED_IN", who, report, role="SUBJECT")
    (found,) = ask(world, Pattern.COUNTY_LINES)
    assert {view.id for view in found.entities} == {first, second, runner, boss}
    assert names(found) == {"bursts", "contacts", "outgoing", "change_of_number", "at_risk", "intelligence"}
    assert {"SUBJECT_OF", "USES", "INVOLVED_IN"} == {link.type for link in found.evidence}
    assert found.sentence == (
        "A number that reached 8 numbers or more within an hour 5 times and changed once; "
        "1 person at risk named with it."
    )


def test_a_line_of_hidden_calls_shows_only_to_who_may_see_them(world: World) -> None:
    line, *buyers = phones(world, 10, 20_000)
    user, area, home = world.thing("Person"), world.thing("Area"), world.thing("Address")
    world.link("IN", home, area)
    world.link("LIVES_AT", user, home)
    world.link("USES", user, buyers[0])
    for days in (9, 4):
        burst(world, line, buyers, NOW - days * DAY, marking=ACORN)
    assert ask(world, Pattern.COUNTY_LINES) == ()
    assert len(ask(world, Pattern.COUNTY_LINES, ACORN)) == 1
    assert len(ask(world, Pattern.COUNTY_LINES, ACORN, area=area)) == 1
    assert ask(world, Pattern.COUNTY_LINES, ACORN, area=world.thing("Area")) == ()


def test_a_victim_again_and_again_is_found_and_a_victim_once_is_not(world: World) -> None:
    victim, once, suspect = (world.thing("Person") for _ in range(3))
    for days in (80, 20, 15):
        crime = world.thing("Crime", at=NOW - days * DAY, type="STALKING")
        world.link("INVOLVED_IN", victim, crime, role="VICTIM")
        world.link("INVOLVED_IN", suspect, crime, role="SUSPECT", marking=ACORN)
        world.link("INVOLVED_IN", once, crime, role="WITNESS")
    world.link("INVOLVED_IN", once, crime, role="VICTIM")
    (found,) = ask(world, Pattern.REPEAT_VICTIM)
    assert [view.id for view in found.entities] == [victim]
    assert names(found) == {"repeated", "same_type", "quickening"}
    assert len(found.evidence) == 3
    (seen,) = ask(world, Pattern.REPEAT_VICTIM, ACORN)
    assert [view.id for view in seen.entities] == [victim, suspect]
    assert "same_suspect" in names(seen)
    assert indicators(world.graph, world.viewer(), Pattern.REPEAT_VICTIM, None, 18).items == ()
    assert indicators(world.graph, world.viewer(), Pattern.REPEAT_VICTIM, as_of=NOW - 300 * DAY).items == ()


def test_a_phone_that_several_pass_on_is_found_and_a_family_s_is_not(world: World) -> None:
    burner, family, *contacts = phones(world, 12, 30_000)
    a, b, c, d = (world.thing("Person") for _ in range(4))
    for who in (a, b):
        world.link("USES", who, burner, role="USER")
    world.link("USES", c, family, role="SUBSCRIBER")
    world.link("USES", d, family, role="USER")
    for days in (30, 25, 12):
        call(world, burner, contacts[0], NOW - days * DAY)
    for number, contact in enumerate(contacts):
        call(world, family, contact, NOW - (5 + 8 * number) * DAY)
    (found,) = ask(world, Pattern.SHARED_BURNER_PHONE)
    assert [view.id for view in found.entities] == [burner, *sorted((a, b))]
    assert names(found) == {"shared", "short_life", "no_subscriber", "few_contacts"}
    assert {link.type for link in found.evidence} == {"USES", "INVOLVED_IN"}


def test_a_home_that_was_taken_over_is_found_and_a_vulnerable_family_s_is_not(world: World) -> None:
    resident, dealer, guest, relative, son = (world.thing("Person") for _ in range(5))
    taken, own = world.thing("Address"), world.thing("Address")
    for who, home in ((resident, taken), (relative, own), (son, own)):
        world.link("LIVES_AT", who, home, role="HOME")
    for who in (resident, relative):
        world.link("SUBJECT_OF", who, world.thing("Marker", type="VULNERABLE_ADULT"))
    world.link("ASSOCIATED_WITH", son, relative, role="CHILD")
    world.link("LIVES_AT", guest, taken, role="STAYS", valid_from=NOW - 20 * DAY)
    crime = world.thing("Crime", at=NOW - 3 * DAY)
    world.link("OCCURRED_AT", crime, taken)
    world.link("INVOLVED_IN", dealer, crime, role="SUSPECT", marking=ACORN)
    assert ask(world, Pattern.CUCKOOING) == ()
    (found,) = ask(world, Pattern.CUCKOOING, ACORN)
    assert [view.id for view in found.entities] == [taken, resident, guest, dealer]
    assert names(found) == {"vulnerable_resident", "newcomers", "suspects_here"}
    assert {"LIVES_AT", "SUBJECT_OF", "OCCURRED_AT", "INVOLVED_IN"} == {link.type for link in found.evidence}


def test_fruitless_searches_and_who_told_of_it_are_no_signs_of_a_home_taken_over(world: World) -> None:
    resident, neighbour, dealer = (world.thing("Person") for _ in range(3))
    home, phone = world.thing("Address"), world.value("Phone", "+447700900078")
    world.link("LIVES_AT", resident, home, role="HOME")
    world.link("SUBJECT_OF", resident, world.thing("Marker", type="VULNERABLE_ADULT"))
    for ago in range(1, 4):
        stop = world.thing("StopSearch", at=NOW - ago * DAY, found="Nothing found - no further action")
        world.link("OCCURRED_AT", stop, home)
        world.link("INVOLVED_IN", dealer, stop, role="INVOLVED_PARTY")
    report = world.thing("IntelReport", at=NOW - DAY)
    for who, role in ((resident, "VICTIM"), (neighbour, "REPORTING"), (phone, "CALLER")):
        world.link("INVOLVED_IN", who, report, role=role)
    assert ask(world, Pattern.CUCKOOING) == ()
    crime = world.thing("Crime", at=NOW - DAY)
    world.link("OCCURRED_AT", crime, home)
    world.link("INVOLVED_IN", dealer, crime, role="SUSPECT")
    world.link("INVOLVED_IN", dealer, report, role="SUBJECT")
    (found,) = ask(world, Pattern.CUCKOOING)
    assert [view.id for view in found.entities] == [home, resident, dealer]


def test_wrong_numbers_and_areas_are_refused(world: World) -> None:
    viewer, person = world.viewer(), world.thing("Person")
    for pattern in Pattern:
        assert indicators(world.graph, viewer, pattern).items == ()
        with pytest.raises(NotFound):
            indicators(world.graph, viewer, pattern, "e_" + "a" * 20)
        for area, days, first in ((person, 90, 20), (None, 0, 20), (None, 90, 0), (None, 90, 101)):
            with pytest.raises(BadInput):
                indicators(world.graph, viewer, pattern, area, days, first)
