"""Small sources written to a folder and loaded through the public loader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from graph.dump import dump
from graph.open import Graph
from loaders.load import load
from loaders.mapping import load_mappings
from loaders.options import LoadOptions
from loaders.report import LoadReport
from tests.conftest import NOW

DAY = 86_400
JANUARY = 1_767_225_600

CRIMES = """
source: crimes
name: Crimes
priority: 50
files:
  - path: "crimes*.csv"
    row_key: "{id}"
    records:
      crime:
        kind: Crime
        key: "{id}"
        marking: {column: marking}
        properties: {type: type, occurred_from: {column: date, parse: date}}
      suspect:
        kind: Person
        key: "{person}"
        when: "{person}"
        marking: {column: marking}
        properties:
          name: name
          date_of_birth: {column: dob, parse: date}
          phone: phone
    links:
      - {type: INVOLVED_IN, from: suspect, to: crime, marking: {column: marking}, properties: {role: {value: SUSPECT}}}
      - {type: HANDLED_BY, from: crime, to: {kind: Officer, key: "{officer}"}, marking: {column: marking}}
  - path: "officers*.csv"
    records:
      officer: {kind: Officer, key: "{collar}", properties: {collar_number: collar, surname: surname}}
"""

HEADER = "id,type,date,person,name,dob,phone,officer,marking\n"


def write(folder: Path, files: Mapping[str, str], mapping: str = CRIMES) -> Path:
    """Write data files and the mapping; returns the mapping's path."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    path = folder / "mapping.yaml"
    path.write_text(mapping, "utf-8")
    return path


def load_silo(
    graph: Graph,
    folder: Path,
    as_of: int | None = JANUARY,
    markings: Sequence[str] = (),
    **options: Any,
) -> LoadReport:
    """Load what is in the folder."""
    mappings = load_mappings([folder / "mapping.yaml"], markings)
    return load(graph, mappings, LoadOptions(folder, NOW, as_of, rejects=folder / "rejects", **options))


def dumped(graph: Graph, folder: Path) -> list[bytes]:
    """The lines of the canonical dump."""
    file = folder / "dump.jsonl"
    dump(graph, file)
    return file.read_bytes().splitlines()
