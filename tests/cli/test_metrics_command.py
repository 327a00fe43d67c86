"""`polegraph metrics`: lines for people, a table for other dashboards."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import pytest

from graph.open import Graph, system_clock
from tests.cli.conftest import Command
from tests.read.world import World

pytestmark = pytest.mark.database


@pytest.fixture
def world(graph: Graph) -> Iterator[World]:
    world = World(graph)
    yield world
    world.remove()


def test_lines_and_a_table(connected: Command, world: World) -> None:
    for _ in range(2):
        world.thing("Incident", at=system_clock() - 600, priority="=1+1")
    assert "incidents                      2 count" in connected("metrics", "--window", "1h").out
    found = list(csv.DictReader(connected("metrics", "--tile", "incidents", "--csv").out.splitlines()))
    assert [(row["key"], row["value"]) for row in found if row["part"] == "group"] == [("'=1+1", "2.0")]
    assert sum(float(row["value"]) for row in found if row["part"] == "series") == 2
    assert {row["tile"] for row in found} == {"incidents"}


def test_what_is_wrong_is_told(connected: Command) -> None:
    ran = connected("metrics", "--tile", "opened")
    assert (ran.code, "it is one of incidents" in ran.err) == (2, True)
