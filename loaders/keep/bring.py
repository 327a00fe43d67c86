"""The two ways by which what was kept becomes a graph: as a first load, and batch by batch over Bolt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import islice
from typing import Any, TypeVar

import orjson

from graph import generate, schema
from graph.catalogue import Catalogue
from graph.collector import collector_off
from graph.errors import LoadError
from graph.ids import Ids
from graph.managed.instance import Instance
from graph.marking_numbers import StoredMarkings
from graph.open import Graph, system_clock
from graph.store import Store, Transaction
from graph.wipe import wipe
from loaders import present
from loaders.first.load import bring_in, room
from loaders.first.sink import GatherSink
from loaders.keep.kept import Kept
from loaders.keep.part import DECISIONS, MODELS, PARTS, RESOLVED_BY, ROWS, Part
from loaders.settle import Progress, settle
from loaders.stored import StoredRow
from loaders.writer import write_stored
from resolution.assign import as_words
from resolution.key import INDEXED
from resolution.model import parse_model

T = TypeVar("T")
_NODES = 5_000
_WORDS = ("SAME_AS", "DIFFERENT_FROM")


class FirstWay:
    """Into the managed server: the graph is built outside it and imported."""

    def __init__(self, instance: Instance, kept: Kept, ids: Ids, progress: Progress) -> None:
        self._instance = instance
        self._kept = kept
        self._ids = ids
        self._progress = progress
        self._closing = ExitStack()
        aside, out = self._closing.enter_context(room(instance))
        self._sink = GatherSink(ids, (), system_clock, aside, out)
        self._store: Store | None = None

    def rows(self) -> None:
        """Gather what was kept."""
        gathered, notes = self._sink.gathered, self._sink.gathered.notes
        notes.restoring = self._kept.archive.manifest.seal
        self._sink.markings.learn(self._kept.markings())
        notes.sources = {source["id"]: source for source in self._kept.sources()}
        with collector_off():
            gathered.stored.put_all((row.properties["id"], row) for row in self._kept.rows())
            gathered.values.put_all((value["id"], value) for value in self._kept.values())
        for model in self._kept.part(MODELS.name):
            if model["stands"]:
                notes.model = parse_model(orjson.loads(model["document"]))
        decisions = self._kept.part(DECISIONS.name)
        notes.words = as_words(d for d in decisions if d["verdict"] in _WORDS and d.get("retracted_at") is None)

    def settle(self) -> None:
        """Build the graph and import it."""
        self._sink.settle(by_evidence=True, progress=self._progress)
        if self._sink.built is None:
            raise LoadError("nothing was built of the rows that were kept")
        bring_in(self._instance, self._sink, self._sink.built, self._progress)

    def finish(self) -> None:
        """Indexes, and the parts that nothing is derived of."""
        self._store = Store(self._instance.start())
        self._progress("indexing", 0, None)
        schema.apply(self._store, self._ids, INDEXED, restoring=True)
        _put_resolved_by(self._store, self._kept)
        _finish(self._store, self._kept)

    def close(self) -> None:
        """Let go of the server, which runs on, and of what was put aside."""
        self._closing.close()
        if self._store is not None:
            self._store.close()


class BoltWay:
    """Into the empty graph of a configured server: the writer's batches, then what loads settle."""

    def __init__(self, store: Store, kept: Kept, ids: Ids, progress: Progress, batch_rows: int) -> None:
        self._graph = Graph(store, ids, Catalogue(store), system_clock)
        self._kept = kept
        self._progress = progress
        self._batch_rows = batch_rows

    def rows(self) -> None:
        """Write rows and values, what resolution reads first."""
        self._begin()
        _put_resolved_by(self._graph.store, self._kept)
        by_kind: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for value in self._kept.values():
            by_kind[value["kind"]].append(value)
        for kind, values in by_kind.items():
            for part in _parts(iter(values), _NODES):
                self._graph.store.write(lambda tx, k=kind, p=part: tx.run_text(generate.merge_values(k), {"nodes": p}))  # type: ignore[misc]
        for source, rows in self._batches():
            write_stored(self._graph, source, rows)

    def _begin(self) -> None:
        """Take away what a restore that was cut short has left, and mark the graph as one in the making."""
        store, kept = self._graph.store, self._kept
        wipe(store)
        given = {
            "fingerprint": self._graph.ids.fingerprint,
            "seal": kept.archive.manifest.seal,
            "markings": [{"mk": mk, "text": text} for mk, text in kept.markings().items()],
            "sources": kept.sources(),
        }
        store.write(lambda tx: tx.run("keep/begin", **given))
        schema.apply(store, self._graph.ids, INDEXED, restoring=True)

    def _batches(self) -> Iterator[tuple[int, list[StoredRow]]]:
        """Rows of one source at a time, because that is what the writer takes."""
        of_source: defaultdict[int, list[StoredRow]] = defaultdict(list)
        for row in self._kept.rows():
            batch = of_source[row.properties["source"]]
            batch.append(row)
            if len(batch) == self._batch_rows:
                yield row.properties["source"], of_source.pop(row.properties["source"])
        yield from of_source.items()

    def settle(self) -> None:
        """Entities and links, until nothing waits."""
        settle(self._graph, StoredMarkings(self._graph.store), progress=self._progress)

    def finish(self) -> None:
        """The parts that nothing is derived of."""
        _finish(self._graph.store, self._kept)

    def close(self) -> None:
        """Close the connection."""
        self._graph.store.close()


def _parts(values: Iterator[T], size: int) -> Iterator[list[T]]:
    while part := list(islice(values, size)):
        yield part


def _put_resolved_by(store: Store, kept: Kept) -> None:
    for part in RESOLVED_BY:
        _put(store, kept, part)


def _put(store: Store, kept: Kept, part: Part) -> None:
    for nodes in _parts(iter(kept.part(part.name)), _NODES):
        store.write(lambda transaction, nodes=nodes: transaction.run(part.put, nodes=nodes))  # type: ignore[misc]


def _finish(store: Store, kept: Kept) -> None:
    manifest = kept.archive.manifest
    _verify(store, manifest.counts)
    rest: Sequence[tuple[Part, list[dict[str, Any]]]] = [
        (part, kept.part(part.name)) for part in PARTS if part not in RESOLVED_BY
    ]

    def finish(transaction: Transaction) -> None:
        for part, nodes in rest:
            transaction.run(part.put, nodes=nodes)
        transaction.run("keep/finish", seq=manifest.seq)

    store.write(finish)


def _verify(store: Store, counts: Mapping[str, int]) -> None:
    found = present.counts(store)
    for name in (ROWS, DECISIONS.name):
        if found[name] != counts[name]:
            raise LoadError(
                f"{counts[name]:,} {name} were kept, but the graph holds {found[name]:,}: give the command again"
            )
