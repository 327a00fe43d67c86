"""Who was harmed or searched for nothing is tied to nobody; whom an analytic picks is compared by group."""

from __future__ import annotations

import json
from typing import Any

import pytest

from analysis.disparity import disparity, hidden
from analysis.emerging import emerging_networks
from analysis.pull import pull
from analysis.scope import Scope
from cli.picked import AROUND, AT_LARGE, Asked, picked
from graph.errors import BadInput
from graph.open import Graph
from graph.store import Store
from tests.cli.conftest import Command, polegraph
from tests.cli.conftest import connected as connected
from tests.conftest import NOW
from tests.read.world import OPEN, World

pytestmark = pytest.mark.database
__all__ = ["connected", "polegraph"]


def ties(graph: Graph, world: World, *kinds: str) -> set[frozenset[str]]:
    network = pull(graph, world.viewer(OPEN), Scope(kinds=kinds))
    support = zip(network.one, network.other, strict=True)
    return {frozenset(network.ids[network.party[end]] for end in ends) for ends in support}


def test_to_be_a_victim_ties_nobody(graph: Graph, world: World) -> None:
    anna, ben, carl = (world.thing("Person", name) for name in ("Anna", "Ben", "Carl"))
    crime = world.thing("Crime", "ROBBERY", at=NOW - 86_400)
    for who, role in ((anna, "VICTIM"), (ben, "SUSPECT"), (carl, "OFFENDER")):
        world.link("INVOLVED_IN", who, crime, role=role)
    assert ties(graph, world, "Crime") == {frozenset((ben, carl))}


SAYS_NOTHING = (
    None,
    "false",
    "Nothing found",
    "Nil",
    " no items",
    "Nothing found - no further action",
    "0",
    "N/A",
    "-",
    "Search found nothing",
    "Drugs: nil",
    "Drugs: nil. Weapons: none",
    "Drugs: nil;\nweapons: nothing",
    "Search found nothing.",
)
SAYS_SOMETHING = (
    "cannabis",
    "true",
    "0.5 g of cannabis",
    "No. 3 wrap",
    "False number plates",
    "a knife, nothing else",
    "Knife: one, drugs: nil",
    "Cannabis 5g. Other: nil",
    "Knife recovered from waistband. Drugs: none",
    "1 x knife, drugs: none",
    "Knife; vehicle search found nothing",
)


@pytest.mark.parametrize(
    ("found", "tied"), [*((said, False) for said in SAYS_NOTHING), *((said, True) for said in SAYS_SOMETHING)]
)
def test_a_search_that_found_nothing_ties_nobody(graph: Graph, world: World, found: str | None, tied: int) -> None:
    people = [world.thing("Person", name) for name in ("Anna", "Ben", "Carl")]
    said: dict[str, Any] = {} if found is None else {"found": found}
    stop = world.thing("StopSearch", "SS1", at=NOW - 86_400, **said)
    for who in people:
        world.link("INVOLVED_IN", who, stop, role="SUBJECT")
    assert bool(ties(graph, world, "StopSearch")) == tied
    assert bool(emerging_networks(graph, world.viewer(OPEN)).items) == tied


def test_groups_are_compared(graph: Graph, world: World) -> None:
    def person(n: int, observed: str | None, born: str) -> str:
        said: dict[str, Any] = {} if observed is None else {"ethnicity_observed": observed}
        return world.thing("Person", f"P {n}", gender="Male", date_of_birth=born, **said)

    many = [person(n, "1", "1990-01-01") for n in range(60)]
    few = [person(n, "3", "2011-01-01") for n in range(30)]
    rest = [*(person(n, None, "1950") for n in range(5)), *(person(n, "2", "1950") for n in range(6))]
    found = disparity(graph, world.viewer(OPEN), [*many[:3], *few[:15]], [*many, *few, *rest])
    told = {(group.characteristic, group.group): group for group in found}
    observed = told["ethnicity, observed", "3"]
    assert (observed.people, observed.picked) == (30, 15)
    # 15 of 30 beside 3 of 71, by hand.
    assert observed.ratio == pytest.approx((15 / 30) / (3 / 71))
    assert observed.apart
    assert told["age", "under 18"].apart
    small = told["ethnicity, observed", "not recorded"]
    assert (small.people, small.picked, small.ratio, small.apart) == (None, None, None, False), "five are not told of"
    assert told["sex", "Male"].ratio is None
    few_hidden = disparity(graph, world.viewer(OPEN), many[:3], [*many, *few, *rest[:5]])
    shown = {group.group: group.people for group in few_hidden if group.characteristic == "ethnicity, observed"}
    assert shown == {"1": 60, "3": None, "not recorded": None}, "the five are not what the others leave of all"
    with pytest.raises(BadInput, match="nobody to compare"):
        disparity(graph, world.viewer(OPEN), [], [])


@pytest.mark.parametrize(
    ("sizes", "untold"),
    [
        ((60, 30), 0),
        ((60, 30, 5), 2),
        ((60, 5, 6), 2),
        ((60, 30, 2, 3), 3),
        ((60, 4, 4, 4), 3),
        ((60, 5), 2),
        ((5,), 1),
        ((9, 1, 40, 50), 2),
    ],
)
def test_groups_of_few_are_not_what_the_others_leave(sizes: tuple[int, ...], untold: int) -> None:
    """So many of the smallest are named without counts."""
    named = {str(place): size for place, size in enumerate(sizes)}
    found = hidden(named)
    assert sorted(named[group] for group in found) == sorted(sizes)[:untold]


def test_the_register_on_a_terminal(connected: Command, world: World, store: Store) -> None:
    people = [world.thing("Person", f"P {n}", gender="Male" if n % 2 else "Female") for n in range(6)]
    for a, b in zip(people, people[1:], strict=False):
        world.link("ASSOCIATED_WITH", a, b)
    assert "review by" in connected("analytics", "list").out
    assert "network/shared" in connected("analytics", "show", "key-players").out
    shown = connected("analytics", "disparity", "key-players")
    assert (shown.code, "Female" in shown.out) == (0, True)
    assert '"apart": false' in connected("analytics", "disparity", "indicators", "--json").out
    for arguments, said in (
        (("show", "gang-matrix"), "gang-matrix"),
        (("disparity", "gang-matrix"), "no analytic"),
        (("disparity", "hotspots"), "singles out nobody"),
        (("disparity", "link-suggestions"), "name them with --of"),
        (("disparity", "repeats", "--of", people[0]), "leave it out"),
    ):
        ran = connected("analytics", *arguments)
        assert (ran.code, said in ran.err) == (2, True)


def test_each_analytic_that_singles_people_out_is_compared(connected: Command, graph: Graph, world: World) -> None:
    """Of thirty people, and of what is known of them: whoever it picks is some of whom it looked at."""
    people = [world.thing("Person", f"P {n}", gender="Male" if n % 2 else "Female") for n in range(30)]
    home, crime = world.thing("Address"), world.thing("Crime", at=NOW - 86_400)
    for a, b in zip(people, people[1:], strict=False):
        world.link("ASSOCIATED_WITH", a, b)
    for who in people[:12]:
        world.link("INVOLVED_IN", who, crime, role="INVOLVED_PARTY")
        world.link("LIVES_AT", who, home)
        world.link("SUBJECT_OF", who, world.thing("Marker", type="VULNERABLE"))
    world.link("OCCURRED_AT", crime, home)
    for event in (crime, world.thing("Crime", at=NOW - 3_600)):
        world.link("INVOLVED_IN", people[0], event, role="VICTIM")
    for who in people[1:12]:
        world.link("INVOLVED_IN", who, world.thing("Crime", at=NOW - 7_200), role="INVOLVED_PARTY")
    for name in (*AT_LARGE, *AROUND):
        of = () if name in AT_LARGE else (crime if name == "event-context" else people[1],)
        found = picked(name, Asked(graph, world.viewer(OPEN), of=of))
        assert found.picked, name
        assert found.picked <= found.among, name
        ran = connected("analytics", "disparity", name, *(f"--of={id_}" for id_ in of), "--json")
        assert ran.code == 0, (name, ran.err)
        groups = json.loads(ran.out)
        assert {"sex", "age"} <= {group["characteristic"] for group in groups}, name
        assert any(group["picked"] for group in groups), name
