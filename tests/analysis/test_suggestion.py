"""Suggested links: what is in common, how it is weighed, and who is never suggested."""

from __future__ import annotations

import math
from typing import Any

import pytest

from analysis.suggestion import link_suggestions
from graph.errors import BadInput, NotFound
from graph.open import Graph
from tests.conftest import NOW
from tests.read.world import ACORN, World

pytestmark = pytest.mark.database


@pytest.fixture
def world(graph: Graph) -> World:
    return World(graph)


def test_what_fewer_share_says_more(world: World) -> None:
    a, near, far, *crowd = (world.thing("Person") for _ in range(10))
    phone, home = world.value("Phone", "+447700900711"), world.thing("Address", label="1 High Street")
    for who in (a, near):
        world.link("USES", who, phone, grade=111, valid_from=NOW)
    for who in (a, far, *crowd):
        world.link("LIVES_AT", who, home, grade=111, valid_from=NOW)
    found = link_suggestions(world.graph, world.viewer(), a)
    assert found.items[0].entity.id == near
    assert {view.entity.id for view in found.items} == {near, far, *crowd}
    sound = 0.98**2
    assert found.items[0].score == pytest.approx(sound)
    assert found.items[1].score == pytest.approx(sound / math.log2(9))
    assert [view.id for view in found.items[0].through] == [phone]
    (part,) = found.items[0].because
    assert part.name == "shared_phone"
    assert "hypothesis" in part.sentence
    assert "+447700900711 (of 2)" in part.sentence
    before = link_suggestions(world.graph, world.viewer(), a, as_of=NOW - 1)
    assert before.items == ()
    few = link_suggestions(world.graph, world.viewer(), a, 1)
    assert few.truncated is not None
    assert few.truncated.suppressed == 8


def test_associates_of_associates_and_calls_suggest_and_the_known_are_left_out(world: World) -> None:
    a, b, c, d = (world.thing("Person") for _ in range(4))
    one, other = world.value("Phone", "+447700900721"), world.value("Phone", "+447700900722")
    call = world.thing("Call", at=NOW)
    world.link("ASSOCIATED_WITH", a, b, valid_from=NOW, grade=111)
    world.link("ASSOCIATED_WITH", b, c, valid_from=NOW, grade=111)
    world.link("USES", a, one)
    world.link("USES", d, other)
    world.link("USES", b, other)
    world.link("INVOLVED_IN", one, call, role="CALLER")
    world.link("INVOLVED_IN", other, call, role="CALLED")
    found = {view.entity.id: view for view in link_suggestions(world.graph, world.viewer(), a).items}
    assert set(found) == {c, d}
    assert [part.name for part in found[c].because] == ["common_associate"]
    assert [part.name for part in found[d].because] == ["shared_call"]
    assert {view.id for view in found[d].through} == {one, other}


def test_what_is_old_or_ill_attested_says_less(world: World) -> None:
    a, fresh, old, doubtful = (world.thing("Person") for _ in range(4))
    two_years = round(2 * 365.25 * 86_400)
    cases: tuple[tuple[str, dict[str, Any]], ...] = (
        (fresh, {"grade": 111, "valid_from": NOW}),
        (old, {"grade": 111, "valid_from": NOW - two_years}),
        (doubtful, {"grade": 352, "valid_from": NOW}),
    )
    for who, given in cases:
        car = world.thing("Vehicle")
        world.link("KEEPS", a, car, **{**given, "grade": 111})
        world.link("DRIVES", who, car, **given)
    found = {view.entity.id: view.score for view in link_suggestions(world.graph, world.viewer(), a).items}
    assert found[old] == pytest.approx(found[fresh] / 2)
    assert found[doubtful] < found[fresh] / 2


def test_nobody_is_suggested_to_himself_or_through_what_is_hidden(world: World) -> None:
    a, same, other = (world.thing("Person") for _ in range(3))
    phone = world.value("Phone", "+447700900731")
    for who in (a, same):
        world.link("USES", who, phone)
    world.link("USES", other, phone, marking=ACORN)
    world.same(a, same)
    assert link_suggestions(world.graph, world.viewer(), a).items == ()
    assert [view.entity.id for view in link_suggestions(world.graph, world.viewer(ACORN), a).items] == [other]


def test_what_is_no_party_or_not_there_is_refused(world: World) -> None:
    hidden, car = world.thing("Person", marking=ACORN), world.thing("Vehicle")
    for id_ in (hidden, "e_" + "a" * 20):
        with pytest.raises(NotFound):
            link_suggestions(world.graph, world.viewer(), id_)
    with pytest.raises(BadInput):
        link_suggestions(world.graph, world.viewer(), car)
    person = world.thing("Person")
    assert link_suggestions(world.graph, world.viewer(), person).items == ()
    with pytest.raises(BadInput):
        link_suggestions(world.graph, world.viewer(), person, 0)
