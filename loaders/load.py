"""Load sources: read, check, write in batches, settle entities and links, and say truly what was done."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

from graph.errors import BadInput, PolegraphError, TooManyBad
from graph.open import Graph
from loaders.batch import Fulls
from loaders.check_label import unread_marking
from loaders.hold import only_load, patiently
from loaders.job import EncodedChunk, Job
from loaders.known import Known
from loaders.mapping import FileMapping, SourceMapping
from loaders.options import LoadOptions
from loaders.quarantine import RejectWriter
from loaders.reader import Delivery, check_columns, deliveries, warnings
from loaders.reading import reading
from loaders.report import FileReport, LoadReport
from loaders.run import Inputs, RunLog, State, begin
from loaders.settle import Pace, Progress, silent
from loaders.sink import DrySink, GraphSink, Sink
from loaders.stored import Place
from security.marking import FLOOR


def load(
    graph: Graph, mappings: Sequence[SourceMapping], options: LoadOptions, progress: Progress | None = None
) -> LoadReport:
    """Load every file of these mappings; returns what was done.

    Waits while another load has one of the sources. Raises MappingError or LoadError before a row is written where a
    file or a column is missing, TooManyBad where more rows are rejected than allowed. What was committed stays: loading
    again skips it, and `options.going` RESUME goes on from there.
    """
    note = progress or silent
    work = deliveries_of(mappings, options)
    if options.dry_run:
        return load_into(DrySink(graph), work, options, note)
    with only_load(graph, [source.source for source in mappings], note):
        return _on_record(graph, work, options, note)


def _on_record(graph: Graph, work: Sequence[Entry], options: LoadOptions, note: Progress) -> LoadReport:
    """Load as a run that the graph remembers."""
    run = begin(graph, inputs_of(work, options), options.today, options.going)
    log = RunLog(graph, run)

    def told(stage: str, done: int, total: int | None) -> None:
        log.note(stage, done, total)
        note(stage, done, total)

    sink = GraphSink(graph, run, log, options.patience_s, told)
    try:
        dated = [entry.on(run.today) for entry in work]
        report = load_into(sink, dated, options, told)
    except BaseException as error:
        _note_failure(log, error)
        raise
    report.run = run.id
    report.warnings[:0] = run.warnings
    end = partial(log.end, State.DONE, report.as_json(), sink.statuses)
    patiently(graph, end, options.patience_s, note)
    return report


def inputs_of(work: Sequence[Entry], options: LoadOptions) -> Inputs:
    """What a load of these files is given; reads each once."""
    jobs = [job for entry in work for job in entry.jobs]
    shaping: dict[str, object] = {"as of": options.as_of, "full": options.full, "rows of a batch": options.batch_rows}
    if options.marking != FLOOR.text:
        # Beside those that always stood there, so that a load which an earlier version began is gone on with.
        shaping["marking"] = options.marking
    return Inputs.of(jobs, shaping)


def _note_failure(log: RunLog, error: BaseException) -> None:
    """Note that the load ended before its end, where that can still be noted."""
    stopped = not isinstance(error, Exception)
    # Only our own errors are known to hold no values of rows.
    message = error.message if isinstance(error, PolegraphError) else type(error).__name__
    try:
        log.end(State.INTERRUPTED if stopped else State.FAILED, {}, error=message)
    except PolegraphError:
        # The run stands as running, and is found cut short by the next.
        return


@dataclass(frozen=True, slots=True)
class Entry:
    """A file entry of a source with what was delivered of it; `date`: when that was made, epoch seconds, if known."""

    source: SourceMapping
    file: FileMapping
    jobs: tuple[Job, ...]
    date: int | None

    @property
    def size(self) -> int:
        """The bytes of its data files."""
        return sum(job.delivery.file.stat().st_size for job in self.jobs)

    def on(self, today: int) -> Entry:
        """The same, loaded on that day."""
        return replace(self, jobs=tuple(replace(job, today=today) for job in self.jobs))


def deliveries_of(mappings: Sequence[SourceMapping], options: LoadOptions) -> list[Entry]:
    """Every file entry of these mappings with its data files.

    Raises MappingError or LoadError where a file or a column is missing: every file is looked at before the first row,
    so that a wrong column costs nothing that is half loaded. BadInput for a full delivery without a date.
    """
    found = [_entry(source, file, options) for source in mappings for file in source.files]
    for entry in found:
        for job in entry.jobs:
            check_columns(job.delivery, job.entry)
    return found


def _entry(source: SourceMapping, file: FileMapping, options: LoadOptions) -> Entry:
    delivered = list(deliveries(file, options.data))
    marked = replace(file, at_least=options.marking)
    jobs = tuple(_job(source, marked, delivery, options) for delivery in delivered)
    dates = [date for delivery in delivered if (date := delivery.as_of) is not None]
    date = options.as_of if options.as_of is not None else max(dates, default=None)
    if options.full and date is None:
        raise BadInput(f"--full: {file.path} of {source.source} has no date of its own; say it with --as-of DATE")
    return Entry(source, marked, jobs, date)


def _job(source: SourceMapping, file: FileMapping, delivery: Delivery, options: LoadOptions) -> Job:
    as_of = options.as_of if options.as_of is not None else delivery.as_of
    return Job(source.source, file, delivery, as_of, options.today, options.batch_rows)


def load_into(sink: Sink, work: Sequence[Entry], options: LoadOptions, progress: Progress) -> LoadReport:
    """Load these files into a sink; as `load`."""
    return _Load(sink, options, progress).run(work)


class _Load:
    def __init__(self, sink: Sink, options: LoadOptions, progress: Progress) -> None:
        self._sink = sink
        self._options = options
        self._progress = progress
        self._report = LoadReport()
        self._pace = Pace(options.settle_s)
        self._settling = 0.0

    def run(self, work: Sequence[Entry]) -> LoadReport:
        started = time.monotonic()
        sources = {entry.source.source: entry.source for entry in work}
        numbers = {name: self._sink.source(source) for name, source in sources.items()}
        for source in sources.values():
            self._report.warnings += source.warnings
        known = {name: self._sink.fulls(number) for name, number in numbers.items()}
        jobs = [job for entry in work for job in entry.jobs]
        with reading(jobs, self._sink.ids, self._sink.markings, at_once=self._sink.gathers) as read:
            for entry, there in self._known(work, numbers, known):
                name = entry.source.source
                fulls = Fulls(known[name].get(entry.file.path, ()), entry.date if self._options.full else None)
                files = [self._load_file(numbers[name], job, fulls, read(job, there)) for job in entry.jobs]
                if self._options.full and entry.date is not None:
                    self._retract(Place(numbers[name], entry.file.path, entry.file.path), entry.date, files)
        self._report.seconds["write"] = round(time.monotonic() - started - self._settling, 3)
        self._settle()
        self._report.seconds["settle"] = round(self._settling, 3)
        self._warn_of_unmarked()
        self._count_dangling(numbers.values())
        self._sink.status(self._statuses(numbers))
        return self._report

    def _known(
        self, work: Sequence[Entry], numbers: Mapping[str, int], fulls: Mapping[str, Mapping[str, Sequence[int]]]
    ) -> Iterator[tuple[Entry, Known | None]]:
        """Each entry with its rows that are there already; those of the next are asked for while one is loaded."""

        def known(entry: Entry) -> Known | None:
            name, path = entry.source.source, entry.file.path
            return self._sink.known(numbers[name], path, entry.size, fulls[name].get(path, ()))

        with ThreadPoolExecutor(1) as pool:
            coming = pool.submit(known, work[0]) if work else None
            for at, entry in enumerate(work):
                there = None if coming is None else coming.result()
                coming = pool.submit(known, work[at + 1]) if at + 1 < len(work) else None
                yield entry, there

    def _load_file(self, number: int, job: Job, fulls: Fulls, chunks: Iterator[EncodedChunk]) -> FileReport:
        report = FileReport(job.source, job.delivery.path)
        self._report.files.append(report)
        self._report.warnings += warnings(job.delivery, job.entry, job.as_of)
        place = Place(number, job.entry.path, job.delivery.path, fulls=fulls)
        with RejectWriter(self._options.rejects, job.delivery, job.entry) as rejects, ThreadPoolExecutor(1) as pool:
            pending: Future[None] | None = None
            for at, chunk in enumerate(self._judged(job, chunks, report)):
                rejects.write(chunk.rejects)
                if pending is not None:
                    pending.result()
                if self._pace.due and not self._sink.gathers:
                    self._settle()
                # The writer waits for the database while the next chunk is read.
                pending = pool.submit(self._write, replace(place, chunk=at), chunk, report)
                self._progress(job.delivery.path, report.read, None)
            if pending is not None:
                pending.result()
        return report

    def _judged(self, job: Job, chunks: Iterator[EncodedChunk], report: FileReport) -> Iterator[EncodedChunk]:
        """The chunks, counted; TooManyBad before the one that passes the limit is written."""
        for chunk in chunks:
            report.read += chunk.read
            report.repeated += chunk.repeated
            report.rejected += len(chunk.rejects)
            report.findings.update(chunk.findings)
            report.codes.update(reject.code.value for reject in chunk.rejects)
            self._count_markings(job, chunk, report)
            self._refuse_too_many(report, finished=False)
            yield chunk
        self._refuse_too_many(report, finished=True)

    def _refuse_too_many(self, report: FileReport, *, finished: bool) -> None:
        if self._options.max_bad.passed(report.rejected, report.read, finished=finished):
            raise TooManyBad(
                f"{report.path}: {report.rejected} rows rejected, more than --max-bad allows; "
                "nothing of the last batch was kept, see the reject files for the reasons"
            )

    def _write(self, place: Place, chunk: EncodedChunk, report: FileReport) -> None:
        self._sink.write(place, chunk.rows, report, chunk.seen)

    def _retract(self, place: Place, date: int, files: Sequence[FileReport]) -> None:
        """Take back what this full delivery did not hold.

        Not where rows of it were rejected, unless a limit for them was given: what is in a row that cannot be read
        is not known to be gone.
        """
        rejected = sum(file.rejected for file in files)
        if rejected and not self._options.max_bad.given:
            self._report.warnings.append(
                f"{place.entry}: nothing was retracted, because {rejected:,} rows of this full delivery were rejected; "
                "repair them, or say how many may be missing with --max-bad, and load it again"
            )
            return
        files[-1].retracted = self._sink.retract(place, date)

    def _count_markings(self, job: Job, chunk: EncodedChunk, report: FileReport) -> None:
        """Count rejects under their markings, so that nobody learns of a row that he might not see."""
        for mk in {row.mk for row in chunk.rows}.union([] if chunk.seen is None else chunk.seen.marks):
            report.told[mk] += 0
        for reject in chunk.rejects:
            marking = reject.marking or unread_marking(job.entry)
            report.told[self._sink.markings.of_text(marking)] += 1

    def _warn_of_unmarked(self) -> None:
        """Tell of rows that a delivery was to mark, and did not: of two contents of one date either may stand."""
        for file in self._report.files:
            if self._options.marking != FLOOR.text and file.stale:
                self._report.warnings.append(
                    f"{file.path}: {file.stale:,} rows are there with this date or a later one and stand as they were, "
                    f"not under {self._options.marking}: load it again with a later --as-of to mark them"
                )

    def _statuses(self, numbers: Mapping[str, int]) -> Counter[tuple[int, int]]:
        statuses: Counter[tuple[int, int]] = Counter()
        for file in self._report.files:
            for mk, rejected in file.told.items():
                statuses[numbers[file.source], mk] += rejected
        return statuses

    def _settle(self) -> None:
        """What is written so far, so that it is found and linked as the one person it speaks of."""
        began = time.monotonic()
        self._report.resolved += self._sink.settle(by_evidence=self._options.resolve, progress=self._progress)
        took = time.monotonic() - began
        self._settling += took
        self._pace.settled(took)

    def _count_dangling(self, sources: Iterable[int]) -> None:
        for n in sources:
            for row, types in self._sink.dangling(n):
                for file in self._report.files:
                    if row in file.rows:
                        file.dangling.update(types)
