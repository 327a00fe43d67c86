"""Files read, checked and encoded: here, or by processes that take the chunks of a file between them.

With processes this one only takes lines apart, hands them out and puts what comes back in order. A fixed number of
chunks is under way, so that a file of any length is read in the same memory.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace

import orjson

from graph.ids import Ids
from graph.marking_numbers import MarkingNumbers
from loaders.encode import EncodedRow
from loaders.job import EncodedChunk, Job, Reader
from loaders.known import Known
from loaders.processes import in_order, processors, started
from loaders.reader import Held, HeldRow, Places
from loaders.reader_table import Table
from loaders.recognise import read_unknown

# Below it the processes' own start costs more than they save.
_LEAST_BYTES = 4 << 20
# Chunks under way for each process: one that it works on, one that waits, one that is done.
_UNDER_WAY = 3

Reading = Callable[[Job, Known | None], Iterator[EncodedChunk]]


@dataclass(frozen=True, slots=True)
class _Done:
    """A chunk from another process, its rows that are held back, and the numbers it has given to new markings."""

    chunk: EncodedChunk
    held: list[HeldRow]
    new: dict[int, str]


def read_job(job: Job, ids: Ids, markings: MarkingNumbers, known: Known | None = None) -> Iterator[EncodedChunk]:
    """The chunks of a job's file, read as they are asked for, without a look at what those rows say that are known."""
    reader, held = Reader(job, ids, markings), Held()
    if known is not None:
        yield from read_unknown(reader, known)
        return
    for table, places in reader.tables(reader.repeats):
        chunk, more = reader.read(table, places)
        held.add(more)
        yield chunk
    if held:
        yield reader.encoded(held.settled())


@contextmanager
def reading(jobs: Sequence[Job], ids: Ids, markings: MarkingNumbers, *, at_once: bool) -> Iterator[Reading]:
    """The function that reads a job; with `at_once` all processors share the work, else this process does it alone.

    Jobs are to be read in their order, each to its end.
    """
    processes = processors()
    size = sum(job.delivery.file.stat().st_size for job in jobs)
    if not at_once or processes < 2 or size < _LEAST_BYTES:
        yield lambda job, known: read_job(job, ids, markings, known)
        return
    pool = started(processes, _begin, list(jobs), ids, markings.texts())
    try:
        yield _Shared(jobs, ids, markings, pool, processes * _UNDER_WAY).read
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


class _Shared:
    """Reads the files of jobs with a pool of processes."""

    def __init__(
        self, jobs: Sequence[Job], ids: Ids, markings: MarkingNumbers, pool: ProcessPoolExecutor, under_way: int
    ) -> None:
        self._numbers = {job.delivery: number for number, job in enumerate(jobs)}
        self._ids = ids
        self._markings = markings
        self._pool = pool
        self._under_way = under_way
        # The passes over keys begin one file ahead, so that no process waits for the next file's.
        self._repeats: dict[int, Future[Places | None]] = {}

    def read(self, job: Job, known: Known | None) -> Iterator[EncodedChunk]:
        """The chunks of a job's file, in their order; where rows are known, this process has little to do."""
        if known is not None:
            yield from read_job(job, self._ids, self._markings, known)
            return
        number = self._numbers[job.delivery]
        for ahead in range(number, min(number + 2, len(self._numbers))):
            if ahead not in self._repeats:
                self._repeats[ahead] = self._pool.submit(_find_repeats, ahead)
        reader, held = Reader(job, self._ids, self._markings), Held()
        tables = reader.tables(self._repeats[number].result)
        chunks = (self._pool.submit(_read, number, table, places) for table, places in tables)
        for done in in_order(chunks, self._under_way):
            yield self._taken(done, held)
        if held:
            yield reader.encoded(held.settled())

    def _taken(self, done: _Done, held: Held) -> EncodedChunk:
        held.add(done.held)
        numbers = {mk: self._markings.of_text(text) for mk, text in done.new.items()}
        if all(mk == own for mk, own in numbers.items()):
            return done.chunk
        return replace(done.chunk, rows=[_renumbered(row, numbers) for row in done.chunk.rows])


class _Worker:
    """What a process of the pool keeps between its tasks."""

    def __init__(self, jobs: list[Job], ids: Ids, known: Mapping[int, str]) -> None:
        self._jobs = jobs
        self._ids = ids
        self._known = known
        self._markings = MarkingNumbers()
        self._markings.learn(known)
        self._readers: dict[int, Reader] = {}

    def reader(self, number: int) -> Reader:
        """The reader of a job; those of jobs before the last are done with."""
        if number not in self._readers:
            self._readers = {kept: self._readers[kept] for kept in self._readers if kept >= number - 1}
            self._readers[number] = Reader(self._jobs[number], self._ids, self._markings)
        return self._readers[number]

    def new(self) -> dict[int, str]:
        """The markings that got a number here."""
        return {mk: text for mk, text in self._markings.texts().items() if mk not in self._known}


_worker: list[_Worker] = []


def _begin(jobs: list[Job], ids: Ids, known: Mapping[int, str]) -> None:
    # Chunks come and go here and hold no cycles; the search for them took a twentieth.
    gc.disable()
    _worker.append(_Worker(jobs, ids, known))


def _find_repeats(number: int) -> Places | None:
    return _worker[0].reader(number).repeats()


def _read(number: int, table: Table, places: Collection[int] | None) -> _Done:
    chunk, held = _worker[0].reader(number).read(table, places)
    return _Done(chunk, held, _worker[0].new())


def _renumbered(row: EncodedRow, numbers: Mapping[int, int]) -> EncodedRow:
    """The row with the numbers that its markings have here."""
    links = orjson.loads(row.links)
    for link in links:
        link["m"] = numbers.get(link["m"], link["m"])
    claims = tuple(claim._replace(mk=numbers.get(claim.mk, claim.mk)) for claim in row.claims)
    return row._replace(mk=numbers.get(row.mk, row.mk), links=orjson.dumps(links).decode(), claims=claims)
