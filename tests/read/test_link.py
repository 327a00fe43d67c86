"""Links of an entity: filters, order, pages, counts, and links by id."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from graph.answer import LinkFilter, LinkView, pack_grade
from graph.errors import BadInput
from graph.read.link import count_links, link, links
from security.viewer import Viewer
from tests.read.world import ACORN, RECORDED, SENSITIVE, World

pytestmark = pytest.mark.database


def day(year: int, month: int = 1, number: int = 1) -> int:
    return int(datetime(year, month, number, tzinfo=UTC).timestamp())


def ids(world: World, viewer: Viewer, entity: str, where: LinkFilter | None = None) -> list[str]:
    found = links(world.graph, viewer, entity, where or LinkFilter(), first=100)
    assert count_links(world.graph, viewer, entity, where or LinkFilter()) == (len(found.items), False)
    return [view.id for view in found.items]


def test_links_are_newest_first_undated_last_then_by_id(world: World) -> None:
    person, viewer = world.thing("Person"), world.viewer()
    early, late = world.thing("Crime", at=day(2019)), world.thing("Crime", at=day(2021))
    dated = world.link("INVOLVED_IN", person, early, valid_from=day(2020))
    by_event = world.link("INVOLVED_IN", person, late)
    undated = [world.link("USES", person, world.value("Phone", f"+4477009001{n}")) for n in range(10, 13)]
    assert ids(world, viewer, person) == [by_event, dated, *sorted(undated)]
    seen, after = [], None
    for _ in range(5):
        page = links(world.graph, viewer, person, first=1, after=after)
        seen.append(page.items[0].id)
        after = page.cursors[0]
    assert seen == [by_event, dated, *sorted(undated)]
    assert not page.has_next


def test_a_link_shows_its_ends_and_records(world: World) -> None:
    person, crime = world.thing("Person", "Ann"), world.thing("Crime", "Theft")
    id_ = world.link(
        "INVOLVED_IN", person, crime, role="SUSPECT", status="CHARGED", grade=111, valid_from=5, precision=3
    )
    (found,) = links(world.graph, world.viewer(), crime).items
    assert found == link(world.graph, world.viewer(), id_)
    assert (found.origin.label, found.target.label, found.role, found.status) == ("Ann", "Theft", "SUSPECT", "CHARGED")
    assert found.records == ("r_" + person[2:], "r_" + crime[2:])


def test_hidden_links_are_absent_everywhere(world: World) -> None:
    person, secret = world.thing("Person"), world.thing("Crime", marking=ACORN)
    id_ = world.link("INVOLVED_IN", person, secret, ACORN)
    low = world.link("INVOLVED_IN", person, world.thing("Crime"), SENSITIVE, row_marking=SENSITIVE)
    assert ids(world, world.viewer(), person) == []
    assert ids(world, world.viewer(SENSITIVE), person) == [low]
    assert set(ids(world, world.viewer(ACORN), person)) == {id_, low}
    assert links(world.graph, world.viewer(), secret).items == ()
    assert [link(world.graph, world.viewer(), one) for one in (id_, low)] == [None, None]
    assert isinstance(link(world.graph, world.viewer(ACORN), id_), LinkView)


def test_types_roles_kinds_and_direction(world: World) -> None:
    person, friend, crime = world.thing("Person"), world.thing("Person"), world.thing("Crime")
    knows = world.link("ASSOCIATED_WITH", friend, person, role="PARTNER")
    suspect = world.link("INVOLVED_IN", person, crime, role="SUSPECT")
    viewer = world.viewer()
    assert ids(world, viewer, person, LinkFilter(types=("ASSOCIATED_WITH",))) == [knows]
    assert ids(world, viewer, person, LinkFilter(types=())) == []
    assert ids(world, viewer, person, LinkFilter(roles=("SUSPECT",))) == [suspect]
    assert ids(world, viewer, person, LinkFilter(kinds=("Person",))) == [knows]
    assert ids(world, viewer, person, LinkFilter(direction="IN")) == [knows]
    assert ids(world, viewer, person, LinkFilter(direction="OUT")) == [suspect]
    assert ids(world, viewer, person, LinkFilter(exclude_kinds=("Crime",))) == [knows]
    assert ids(world, viewer, person, LinkFilter(exclude_ids=(friend,))) == [suspect]


def test_since_and_until_pass_what_has_no_date(world: World) -> None:
    person, viewer = world.thing("Person"), world.viewer()
    old = world.link("INVOLVED_IN", person, world.thing("Crime", at=day(2010)))
    new = world.link("INVOLVED_IN", person, world.thing("Crime", at=day(2020)))
    undated = world.link("INVOLVED_IN", person, world.thing("Crime"))
    marker = world.link("SUBJECT_OF", person, world.thing("Marker", at=day(2010)))
    assert set(ids(world, viewer, person, LinkFilter(since=day(2020)))) == {new, undated, marker}
    assert set(ids(world, viewer, person, LinkFilter(until=day(2010)))) == {old, undated, marker}
    assert set(ids(world, viewer, person, LinkFilter(since=day(2011), until=day(2019)))) == {undated, marker}


def test_an_address_dates_its_events(world: World) -> None:
    address, crime = world.thing("Address"), world.thing("Crime", at=day(2010))
    world.link("OCCURRED_AT", crime, address)
    assert ids(world, world.viewer(), address, LinkFilter(since=day(2020))) == []


def test_grade_is_at_least_as_good_in_both(world: World) -> None:
    person, viewer = world.thing("Person"), world.viewer()
    made = {}
    for source, letter in ((1, "A"), (1, "D"), (2, "B"), (3, "A")):
        made[f"{source}{letter}"] = world.link(
            "INVOLVED_IN", person, world.thing("Crime"), grade=pack_grade(source, letter, "P")
        )
    made["none"] = world.link("INVOLVED_IN", person, world.thing("Crime"))

    def passing(grade: tuple[int, int] | None) -> set[str]:
        found = set(ids(world, viewer, person, LinkFilter(grade=grade)))
        return {name for name, id_ in made.items() if id_ in found}

    assert passing(None) == passing((3, 5)) == set(made)
    assert passing((2, 2)) == {"1A", "2B"}
    assert passing((3, 4)) == {"1A", "1D", "2B", "3A"}
    assert passing((1, 1)) == {"1A"}


def test_valid_at_is_from_inclusive_to_exclusive(world: World) -> None:
    person, viewer = world.thing("Person"), world.viewer()
    home = world.link("LIVES_AT", person, world.thing("Address"), valid_from=100, valid_to=200)
    since = world.link("LIVES_AT", person, world.thing("Address"), valid_from=150)
    undated = world.link("LIVES_AT", person, world.thing("Address"))
    assert [set(ids(world, viewer, person, LinkFilter(valid_at=t))) for t in (99, 100, 199, 200)] == [
        {undated},
        {undated, home},
        {undated, home, since},
        {undated, since},
    ]


def test_known_at_reads_what_was_retracted_since(world: World) -> None:
    person, crime, viewer = world.thing("Person"), world.thing("Crime"), world.viewer()
    gone = world.link("WAS", person, crime, type="INVOLVED_IN", recorded_at=RECORDED - 10, retracted_at=RECORDED + 10)
    live = world.link("INVOLVED_IN", person, crime, recorded_at=RECORDED)
    known = [set(ids(world, viewer, person, LinkFilter(known_at=RECORDED + t))) for t in (-11, -1, 5, 10)]
    assert known == [set(), {gone}, {gone, live}, {live}]
    assert ids(world, viewer, person) == [live]
    (was,) = links(world.graph, viewer, person, LinkFilter(known_at=RECORDED - 1, types=("INVOLVED_IN",))).items
    assert was.type == "INVOLVED_IN"
    assert link(world.graph, viewer, gone) is None


@pytest.mark.parametrize(
    "where", [LinkFilter(types=("OWNS",)), LinkFilter(kinds=("Alien",)), LinkFilter(direction="UP")]
)
def test_names_out_of_the_model_are_refused(world: World, where: LinkFilter) -> None:
    with pytest.raises(BadInput, match="is none of"):
        links(world.graph, world.viewer(), "e_" + "a" * 20, where)
