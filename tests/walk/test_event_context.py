"""What bears on an event, as one viewer may see it."""

from __future__ import annotations

import pytest

from graph.errors import BadInput, NotFound
from graph.read.event_context import EventContextView, event_context
from tests.read.world import ACORN, World

pytestmark = pytest.mark.database
DAY = 86_400
AT = 1_700_000_000


def ids(found: EventContextView) -> list[str]:
    return [each.entity.id for each in found.activities]


def told(found: EventContextView, at: int = 0) -> dict[str, str]:
    return {part.name: part.sentence for part in found.activities[at].reasons}


def test_what_one_person_did_and_what_happened_nearby(world: World) -> None:
    person = world.thing("Person", "Maria Testova")
    focus = world.thing("Crime", at=AT, location=(10.0, 10.0))
    same = world.thing("Crime", at=AT - 3 * DAY, severity=0.4)
    near = world.thing("Incident", at=AT + DAY, location=(10.001, 10.0))
    far = world.thing("Incident", at=AT + DAY, location=(10.5, 10.0))
    late = world.thing("Crime", at=AT + 200 * DAY, location=(10.0, 10.0))
    undated = world.thing("IntelReport")
    for event, role in ((focus, "SUSPECT"), (same, "SUSPECT"), (late, "SUSPECT"), (undated, "MENTIONED")):
        world.link("INVOLVED_IN", person, event, role=role, grade=111)
    found = event_context(world.graph, world.viewer(), focus)
    assert ids(found) == [same, undated, near]
    assert far not in ids(found)
    assert told(found)["role"] == "suspect here, suspect there."
    assert told(found)["link_strength"] == "Joined in 2 hops through Maria Testova."
    assert told(found, 1)["recency"] == "When it happened is not known."
    assert told(found, 2)["distance"] == "111 m away."
    path = found.activities[0].path
    assert path is not None
    assert [node.id for node in path.nodes] == [focus, person, same]
    assert len(path.links) == 2
    assert found.activities[2].path is None
    assert ids(event_context(world.graph, world.viewer(), focus, window_days=365))[0] in (same, late)


def test_through_a_shared_phone_and_not_through_another_event(world: World) -> None:
    a, b, c = (world.thing("Person") for _ in range(3))
    phone = world.value("Phone", "+447700900555")
    focus, joined, beyond = (world.thing("Crime", at=AT + n) for n in range(3))
    world.link("INVOLVED_IN", a, focus, role="VICTIM")
    world.link("USES", a, phone)
    world.link("USES", b, phone)
    world.link("INVOLVED_IN", b, joined, role="SUSPECT")
    world.link("INVOLVED_IN", c, joined, role="SUSPECT")
    world.link("INVOLVED_IN", c, beyond, role="SUSPECT")
    found = event_context(world.graph, world.viewer(), focus)
    assert ids(found) == [joined]
    path = found.activities[0].path
    assert path is not None
    assert [node.id for node in path.nodes] == [focus, a, phone, b, joined]


def test_of_a_place_what_happened_at_it_lately(world: World) -> None:
    home = world.thing("Address", location=(20.0, 20.0))
    now = world.graph.clock()
    lately, long_ago = world.thing("Incident", at=now - DAY), world.thing("Incident", at=now - 400 * DAY)
    for event in (lately, long_ago):
        world.link("OCCURRED_AT", event, home)
    found = event_context(world.graph, world.viewer(), home)
    assert ids(found) == [lately]
    assert told(found)["distance"] == "0 m away."


def test_what_is_hidden_neither_joins_nor_is_shown(world: World) -> None:
    person = world.thing("Person")
    focus, other = world.thing("Crime", at=AT), world.thing("Crime", at=AT)
    secret = world.thing("IntelReport", marking=ACORN, at=AT)
    world.link("INVOLVED_IN", person, focus)
    world.link("INVOLVED_IN", person, secret, marking=ACORN)
    world.link("INVOLVED_IN", person, other, marking=ACORN)
    assert set(ids(event_context(world.graph, world.viewer(ACORN), focus))) == {secret, other}
    assert ids(event_context(world.graph, world.viewer(), focus)) == []


def test_a_cut_is_told(world: World) -> None:
    person, focus = world.thing("Person"), world.thing("Crime", at=AT)
    world.link("INVOLVED_IN", person, focus)
    for n in range(4):
        world.link("INVOLVED_IN", person, world.thing("Crime", at=AT + n))
    found = event_context(world.graph, world.viewer(), focus, first=3)
    assert len(found.activities) == 3
    assert found.truncated is not None
    assert (found.truncated.reason, found.truncated.suppressed) == ("the first 3 are shown", 1)


def test_wrong_questions_are_refused(world: World) -> None:
    person, crime = world.thing("Person"), world.thing("Crime")
    viewer = world.viewer()
    with pytest.raises(BadInput, match="is a Person"):
        event_context(world.graph, viewer, person)
    with pytest.raises(NotFound):
        event_context(world.graph, viewer, "e_" + "a" * 20)
    for wrong in ({"window_days": 0}, {"radius_metres": -1}, {"first": 101}):
        with pytest.raises(BadInput, match="is not between"):
            event_context(world.graph, viewer, crime, **wrong)
