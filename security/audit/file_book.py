"""The log in a file of this host: SQLite, whose triggers keep programs that are only careless from changing it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import astuple
from pathlib import Path

from filelock import FileLock

from security.audit.book import AuditError, Row
from security.audit.chain import GENESIS, Link
from security.own_file import BUSY_S, MODE, make_own

_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (seq INTEGER PRIMARY KEY, body BLOB NOT NULL, hash BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS probe (one INTEGER PRIMARY KEY, at REAL NOT NULL) STRICT;
CREATE TRIGGER IF NOT EXISTS entry_stays BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER IF NOT EXISTS entry_is_so BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'append-only'); END;
"""
_LAST = "SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1"
_ADD = "INSERT INTO entry (seq, body, hash) VALUES (?, ?, ?)"
_HASH = "SELECT hash FROM entry WHERE seq = ?"
_PROBE = "INSERT INTO probe VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET at = excluded.at"
_FROM = "SELECT seq, body, hash FROM entry WHERE seq >= ? ORDER BY seq"
_AT = "SELECT seq, body, hash FROM entry WHERE seq = ?"
_BEFORE = "SELECT seq, body, hash FROM entry WHERE seq < ? ORDER BY seq DESC"
# File systems whose files several hosts see: SQLite's locks do not hold between them.
_NETWORKS = frozenset({"afs", "ceph", "cifs", "fuse.glusterfs", "fuse.sshfs", "gfs2", "lustre", "nfs", "nfs4", "smb3"})
_MOUNTS = Path("/proc/self/mounts")


class _FileTurn:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.last: tuple[int, bytes] = connection.execute(_LAST).fetchone() or (0, GENESIS)

    def hash_of(self, seq: int) -> bytes | None:
        row = self._connection.execute(_HASH, (seq,)).fetchone()
        return None if row is None else row[0]

    def add(self, links: Sequence[Link]) -> None:
        self._connection.executemany(_ADD, map(astuple, links))


class FileBook:
    """The file, opened when it is first written, and again after whatever failed."""

    shared = False

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection: sqlite3.Connection | None = None

    @property
    def place(self) -> str:
        """Where the file is."""
        return str(self.path)

    def exists(self) -> bool:
        """Whether there is such a file."""
        return self.path.exists()

    @contextmanager
    def writing(self) -> Iterator[_FileTurn]:
        """A turn; processes wait for each other (BEGIN IMMEDIATE)."""
        with self._translated(), self._transaction() as connection:
            yield _FileTurn(connection)

    def probe(self, at: float) -> None:
        """Nothing, where an entry could be kept now."""
        with self._translated(), self._transaction() as connection:
            connection.execute(_PROBE, (at,))

    def rows(self, first: int = 1) -> Iterator[Row]:
        """The entries from a number on."""
        with self._translated(), closing(_open_to_read(self.path)) as connection:
            yield from connection.execute(_FROM, (first,))

    def rows_before(self, before: int) -> Iterator[Row]:
        """The entries below a number, the last first."""
        with self._translated(), closing(_open_to_read(self.path)) as connection:
            yield from connection.execute(_BEFORE, (before,))

    def rows_at(self, seqs: Iterable[int]) -> Iterator[Row]:
        """The entries of these numbers, the last first."""
        with self._translated(), closing(_open_to_read(self.path)) as connection:
            for seq in seqs:
                yield from connection.execute(_AT, (seq,))

    def warnings(self) -> list[str]:
        """Nothing: what is unsafe is refused."""
        return []

    def close(self) -> None:
        """Let go of the file."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(sqlite3.Error):
                connection.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        if self._connection is None:
            self._connection = open_to_write(self.path)
        connection = self._connection
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            # Takes back what was not committed; the next one opens it anew.
            self.close()
            raise

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise AuditError(f"audit log {self.place}: {error}") from None


def open_to_write(path: Path) -> sqlite3.Connection:
    """A connection whose commits are durable when they return; the file is made, its owner's alone, where it is not.

    Raises sqlite3.Error and OSError, and AuditError where the file lies where several hosts see it.
    """
    make_own(path)
    _refuse_networks(path)
    connection = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
    try:
        # SQLite does not wait where two switch to WAL at once, but says that the database is locked.
        with FileLock(path.with_name(f"{path.name}.lock"), timeout=BUSY_S, mode=MODE):
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN IMMEDIATE")
        for statement in _SCHEMA.strip().splitlines():
            connection.execute(statement)
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


def _open_to_read(path: Path) -> sqlite3.Connection:
    """A connection that changes nothing; sqlite3.Error where there is no log, or what is there is none."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_S)
    connection.execute("PRAGMA query_only = ON")
    return connection


def _refuse_networks(path: Path) -> None:
    kind = file_system_of(path, _MOUNTS.read_text("utf-8", "replace") if _MOUNTS.exists() else "")
    if kind in _NETWORKS:
        raise AuditError(
            f"audit log {path} lies on a network's disk ({kind}), where SQLite's locks do not hold; "
            "several hosts need a log in PostgreSQL: POLEGRAPH_AUDIT_URL"
        )


def file_system_of(path: Path, mounts: str) -> str:
    """The kind of the file system that holds a path, by the lines of /proc/self/mounts; empty where none does."""
    resolved, found, kind = path.resolve(), Path(), ""
    for line in mounts.splitlines():
        _, point, type_, *_ = line.split(" ")
        place = Path(point.replace("\\040", " "))
        # The last of those mounted over each other is the one that is seen.
        if resolved.is_relative_to(place) and len(place.parts) >= len(found.parts):
            found, kind = place, type_
    return kind
