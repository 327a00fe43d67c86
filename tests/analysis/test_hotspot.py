"""Where more happens than is to be expected: what was planted is found, chance is not, and days are London's."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from analysis.cell import cells_of
from analysis.expectation import adjusted, from_surroundings
from analysis.hotspot import FALSE_DISCOVERIES, HotspotView, Trend, Window, hotspots
from analysis.london import midnight, year_before
from analysis.near_repeat import near_repeats
from graph.errors import BadInput, NotFound, TooCostly
from graph.read.event import Listed
from standards.grid import to_wgs84
from tests.read.world import ACORN, OPEN, World

JULY = Window(None, date(2026, 7, 1), date(2026, 7, 31), 250)
EAST, NORTH = 383_750, 398_000


def at(day: date) -> int:
    return midnight("day", day)


@pytest.fixture
def town(world: World) -> World:
    """Thirty cells with two crimes each in the year before and one in July; in one of them nine more."""
    for n in range(30):
        place = to_wgs84(EAST + 125 + 250 * (n % 6), NORTH + 125 + 250 * (n // 6))
        for day in (date(2025, 9, 1), date(2026, 2, 1), date(2026, 7, 9)):
            world.thing("Crime", at=at(day), occurred_from=str(day), type="THEFT", location=place)
    for n in range(9):
        place = to_wgs84(EAST + 20 * n, NORTH + 20)
        world.thing("Crime", at=at(date(2026, 7, 2 + n)), occurred_from=f"2026-07-{2 + n:02}", location=place)
    return world


def cells(found: Listed[HotspotView]) -> list[str]:
    return [view.cell for view in found.items]


@pytest.mark.database
def test_what_was_planted_is_found(town: World) -> None:
    found = hotspots(town.graph, town.viewer(), JULY)
    first, *others = found.items
    assert (first.cell, first.events, first.before, first.significant) == ("SJ 8375 9800", 10, 2, True)
    assert 0.5 < first.expected < 2
    assert first.significance < 0.001
    assert not any(view.significant for view in others)
    assert first.forecast > max(view.forecast for view in others)
    assert first.density > max((view.density for view in others), default=0)
    corner = to_wgs84(EAST, NORTH)
    assert (first.boundary[0].latitude, first.boundary[0].longitude) == pytest.approx(corner, abs=1e-6)
    assert first.centre.latitude == pytest.approx(sum(each.latitude for each in first.boundary) / 4, abs=1e-6)


@pytest.mark.database
def test_what_is_hidden_is_not_counted(town: World) -> None:
    before = hotspots(town.graph, town.viewer(), JULY)
    for _ in range(12):
        place = to_wgs84(EAST + 600, NORTH + 600)
        town.thing("Crime", marking=ACORN, at=at(date(2026, 7, 5)), occurred_from="2026-07-05", location=place)
    assert hotspots(town.graph, town.viewer(), JULY) == before
    assert cells(hotspots(town.graph, town.viewer(OPEN, ACORN), JULY))[:2] == ["SJ 8375 9800", "SJ 8425 9850"]


@pytest.mark.database
def test_an_event_without_a_point_is_where_it_visibly_occurred(world: World) -> None:
    home = world.thing("Address", location=to_wgs84(EAST + 10, NORTH + 10))
    for n in range(3):
        crime = world.thing("Crime", at=at(date(2026, 7, 5)), occurred_from="2026-07", type="THEFT")
        world.link("OCCURRED_AT", crime, home, marking=ACORN if n == 2 else OPEN)
    world.thing("Crime", at=at(date(2026, 7, 5)), location=(10.0, 10.0))
    everything = Window(None, date(2026, 7, 1), date(2026, 7, 31), 250, trend=Trend.ENDURING)
    found = hotspots(world.graph, world.viewer(), everything)
    (view,) = found.items
    assert view.events == 2
    assert found.truncated is not None
    assert found.truncated.suppressed == 2
    assert "2 of 2 are known to the month or year only" in view.note
    assert hotspots(world.graph, world.viewer(OPEN, ACORN), everything).items[0].events == 3


@pytest.mark.database
def test_the_days_are_those_of_london(world: World) -> None:
    """British summer time begins its days an hour before those of UTC."""
    place = to_wgs84(EAST + 10, NORTH + 10)
    for stamp, hour in (("2026-06-30T22:59:59Z", -1), ("2026-06-30T23:00:00Z", 0), ("2026-07-31T23:00:00Z", 31 * 24)):
        moment = at(date(2026, 7, 1)) + hour * 3_600 + (3_599 if hour < 0 else 0)
        world.thing("Incident", at=moment, occurred_from=stamp, location=place)
    asked = Window(["INCIDENT"], date(2026, 7, 1), date(2026, 7, 31), 250, trend=Trend.ENDURING)
    (view,) = hotspots(world.graph, world.viewer(), asked).items
    assert (view.events, view.before) == (1, 1)


@pytest.mark.database
def test_types_kinds_and_areas(town: World) -> None:
    def asked(types: list[str] | None, area: str | None = None) -> int:
        window = Window(types, JULY.first_day, JULY.last_day, 10_000, area, Trend.ENDURING)
        return sum(view.events for view in hotspots(town.graph, town.viewer(), window).items)

    area, home = town.thing("Area"), town.thing("Address", location=to_wgs84(EAST, NORTH))
    town.link("IN", home, area)
    inside = town.thing("Crime", at=at(date(2026, 7, 5)), classification="30C")
    town.link("OCCURRED_AT", inside, home)
    town.thing("Incident", at=at(date(2026, 7, 5)), type="THEFT", location=to_wgs84(EAST, NORTH))
    assert asked(None) == asked(["CRIME"]) == 40
    assert asked(["THEFT"]) == 31
    assert asked(["THEFT", "CRIME"]) == 41
    assert asked(["30C"]) == asked(None, area) == 1
    assert asked(["NONE OF THESE"]) == 0


@pytest.mark.database
def test_bad_input_is_said(world: World) -> None:
    def ask(window: Window, first: int = 20) -> None:
        hotspots(world.graph, world.viewer(), window, first)

    day = date(2026, 7, 1)
    with pytest.raises(BadInput, match="cellMetres: 20 is not between 50 and 10000"):
        ask(Window(None, day, day, 20))
    with pytest.raises(BadInput, match="no multiple of 10"):
        ask(Window(None, day, day, 255))
    with pytest.raises(BadInput, match="is after `to`"):
        ask(Window(None, day, date(2026, 6, 30)))
    with pytest.raises(BadInput, match="more than 3,660 days"):
        ask(Window(None, date(2001, 1, 1), day))
    with pytest.raises(BadInput, match="not between 1900 and 2100"):
        ask(Window(None, date(1899, 1, 1), date(1899, 1, 1)))
    with pytest.raises(BadInput, match="leave `types` out"):
        ask(Window([], day, day))
    with pytest.raises(TooCostly):
        ask(Window(["x"] * 101, day, day))
    with pytest.raises(BadInput, match="first"):
        ask(Window(None, day, day), 501)
    with pytest.raises(NotFound):
        ask(Window(None, day, day, area=world.thing("Area", marking=ACORN)))


def test_of_29_february_the_year_before_has_the_28th() -> None:
    assert year_before(date(2024, 2, 29)) == date(2023, 2, 28)
    assert year_before(date(2024, 3, 1)) == date(2023, 3, 1)


def test_repeats_in_place_and_time_are_more_than_chance() -> None:
    chance = np.random.default_rng(3)
    places = chance.random((150, 2)) * 5_000
    times = chance.integers(0, 365, 150) * 86_400
    plain = near_repeats(places, times)
    assert plain is not None
    assert plain.probability is not None
    assert plain.probability > 0.05
    again = near_repeats(np.vstack([places, places + 50]), np.concatenate([times, times + 3 * 86_400]))
    assert again is not None
    assert again.ratio is not None
    assert again.ratio > 3
    assert again.probability == 1 / 200
    assert again.near.all()
    assert near_repeats(np.zeros((1_000, 2)), np.zeros(1_000, np.int64)) is None


def test_an_even_field_has_no_hotspot() -> None:
    chance = np.random.default_rng(5)
    alarms = 0
    for _ in range(20):
        points = chance.random((2_000, 2)) * 10_000
        found = cells_of(points, 250, beside=True)
        counts = found.count(points, np.ones(len(points), np.int64))
        unlikely = from_surroundings(counts, found.kernel()).at_least(counts)
        alarms += bool((adjusted(unlikely) <= FALSE_DISCOVERIES).any())
    assert alarms <= 5
