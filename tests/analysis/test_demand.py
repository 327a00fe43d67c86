"""How many officers: learnt from what the viewer may see before the event, and from nothing else."""

from __future__ import annotations

import random
from datetime import datetime
from typing import Any

import pytest

from analysis.demand import Asked
from analysis.forecast import demand_forecast
from analysis.london import LONDON
from graph.errors import BadInput, NotFound
from graph.open import Graph
from tests.conftest import NOW
from tests.read.world import ACORN, OPEN, World

pytestmark = pytest.mark.database
DAY = 86_400


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=LONDON).timestamp())


def match(world: World, begins: int, marking: str = OPEN, **given: Any) -> str:
    known = {"type": "FOOTBALL", "subtype": "A", "home": "Town", "away": "Rovers", "expected_attendance": 9_000}
    return world.thing("PublicEvent", marking=marking, at=begins, **{**known, **given})


@pytest.fixture
def season(world: World) -> World:
    """Forty matches of the year before: some five incidents of category A, some twenty of C."""
    chance = random.Random(1)
    for n in range(40):
        category = "AC"[n % 2]
        incidents = chance.randint(3, 7) if category == "A" else chance.randint(15, 25)
        given: dict[str, Any] = {"subtype": category, "away": f"Away {n % 8}", "officers_deployed": 30 + n}
        match(world, NOW - (n + 1) * 9 * DAY, **given, incidents=incidents)
    return world


def test_a_stored_event_is_foretold_from_those_like_it(season: World) -> None:
    quiet, loud = (match(season, NOW + DAY, subtype=category, away="Away 1") for category in "AC")
    one, other = (demand_forecast(season.graph, season.viewer(), Asked(event_id=id_)) for id_ in (quiet, loud))
    assert one.event is not None
    assert one.event.id == quiet
    assert one.incidents_low <= 5 <= one.incidents_high
    assert other.incidents_low <= 20 <= other.incidents_high
    assert one.officers < other.officers
    assert one.low <= one.officers <= one.high
    assert one.confidence == 0.8
    assert len(one.comparable) == 10
    assert {each.entity.properties["subtype"] for each in one.comparable} == {"A"}
    similar = [each.similarity for each in one.comparable]
    assert similar == sorted(similar, reverse=True)
    assert 0 < similar[-1] <= similar[0] <= 1
    together = next(part for part in one.costs if part.name == "together")
    assert together.value == pytest.approx(
        sum(p.value for p in one.costs if p.name in ("officers", "unmet", "harm")), abs=1
    )
    assert any(part.name == "last_time" for part in one.costs)
    assert min(each.cost for each in one.options) == pytest.approx(together.value, abs=1)
    assert not one.hours


def test_what_is_given_goes_before_what_is_stored(season: World) -> None:
    quiet = match(season, NOW + DAY)
    loud = demand_forecast(season.graph, season.viewer(), Asked(event_id=quiet, category="C", attendance=20_000))
    assert loud.incidents > 12
    assert any("20,000 people are expected" in each for each in loud.assumptions)


def test_an_event_that_is_not_stored(season: World) -> None:
    asked = Asked(kind="FOOTBALL", at=at("2026-10-03T15:00"), category="C")
    found = demand_forecast(season.graph, season.viewer(), asked)
    assert found.event is None
    assert found.incidents > 12
    assert any("rivalry" in each for each in found.assumptions)
    assert any("9,000 are taken" in each for each in found.assumptions)
    assert any("Saturday after 15:00" in each for each in found.assumptions)


def test_what_is_hidden_teaches_nothing(season: World) -> None:
    asked = Asked(kind="FOOTBALL", at=NOW + DAY, category="A")
    before = demand_forecast(season.graph, season.viewer(), asked)
    for n in range(20):
        match(season, NOW - n * DAY, ACORN, subtype="A", incidents=90, officers_deployed=300)
    assert demand_forecast(season.graph, season.viewer(), asked) == before
    assert demand_forecast(season.graph, season.viewer(OPEN, ACORN), asked).incidents > 2 * before.incidents


def test_the_future_teaches_nothing(season: World) -> None:
    asked = Asked(kind="FOOTBALL", at=NOW - 10 * DAY, category="A")
    before = demand_forecast(season.graph, season.viewer(), asked)
    match(season, NOW - DAY, incidents=90, officers_deployed=300)
    assert demand_forecast(season.graph, season.viewer(), asked) == before


def test_other_weights_other_numbers(season: World) -> None:
    asked = Asked(kind="FOOTBALL", at=NOW + DAY, category="C")
    graph = season.graph
    dear = Graph(graph.store, graph.ids, graph.catalogue, graph.clock, demand={**graph.demand, "harm": 50_000.0})
    assert (
        demand_forecast(dear, season.viewer(), asked).officers > demand_forecast(graph, season.viewer(), asked).officers
    )


def test_a_shift_by_the_hours_of_london(world: World) -> None:
    """Three incidents each evening at nine by London's clock, one at noon, summer and winter."""
    for day in range(70):
        begins = NOW - (day + 1) * DAY
        night = datetime.fromtimestamp(begins, LONDON).replace(hour=21, minute=5)
        for n in range(3):
            world.thing("Incident", at=int(night.timestamp()) + n)
        world.thing("Incident", at=int(night.replace(hour=12).timestamp()))
    asked = Asked(at=at("2026-10-24T20:00"), hours=24)
    found = demand_forecast(world.graph, world.viewer(), asked)
    shown = {datetime.fromtimestamp(each.at, LONDON).strftime("%d %H"): each for each in found.hours}
    assert len(found.hours) == 24
    # The clock goes back in that night: an hour is shown twice.
    assert len(shown) == 23
    assert shown["24 21"].incidents == pytest.approx(3, abs=0.6)
    assert shown["25 12"].incidents == pytest.approx(1, abs=0.4)
    assert shown["25 03"].incidents < 0.3
    assert found.incidents_low <= 4 <= found.incidents_high
    assert found.event is None
    assert not found.comparable


def test_a_shift_of_an_area(world: World) -> None:
    area, home = world.thing("Area"), world.thing("Address")
    world.link("IN", home, area)
    for day in range(40):
        one = world.thing("Incident", at=NOW - (day + 1) * DAY)
        world.link("OCCURRED_AT", one, home, marking=OPEN if day % 2 else ACORN)
        world.thing("Incident", at=NOW - (day + 1) * DAY)
    asked = Asked(at=NOW, hours=1)
    everywhere = demand_forecast(world.graph, world.viewer(), asked)
    inside = demand_forecast(world.graph, world.viewer(), Asked(at=NOW, hours=1, venue=area))
    assert inside.incidents < 0.5 * everywhere.incidents
    assert "20 incidents" in inside.assumptions[0]
    assert "40 incidents" in demand_forecast(
        world.graph, world.viewer(OPEN, ACORN), Asked(at=NOW, hours=1, venue=area)
    ).assumptions[0]  # fmt: skip


def test_bad_input_is_said(season: World) -> None:
    def ask(**given: Any) -> None:
        demand_forecast(season.graph, season.viewer(), Asked(**given))

    person = season.thing("Person")
    with pytest.raises(NotFound, match="eventId"):
        ask(event_id=match(season, NOW, ACORN))
    with pytest.raises(BadInput, match="give a PUBLIC_EVENT"):
        ask(event_id=person)
    with pytest.raises(BadInput, match="leave `kind` out"):
        ask(event_id=match(season, NOW), kind="CONCERT")
    with pytest.raises(BadInput, match="say when it begins"):
        ask(kind="FOOTBALL")
    with pytest.raises(BadInput, match=r"venue: .* is a Person"):
        ask(kind="FOOTBALL", at=NOW, venue=person)
    with pytest.raises(NotFound, match="0 events of the kind 'CONCERT'"):
        ask(kind="CONCERT", at=NOW)
    with pytest.raises(BadInput, match="attendance"):
        ask(kind="FOOTBALL", at=NOW, attendance=0)
    with pytest.raises(BadInput, match="more than two years away"):
        ask(kind="FOOTBALL", at=at("2099-01-01T15:00"))
    with pytest.raises(BadInput, match="category: 1 to 200 characters"):
        ask(kind="FOOTBALL", at=NOW, category=" ")
    with pytest.raises(BadInput, match="name its `kind`"):
        ask(at=NOW, attendance=100)
    with pytest.raises(BadInput, match="hours: 25"):
        ask(hours=25)
    with pytest.raises(NotFound, match="four weeks"):
        ask(at=NOW)
