from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from loaders.mapping import SourceMapping, load_mappings
from loaders.reader import deliveries, read
from loaders.row import LinkClaim, RecordClaim, Reject, SourceRow

TODAY = 1_750_000_000  # 2025-06-15


@dataclass
class Said:
    """All that the files of one mapping said."""

    rows: list[SourceRow] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    read: int = 0
    repeated: int = 0
    findings: Counter[str] = field(default_factory=Counter)

    @property
    def codes(self) -> list[tuple[int, str]]:
        return [(reject.line, reject.code) for reject in self.rejects]

    def record(self, name: str, row: int = 0) -> RecordClaim:
        return next(claim for claim in self.rows[row].records if claim.name == name)

    def link(self, kind: str, row: int = 0) -> LinkClaim:
        return next(claim for claim in self.rows[row].links if claim.type == kind)


@dataclass
class Desk:
    """A folder with data files and a mapping over them."""

    folder: Path
    markings: tuple[str, ...] = ()

    def file(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def mapping(self, text: str) -> SourceMapping:
        (found,) = load_mappings([self.file("mapping.yaml", text)], self.markings)
        return found

    def said(
        self, text: str, *, at_least: str = "OFFICIAL", as_of: int | None = None, chunk_rows: int = 20_000
    ) -> Said:
        mapping = self.mapping(text)
        marked = replace(mapping, files=tuple(replace(entry, at_least=at_least) for entry in mapping.files))
        return read_all(marked, self.folder, as_of=as_of, chunk_rows=chunk_rows)


def read_all(mapping: SourceMapping, data: Path, *, as_of: int | None = None, chunk_rows: int = 20_000) -> Said:
    said = Said()
    for entry in mapping.files:
        for delivery in deliveries(entry, data):
            for chunk in read(delivery, entry, as_of=as_of, today=TODAY, chunk_rows=chunk_rows):
                said.rows += chunk.rows
                said.rejects += chunk.rejects
                said.read += chunk.read
                said.repeated += chunk.repeated
                said.findings.update(chunk.findings)
    assert said.read == len(said.rows) + len(said.rejects) + said.repeated
    return said


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def people(desk: Desk) -> Callable[[str | bytes], Said]:
    """What a file of people with the columns id, name, dob says."""

    def said(content: str | bytes, options: str = "", name: str = "people.csv") -> Said:
        desk.file(name, content)
        return desk.said(PEOPLE.format(path=name, options=options))

    return said


PEOPLE = """
source: test
files:
  - path: "{path}"
    {options}
    records:
      person:
        kind: Person
        key: "{{id}}"
        properties: {{name: name, date_of_birth: {{column: dob, parse: date}}}}
"""
