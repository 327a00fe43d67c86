"""The rows that are wrong on purpose are wrong in the way that the truth says."""

import csv
from collections import Counter
from typing import Any

import orjson
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.world import WorldSummary
from loaders.world.flaw import BadRow, Fault, interleave
from tests.world.reading import mapping, raw_lines

KEYS = {"incident/incidents.ndjson": "ref", "intelligence/reports.ndjson": "urn"}


def bad_rows(world: WorldSummary) -> list[BadRow]:
    with (world.out / "truth" / "bad_rows.csv").open(encoding="utf-8", newline="") as stream:
        return [
            BadRow(row["source"], row["file"], int(row["line"]), Fault(row["reason"])) for row in csv.DictReader(stream)
        ]


def entry_of(world: WorldSummary, bad: BadRow) -> dict[str, Any]:
    document = mapping(world.out, bad.file.split("/")[0])
    name = bad.file.rsplit(".", 1)[-1]
    return next(
        entry for entry in document["files"] if entry["path"] == bad.file or entry["path"].endswith(f"*.{name}")
    )


def cells_of(line: bytes, entry: dict[str, Any]) -> list[str]:
    encoding = entry.get("encoding", "utf-8")
    return next(csv.reader([line.decode(encoding)], delimiter=entry.get("delimiter", ",")))


@pytest.fixture(params=["town", "hamlet"])
def world(request: pytest.FixtureRequest) -> WorldSummary:
    made = request.getfixturevalue(request.param)
    assert isinstance(made, WorldSummary)
    return made


def test_every_fault_occurs_in_any_world(world: WorldSummary) -> None:
    assert {bad.fault for bad in bad_rows(world)} == set(Fault)


def test_the_summary_counts_the_wrong_rows(world: WorldSummary) -> None:
    counted = Counter(bad.file for bad in bad_rows(world))

    assert counted == Counter({file.path: file.bad for files in world.silos.values() for file in files if file.bad})


def test_csv_lines_are_as_wrong_as_said(world: WorldSummary) -> None:
    for bad in (bad for bad in bad_rows(world) if not bad.file.endswith((".ndjson", ".parquet"))):
        entry = entry_of(world, bad)
        lines = raw_lines(world.out / "data" / bad.file)
        line = lines[bad.line - 1]
        width = len(entry["columns"]) if "columns" in entry else len(cells_of(lines[0], entry))
        if bad.fault is Fault.UNDECODABLE:
            with pytest.raises(UnicodeDecodeError):
                line.decode(entry.get("encoding", "utf-8"))
        elif bad.fault is Fault.TORN_QUOTE:
            assert line.count(b'"') % 2 == 1
        elif bad.fault is Fault.COLUMN_COUNT:
            assert len(cells_of(line, entry)) != width
        elif bad.fault is Fault.NO_KEY:
            assert cells_of(line, entry)[0] == ""
        else:
            key = cells_of(line, entry)[0]
            others = [bad_line for bad_line in bad_rows(world) if bad_line.file == bad.file]
            same = [lines[o.line - 1] for o in others if o.fault is Fault.ROW_KEY_REPEATED]
            same = [other for other in same if cells_of(other, entry)[0] == key]
            assert len(same) == len(set(same)) == 2


def test_json_lines_are_as_wrong_as_said(world: WorldSummary) -> None:
    for bad in (bad for bad in bad_rows(world) if bad.file.endswith(".ndjson")):
        line = raw_lines(world.out / "data" / bad.file)[bad.line - 1]
        if bad.fault in (Fault.UNDECODABLE, Fault.BAD_JSON):
            with pytest.raises(orjson.JSONDecodeError):
                orjson.loads(line)
        elif bad.fault is Fault.NO_KEY:
            assert orjson.loads(line)[KEYS[bad.file]] is None
        elif bad.fault is Fault.UNKNOWN_MARKING:
            known = mapping(world.out, "intelligence")["marking"]["map"]
            assert orjson.loads(line)["protective_marking"] not in known


def test_parquet_rows_have_no_key(world: WorldSummary) -> None:
    for bad in (bad for bad in bad_rows(world) if bad.file.endswith(".parquet")):
        frame = pl.read_parquet(world.out / "data" / bad.file)
        assert frame.row(bad.line - 1)[0] is None


@given(st.lists(st.binary(max_size=3), max_size=20), st.lists(st.integers(0, 30), max_size=6), st.integers(0, 1))
def test_interleaving_keeps_the_good_lines_and_tells_the_places(good: list[bytes], at: list[int], header: int) -> None:
    wrong = [(min(index, len(good)), b"wrong!", Fault.NO_KEY) for index in sorted(at)]

    lines, places = interleave(good, wrong, header)

    assert [line for line in lines if line != b"wrong!"] == good
    assert [lines[line - 1 - header] for line, _ in places] == [b"wrong!"] * len(wrong)
