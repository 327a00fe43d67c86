"""Calls between phones, as one viewer may see them."""

from __future__ import annotations

from typing import Any

import pytest

from graph.errors import BadInput, NotFound
from graph.read.call import Span, call_analysis, common_contacts
from tests.read.world import ACORN, OPEN, World

pytestmark = pytest.mark.database
HOUR = 3_600
# A Monday, 08:00 UTC, which in London is nine o'clock of summer.
MONDAY = 1_719_820_800


def call(world: World, caller: str, called: str, at: int | None, seconds: int = 60, marking: str = OPEN) -> str:
    """A call between two phones; its id."""
    said: dict[str, Any] = {"duration_s": seconds} if at is None else {"duration_s": seconds, "at": at}
    made = world.thing("Call", marking=marking, **said)
    world.link("INVOLVED_IN", caller, made, marking=marking, role="CALLER")
    world.link("INVOLVED_IN", called, made, marking=marking, role="CALLED")
    return made


def phone(world: World, last: int) -> str:
    return world.value("Phone", f"+4477009000{last:02}")


def test_who_calls_whom_how_often_and_when(world: World) -> None:
    own, often, once = phone(world, 1), phone(world, 2), phone(world, 3)
    call(world, own, often, MONDAY)
    call(world, often, own, MONDAY + 60, 30)
    call(world, own, often, MONDAY + 25 * HOUR, 10)
    call(world, once, own, None, 5)
    found = call_analysis(world.graph, world.viewer(), own)
    assert (found.calls, found.outgoing, found.seconds) == (4, 2, 105)
    assert (found.first, found.last) == (MONDAY, MONDAY + 25 * HOUR)
    assert [(c.phone.id, c.calls, c.outgoing, c.seconds, c.first, c.last) for c in found.contacts] == [
        (often, 3, 2, 100, MONDAY, MONDAY + 25 * HOUR),
        (once, 1, 0, 5, None, None),
    ]
    assert (found.by_hour[0][9], found.by_hour[1][10], sum(map(sum, found.by_hour))) == (2, 1, 3)
    assert call_analysis(world.graph, world.viewer(), own, zone="UTC").by_hour[0][8] == 2
    late = call_analysis(world.graph, world.viewer(), own, Span(since=MONDAY + HOUR))
    assert [c.calls for c in late.contacts] == [1, 1], "an undated call passes"


def test_a_person_has_the_calls_of_all_their_phones_but_not_those_between_them(world: World) -> None:
    person, one, other, friend = world.thing("Person"), phone(world, 11), phone(world, 12), phone(world, 13)
    for mine in (one, other):
        world.link("USES", person, mine)
    call(world, one, other, MONDAY)
    call(world, one, friend, MONDAY)
    call(world, friend, other, MONDAY + 1)
    found = call_analysis(world.graph, world.viewer(), person)
    assert {p.id for p in found.phones} == {one, other}
    assert found.calls == 3
    assert [(c.phone.id, c.calls, c.outgoing) for c in found.contacts] == [(friend, 2, 1)]


def test_whom_several_have_in_common(world: World) -> None:
    a, b, c = (phone(world, 20 + n) for n in range(3))
    shared, two, alone = (phone(world, 30 + n) for n in range(3))
    for who in (a, b, c):
        call(world, who, shared, MONDAY)
    for who in (a, b):
        call(world, two, who, MONDAY)
        call(world, two, who, MONDAY + 1)
    call(world, a, alone, MONDAY)
    call(world, a, b, MONDAY)
    found = common_contacts(world.graph, world.viewer(), [a, b, c])
    assert [(view.phone.id, view.calls, [(of.subject.id, of.calls) for of in view.of]) for view in found.items] == [
        (shared, 3, sorted((id_, 1) for id_ in (a, b, c))),
        (two, 4, sorted((id_, 2) for id_ in (a, b))),
    ]
    cut = common_contacts(world.graph, world.viewer(), [a, b, c], first=1)
    assert cut.truncated is not None
    assert cut.truncated.suppressed == 1


def test_hidden_calls_are_not_counted(world: World) -> None:
    own, other = phone(world, 41), phone(world, 42)
    call(world, own, other, MONDAY)
    call(world, own, other, MONDAY + 1, marking=ACORN)
    assert call_analysis(world.graph, world.viewer(), own).calls == 1
    assert call_analysis(world.graph, world.viewer(ACORN), own).contacts[0].calls == 2


def test_wrong_questions_are_refused(world: World) -> None:
    own, crime = phone(world, 51), world.thing("Crime")
    call(world, own, phone(world, 52), MONDAY)
    viewer = world.viewer()
    with pytest.raises(BadInput, match="is a Crime"):
        call_analysis(world.graph, viewer, crime)
    with pytest.raises(BadInput, match="no time zone"):
        call_analysis(world.graph, viewer, own, zone="Europe/Northmere")
    with pytest.raises(NotFound):
        call_analysis(world.graph, viewer, "e_" + "a" * 20)
    with pytest.raises(BadInput, match="of 2 to 20"):
        common_contacts(world.graph, viewer, [own, own])
