"""What an archive keeps, as the writer and the first load take it: rows, values, decisions, markings, sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from loaders.encode import Claim
from loaders.keep.archive import ArchiveReader
from loaders.keep.part import MARKINGS, ROWS, SOURCES, VALUES
from loaders.settle import Progress
from loaders.stored import StoredRow

# The graph keeps no nulls; who reads a row asks for these all the same.
_DATES = ("first_as_of", "last_as_of", "last_full", "until")


class Kept:
    """The contents of an archive."""

    def __init__(self, archive: ArchiveReader, progress: Progress) -> None:
        self.archive = archive
        self._progress = progress

    def rows(self) -> Iterator[StoredRow]:
        """Every row once, as the last reading of it has it."""
        readings = sorted(name for name in self.archive.names() if name.startswith(f"{ROWS}-"))
        later: dict[str, dict[str, Any]] = {}
        for name in readings[1:]:
            later.update((line["row"]["id"], line) for line in self._lines(name))
        total = self.archive.manifest.counts[ROWS]
        for done, line in enumerate(self._first_and(readings[0], later)):
            if done % 4096 == 0:
                self._progress("reading rows", done, total)
            yield row_of(line)

    def _first_and(self, first: str, later: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for line in self._lines(first):
            yield later.pop(line["row"]["id"], line)
        yield from later.values()

    def values(self) -> Iterator[dict[str, Any]]:
        """Every value."""
        return self._lines(VALUES)

    def part(self, name: str) -> list[dict[str, Any]]:
        """All nodes of a part."""
        return list(self._lines(name))

    def markings(self) -> dict[int, str]:
        """The texts of the markings by their numbers."""
        return {line["mk"]: line["text"] for line in self._lines(MARKINGS)}

    def sources(self) -> list[dict[str, Any]]:
        """The sources with their numbers."""
        return list(self._lines(SOURCES))

    def _lines(self, name: str) -> Iterator[dict[str, Any]]:
        return (orjson.loads(line) for line in self.archive.lines(name))


def row_of(line: Mapping[str, Any]) -> StoredRow:
    """The row of what a statement answers of one: `row` with its properties, `says` with all that it says."""
    properties = {**dict.fromkeys(_DATES), **line["row"]}
    claims = tuple(
        Claim(node, kind, key, mk, name, said, grade, made=False)
        for name, said, grade, node, kind, key, mk in line["says"]
    )
    return StoredRow(properties, claims)
