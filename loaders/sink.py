"""Where a load writes: into a graph, or nowhere for a dry run. The first load has a third one of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from graph.ids import Ids
from graph.marking_numbers import MarkingNumbers, StoredMarkings
from graph.open import Graph
from graph.store import Transaction
from loaders.encode import EncodedRow
from loaders.mapping import SourceMapping
from loaders.settle import Progress, settle
from loaders.stored import Place
from loaders.writer import Written, preview_batch, write_batch
from resolution.run import KindReport


class Sink(Protocol):
    """What a load needs of the place it writes to."""

    ids: Ids
    markings: MarkingNumbers
    # Whether files are read at once and held until their turn; where the writer is slower, it gains nothing.
    reads_at_once: bool

    def source(self, mapping: SourceMapping) -> int:
        """The local number of a source; its name, owner and priority are as its mapping says."""
        ...

    def write(self, place: Place, rows: Sequence[EncodedRow]) -> Written:
        """Take a batch of rows; a second time it changes nothing."""
        ...

    def status(self, source: int, mk: int, rejected: int) -> None:
        """Note what a delivery did, under a marking."""
        ...

    def settle(self, *, by_evidence: bool, progress: Progress) -> list[KindReport]:
        """Bring entities and links to rest; returns what was resolved."""
        ...

    def dangling(self, source: int) -> Iterable[tuple[str, Sequence[str]]]:
        """The live rows of a source with links whose ends have not come: (row id, types of those links)."""
        ...


class GraphSink:
    """Writes into a graph over Bolt."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self.ids = graph.ids
        self.markings: MarkingNumbers = StoredMarkings(graph.store)
        self.reads_at_once = False

    def source(self, mapping: SourceMapping) -> int:
        """The number that the graph keeps."""

        def declare(transaction: Transaction) -> int:
            given = {"id": mapping.source, "name": mapping.name, "owner": mapping.owner or None}
            (row,) = transaction.run("admin/declare_source", **given, priority=mapping.priority)
            return int(row["n"])

        return self._graph.store.write(declare)

    def write(self, place: Place, rows: Sequence[EncodedRow]) -> Written:
        """One transaction."""
        return write_batch(self._graph, place, rows)

    def status(self, source: int, mk: int, rejected: int) -> None:
        """Added to what earlier deliveries did."""
        row = {"source": source, "mk": mk, "rejected": rejected, "at": self._graph.clock()}
        self._graph.store.write(lambda transaction: transaction.run("load/status", rows=[row]))

    def settle(self, *, by_evidence: bool, progress: Progress) -> list[KindReport]:
        """Until nothing waits."""
        return settle(self._graph, self.markings, resolve_evidence=by_evidence, progress=progress)

    def dangling(self, source: int) -> Iterable[tuple[str, Sequence[str]]]:
        """All of the source, of whichever delivery."""
        return [(row["row"], row["types"]) for row in self._graph.store.internal("load/dangling", source=source)]


class DrySink:
    """Counts what a load would do to a graph and writes nothing."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self.ids = graph.ids
        self.markings = MarkingNumbers()
        self.reads_at_once = False

    def source(self, mapping: SourceMapping) -> int:
        """None is declared."""
        del mapping
        return -1

    def write(self, place: Place, rows: Sequence[EncodedRow]) -> Written:
        """What the graph would take."""
        return preview_batch(self._graph, place, rows)

    def status(self, source: int, mk: int, rejected: int) -> None:
        """Nothing is noted."""

    def settle(self, *, by_evidence: bool, progress: Progress) -> list[KindReport]:
        """Nothing waits."""
        del by_evidence, progress
        return []

    def dangling(self, source: int) -> Iterable[tuple[str, Sequence[str]]]:
        """Nothing was linked."""
        del source
        return []
