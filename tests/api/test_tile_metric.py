"""The tiles at `/metrics`: only where they are wanted, only at the lowest marking, as the dashboard asks for them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from analysis.tile import TILES
from api.app import create_app
from graph.open import Graph
from graph.settings import Settings
from tests.conftest import NOW
from tests.read.world import ACORN, SENSITIVE, World

ROOT = Path(__file__).parents[2]


@pytest.mark.database
def test_counts_at_the_lowest_marking_and_no_word_of_the_data(graph: Graph) -> None:
    world = World(graph)
    for marking in ("OFFICIAL", "OFFICIAL", SENSITIVE, ACORN):
        world.thing("Incident", marking=marking, at=NOW - 60, priority="1", type="John Smith", status="told Jane")
    # What a mapping put there by mistake.
    for priority in ("John Smith", "told Jane"):
        world.thing("Incident", marking="OFFICIAL", at=NOW - 60, priority=priority)
    world.status("OFFICIAL", 0, NOW - 90)
    world.viewer()
    with TestClient(create_app(Settings(), graph), base_url="http://127.0.0.1") as client:
        assert "polegraph_tile" not in client.get("/metrics").text
    with TestClient(create_app(Settings(metrics_tiles=True), graph), base_url="http://127.0.0.1") as client:
        text = client.get("/metrics").text
    told = {
        (sample.name, sample.labels["tile"], sample.labels["window"], sample.labels.get("key")): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name.startswith("polegraph_tile") and "tile" in sample.labels
    }
    assert told["polegraph_tile", "incidents", "1h", None] == 4
    assert told["polegraph_tile_part", "open", "24h", "1"] == 2
    assert told["polegraph_tile_part", "open", "24h", "other"] == 2
    keys = {key for name, tile, _, key in told if name == "polegraph_tile_part" and tile != "data_age"}
    assert keys <= {"1", "other"}
    assert told["polegraph_tile", "data_age", "1h", None] == 90
    assert "polegraph_tiles_up 1.0" in text
    assert "Smith" not in text
    assert "Jane" not in text


def test_the_dashboard_asks_for_tiles_that_there_are() -> None:
    text = (ROOT / "docs/dashboards/polegraph.json").read_text("utf-8")
    asked = [target["expr"] for panel in json.loads(text)["panels"] for target in panel["targets"]]
    assert {re.search(r'tile="(\w+)"', one)[1] for one in asked} <= set(TILES)  # type: ignore[index]
    assert {one.split("{")[0].split("(")[-1] for one in asked} == {"polegraph_tile", "polegraph_tile_part"}
