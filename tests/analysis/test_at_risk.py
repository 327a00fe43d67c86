"""Who is marked as vulnerable in a network: how far, by what they are tied to offenders, and who is left out."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.at_risk import AtRiskView, vulnerable_in_network
from graph.errors import BadInput, NotFound
from tests.conftest import NOW
from tests.read.world import ACORN, OPEN, World

pytestmark = pytest.mark.database


def marked(world: World, label: str, marking: str = OPEN, type_: str = "VULNERABLE_CHILD", **period: Any) -> str:
    """Somebody with a marker of vulnerability, of a marking."""
    who = world.thing("Person", label)
    world.link("SUBJECT_OF", who, world.thing("Marker", type=type_, text="at risk", **period), marking=marking)
    return who


def suspect(world: World, label: str) -> str:
    """Somebody with an offender's role."""
    who = world.thing("Person", label)
    world.link("INVOLVED_IN", who, world.thing("Crime", at=NOW), role="SUSPECT")
    return who


def asked(world: World, id_: str, *grants: str, hops: int = 2) -> dict[str, AtRiskView]:
    return {
        each.entity.label: each for each in vulnerable_in_network(world.graph, world.viewer(*grants), id_, hops).items
    }


def test_who_lives_with_an_offender_comes_first_with_the_links_that_say_so(world: World) -> None:
    ann, bob = world.thing("Person", "Ann"), suspect(world, "Bob")
    cat, dan, eve = (marked(world, name) for name in ("Cat", "Dan", "Eve"))
    home, phone = world.thing("Address", "1 High Street"), world.value("Phone", "+447700900811")
    world.link("ASSOCIATED_WITH", ann, bob)
    world.link("ASSOCIATED_WITH", ann, dan)
    lives = {world.link("LIVES_AT", who, home) for who in (bob, cat)}
    both = {world.link("USES", who, phone) for who in (bob, cat)}
    world.link("ASSOCIATED_WITH", cat, eve)
    found = asked(world, ann)
    assert list(found) == ["Cat", "Dan"]
    cat_view, dan_view = found.values()
    assert (cat_view.hops, [each.label for each in cat_view.path]) == (2, ["Ann", "Bob", "Cat"])
    (tie,) = cat_view.offenders
    assert (tie.entity.id, tie.by, tie.lives_together) == (bob, ("ADDRESS", "PHONE"), True)
    assert {each.id for each in cat_view.evidence} == lives | both
    assert [each.code for each in cat_view.markers] == ["VULNERABLE_CHILD"]
    assert "lives with them" in cat_view.sentence
    assert (dan_view.hops, dan_view.offenders, dan_view.evidence) == (1, (), ())
    assert list(asked(world, ann, hops=3)) == ["Cat", "Dan", "Eve"]


def test_the_subject_itself_and_its_other_selves_count(world: World) -> None:
    ann, self_, bob = marked(world, "Ann"), world.thing("Person", "Ann elsewhere"), suspect(world, "Bob")
    world.same(ann, self_)
    world.link("ASSOCIATED_WITH", self_, bob)
    assert {name: each.hops for name, each in asked(world, ann).items()} == {"Ann": 0, "Ann elsewhere": 0}
    assert [each.entity.label for each in asked(world, bob)["Ann elsewhere"].offenders] == ["Bob"]


def test_a_crime_ties_no_victim_to_its_offender_and_a_marker_that_ended_says_nothing(world: World) -> None:
    ann, bob, cat = suspect(world, "Ann"), marked(world, "Bob"), marked(world, "Cat", valid_to="2020-01-01")
    crime = world.thing("Crime", at=NOW)
    world.link("INVOLVED_IN", ann, crime, role="SUSPECT")
    world.link("INVOLVED_IN", bob, crime, role="VICTIM")
    world.link("ASSOCIATED_WITH", ann, cat)
    assert asked(world, ann) == {}


def test_nobody_is_an_offender_by_a_search_that_found_nothing(world: World) -> None:
    ann, bob = world.thing("Person", "Ann"), marked(world, "Bob")
    world.link("ASSOCIATED_WITH", ann, bob)
    world.link("INVOLVED_IN", ann, world.thing("StopSearch", at=NOW, found="nothing found"), role="SUSPECT")
    assert asked(world, ann)["Bob"].offenders == ()
    world.link("INVOLVED_IN", ann, world.thing("StopSearch", at=NOW, found="a knife"), role="SUSPECT")
    assert [tie.entity.id for tie in asked(world, ann)["Bob"].offenders] == [ann]


def test_as_of_a_day_counts_what_had_happened_and_the_markers_that_held(world: World) -> None:
    day = 86_400
    ann, bob = marked(world, "Ann", valid_from="2026-01-01"), world.thing("Person", "Bob")
    world.link("ASSOCIATED_WITH", ann, bob, valid_from=NOW - 9 * day)
    crime = world.thing("Crime", at=NOW - 3 * day)
    world.link("INVOLVED_IN", bob, crime, role="SUSPECT")

    def offenders(as_of: int | None) -> list[list[str]]:
        found = vulnerable_in_network(world.graph, world.viewer(), bob, 2, 20, as_of).items
        return [[tie.entity.label for tie in each.offenders] for each in found]

    assert offenders(None) == [["Bob"]]
    assert offenders(NOW - 5 * day) == [[]]
    # Nobody was tied to anybody then; nor was anybody marked before that.
    assert offenders(NOW - 10 * day) == []
    assert offenders(NOW - 500 * day) == []
    with pytest.raises(BadInput, match="still to come"):
        vulnerable_in_network(world.graph, world.viewer(), bob, as_of=NOW + 1)


@pytest.mark.parametrize("days", [(40, 9), (9, 40), (9, None), (None, 9)])
def test_a_marker_said_more_than_once_is_told_by_the_newest_date(world: World, days: tuple[int | None, ...]) -> None:
    """Whichever of its links was loaded first; one without a date comes after those that have one."""
    ann, marker = world.thing("Person", "Ann"), world.thing("Marker", type="VULNERABLE_CHILD", text="at risk")
    for ago in days:
        dated: dict[str, Any] = {} if ago is None else {"valid_from": NOW - ago * 86_400}
        world.link("SUBJECT_OF", ann, marker, **dated)
    (told,) = asked(world, ann)["Ann"].markers
    assert told.since == NOW - 9 * 86_400


def test_what_is_hidden_names_nobody(world: World) -> None:
    ann, bob, cat = suspect(world, "Ann"), marked(world, "Bob", ACORN), marked(world, "Cat")
    world.link("ASSOCIATED_WITH", ann, bob)
    world.link("ASSOCIATED_WITH", ann, cat, marking=ACORN)
    assert asked(world, ann) == {}
    assert set(asked(world, ann, OPEN, ACORN)) == {"Bob", "Cat"}


def test_what_is_no_party_not_there_or_too_far_is_refused(world: World) -> None:
    ann, car = world.thing("Person"), world.thing("Vehicle")
    assert vulnerable_in_network(world.graph, world.viewer(), ann).items == ()
    with pytest.raises(NotFound):
        vulnerable_in_network(world.graph, world.viewer(), "e_" + "a" * 20)
    with pytest.raises(BadInput):
        vulnerable_in_network(world.graph, world.viewer(), car)
    for hops, first in ((0, 1), (5, 1), (1, 0), (1, 101)):
        with pytest.raises(BadInput):
            vulnerable_in_network(world.graph, world.viewer(), ann, hops, first)
