"""`polegraph demand`: how many officers, in words, as JSON, as a picture."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.chart import Chart
from graph.open import Graph
from tests.cli.conftest import Command
from tests.conftest import NOW
from tests.read.world import World

DAY = 86_400


@pytest.fixture
def season(graph: Graph) -> Iterator[World]:
    """Twenty matches before now, a call each hour of forty days."""
    world = World(graph)
    for n in range(20):
        known: dict[str, Any] = {"type": "FOOTBALL", "subtype": "AB"[n % 2], "expected_attendance": 8_000 + 100 * n}
        world.thing("PublicEvent", at=NOW - (n + 1) * 7 * DAY, officers_deployed=40, incidents=4 + n % 5, **known)
    for n in range(40):
        world.thing("Incident", at=NOW - (n + 1) * DAY)
    yield world
    world.remove()


@pytest.mark.database
def test_an_event_in_words_as_json_and_drawn(connected: Command, season: World, tmp_path: Path) -> None:
    asked = ("demand", "--kind", "FOOTBALL", "--at", "2026-09-20T15:00", "--category", "A")
    shown = connected(*asked, "--svg", tmp_path / "match.svg")
    assert shown.code == 0, shown.err
    assert "officers (" in shown.out
    assert "incidents: " in shown.out
    assert "Learnt from" in shown.out
    drawn = ElementTree.fromstring((tmp_path / "match.svg").read_text("utf-8"))  # noqa: S314 - our own
    assert drawn.tag.endswith("svg")
    told = json.loads(connected(*asked, "--json").out)
    assert told["low"] <= told["officers"] <= told["high"]
    assert told["comparable"]


@pytest.mark.database
def test_a_shift(connected: Command, season: World, tmp_path: Path) -> None:
    ran = connected("demand", "--at", "2026-09-15T20:00", "--hours", "3", "--svg", tmp_path / "night.svg", "--json")
    assert ran.code == 0, ran.err
    assert len(json.loads(ran.out)["hours"]) == 3
    assert "hour of the day" in (tmp_path / "night.svg").read_text("utf-8")


@pytest.mark.database
def test_what_is_wrong_is_told(connected: Command, season: World) -> None:
    ran = connected("demand", "--kind", "FOOTBALL")
    assert (ran.code, "say when it begins" in ran.err) == (2, True)


def test_a_chart_is_well_formed_whatever_it_says() -> None:
    chart = Chart('<"&>', ("x & y", 0, 0), ("<y>", 0, 3), ["<"])
    chart.bar(0, 0, 2, 10)
    chart.dot((0, 1))
    chart.mark(0, "a < b")
    chart.band([(0, 0)], [(0, 1)])
    chart.line([(0, 0), (0, 1)], dashes="4 4")
    assert ElementTree.fromstring(chart.svg()).attrib["aria-label"] == '<"&>'  # noqa: S314 - our own
