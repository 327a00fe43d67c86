"""Who called before from here and who lives here, as one viewer may see it."""

from __future__ import annotations

import pytest

from graph.read.here import earlier_calls, residents
from tests.conftest import NOW
from tests.read.world import ACORN, World

pytestmark = pytest.mark.database
DAY = 86_400


def test_who_called_before_from_here_by_this_phone_or_themselves(world: World) -> None:
    home, caller, phone = world.thing("Address"), world.thing("Person"), world.value("Phone", "+447700900321")
    now, here, rung, again, later, secret, old = (
        world.thing("Incident", at=at)
        for at in (NOW, NOW - DAY, NOW - 2 * DAY, NOW - 3 * DAY, NOW + 5, NOW - 9, NOW - 900 * DAY)
    )
    for one in (now, here, later, old):
        world.link("OCCURRED_AT", one, home)
    world.link("OCCURRED_AT", secret, home, marking=ACORN)
    for one in (now, rung):
        world.link("INVOLVED_IN", phone, one, role="USED")
    for one in (now, again, rung):
        world.link("INVOLVED_IN", caller, one, role="CALLER")
    # A part other than that of the caller joins no call.
    world.link("INVOLVED_IN", caller, world.thing("Incident", at=NOW - 4), role="VICTIM")
    found = earlier_calls(world.graph, world.viewer(), now).items
    assert [view.entity.id for view in found] == [here, rung, again]
    assert [view.reasons for view in found] == [
        ("At the same address or place.",),
        ("The same caller.", "From the same phone."),
        ("The same caller.",),
    ]
    assert [[one.id for one in view.callers] for view in found] == [[], [caller], [caller]]
    told = earlier_calls(world.graph, world.viewer("OFFICIAL", ACORN), now, first=1)
    assert [view.entity.id for view in told.items] == [secret]
    assert told.truncated is not None
    assert told.truncated.suppressed == 3
    # Of the address itself: until now.
    assert {view.entity.id for view in earlier_calls(world.graph, world.viewer(), home).items} == {here}


def test_who_lives_here_with_which_warnings(world: World) -> None:
    home, incident = world.thing("Address"), world.thing("Incident", at=NOW)
    world.link("OCCURRED_AT", incident, home)
    plain, warned, moved, other = (world.thing("Person") for _ in range(4))
    world.link("LIVES_AT", plain, home, role="HOME")
    world.link("LIVES_AT", warned, home, role="STAYS")
    world.link("LIVES_AT", moved, home, role="HOME", valid_to=NOW - DAY)
    stands = world.thing("Marker", type="WARNING_VIOLENT", valid_from="2020")
    ended = world.thing("Marker", type="BAIL", valid_to="2021-03")
    secret, his = (world.thing("Marker", type=type_) for type_ in ("WANTED", "VULNERABLE"))
    for marker in (stands, ended):
        world.link("SUBJECT_OF", warned, marker)
    world.link("SUBJECT_OF", warned, secret, marking=ACORN)
    world.link("SUBJECT_OF", other, his)
    world.same(warned, other)
    found = residents(world.graph, world.viewer(), incident).items
    assert [(view.entity.id, view.roles) for view in found] == [(warned, ("STAYS",)), (plain, ("HOME",))]
    assert [[marker.id for marker in view.markers] for view in found] == [[his, stands], []]
    assert found[0].sentence == "Lives here (stays); VULNERABLE, WARNING_VIOLENT."
    assert found[1].sentence == "Lives here (home); no marker stands."
    assert residents(world.graph, world.viewer(), home).items == found
    all_seen = residents(world.graph, world.viewer("OFFICIAL", ACORN), incident).items
    assert [marker.id for marker in all_seen[0].markers] == [his, secret, stands]
