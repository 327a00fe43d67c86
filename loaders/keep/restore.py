"""A restore: a backup's rows, values and decisions into an empty installation, everything else derived of them again.

Where the server is the managed one, as a first load does it: built outside the database, then imported. Else as loads
do it, batch by batch over Bolt. Until the last step the graph bears the backup's seal as a mark that it is not whole:
nothing else opens it, and the same command begins again.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from graph import schema
from graph.audit import audit_log
from graph.errors import LoadError, SchemaMismatch, Unlogged
from graph.ids import Ids
from graph.open import connection, fetching, managed
from graph.settings import Settings
from graph.store import Store
from loaders.keep.archive import ArchiveReader
from loaders.keep.bring import BoltWay, FirstWay
from loaders.keep.kept import Kept
from loaders.keep.part import AUDIT, KEY
from loaders.present import counts
from loaders.settle import Progress
from security.audit import AuditError
from security.audit.book import OtherLogError
from security.audit.look import LineError, read_lines
from security.secret import put_secret


@dataclass(slots=True)
class RestoreReport:
    """What was restored: the batch it goes on after, counts by name, records and entities made, seconds by stage."""

    file: str
    version: str
    seq: int
    counts: Mapping[str, int]
    seconds: dict[str, float] = field(default_factory=dict)


def restore(settings: Settings, file: Path, progress: Progress) -> RestoreReport:
    """Restore a backup into the empty installation of these settings; returns what was done.

    Raises LoadError where the graph is not empty or the archive not whole, and SchemaMismatch where the installation
    has another key or the backup is of a newer version; nothing is changed then.
    """
    kept = check(file, progress)
    ids = _ids(kept.archive)
    manifest = kept.archive.manifest
    _refuse_other_key(settings, ids)
    way = _way(settings, kept, ids, progress)
    report = RestoreReport(str(file), manifest.version, manifest.seq, manifest.counts)
    _put_back_log(settings, kept.archive)
    # First, because nothing may be in a graph whose key is not safe.
    put_secret(settings.key_file, kept.archive.content(KEY))
    for stage, work in (("rows", way.rows), ("settle", way.settle), ("finish", way.finish)):
        started = time.monotonic()
        work()
        report.seconds[stage] = round(time.monotonic() - started, 3)
    way.close()
    return report


def check(file: Path, progress: Progress) -> Kept:
    """What is kept in that file, which is whole and of this version or an older one."""
    archive = ArchiveReader(file)
    archive.manifest.refuse_newer()
    progress("checking the archive", 0, None)
    archive.verify()
    return Kept(archive, progress)


def _ids(archive: ArchiveReader) -> Ids:
    ids = Ids(archive.content(KEY))
    if ids.fingerprint != archive.manifest.fingerprint:
        raise LoadError(f"{archive.file}: the member {KEY} is not the key of this backup; take another copy")
    return ids


def _refuse_other_key(settings: Settings, ids: Ids) -> None:
    file = settings.key_file
    if file.exists() and Ids(file.read_bytes()).fingerprint != ids.fingerprint:
        raise SchemaMismatch(
            f"{file} holds another key than the backup: name another POLEGRAPH_DATA_DIR or "
            "POLEGRAPH_SECRET_KEY_FILE; where nothing was made with that key, move it away and restore again"
        )


def _put_back_log(settings: Settings, archive: ArchiveReader) -> None:
    """Bring the audit log back, where this installation's is not a later state of it already; else LoadError."""
    if not archive.has_lines(AUDIT):
        return
    with closing(audit_log(settings)) as log:
        try:
            log.put_back(read_lines(archive.lines(AUDIT)))
        except LineError as error:
            raise LoadError(f"{archive.file}: the member {AUDIT} is damaged ({error}); take another copy") from None
        except OtherLogError:
            told = f"{log.book.place} is not the log of this backup: move it away, with its checkpoints"
            raise LoadError(told) from None
        except AuditError as error:
            raise Unlogged(str(error)) from None


def _way(settings: Settings, kept: Kept, ids: Ids, progress: Progress) -> FirstWay | BoltWay:
    if settings.neo4j_uri is None:
        instance = managed(settings)
        # First, because without them all further work is for nothing.
        instance.fetch(fetching(progress))
        if instance.has_graph:
            with Store(instance.start()) as store:
                _refuse_full(store)
        return FirstWay(instance, kept, ids, progress)
    store = Store(connection(settings), timeout_s=settings.query_timeout_s)
    store.verify()
    _refuse_full(store)
    _refuse_other_graph(store, ids)
    return BoltWay(store, kept, ids, progress, settings.batch_rows)


def _refuse_full(store: Store) -> None:
    """Raise LoadError where the graph holds anything that a restore would take away."""
    counted = counts(store)
    if (counted["rows"] or counted["decisions"]) and not schema.half_restored(store):
        raise LoadError(
            f"the graph holds {counted['rows']:,} rows and {counted['decisions']:,} decisions: a backup is restored "
            "into an empty one; name another POLEGRAPH_DATA_DIR, or empty this one with `polegraph db wipe`"
        )


def _refuse_other_graph(store: Store, ids: Ids) -> None:
    for row in store.internal("admin/installation"):
        if row["fingerprint"] != ids.fingerprint:
            raise SchemaMismatch(
                "the graph was made with another secret key than the backup's: restore into a database that no other "
                "installation uses"
            )
