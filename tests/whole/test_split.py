"""The same rows shuffled and split into any number of files, loaded together or one by one, make the same graph.

`POLEGRAPH_TEST_SPLITS` names other numbers of files (`1,2,3`), `POLEGRAPH_TEST_SEED` other rows.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from graph.open import Graph
from tests.conftest import prepare
from tests.whole.silo import HEADER, dumped, load_silo, write

pytestmark = pytest.mark.database

SEED = int(os.environ.get("POLEGRAPH_TEST_SEED", "7"))
SPLITS = [int(text) for text in os.environ.get("POLEGRAPH_TEST_SPLITS", "2,64").split(",")]
ROWS = 400
OFFICERS = "collar,surname\n" + "".join(f"{n},Iqbal\n" for n in range(0, 20, 2))
GIVEN = ("John", "Jon", "Jane", "Aisha", "Ayesha", "Piotr")
FAMILY = ("Smith", "Smyth", "Khan", "Nowak")
TYPES = ("BURGLARY", "ROBBERY", "THEFT")


def _rows(chance: random.Random) -> list[str]:
    """Rows about people who are the same, may be the same and are not; officers who do not come; other markings."""
    rows = []
    for n in range(ROWS):
        person = chance.randrange(ROWS // 3)
        name = f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}"
        born, phone = f"19{60 + person % 40}-0{person % 9 + 1}-1{person % 7}", f"077009{person % 50:05}"
        marking = "OFFICIAL-SENSITIVE" if chance.random() < 0.1 else "OFFICIAL"
        officer = chance.randrange(20)
        rows.append(f"c{n},{chance.choice(TYPES)},2025-11-02,p{n},{name},{born},{phone},{officer},{marking}\n")
    return rows


def _split(folder: Path, rows: list[str], files: int) -> None:
    parts = {f"crimes{n:02}.csv": HEADER + "".join(rows[n::files]) for n in range(files)}
    write(folder, {**parts, "officers.csv": OFFICERS})


@pytest.fixture(scope="module")
def rows() -> list[str]:
    return _rows(random.Random(SEED))


@pytest.fixture
def expected(graph: Graph, tmp_path: Path, rows: list[str]) -> list[bytes]:
    """The dump of one file."""
    _split(tmp_path / "whole", rows, 1)
    load_silo(graph, tmp_path / "whole")
    lines = dumped(graph, tmp_path)
    prepare(graph.store)
    return lines


def _same(found: list[bytes], expected: list[bytes], files: int) -> None:
    differing = sorted(set(found) ^ set(expected))
    assert not differing, f"seed {SEED}, {files} files: {len(differing)} lines differ, {differing[:4]}"


def test_split_and_loaded_together(graph: Graph, tmp_path: Path, rows: list[str], expected: list[bytes]) -> None:
    for files in SPLITS:
        shuffled = random.Random(SEED + files).sample(rows, len(rows))
        _split(tmp_path / str(files), shuffled, files)
        report = load_silo(graph, tmp_path / str(files))
        assert sum(file.loaded for file in report.files) == ROWS + 10
        _same(dumped(graph, tmp_path), expected, files)
        prepare(graph.store)


def test_split_and_loaded_one_by_one(graph: Graph, tmp_path: Path, rows: list[str], expected: list[bytes]) -> None:
    files = 8
    for n in random.Random(SEED).sample(range(files), files):
        part = rows[n::files]
        write(tmp_path / str(n), {f"crimes{n:02}.csv": HEADER + "".join(part), "officers.csv": OFFICERS})
        load_silo(graph, tmp_path / str(n))
    _same(dumped(graph, tmp_path), expected, files)
