"""One data file to read, and how its tables become rows that can be written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from graph.collector import collector_off
from graph.ids import Ids
from graph.marking_numbers import MarkingNumbers
from loaders.check import Checker
from loaders.encode import EncodedRow, Encoder
from loaders.known import Seen
from loaders.mapping import FileMapping
from loaders.reader import Chunk, Delivery, HeldRow, Places, numbered, part, repeats
from loaders.reader_format import tables
from loaders.reader_table import Table
from loaders.row import Reject


@dataclass(frozen=True, slots=True)
class Job:
    """One data file to read; `as_of` and `today` are epoch seconds."""

    source: str
    entry: FileMapping
    delivery: Delivery
    as_of: int | None
    today: int
    chunk_rows: int


@dataclass(frozen=True, slots=True)
class EncodedChunk:
    """Some rows of a file as `reader.Chunk` has them, the good ones encoded; `seen`: those that are known already."""

    rows: list[EncodedRow]
    rejects: list[Reject]
    read: int
    repeated: int
    findings: Counter[str]
    seen: Seen | None = None


class Reader:
    """Checks and encodes the tables of one job's file."""

    def __init__(self, job: Job, ids: Ids, markings: MarkingNumbers) -> None:
        self._job = job
        as_of = job.delivery.as_of if job.as_of is None else job.as_of
        self.checker = Checker(job.entry, as_of=as_of, today=job.today, ids=ids)
        self.encoder = Encoder(ids, markings, job.source, job.entry.path)

    def tables(self, again: Callable[[], Places | None]) -> Iterator[tuple[Table, Collection[int] | None]]:
        """As `numbered`."""
        return numbered(self._job.delivery, self._job.entry, self._job.chunk_rows, again)

    def plain(self) -> Iterator[Table]:
        """The tables alone."""
        return tables(self._job.delivery, self._job.entry, self._job.chunk_rows)

    def repeats(self) -> Places | None:
        """As the reader's."""
        return repeats(self.checker, self._job.delivery, self._job.entry, self._job.chunk_rows)

    def read(self, table: Table, places: Collection[int] | None) -> tuple[EncodedChunk, list[HeldRow]]:
        """The chunk of a table, and what is held back of it."""
        with collector_off():
            chunk, held = part(self.checker, table, places)
            return self.encoded(chunk), held

    def encoded(self, chunk: Chunk) -> EncodedChunk:
        """The chunk with its good rows encoded."""
        rows = self.encoder.encode(chunk.rows)
        return EncodedChunk(rows, chunk.rejects, chunk.read, chunk.repeated, chunk.findings)
