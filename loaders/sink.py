"""Where a load writes: into a graph, or nowhere for a dry run. The first load has a third one of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Protocol, TypeVar

from graph.errors import TransientError
from graph.ids import Ids
from graph.marking_numbers import MarkingNumbers, StoredMarkings
from graph.open import Graph
from loaders.batch import Again, Fulls, Written
from loaders.encode import EncodedRow
from loaders.fitting import Fitting
from loaders.hold import patiently
from loaders.known import Known, Seen
from loaders.mapping import SourceMapping
from loaders.present import full_deliveries, known_rows, source_number, source_numbers
from loaders.report import FileReport
from loaders.run import Run, RunLog
from loaders.settle import Progress, settle
from loaders.stored import Place
from loaders.writer import preview_batch, retract_absent, write_batch
from resolution.run import KindReport

T = TypeVar("T")
_SLOTS = 2_000


class Sink(Protocol):
    """What a load needs of the place it writes to."""

    ids: Ids
    markings: MarkingNumbers
    # Whether nothing is made of rows before all are there. Files are then read at once and held until their turn, which
    # gains nothing where the writer is slower; elsewhere a long load is settled now and then.
    gathers: bool

    def source(self, mapping: SourceMapping) -> int:
        """The local number of a source; its name, owner and priority are as its mapping says."""
        ...

    def fulls(self, source: int) -> Mapping[str, Sequence[int]]:
        """The dates of the full deliveries of each file entry of a source, in order."""
        ...

    def known(self, source: int, entry: str, size: int, fulls: Sequence[int]) -> Known | None:
        """The rows of a file entry that are there, for a delivery of `size` bytes.

        None where they are to be found one by one. `fulls`: the dates of the entry's full deliveries, in order.
        """
        ...

    def write(self, place: Place, rows: Sequence[EncodedRow], report: FileReport, seen: Seen | None = None) -> None:
        """Take a batch of rows, and others of which `known` has told; a second time it changes nothing.

        `report` is told of it once that is known.
        """
        ...

    def retract(self, place: Place, date: int) -> int:
        """Take back what a full delivery of that date did not hold; returns the number of rows."""
        ...

    def settle(self, *, by_evidence: bool, progress: Progress) -> list[KindReport]:
        """Bring entities and links to rest; returns what was resolved."""
        ...

    def dangling(self, source: int) -> Iterable[tuple[str, Sequence[str]]]:
        """The live rows of a source with links whose ends have not come: (row id, types of those links)."""
        ...

    def status(self, rejected: Mapping[tuple[int, int], int]) -> None:
        """Note what the load did to each source, under each marking: (source, mk) to rejected rows."""
        ...


class GraphSink:
    """Writes into a graph over Bolt, as a part of a run; what was written before that was cut short is not again."""

    def __init__(self, graph: Graph, run: Run, log: RunLog, patience_s: float, progress: Progress) -> None:
        self._graph = graph
        self._run = run
        self._log = log
        self._patience_s = patience_s
        self._progress = progress
        self.ids = graph.ids
        self.markings: MarkingNumbers = StoredMarkings(graph.store)
        self.gathers = False
        self.statuses: dict[tuple[int, int], int] = {}
        self._fitting = Fitting()

    def source(self, mapping: SourceMapping) -> int:
        """The number that the graph keeps."""
        return source_number(self._graph.store, mapping)

    def fulls(self, source: int) -> Mapping[str, Sequence[int]]:
        """As the graph remembers them."""
        return full_deliveries(self._graph.store, source)

    def known(self, source: int, entry: str, size: int, fulls: Sequence[int]) -> Known | None:
        """As the graph holds them now."""
        return self._patiently(partial(known_rows, self._graph.store, source, entry, size, fulls))

    def write(self, place: Place, rows: Sequence[EncodedRow], report: FileReport, seen: Seen | None = None) -> None:
        """One transaction, or none where nothing changes, or several where one would be too large."""
        marks = [] if seen is None else seen.marks
        self._log.mk = self.markings.join(self._log.mk, *{row.mk for row in rows}, *marks)
        done = None if place.chunk is None else self._run.done.get((place.source, place.delivery, place.chunk))
        report.take(rows, self._written(place, rows, seen) if done is None else done, seen)

    def _written(self, place: Place, rows: Sequence[EncodedRow], seen: Seen | None) -> Written:
        again = Again() if seen is None else Again(len(seen), seen.widened(place.fulls.now))
        if again.count and not rows and not again.widened:
            return Written(0, again.count, ())
        written, left = Written(0, 0, ()), list(rows)
        while True:
            done, count = self._patiently(partial(self._write_some, place, left, again))
            written, left, again = written.and_more(done), left[count:], Again()
            if not left:
                return written

    def _write_some(self, place: Place, rows: Sequence[EncodedRow], again: Again) -> tuple[Written, int]:
        """Write as many of these rows as one transaction takes; returns what that did, and how many they are."""
        part = rows[: self._fitting.count(rows)]
        placed = replace(place, run=self._run.id, more=len(part) < len(rows))
        try:
            done = write_batch(self._graph, placed, part, again)
        except TransientError:
            self._fitting.failed(part)
            raise
        self._fitting.took()
        return done, len(part)

    def retract(self, place: Place, date: int) -> int:
        """First the date, which decides for all that comes, then the rows that are there."""
        dates, slots = self._patiently(partial(self._absent, place, date))
        placed = replace(place, run=self._run.id, chunk=None, fulls=Fulls(dates))
        changed = 0
        for start in range(0, len(slots), _SLOTS):
            part = slots[start : start + _SLOTS]
            changed += self._patiently(partial(retract_absent, self._graph, placed, part))
            self._progress("retracting rows", start + len(part), len(slots))
        return changed

    def _absent(self, place: Place, date: int) -> tuple[list[int], list[str]]:
        """The dates of the entry's full deliveries, this one among them, and the slots that it did not hold."""
        store = self._graph.store
        given = {"source": place.source, "file": place.entry, "date": date}
        (full,) = store.write(lambda transaction: transaction.run("load/full", **given))
        slots = dict.fromkeys(row["slot"] for row in store.stream("load/absent", **given))
        return sorted(full["dates"]), list(slots)

    def settle(self, *, by_evidence: bool, progress: Progress) -> list[KindReport]:
        """Until nothing waits."""
        return self._patiently(
            partial(settle, self._graph, self.markings, resolve_evidence=by_evidence, progress=progress)
        )

    def dangling(self, source: int) -> Iterable[tuple[str, Sequence[str]]]:
        """All of the source, of whichever delivery."""
        rows = self._patiently(partial(self._graph.store.internal, "load/dangling", source=source))
        return [(row["row"], row["types"]) for row in rows]

    def _patiently(self, work: Callable[[], T]) -> T:
        return patiently(self._graph, work, self._patience_s, self._progress)

    def status(self, rejected: Mapping[tuple[int, int], int]) -> None:
        """Kept until the run's end is noted, so that it counts once."""
        self.statuses = dict(rejected)
        self._log.mk = self.markings.join(self._log.mk, *{mk for _, mk in rejected})


class DrySink:
    """Counts what a load would do to a graph and writes nothing."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self.ids = graph.ids
        self.markings = MarkingNumbers()
        self.gathers = False

    def source(self, mapping: SourceMapping) -> int:
        """The number that the graph has for it, if any; none is declared."""
        return source_numbers(self._graph.store).get(mapping.source, -1)

    def fulls(self, source: int) -> Mapping[str, Sequence[int]]:
        """None is remembered."""
        del source
        return {}

    def known(self, source: int, entry: str, size: int, fulls: Sequence[int]) -> Known | None:
        """As the graph holds them now."""
        return known_rows(self._graph.store, source, entry, size, fulls)

    def write(self, place: Place, rows: Sequence[EncodedRow], report: FileReport, seen: Seen | None = None) -> None:
        """What the graph would take."""
        again = Again(0 if seen is None else len(seen))
        report.take(rows, preview_batch(self._graph, place, rows, again), seen)

    def retract(self, place: Place, date: int) -> int:
        """Nothing is taken back."""
        del place, date
        return 0

    def settle(self, *, by_evidence: bool, progress: Progress) -> list[KindReport]:
        """Nothing waits."""
        del by_evidence, progress
        return []

    def dangling(self, source: int) -> Iterable[tuple[str, Sequence[str]]]:
        """Nothing was linked."""
        del source
        return []

    def status(self, rejected: Mapping[tuple[int, int], int]) -> None:
        """Nothing is noted."""
