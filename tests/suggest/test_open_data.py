"""Proposals and ready mappings on the open data, which no vocabulary was written for."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from loaders.check_data import check_data
from loaders.mapping import SourceMapping, load_mappings
from loaders.suggest import suggest
from tests.loaders.conftest import read_all

DATA = Path(os.environ.get("POLEGRAPH_TEST_DATA", str(Path(__file__).parents[2] / ".." / "shared" / "data")))

pytestmark = [
    pytest.mark.opendata,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"no open data in {DATA}; set POLEGRAPH_TEST_DATA"),
]


def _proposed(tmp_path: Path, name: str) -> SourceMapping:
    written = tmp_path / "proposed.yaml"
    written.write_text(suggest([DATA / name], data=DATA).text, "utf-8")
    (mapping,) = load_mappings([written], [])
    return mapping


@pytest.mark.parametrize(
    ("name", "kinds", "rows"),
    [
        ("ogl_street_crime_gmp_2017-08.csv.gz", ["Crime"], 28_751),
        ("ogl_stop_and_search_gmp_2019-06.csv.gz", ["StopSearch", "Person"], 907),
        ("ogl_football_related_arrests_sample.csv", ["PublicEvent"], 127),
    ],
)
def test_published_files(tmp_path: Path, name: str, kinds: list[str], rows: int) -> None:
    mapping = _proposed(tmp_path, name)

    assert [record.kind.name for record in mapping.files[0].records] == kinds
    line = list(check_data(mapping, DATA))[-1]
    assert line.startswith(f"{name}: {rows:,} rows")
    assert "rejected" not in line


def test_the_whole_pole_example_is_understood(tmp_path: Path) -> None:
    mapping = _proposed(tmp_path, "neo4j-pole-example.zip")

    kinds = Counter(record.kind.name for entry in mapping.files for record in entry.records)
    assert kinds.keys() == {
        *("Area", "Crime", "Email", "Address", "Item", "Officer", "Person", "Phone", "Call", "Postcode", "Vehicle"),
    }
    links = Counter(link.type.name for entry in mapping.files for link in entry.links)
    right = {"LIVES_AT": 1, "USES": 2, "ASSOCIATED_WITH": 5, "OCCURRED_AT": 1, "HANDLED_BY": 1, "IN": 3}
    assert {name: links[name] for name in right} == right
    assert links["INVOLVED_IN"] >= 3
    assert all(entry.records or entry.links for entry in mapping.files)


@pytest.mark.parametrize(
    ("name", "rows", "records"),
    [
        ("police-uk-street-points", 28_751, {"Crime": 28_751, "Place": 28_751}),
        ("police-uk-stop-and-search", 907, {"StopSearch": 846}),
    ],
)
def test_ready_mappings(name: str, rows: int, records: dict[str, int]) -> None:
    (mapping,) = load_mappings([Path(f"preset:{name}")], [])
    said = read_all(mapping, DATA, as_of=1_790_000_000)

    assert (said.read, said.rejects) == (rows, [])
    kinds = Counter(record.kind for row in said.rows for record in row.records)
    assert {kind: kinds[kind] for kind in records} == records
