"""How many new records a second are settled in batches, without what is written for it.

What is timed is what settling reads and decides: the region that a batch reaches, who of it is found by which keys, all
their scores, and which entities come of it. The rows are written before, and the entities after, neither counted.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from graph.collector import collector_off
from graph.marking_numbers import StoredMarkings
from graph.open import Graph
from graph.store import Transaction
from loaders.load import deliveries_of, load_into
from loaders.mapping import load_mappings
from loaders.options import LoadOptions
from loaders.run import Run, RunLog
from loaders.settle import Progress, settle, silent
from loaders.sink import GraphSink
from resolution.fetch import fetch_waiting
from resolution.outcome import outcome, reached
from resolution.published import standing_model
from resolution.run import KindReport

_DAY = 86_400


class UnsettledSink(GraphSink):
    """Writes rows and leaves the settling to the bench."""

    def settle(self, *, by_evidence: bool, progress: Progress) -> list[KindReport]:
        """Settle nothing."""
        del by_evidence, progress
        return []


class Increment(NamedTuple):
    """A batch: its records, those whose entities may change, seconds by the clock and of this process."""

    records: int
    reached: int
    seconds: float
    processor: float


def increments(graph: Graph, mapping: Path, batches: Sequence[int], now: int) -> Iterator[Increment]:
    """What each batch takes; the files `batch-N.csv` that the mapping reads lie beside it, written batch by batch."""
    markings = StoredMarkings(graph.store)
    for number, records in enumerate(batches):
        day = now + (number + 1) * _DAY
        options, run = LoadOptions(mapping.parent / str(number), day, day), Run(f"bench {number}", day)
        sink = UnsettledSink(graph, run, RunLog(graph, run), 5.0, silent)
        load_into(sink, deliveries_of(load_mappings([mapping], ()), options), options, silent)
        began, used = time.perf_counter(), _used()
        # As settling writes: there is no garbage with cycles to look for.
        with collector_off():
            region = graph.store.look(lambda transaction: _decided(graph, transaction, markings))
        yield Increment(records, region, time.perf_counter() - began, _used() - used)
        settle(graph, markings, progress=silent)


def _decided(graph: Graph, transaction: Transaction, markings: StoredMarkings) -> int:
    """Decide all that waits; returns how many records' entities might change."""
    model = standing_model(graph)
    waiting = fetch_waiting(transaction, ["Person"], by_evidence=True)
    part = reached(transaction, "Person", waiting["Person"], model)
    outcome(transaction, "Person", part, model, markings)
    return len(part.core)


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
