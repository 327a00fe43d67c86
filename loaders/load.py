"""Load sources: read, check, write in batches, settle entities and links, and say truly what was done."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import TooManyBad
from graph.open import Graph
from loaders.encode import EncodedRow
from loaders.mapping import FileMapping, SourceMapping
from loaders.quarantine import RejectWriter
from loaders.reader import Delivery, check_columns, deliveries, warnings
from loaders.reading import EncodedChunk, Job, reading
from loaders.report import FileReport, LoadReport
from loaders.settle import Progress
from loaders.sink import DrySink, GraphSink, Sink
from loaders.stored import Place
from resolution.run import KindReport
from security.marking import CLASSIFICATIONS, FLOOR, parse_marking

_LEAST_ROWS_FOR_A_SHARE = 1_000


@dataclass(frozen=True, slots=True)
class Bad:
    """How many rejected rows are too many: a number, or a share of the rows read."""

    rows: int | None = None
    share: float | None = None

    def passed(self, rejected: int, read: int, *, finished: bool) -> bool:
        """True where that many rejects are too many; a share is only judged over a thousand rows, or all of them."""
        if self.rows is not None and rejected > self.rows:
            return True
        enough = finished or read >= _LEAST_ROWS_FOR_A_SHARE
        return self.share is not None and enough and rejected > self.share * read


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """How to load. `as_of`: the delivery's own date, `today`: the load's, for two-digit years; both epoch seconds."""

    data: Path
    today: int
    as_of: int | None = None
    dry_run: bool = False
    max_bad: Bad = field(default_factory=Bad)
    rejects: Path | None = None
    resolve: bool = True
    batch_rows: int = 2_000


def load(
    graph: Graph, mappings: Sequence[SourceMapping], options: LoadOptions, progress: Progress | None = None
) -> LoadReport:
    """Load every file of these mappings; returns what was done.

    Raises MappingError or LoadError before a row is written where a file or a column is missing, TooManyBad where more
    rows are rejected than allowed. What was committed stays; loading again goes on from there.
    """
    return load_into(DrySink(graph) if options.dry_run else GraphSink(graph), mappings, options, progress)


def load_into(
    sink: Sink, mappings: Sequence[SourceMapping], options: LoadOptions, progress: Progress | None = None
) -> LoadReport:
    """Load every file of these mappings into a sink; as `load`."""
    return _Load(sink, options, progress or _silent).run(mappings)


class _Load:
    def __init__(self, sink: Sink, options: LoadOptions, progress: Progress) -> None:
        self._sink = sink
        self._options = options
        self._progress = progress
        self._report = LoadReport()

    def run(self, mappings: Sequence[SourceMapping]) -> LoadReport:
        work = [
            (source, self._job(source, entry, delivery))
            for source in mappings
            for entry in source.files
            for delivery in deliveries(entry, self._options.data)
        ]
        for _, job in work:
            # Every file before the first row, so that a wrong column costs nothing that is half loaded.
            check_columns(job.delivery, job.entry)
        started = time.monotonic()
        numbers = {source.source: self._sink.source(source) for source in mappings}
        for source in mappings:
            self._report.warnings += source.warnings
        jobs = [job for _, job in work]
        with reading(jobs, self._sink.ids, self._sink.markings, at_once=self._sink.reads_at_once) as read:
            for source, job in work:
                self._load_file(numbers[source.source], job, read(job))
        self._report.seconds["write"] = round(time.monotonic() - started, 3)
        self._settle()
        self._count_dangling(numbers.values())
        return self._report

    def _job(self, source: SourceMapping, entry: FileMapping, delivery: Delivery) -> Job:
        options = self._options
        as_of = options.as_of if options.as_of is not None else delivery.as_of
        return Job(source.source, entry, delivery, as_of, options.today, options.batch_rows)

    def _load_file(self, number: int, job: Job, chunks: Iterator[EncodedChunk]) -> None:
        report = FileReport(job.source, job.delivery.path)
        self._report.files.append(report)
        self._report.warnings += warnings(job.delivery, job.entry, job.as_of)
        place = Place(number, job.entry.path, job.delivery.path, 0)
        with RejectWriter(self._options.rejects, job.delivery, job.entry) as rejects, ThreadPoolExecutor(1) as pool:
            pending: Future[None] | None = None
            for chunk in self._judged(job, chunks, report):
                rejects.write(chunk.rejects)
                if pending is not None:
                    pending.result()
                # The writer waits for the database while the next chunk is read.
                pending = pool.submit(self._write, place, chunk.rows, report)
                self._progress(job.delivery.path, report.read, None)
            if pending is not None:
                pending.result()
        for mk, rejected in report.told.items():
            self._sink.status(number, mk, rejected)

    def _judged(self, job: Job, chunks: Iterator[EncodedChunk], report: FileReport) -> Iterator[EncodedChunk]:
        """The chunks, counted; TooManyBad before the one that passes the limit is written."""
        for chunk in chunks:
            report.read += chunk.read
            report.repeated += chunk.repeated
            report.rejected += len(chunk.rejects)
            report.findings.update(chunk.findings)
            report.codes.update(reject.code for reject in chunk.rejects)
            self._count_markings(job, chunk, report)
            self._refuse_too_many(report, finished=False)
            yield chunk
        self._refuse_too_many(report, finished=True)

    def _refuse_too_many(self, report: FileReport, *, finished: bool) -> None:
        if self._options.max_bad.passed(self._report.rejected, report.read, finished=finished):
            raise TooManyBad(
                f"{report.path}: {self._report.rejected} rows rejected, more than --max-bad allows; "
                "nothing of the last batch was kept, see the reject files for the reasons"
            )

    def _write(self, place: Place, rows: list[EncodedRow], report: FileReport) -> None:
        done = self._sink.write(place, rows)
        report.loaded += done.loaded
        report.unchanged += done.unchanged
        report.count(rows, done.stale)

    def _count_markings(self, job: Job, chunk: EncodedChunk, report: FileReport) -> None:
        """Count rejects under their markings, so that nobody learns of a row that he might not see."""
        for row in chunk.rows:
            report.told[row.mk] += 0
        for reject in chunk.rejects:
            marking = reject.marking or _unread(job.entry)
            report.told[self._sink.markings.of_text(marking)] += 1

    def _settle(self) -> None:
        started = time.monotonic()
        self._report.resolved = self._sink.settle(by_evidence=self._options.resolve, progress=self._progress)
        self._report.seconds["settle"] = round(time.monotonic() - started, 3)

    def _count_dangling(self, sources: Iterable[int]) -> None:
        for n in sources:
            for row, types in self._sink.dangling(n):
                for file in self._report.files:
                    if row in file.rows:
                        file.dangling.update(types)


def _unread(entry: FileMapping) -> str:
    """The marking of a row whose own cannot be read: at or above any that it might have had."""
    joined = parse_marking(entry.constant_marking() or FLOOR.text)
    for text in entry.known:
        joined = joined.join(parse_marking(text))
    if entry.known or entry.constant_marking() is not None:
        return joined.text
    # Any well-formed marking is taken where none is declared; the clauses are nobody's to guess.
    return CLASSIFICATIONS[-1]


def _silent(stage: str, done: int, total: int | None) -> None:
    """Report nothing."""


__all__ = ["Bad", "KindReport", "LoadOptions", "LoadReport", "load"]
