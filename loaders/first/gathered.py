"""What a first load has gathered: rows put aside on disk, and the notes of the installation."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from loaders.first.rows import Arrived
from loaders.first.spill import SpillWriter
from loaders.report import FileReport
from loaders.stored import Place, StoredRow
from resolution.assign import Word
from resolution.model import Model, default_model


@dataclass(frozen=True, slots=True)
class Taken:
    """A batch that was read: its place, how many rows it had, when, and the number of its file's report."""

    place: Place
    rows: int
    at: int
    report: int


class Gathered:
    """Rows as they came, or as they were stored elsewhere with their values; and notes."""

    def __init__(self, aside: Path) -> None:
        aside.mkdir(parents=True, exist_ok=True)
        self.aside = aside
        self.arrived = SpillWriter[Arrived](aside / "arrived")
        self.stored = SpillWriter[StoredRow](aside / "stored")
        self.values = SpillWriter[dict[str, Any]](aside / "values")
        self.batches: list[Taken] = []
        self.reports: list[FileReport] = []
        self.notes = Notes()

    def close(self) -> None:
        """Nothing more comes."""
        for writer in (self.arrived, self.stored, self.values):
            writer.close()


@dataclass(slots=True)
class Notes:
    """What a graph keeps beside rows and what they say.

    `words`: analysts' decisions that stand; `model`: the one that people are judged by; `restoring`: the seal of the
    backup that the rows come from; `run`: the load itself, as it is put on record.
    """

    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    statuses: list[dict[str, Any]] = field(default_factory=list)
    fulls: list[dict[str, Any]] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    model: Model = field(default_factory=default_model)
    restoring: str | None = None
    run: dict[str, Any] | None = None

    def number(self, source: str, name: str, owner: str | None, priority: int) -> int:
        """The local number of a source."""
        n = self.sources[source]["n"] if source in self.sources else len(self.sources)
        self.sources[source] = {"id": source, "n": n, "name": name, "owner": owner, "priority": priority}
        return int(n)
