"""Timelines, co-offenders and shared things, of groups, as one viewer may see them."""

from __future__ import annotations

import pytest

from graph.errors import BadInput
from graph.read import event as module
from graph.read.event import (
    Involvement,
    co_offenders,
    count_timeline,
    recent_events,
    shared_links,
    timeline,
)
from tests.read.world import ACORN, World

pytestmark = pytest.mark.database
DAY = 86_400


def _events(world: World, person: str, *dates: int | None, role: str = "SUSPECT") -> list[str]:
    """The links of a person to a new crime for each date."""
    crimes = [world.thing("Crime") if at is None else world.thing("Crime", at=at) for at in dates]
    return [world.link("INVOLVED_IN", person, crime, role=role) for crime in crimes]


def test_timeline_is_oldest_first_undated_last_and_pages_without_gap_or_repeat(world: World) -> None:
    person = world.thing("Person")
    late, none, early, same = _events(world, person, 300, None, 100, 300)
    own_date = world.link("INVOLVED_IN", person, world.thing("Call", at=900), valid_from=50)
    expected = [own_date, early, *sorted((late, same)), none]
    viewer = world.viewer()
    seen: list[str] = []
    after = None
    while True:
        page = timeline(world.graph, viewer, [person], first=2, after=after)
        seen += [link.id for link in page.items]
        if not page.has_next:
            break
        after = page.cursors[-1]
    assert seen == expected
    assert count_timeline(world.graph, viewer, [person]) == (5, False)
    assert [link.id for link in recent_events(world.graph, viewer, [person], 3)] == [*sorted((late, same)), early]


def test_timeline_bounds_kinds_and_what_was_known(world: World) -> None:
    person = world.thing("Person")
    early, late, none = _events(world, person, 100, 300, None)
    call = world.link("INVOLVED_IN", person, world.thing("Call", at=200))
    world.link("WAS", person, world.thing("Crime", at=10), type="INVOLVED_IN", recorded_at=5, retracted_at=9)

    def ids(which: Involvement) -> list[str]:
        return [link.id for link in timeline(world.graph, world.viewer(), [person], which).items]

    assert ids(Involvement(since=150)) == [call, late, none]
    assert ids(Involvement(until=200)) == [early, call, none]
    assert ids(Involvement(kinds=("Call",))) == [call]
    assert ids(Involvement(roles=("SUSPECT",))) == [early, late, none]
    then = timeline(world.graph, world.viewer(), [person], Involvement(known_at=7)).items
    assert [(link.type, link.target.kind) for link in then] == [("INVOLVED_IN", "Crime")]
    with pytest.raises(BadInput, match="kinds: 'Phone'"):
        ids(Involvement(kinds=("Phone",)))


def test_a_timeline_is_that_of_the_group_the_viewer_sees(world: World) -> None:
    person, secret = world.thing("Person"), world.thing("Person", marking=ACORN)
    world.same(person, secret, ACORN)
    (one,) = _events(world, person, 100)
    hidden = world.link("INVOLVED_IN", secret, world.thing("Crime", marking=ACORN, at=50), ACORN)
    assert [link.id for link in timeline(world.graph, world.viewer(), [person]).items] == [one]
    assert [link.id for link in timeline(world.graph, world.viewer(ACORN), [person]).items] == [hidden, one]
    assert timeline(world.graph, world.viewer(), [secret]).items == ()


def test_a_cursor_of_another_viewer_is_refused(world: World) -> None:
    person = world.thing("Person")
    _events(world, person, 1, 2)
    cursor = timeline(world.graph, world.viewer(), [person], first=1).cursors[0]
    with pytest.raises(BadInput, match="no cursor"):
        timeline(world.graph, world.viewer(ACORN), [person], first=1, after=cursor)


def test_co_offenders_are_counted_by_distinct_visible_events(world: World) -> None:
    person, twice, once, witness = (world.thing("Person") for _ in range(4))
    first, second, secret = (
        world.thing("Crime", at=100),
        world.thing("Crime", at=200),
        world.thing("Crime", ACORN, ACORN),
    )
    for event in (first, second):
        world.link("INVOLVED_IN", person, event, role="SUSPECT")
        world.link("INVOLVED_IN", twice, event, role="ARRESTED")
        world.link("INVOLVED_IN", twice, event, role="SUSPECT")
    world.link("INVOLVED_IN", once, second, role="OFFENDER")
    world.link("INVOLVED_IN", witness, second, role="WITNESS")
    for end in (person, once):
        world.link("INVOLVED_IN", end, secret, ACORN, role="SUSPECT")
    found = co_offenders(world.graph, world.viewer(), person)
    shown = [(one.entity.id, one.shared_events, one.first, one.last) for one in found.items]
    assert shown == [(twice, 2, 100, 200), (once, 1, 200, 200)]
    assert [view.id for view in found.items[0].events] == [second, first]
    assert [one.entity.id for one in co_offenders(world.graph, world.viewer(), person, roles=["WITNESS"]).items] == []
    seen = co_offenders(world.graph, world.viewer(ACORN), person)
    assert {one.entity.id: one.shared_events for one in seen.items} == {twice: 2, once: 2}
    later = co_offenders(world.graph, world.viewer(), person, since=150)
    assert {one.entity.id: one.shared_events for one in later.items} == {twice: 1, once: 1}


def test_co_offenders_of_a_group_are_outside_it_and_a_cut_is_counted(world: World) -> None:
    person, self_again = world.thing("Person"), world.thing("Person")
    world.same(person, self_again)
    crime = world.thing("Crime")
    others = sorted(world.thing("Person") for _ in range(3))
    for who in (person, self_again, *others):
        world.link("INVOLVED_IN", who, crime, role="SUSPECT")
    found = co_offenders(world.graph, world.viewer(), person, first=2)
    assert [one.entity.id for one in found.items] == others[:2]
    assert found.truncated is not None
    assert found.truncated.suppressed == 1


def test_shared_things_of_several_and_how_long_they_overlap(world: World) -> None:
    a, b, c = (world.thing("Person") for _ in range(3))
    home, own, car = world.thing("Address"), world.thing("Address"), world.thing("Vehicle")
    one = world.link("LIVES_AT", a, home, valid_from=0, valid_to=10 * DAY)
    two = world.link("LIVES_AT", b, home, valid_from=4 * DAY, valid_to=7 * DAY)
    world.link("LIVES_AT", a, own)
    world.link("KEEPS", a, car)
    world.link("DRIVES", c, car, ACORN)
    crime = world.thing("Crime")
    world.link("INVOLVED_IN", a, crime)
    world.link("INVOLVED_IN", b, crime)
    found = shared_links(world.graph, world.viewer(), [a, b, c]).items
    assert [(view.through.id, [link.id for link in view.holders], view.overlap_days) for view in found] == [
        (home, sorted((one, two)), 3)
    ]
    assert {view.through.id for view in shared_links(world.graph, world.viewer(ACORN), [a, b, c]).items} == {home, car}
    events = shared_links(world.graph, world.viewer(), [a, b], ["Crime"]).items
    assert [(view.through.id, view.overlap_days) for view in events] == [(crime, None)]


def test_what_one_shares_with_anybody(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    a, again, b = (world.thing("Person") for _ in range(3))
    world.same(a, again)
    phone, lone = world.value("Phone", "+447700900777"), world.value("Phone", "+447700900778")
    mine = world.link("USES", a, phone)
    for end in (a, again):
        world.link("USES", end, lone)
    assert shared_links(world.graph, world.viewer(), [a]).items == ()
    theirs = [world.link("USES", b, phone), world.link("USES", world.thing("Person"), phone)]
    (found,) = shared_links(world.graph, world.viewer(), [a]).items
    assert [link.id for link in found.holders] == sorted((mine, *theirs))
    monkeypatch.setattr(module, "GENERIC_HOLDERS", 1)
    cut = shared_links(world.graph, world.viewer(), [a])
    assert [link.id for link in cut.items[0].holders] == sorted((mine, min(theirs)))
    assert cut.truncated is not None
    assert cut.truncated.suppressed == 1
    with pytest.raises(BadInput, match="kinds: 'Boat'"):
        shared_links(world.graph, world.viewer(), [a], ["Boat"])


def test_unknown_subjects_have_nothing(world: World) -> None:
    absent = "e_" + "a" * 20
    assert timeline(world.graph, world.viewer(), [absent]).items == ()
    assert co_offenders(world.graph, world.viewer(), absent).items == ()
    assert shared_links(world.graph, world.viewer(), [absent]).items == ()
