"""Ends by identifier: bound to whoever has it, by a record or by use; a made record stands in only while nobody has."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph.open import Graph
from tests.conftest import prepare
from tests.whole.silo import DAY, JANUARY, dumped, load_silo, write

pytestmark = pytest.mark.database

STOPS = """
source: stops
files:
  - path: "stops*.csv"
    row_key: "{id}"
    records:
      driver: {kind: Person, key: "{id}", properties: {name: name}}
    links:
      - {type: DRIVES, from: driver, to: {kind: Vehicle, by: {vrm: "{vrm}"}, missing: make}}
      - {type: ASSOCIATED_WITH, from: driver, to: {kind: Person, by: {phone: "{phone}"}}}
"""
KEEPERS = """
source: keepers
files:
  - path: "keepers*.csv"
    row_key: "{vrm}"
    records:
      vehicle: {kind: Vehicle, key: "{vrm}", properties: {vrm: vrm, colour: colour}}
      keeper: {kind: Person, key: "{vrm}", properties: {name: keeper, date_of_birth: dob, phone: phone}}
    links:
      - {type: KEEPS, from: keeper, to: vehicle}
"""


def _stops(folder: Path) -> Path:
    write(folder, {"stops.csv": "id,name,vrm,phone\ns1,Ann Lee,AB12CDE,07700900101\n"}, STOPS)
    return folder


def _keepers(folder: Path) -> Path:
    header = "vrm,colour,keeper,dob,phone\n"
    write(folder, {"keepers.csv": f"{header}AB12CDE,RED,Bea Cole,1980-01-02,07700900101\n"}, KEEPERS)
    return folder


def _links(graph: Graph, type_: str) -> list[dict[str, Any]]:
    kinds = {row["properties"]["id"]: row["properties"] for row in graph.store.stream("dump/entities")}
    return [kinds[row["to"]] for row in graph.store.stream("dump/links") if row["type"] == type_]


def test_an_end_by_vehicle_mark_is_the_vehicle_and_by_phone_who_uses_it(graph: Graph, tmp_path: Path) -> None:
    load_silo(graph, _keepers(tmp_path / "keepers"), JANUARY)
    load_silo(graph, _stops(tmp_path / "stops"), JANUARY)

    (driven,), (friend,) = _links(graph, "DRIVES"), _links(graph, "ASSOCIATED_WITH")
    assert (driven["kind"], driven["vrm"], driven["colour"]) == ("Vehicle", "AB12CDE", "RED")
    assert (friend["kind"], friend["given_name"]) == ("Person", "Bea")


def test_a_made_vehicle_stands_in_until_one_is_described(graph: Graph, tmp_path: Path) -> None:
    load_silo(graph, _stops(tmp_path / "stops"), JANUARY)
    (made,) = _links(graph, "DRIVES")
    assert (made["kind"], made["vrm"]) == ("Vehicle", "AB12CDE")

    load_silo(graph, _keepers(tmp_path / "keepers"), JANUARY)

    (driven,) = _links(graph, "DRIVES")
    assert driven["colour"] == "RED"


def test_the_order_does_not_matter(graph: Graph, tmp_path: Path) -> None:
    stops, keepers = _stops(tmp_path / "stops"), _keepers(tmp_path / "keepers")
    load_silo(graph, stops, JANUARY + DAY)
    load_silo(graph, keepers, JANUARY + DAY)
    one = dumped(graph, tmp_path)
    prepare(graph.store)

    load_silo(graph, keepers, JANUARY + DAY)
    load_silo(graph, stops, JANUARY + DAY)

    assert dumped(graph, tmp_path) == one
    assert sum(b'"DRIVES"' in line for line in one) == 1
    assert not any(b"vrm=AB12CDE" in line for line in one)
