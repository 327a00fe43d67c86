"""Files read, checked and encoded: one after the other here, or many at once in processes of their own."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace

import orjson

from graph.ids import Ids
from graph.marking_numbers import MarkingNumbers
from loaders.encode import EncodedRow, Encoder
from loaders.mapping import FileMapping
from loaders.reader import Delivery, collector_off, read
from loaders.row import Reject

# Below it the processes' own start costs more than they save.
_LEAST_BYTES = 4 << 20
_MOST_PROCESSES = 8


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
    """Some rows of a file as `reader.Chunk` has them, the good ones encoded."""

    rows: list[EncodedRow]
    rejects: list[Reject]
    read: int
    repeated: int
    findings: Counter[str]


Reading = Callable[[Job], Iterator[EncodedChunk]]


def read_job(job: Job, ids: Ids, markings: MarkingNumbers) -> Iterator[EncodedChunk]:
    """The chunks of a job's file, read as they are asked for."""
    encoder = Encoder(ids, markings, job.source, job.entry.path)
    for chunk in read(job.delivery, job.entry, as_of=job.as_of, today=job.today, chunk_rows=job.chunk_rows):
        with collector_off():
            rows = encoder.encode(chunk.rows)
        yield EncodedChunk(rows, chunk.rejects, chunk.read, chunk.repeated, chunk.findings)


@contextmanager
def reading(jobs: Sequence[Job], ids: Ids, markings: MarkingNumbers, *, at_once: bool) -> Iterator[Reading]:
    """The function that reads a job; with `at_once` all jobs are read whole, the largest first, by all processors.

    Reading at once holds the rows of files in memory that wait for their turn.
    """
    processes = min(len(os.sched_getaffinity(0)), _MOST_PROCESSES, len(jobs))
    sizes = {job.delivery: job.delivery.file.stat().st_size for job in jobs}
    if not at_once or processes < 2 or sum(sizes.values()) < _LEAST_BYTES:
        yield lambda job: read_job(job, ids, markings)
        return
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), _ignore_interrupts)
    known = markings.texts()
    try:
        largest_first = sorted(jobs, key=lambda job: -sizes[job.delivery])
        futures = {job.delivery: pool.submit(_read_whole, job, ids, known) for job in largest_first}
        yield lambda job: _taken(futures, job.delivery, markings)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _ignore_interrupts() -> None:
    # Ctrl-C goes to the whole group of processes; the one that waits for these ends them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _read_whole(job: Job, ids: Ids, known: Mapping[int, str]) -> tuple[list[EncodedChunk], dict[int, str]]:
    markings = MarkingNumbers()
    markings.learn(known)
    with collector_off():
        chunks = list(read_job(job, ids, markings))
    return chunks, {mk: text for mk, text in markings.texts().items() if mk not in known}


def _taken(
    futures: dict[Delivery, Future[tuple[list[EncodedChunk], dict[int, str]]]],
    delivery: Delivery,
    markings: MarkingNumbers,
) -> Iterator[EncodedChunk]:
    chunks, new = futures.pop(delivery).result()
    numbers = {mk: markings.of_text(text) for mk, text in new.items()}
    if all(mk == own for mk, own in numbers.items()):
        yield from chunks
        return
    for chunk in chunks:
        yield replace(chunk, rows=[_renumbered(row, numbers) for row in chunk.rows])


def _renumbered(row: EncodedRow, numbers: Mapping[int, int]) -> EncodedRow:
    """The row with the numbers that its markings have here."""
    links = orjson.loads(row.links)
    for link in links:
        link["m"] = numbers.get(link["m"], link["m"])
    claims = tuple(claim._replace(mk=numbers.get(claim.mk, claim.mk)) for claim in row.claims)
    return row._replace(mk=numbers.get(row.mk, row.mk), links=orjson.dumps(links).decode(), claims=claims)
