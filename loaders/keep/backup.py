"""A backup: all that cannot be derived, exactly as it was after one batch, while loads go on.

Neo4j Community reads committed, so one long read sees rows of different moments. It is put right by the number of the
batch that created or last changed each row (`seq`), which the writer gives under its lock:

1. All rows are read, then again those with a later `seq` than there was when the reading before began, until they are
   few. A row that was read in an older state has been changed since, so it is among the later ones.
2. Under the writer's lock, for the moment it takes: those of the last such reading, decisions, batches, statuses,
   markings and sources, and the last batch's number. No batch is written meanwhile, so every row is now held as that
   batch left it; the count of distinct rows has to be the graph's.
3. Values are never changed and carry the batch that first spoke of them: after the lock, those up to that batch.

What a row says is created with it and never changed. Everything else is derived: records, entities, links, keys.
"""

from __future__ import annotations

import time
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from graph import schema
from graph.audit import audit_log, on_record
from graph.errors import Conflict
from graph.ids import load_key
from graph.open import Graph
from graph.settings import Settings
from graph.store import Rows, Transaction
from graph.version import version
from loaders.keep.archive import ArchiveWriter
from loaders.keep.manifest import FORMAT, Manifest
from loaders.keep.part import AUDIT, KEY, MARKINGS, PARTS, ROWS, SOURCES, VALUES
from loaders.settle import Progress
from security.audit.look import lines

# So many rows take about a second to read under the lock.
_FEW = 20_000
# Each reading takes a fraction of the one before; a load that outruns ten of them has the lock taken from it.
_MOST_READINGS = 10
# Derived by linking, each time again.
_DERIVED = ("linked", "bound", "dangling")


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What was kept: the last batch in it, counts by name, records that wait to be resolved, bytes, seconds."""

    file: str
    seq: int
    counts: Mapping[str, int]
    waiting: int
    bytes: int
    seconds: float


@dataclass(frozen=True, slots=True)
class _Moment:
    """What was read under the lock."""

    seq: int
    rows: Rows
    parts: Mapping[str, list[Any]]
    waiting: int
    stored: int


def back_up(graph: Graph, settings: Settings, file: Path, progress: Progress, *, force: bool = False) -> BackupReport:
    """Write a backup of the installation to `file`; returns what it holds. FILE is whole or not there.

    Raises SchemaMismatch where the graph was made with another key, Conflict where rows went away meanwhile, and
    OSError where the file cannot be written.
    """
    started = time.monotonic()
    schema.refuse_other_key(graph.store, graph.ids)
    with ArchiveWriter(file, force=force) as archive:
        manifest = _Backup(graph, archive, progress).write(settings)
        size = archive.finish(manifest)
    seconds = round(time.monotonic() - started, 3)
    return BackupReport(str(file), manifest.seq, manifest.counts, manifest.waiting, size, seconds)


@dataclass(slots=True)
class _Backup:
    graph: Graph
    archive: ArchiveWriter
    progress: Progress
    # Hashes, of eight bytes each: the ids themselves would be 130 MB for a million rows.
    seen: array[int] = field(default_factory=lambda: array("q"))
    readings: int = 0

    def write(self, settings: Settings) -> Manifest:
        """Write every member; returns the manifest."""
        moment = self._rows()
        counts = {ROWS: self._distinct(moment)}
        for name, nodes in moment.parts.items():
            counts[name] = self.archive.lines(name, nodes)
        self.progress("values", 0, None)
        values = self.graph.store.stream("keep/values", seq=moment.seq)
        counts[VALUES] = self.archive.lines(VALUES, (value["properties"] for value in values))
        self.archive.content(KEY, [load_key(settings.key_file)])
        self._audit(settings)
        return Manifest(
            FORMAT,
            version(),
            tuple(migration.name for migration in schema.migrations()),
            self.graph.ids.fingerprint,
            moment.seq,
            self.graph.clock(),
            counts,
            moment.waiting,
            self.archive.members,
        )

    def _rows(self) -> _Moment:
        """Write all rows as they were at one moment; returns that."""
        seq = self._seq()
        self._reading(self.graph.store.stream("keep/rows"))
        found = _FEW
        while found >= _FEW and self.readings < _MOST_READINGS:
            after, seq = seq, self._seq()
            found = self._reading(self.graph.store.stream("keep/rows_since", after=after))
        moment = self.graph.store.write(lambda transaction: _moment(transaction, seq))
        self._reading(moment.rows)
        return moment

    def _seq(self) -> int:
        (installation,) = self.graph.store.internal("admin/installation")
        return int(installation["seq"])

    def _reading(self, rows: Iterable[Mapping[str, Any]]) -> int:
        found = self.archive.lines(f"{ROWS}-{self.readings:02}", self._lines(rows))
        self.readings += 1
        return found

    def _lines(self, rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        for done, found in enumerate(rows):
            row = found["row"]
            for name in _DERIVED:
                row.pop(name, None)
            self.seen.append(hash(row["id"]))
            if done % 4096 == 0:
                self.progress("rows", len(self.seen), None)
            yield {"row": row, "says": sorted(found["says"], key=itemgetter(0))}

    def _distinct(self, moment: _Moment) -> int:
        distinct = len(np.unique(np.frombuffer(self.seen, np.int64))) if self.seen else 0
        if distinct != moment.stored:
            raise Conflict(
                f"{distinct:,} rows were read and the graph holds {moment.stored:,}: it was emptied or changed by hand "
                "meanwhile; give the command again"
            )
        return distinct

    def _audit(self, settings: Settings) -> None:
        log = audit_log(settings)
        with on_record():
            if log.book.exists():
                entries = lines(log.links())
                self.archive.lines(AUDIT, (orjson.Fragment(line.rstrip(b"\n")) for line in entries))


def _moment(transaction: Transaction, after: int) -> _Moment:
    """Everything that may not differ by a batch. Safe to repeat: it is written down when the lock is given back."""
    (lock,) = transaction.run("load/lock")
    rows = transaction.run("keep/rows_since", after=after)
    parts: dict[str, list[Any]] = {
        MARKINGS: transaction.run("admin/markings"),
        SOURCES: transaction.run("admin/sources"),
    }
    for part in PARTS:
        parts[part.name] = [found["properties"] for found in transaction.run(part.read)]
    (waits,) = transaction.run("resolve/waits", by_evidence=True)
    counted = {found["what"]: found["count"] for found in transaction.run("load/counts")}
    return _Moment(lock["seq"], rows, parts, waits["unresolved"], counted["rows"])
