"""`polegraph hotspots`: lines for people, figures as JSON, a map as GeoJSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest

from analysis.london import midnight
from graph.open import Graph
from standards.grid import to_wgs84
from tests.cli.conftest import Command
from tests.read.world import World

pytestmark = pytest.mark.database
JULY = ("hotspots", "--from", "2026-07-01", "--to", "2026-07-31")


@pytest.fixture
def world(graph: Graph) -> Iterator[World]:
    world = World(graph)
    yield world
    world.remove()


def test_cells_as_lines_as_json_and_as_a_map(connected: Command, world: World) -> None:
    for n in range(4):
        at, place = midnight("day", date(2026, 7, 2 + n)), to_wgs84(383_800, 398_100)
        world.thing("Crime", at=at, occurred_from=f"2026-07-0{2 + n}", type="THEFT", location=place)
    world.thing("Crime", at=midnight("day", date(2026, 7, 2)), type="THEFT")

    shown = connected(*JULY, "--trend", "enduring", "--type", "THEFT")
    assert "SJ 8375 9800" in shown.out
    assert "left out: 1 (events of the window without a point" in shown.err
    (cell,) = json.loads(connected(*JULY, "--trend", "enduring", "--json").out)
    assert (cell["cell"], cell["events"]) == ("SJ 8375 9800", 4)
    drawn = json.loads(connected(*JULY, "--trend", "enduring", "--geojson").out)
    ((longitude, latitude), *_, last) = drawn["features"][0]["geometry"]["coordinates"][0]
    assert [longitude, latitude] == last
    assert -3 < longitude < -2
    assert 53 < latitude < 54


def test_what_is_wrong_is_told(connected: Command) -> None:
    ran = connected(*JULY, "--cell", "255")
    assert (ran.code, "no multiple of 10" in ran.err) == (2, True)
