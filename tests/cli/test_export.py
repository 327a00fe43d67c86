"""Exports, read back by the programs that they are for, hold what the viewer may see and nothing else."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from graph.export.csv_files import cell
from graph.open import Graph
from tests.cli.conftest import Command
from tests.read.world import ACORN, World

pytestmark = pytest.mark.database


class Small:
    """Two people, a phone that both use, a crime, and one person whom few may see."""

    def __init__(self, graph: Graph) -> None:
        self.world = world = World(graph)
        given: dict[str, Any] = {"given_name": "Maria", "surname": "O'Test & <Co>", "date_of_birth": "1990-02"}
        self.maria = world.thing("Person", "Maria O'Test & <Co>", alias=["Mia", "=1+1"], **given)
        self.jon = world.thing("Person", "Jon Probe", surname="Probe")
        self.hidden = world.thing("Person", "Secret Probe", marking=ACORN)
        self.crime = world.thing("Crime", "Burglary C/1", reference="C/1", location=(52.5, -1.5))
        self.phone = world.value("Phone", "+447700900123")
        self.use = world.link(
            "USES", self.maria, self.phone, role="USER", valid_from=1_700_000_000, precision=3, grade=111
        )
        world.link("USES", self.jon, self.phone)
        world.link("USES", self.hidden, self.phone, marking=ACORN)
        world.link("INVOLVED_IN", self.maria, self.crime, role="SUSPECT", grade=352)
        self.seen = {self.maria, self.jon, self.crime, self.phone}


@pytest.fixture
def small(graph: Graph) -> Small:
    return Small(graph)


def exported(connected: Command, folder: Path, *arguments: str) -> Path:
    file = folder / "export"
    ran = connected("export", *arguments, "--out", file)
    assert ran.code == 0, ran.err
    assert file.stat().st_mode & 0o777 == 0o600
    return file


def test_ndjson_holds_things_and_links_with_what_says_so(connected: Command, small: Small, tmp_path: Path) -> None:
    file = exported(connected, tmp_path, "ndjson", "--markings", "OFFICIAL")
    lines = [json.loads(line) for line in file.read_bytes().splitlines()]
    things = {line["thing"]["id"]: line["thing"] for line in lines if "thing" in line}
    links = {line["link"]["id"]: line["link"] for line in lines if "link" in line}
    assert things.keys() == small.seen
    assert things[small.maria]["properties"]["aliases"] == ["Mia", "=1+1"]
    assert things[small.maria]["properties"]["dateOfBirth"] == "1990-02"
    assert things[small.crime]["properties"]["location"] == {"latitude": 52.5, "longitude": -1.5}
    assert (things[small.phone]["markings"], things[small.jon]["markings"]) == ([], ["OFFICIAL"])
    said = links[small.use]
    assert (said["from"], said["to"], said["role"], said["grade"]) == (small.maria, small.phone, "USER", "1A P")
    assert (said["validFrom"], said["validPrecision"]) == ("2023-11-14T22:13:20Z", "DAY")
    assert len(links) == 3
    everything = exported(connected, tmp_path, "ndjson").read_text()
    assert small.hidden in everything


def test_graphml_is_read_by_networkx(connected: Command, small: Small, tmp_path: Path) -> None:
    read = nx.read_graphml(exported(connected, tmp_path, "graphml", "--markings", "OFFICIAL"), force_multigraph=True)
    assert set(read.nodes) == small.seen
    assert read.nodes[small.maria]["label"] == "Maria O'Test & <Co>"
    assert read.nodes[small.crime]["location"] == "52.5,-1.5"
    assert {data["type"] for *_, data in read.edges(data=True)} == {"USES", "INVOLVED_IN"}
    assert read.number_of_edges() == 3


def test_csv_is_one_table_for_each_kind(connected: Command, small: Small, tmp_path: Path) -> None:
    with zipfile.ZipFile(exported(connected, tmp_path, "csv", "--markings", "OFFICIAL")) as archive:
        assert archive.namelist() == ["Crime.csv", "Person.csv", "Phone.csv", "links.csv"]
        tables = {
            name: list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))
            for name in archive.namelist()
        }
    assert {row["id"] for row in tables["Person.csv"]} == {small.maria, small.jon}
    assert [row["value"] for row in tables["Phone.csv"]] == ["+447700900123"]
    assert {row["role"] for row in tables["links.csv"]} == {"USER", "", "SUSPECT"}


@pytest.mark.parametrize(
    ("value", "written"),
    [("=1+1", "'=1+1"), ("@A1", "'@A1"), ("+cmd|x", "'+cmd|x"), ("+447700900123", "+447700900123"), ("-1.5", "-1.5")],
)
def test_no_cell_is_a_formula(value: str, written: str) -> None:
    assert cell(value) == written


def test_follow_the_money_has_a_schema_for_each(connected: Command, small: Small, tmp_path: Path) -> None:
    file = exported(connected, tmp_path, "ftm", "--markings", "OFFICIAL")
    found = {line["id"]: line for line in map(json.loads, file.read_bytes().splitlines())}
    assert {found[id_]["schema"] for id_ in small.seen} == {"Person", "Event", "Thing"}
    assert found[small.maria]["properties"]["birthDate"] == ["1990-02"]
    assert found[small.use]["properties"]["subject"] == [small.maria]


def test_only_a_network_or_a_kind(connected: Command, small: Small, tmp_path: Path) -> None:
    around = exported(connected, tmp_path, "ndjson", "--around", small.crime, "--hops", "1").read_text()
    assert small.maria in around
    assert small.jon not in around
    people = exported(connected, tmp_path, "ndjson", "--kind", "person").read_text()
    assert (small.jon in people, small.phone in people) == (True, False)


def test_wrong_use_is_told(connected: Command, small: Small, tmp_path: Path) -> None:
    del small
    unknown = connected("export", "ndjson", "--kind", "PEOPLE", "--out", tmp_path / "x")
    assert (unknown.code, "'PEOPLE' is none of PERSON" in unknown.err) == (2, True)
    nobody = connected("export", "ndjson", "--around", "e_" + "a" * 20, "--out", tmp_path / "x")
    assert (nobody.code, "there is nothing by the id" in nobody.err) == (1, True)
    assert connected("export", "xlsx", "--out", tmp_path / "x").code == 2
    assert not list(tmp_path.glob("*x*.part"))
