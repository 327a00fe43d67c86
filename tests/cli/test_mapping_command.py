"""`polegraph mapping`: from an unknown export to a loaded source."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command

VICTIMS = "Nominal Ref,Crime No,Name,DOB,Telephone\n" + "".join(
    f"N{at},C{at},{name},0{at}/06/1984,0770090010{at}\n"
    for at, name in enumerate(("John Smith", "Mary Khan", "Ann Lee"), 1)
)
CRIMES = "Crime No,Crime type,Updated\n" + "".join(f"C{at},Theft,2{at}/06/2024\n" for at in range(1, 4))


@pytest.fixture
def export(tmp_path: Path) -> Path:
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "victims.csv").write_text(VICTIMS)
    (folder / "crimes.csv").write_text(CRIMES)
    return folder


@pytest.mark.database
def test_suggest_check_load(connected: Command, export: Path, tmp_path: Path) -> None:
    files, mapping = sorted(export.glob("*.csv")), tmp_path / "m.yaml"
    suggested = connected("mapping", "suggest", *files, "--out", mapping, "--source", "export")
    assert (suggested.code, suggested.out) == (0, "")
    assert "2 files, 2 records, 1 links, 0 columns not used" in suggested.err
    assert "DOB reads day first and month first alike" in suggested.err
    assert f"mapping check {mapping} --data {export}" in suggested.err

    checked = connected("mapping", "check", mapping, "--data", export)
    assert (checked.code, "crimes.csv: 3 rows" in checked.out, "victims.csv: 3 rows" in checked.out) == (0, True, True)

    loaded = connected("load", mapping, "--data", export, "--as-of", "2024-07-01", "--json")
    assert loaded.code == 0
    files_said = {file["path"]: file for file in json.loads(loaded.out)["files"]}
    assert files_said["victims.csv"]["links"] == {"INVOLVED_IN": {"stated": 3, "loaded": 3, "dangling": 0}}


def test_a_proposal_is_printed_or_told_as_json(polegraph: Command, export: Path) -> None:
    printed = polegraph("mapping", "suggest", export / "crimes.csv")
    assert (printed.code, "source: crimes" in printed.out, "kind: Crime" in printed.out) == (0, True, True)

    told = json.loads(polegraph("mapping", "suggest", *sorted(export.glob("*.csv")), "--json").out)
    assert [(file["path"], file["kind"], file["key"]) for file in told["files"]] == [
        ("crimes.csv", "Crime", "Crime No"),
        ("victims.csv", "Person", "Nominal Ref"),
    ]
    assert told["text"].startswith("# Proposed by")


def test_a_file_that_is_there_is_not_written_over(polegraph: Command, export: Path, tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text("mine")
    ran = polegraph("mapping", "suggest", export / "crimes.csv", "--out", tmp_path / "m.yaml")
    assert (ran.code, "is there already" in ran.err, (tmp_path / "m.yaml").read_text()) == (2, True, "mine")
    nowhere = polegraph("mapping", "suggest", export / "crimes.csv", "--out", tmp_path / "none" / "m.yaml")
    assert (nowhere.code, "make it first" in nowhere.err) == (2, True)


def test_ready_mappings_are_listed_printed_and_checked(polegraph: Command, tmp_path: Path) -> None:
    listed = polegraph("mapping", "presets")
    assert (listed.code, len(listed.out.splitlines())) == (
        0,
        len(json.loads(polegraph("mapping", "presets", "--json").out)),
    )
    printed = polegraph("mapping", "preset", "person-register")
    assert (printed.code, "source: person-register" in printed.out) == (0, True)
    wrong = polegraph("mapping", "preset", "person-registr")
    assert (wrong.code, "did you mean 'person-register'" in wrong.err) == (2, True)

    header = "id,title,given_name,middle_name,surname,date_of_birth,sex,address,postcode,phone,email\n"
    (tmp_path / "persons.csv").write_text(header + "1,,John,,Smith,1971,1,,,,\n")
    checked = polegraph("mapping", "check", "preset:person-register", "--data", tmp_path)
    assert (checked.code, "persons.csv: 1 rows" in checked.out) == (0, True)


def test_mistakes_of_mapping_and_data_come_at_once(polegraph: Command, export: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "m.yaml"
    mapping.write_text(
        "source: a\nfiles:\n  - path: crimes.csv\n    records:\n      crime:\n        kind: Crime\n"
        '        key: "{Crime Noo}"\n        properties: {tipe: Crime type, note: Updated}\n'
    )
    ran = polegraph("mapping", "check", mapping, "--data", export)
    assert (ran.code, "did you mean 'type'" in ran.err, "did you mean 'Crime No'" in ran.err) == (2, True, True)
