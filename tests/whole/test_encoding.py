"""A byte that its encoding does not know costs its row, not the load."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.open import Graph
from tests.whole.silo import load_silo, write

pytestmark = pytest.mark.database

MAPPING = """
source: custody
name: Custody
files:
  - path: custody.csv
    encoding: cp1252
    records:
      person: {kind: Person, key: "{id}", properties: {name: name}}
"""


def test_an_undecodable_byte_is_rejected_with_its_row(graph: Graph, tmp_path: Path) -> None:
    write(tmp_path, {}, MAPPING)
    (tmp_path / "custody.csv").write_bytes(b"id,name\n1,Ann\n2,\x81nn\n")
    (file,) = load_silo(graph, tmp_path).files
    assert (file.read, file.loaded, file.rejected) == (2, 1, 1)
