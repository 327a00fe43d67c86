"""Profiles and associates: of the group, by visible statements, at a moment."""

from __future__ import annotations

import pytest

from graph.ids import record_of
from graph.read import associate
from graph.read.associate import associates, count_associates
from graph.read.event import ALL_INVOLVEMENTS, Involvement, co_offenders
from graph.read.profile import (
    count_profile_events,
    keepers,
    profile_events,
    subject_profile,
    subject_profiles,
)
from tests.conftest import NOW
from tests.read.world import ACORN, World

pytestmark = pytest.mark.database
DAY = 86_400


def test_a_profile_lists_what_is_held_newest_first(world: World) -> None:
    person = world.thing("Person", given_name="Ann", surname="Ash", date_of_birth="1990-01-01", gender="Female")
    old, new, none = (world.thing("Address") for _ in range(3))
    none_link = world.link("LIVES_AT", person, none)
    old_link = world.link("LIVES_AT", person, old, valid_from=100, valid_to=200)
    new_link = world.link("LIVES_AT", person, new, valid_from=300)
    phone = world.link("USES", person, world.value("Phone", "+447700900999"))
    paper = world.link("HOLDS", person, world.value("Document", "X1"))
    car = world.thing("Vehicle")
    keeps, drives = world.link("KEEPS", person, car, valid_from=5), world.link("DRIVES", world.thing("Person"), car)
    found = subject_profile(world.graph, world.viewer(), person)
    assert found is not None
    assert [link.id for link in found.addresses] == [new_link, old_link, none_link]
    assert {link.id for link in found.identifiers} == {phone, paper}
    assert [link.id for link in found.vehicles] == [keeps]
    assert (found.as_of, found.subject.id, found.truncated) == (NOW, person, None)
    assert [source.n for source in found.sources] == [world.source]
    assert (found.completeness.met, found.completeness.missing) == (True, ())
    at = subject_profile(world.graph, world.viewer(), person, valid_at=150)
    assert at is not None
    assert [link.id for link in at.addresses] == [old_link, none_link]
    assert [link.id for link in keepers(world.graph, world.viewer(), car)] == [keeps]
    of_car = subject_profile(world.graph, world.viewer(), car)
    assert of_car is not None
    assert {link.id for link in of_car.vehicles} == {keeps, drives}


def test_warnings_and_flags_are_those_that_hold(world: World) -> None:
    person = world.thing("Person", warning=["WEAPONS", "WARNING_VIOLENT"])
    violent = world.thing("Marker", type="WARNING_VIOLENT", text="violent", valid_from="2020-05")
    over = world.thing("Marker", type="WARNING_ESCAPER", valid_to="2021-01-01")
    wanted = world.thing("Marker", type="WANTED", valid_from="2026-01-01")
    bail = world.thing("Marker", type="BAIL", valid_from="2020-01-01", valid_to="2020-02-01")
    secret = world.thing("Marker", type="MISSING", marking=ACORN)
    for marker in (violent, over, wanted, bail):
        world.link("SUBJECT_OF", person, marker)
    world.link("SUBJECT_OF", person, secret, ACORN)
    found = subject_profile(world.graph, world.viewer(), person)
    assert found is not None
    assert [(one.code, one.text, one.record) for one in found.warnings] == [
        ("WARNING_VIOLENT", "violent", record_of(violent)),
        ("WEAPONS", "WEAPONS", record_of(person)),
    ]
    assert found.warnings[0].since == 1_588_291_200
    assert [one.code for one in found.flags] == ["WANTED"]
    then = subject_profile(world.graph, world.viewer(), person, valid_at=1_580_515_200 + 3_600)
    assert then is not None
    assert [one.code for one in then.flags] == ["BAIL"]
    cleared = subject_profile(world.graph, world.viewer(ACORN), person)
    assert cleared is not None
    assert {one.code for one in cleared.flags} == {"WANTED", "MISSING"}


def test_completeness_follows_the_most_serious_role_over_the_group(world: World) -> None:
    person, again = world.thing("Person", given_name="Ann", surname="Ash"), world.thing("Person", gender="Female")
    world.link("INVOLVED_IN", person, world.thing("Crime"), role="VICTIM")
    before = subject_profile(world.graph, world.viewer(), person)
    assert before is not None
    assert (before.completeness.standard, before.completeness.missing) == (
        "P_004",
        ("date_of_birth", "gender", "address|phone|email"),
    )
    world.same(person, again)
    world.link("LIVES_AT", again, world.thing("Address"))
    world.link("INVOLVED_IN", again, world.thing("Crime"), role="OFFENDER")
    after = subject_profile(world.graph, world.viewer(), person)
    assert after is not None
    assert (after.completeness.standard, after.completeness.missing) == (
        "P_001",
        ("date_of_birth", "pnc_id|cro_number"),
    )
    assert {view.id for view in after.members} == {person, again}


def test_profiles_of_several_keep_their_order_and_their_facts_apart(world: World) -> None:
    a, b, secret = world.thing("Person"), world.thing("Person"), world.thing("Person", marking=ACORN)
    one, two = world.link("LIVES_AT", a, world.thing("Address")), world.link("LIVES_AT", b, world.thing("Address"))
    found = subject_profiles(world.graph, world.viewer(), [b, secret, a, "e_" + "a" * 20])
    assert [view and [link.id for link in view.addresses] for view in found] == [[two], None, [one], None]


def test_what_was_known_then(world: World) -> None:
    person = world.thing("Person")
    was = world.link("WAS", person, world.thing("Address"), type="LIVES_AT", recorded_at=100, retracted_at=200)
    world.link("LIVES_AT", person, world.thing("Address"), recorded_at=200)
    found = subject_profile(world.graph, world.viewer(), person, known_at=150)
    assert found is not None
    assert ([(link.id, link.type) for link in found.addresses], found.as_of) == ([(was, "LIVES_AT")], 150)


def test_events_of_a_profile_are_newest_first(world: World) -> None:
    person = world.thing("Person")
    links = [world.link("INVOLVED_IN", person, world.thing("Crime", at=at), role="VICTIM") for at in (100, 300, 200)]
    undated = world.link("INVOLVED_IN", person, world.thing("Crime"), role="WITNESS")
    page = profile_events(world.graph, world.viewer(), person, ALL_INVOLVEMENTS)
    assert [link.id for link in page.items] == [links[1], links[2], links[0], undated]
    assert count_profile_events(world.graph, world.viewer(), person, Involvement(roles=("VICTIM",))) == (3, False)


def test_associates_score_by_what_few_share(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    person, told, lodger, guest = (world.thing("Person") for _ in range(4))
    first = world.link("ASSOCIATED_WITH", person, told)
    second = world.link("ASSOCIATED_WITH", told, person, source=5)
    home, crime = world.thing("Address"), world.thing("Crime", at=700)
    mine = world.link("LIVES_AT", person, home)
    theirs = world.link("LIVES_AT", lodger, home)
    world.link("LIVES_AT", guest, home)
    acts = [world.link("INVOLVED_IN", who, crime, role="SUSPECT") for who in (person, lodger)]
    page = associates(world.graph, world.viewer(), person)
    assert [(one.entity.id, one.score, one.shared_events, one.last_seen) for one in page.items] == [
        (told, 2.0, 0, None),
        (lodger, 1.5, 1, 700),
        (guest, 0.5, 0, None),
    ]
    assert [link.id for link in page.items[0].because] == sorted((first, second))
    assert [link.id for link in page.items[1].because] == sorted((mine, theirs, *acts))
    assert count_associates(world.graph, world.viewer(), person) == (3, False)
    one = associates(world.graph, world.viewer(), person, first=1)
    two = associates(world.graph, world.viewer(), person, first=2, after=one.cursors[0])
    assert (*one.items, *two.items) == page.items
    monkeypatch.setattr(associate, "GENERIC_HOLDERS", 1)
    narrow = associates(world.graph, world.viewer(), person).items
    assert [(view.entity.id, view.score) for view in narrow] == [(told, 2.0), (lodger, 1.0)]
    assert [link.id for link in narrow[1].because] == sorted(acts)


def test_what_ties_nobody_makes_no_associate(world: World) -> None:
    """Who was harmed by somebody, saw it or told of it, and who was searched with them for nothing."""
    anna, ben, carl = (world.thing("Person", name) for name in ("Anna", "Ben", "Carl"))
    crime, home = world.thing("Crime", "ROBBERY", at=NOW - DAY), world.thing("Address")
    for who, role in ((anna, "VICTIM"), (ben, "OFFENDER"), (carl, "WITNESS")):
        world.link("INVOLVED_IN", who, crime, role=role)
    searches = (world.thing("StopSearch", at=NOW, found="Nothing found"), world.thing("StopSearch", at=NOW))
    for search in searches:
        for who in (anna, ben, carl):
            world.link("INVOLVED_IN", who, search, role="DETAINED")
    for who in (anna, ben):
        assert associates(world.graph, world.viewer(), who).items == ()
        assert count_associates(world.graph, world.viewer(), who) == (0, False)
        assert co_offenders(world.graph, world.viewer(), who).items == ()
    lived = [world.link("LIVES_AT", who, home) for who in (anna, ben)]
    (view,) = associates(world.graph, world.viewer(), ben).items
    assert (view.entity.id, view.score, view.shared_events, view.last_seen) == (anna, 1.0, 0, None)
    assert [link.id for link in view.because] == sorted(lived)
    knives = world.thing("StopSearch", at=NOW - DAY, found="two knives")
    for who in (ben, carl):
        world.link("INVOLVED_IN", who, knives, role="DETAINED")
    assert [each.entity.id for each in co_offenders(world.graph, world.viewer(), ben).items] == [carl]
    assert {each.entity.id for each in associates(world.graph, world.viewer(), ben).items} == {anna, carl}


def test_hidden_ties_change_no_score(world: World) -> None:
    person, other = world.thing("Person"), world.thing("Person")
    home = world.thing("Address")
    world.link("LIVES_AT", person, home)
    world.link("LIVES_AT", other, home)
    before = associates(world.graph, world.viewer(), person)
    for _ in range(5):
        world.link("LIVES_AT", world.thing("Person", marking=ACORN), home, ACORN)
    world.link("ASSOCIATED_WITH", person, other, ACORN)
    assert associates(world.graph, world.viewer(), person) == before
    assert len(associates(world.graph, world.viewer(ACORN), person).items) == 6
