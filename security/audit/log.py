"""The log itself: entries appended one after another, durable when `append` returns.

Threads that come while another commits go together in the next commit; processes take turns (BEGIN IMMEDIATE), each
reading the last hash inside its turn, so that the chain stays one.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from security.audit.chain import GENESIS, Link, hash_of
from security.audit.entry import Entry
from security.audit.seal import Seal, SealError
from security.audit.store import open_to_read, open_to_write

# So many entries, and so many seconds, may stand without a checkpoint: what somebody could cut off unseen.
_UNSEALED = 1_000
_UNSEALED_S = 10.0
_LAST = "SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1"
_ADD = "INSERT INTO entry (seq, body, hash) VALUES (?, ?, ?)"
_HASH = "SELECT hash FROM entry WHERE seq = ?"
_PROBE = "INSERT INTO probe VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET at = excluded.at"
_FROM = "SELECT seq, body, hash FROM entry WHERE seq >= ? ORDER BY seq"
_BEFORE = "SELECT seq, body, hash FROM entry WHERE seq < ? ORDER BY seq DESC"
_ALL = 2**62


class AuditError(Exception):
    """The log cannot be written or read; the message says why."""


class OtherLogError(AuditError):
    """The log is not the one that it should be."""


@dataclass(slots=True)
class _Waiting:
    bodies: Sequence[bytes]
    seq: int = 0
    error: str | None = None


class AuditLog:
    """The log in one file; opened when it is first needed, and again after whatever failed."""

    def __init__(self, path: Path, seal: Seal, clock: Callable[[], float] = time.time) -> None:
        self.path = path
        self.seal = seal
        self.unsealed: str | None = None
        self._clock = clock
        self._connection: sqlite3.Connection | None = None
        self._door = threading.Lock()
        self._turn = threading.Lock()
        self._waiting: list[_Waiting] = []
        self._head = (0, GENESIS)
        self._sealed = 0
        self._timer: threading.Timer | None = None

    def append(self, *entries: Entry) -> int:
        """Keep these entries, durably and one after another; returns the number of the last.

        Raises AuditError where that fails: then whatever they are about must not be answered.
        """
        mine = _Waiting([entry.canonical(self._clock()) for entry in entries])
        with self._door:
            self._waiting.append(mine)
        with self._turn:
            if not mine.seq and mine.error is None:
                with self._door:
                    together, self._waiting = self._waiting, []
                self._commit(together)
        if not mine.seq:
            raise AuditError(mine.error or f"audit log {self.path}: the writing was cut short")
        return mine.seq

    def probe(self) -> None:
        """Nothing, where an entry could be kept now; else raises AuditError. Writes to the disk, but no entry."""
        with self._turn, self._translated(), self._transaction() as connection:
            connection.execute(_PROBE, (self._clock(),))

    def put_back(self, links: Iterable[Link]) -> None:
        """Keep the entries of a chain as they are; those that are here already stay, and what came after them.

        Raises OtherLogError where this log is not that chain, and whatever `links` raises: nothing is kept then.
        """
        with self._turn, self._translated(), self._transaction() as connection:
            here, hash_ = connection.execute(_LAST).fetchone() or (0, GENESIS)
            last = Link(0, b"", GENESIS)
            for last in links:
                if last.seq > here:
                    connection.execute(_ADD, (last.seq, last.body, last.hash))
                elif last.seq == here and last.hash != hash_:
                    raise OtherLogError(f"audit log {self.path}: entry {here} is another one")
            if 0 < last.seq < here and connection.execute(_HASH, (last.seq,)).fetchone() != (last.hash,):
                raise OtherLogError(f"audit log {self.path}: entry {last.seq} is another one")
            self._head = max(self._head, (last.seq, last.hash))

    def links(self, first: int = 1) -> Iterator[Link]:
        """The entries from a number on; AuditError where there is no log or it cannot be read."""
        with self._translated(), closing(open_to_read(self.path)) as connection:
            for row in connection.execute(_FROM, (first,)):
                yield Link(*row)

    def backwards(self, before: int | None = None) -> Iterator[Link]:
        """The entries below a number, or all, the last first; AuditError where there is no log or it cannot be read."""
        with self._translated(), closing(open_to_read(self.path)) as connection:
            for row in connection.execute(_BEFORE, (_ALL if before is None else before,)):
                yield Link(*row)

    def close(self) -> None:
        """Sign the end and let go of the file."""
        with self._turn:
            self._sign()
            self._let_go()

    def _commit(self, together: Sequence[_Waiting]) -> None:
        try:
            with self._translated():
                self._write(together)
        except AuditError as error:
            for each in together:
                each.error = str(error)
            return
        if self._head[0] - self._sealed >= _UNSEALED:
            self._sign()
        elif self._timer is None:
            self._timer = threading.Timer(_UNSEALED_S, self._sign_in_turn)
            self._timer.daemon = True
            self._timer.start()

    def _write(self, together: Sequence[_Waiting]) -> None:
        with self._transaction() as connection:
            seq, hash_ = connection.execute(_LAST).fetchone() or (0, GENESIS)
            ends: list[int] = []
            for each in together:
                for body in each.bodies:
                    seq += 1
                    hash_ = hash_of(hash_, seq, body)
                    connection.execute(_ADD, (seq, body, hash_))
                ends.append(seq)
        for each, end in zip(together, ends, strict=True):
            each.seq = end
        self._head = (seq, hash_)

    def _sign_in_turn(self) -> None:
        with self._turn:
            self._sign()

    def _sign(self) -> None:
        """Add a checkpoint. Where that fails the entries are there all the same: it is told and tried again."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._head[0] <= self._sealed:
            return
        try:
            self.seal.sign(*self._head, self._clock())
        except SealError as error:
            self.unsealed = str(error)
        else:
            self._sealed = self._head[0]
            self.unsealed = None

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        connection = self._writing()
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            # Takes back what was not committed; the next one opens it anew.
            self._let_go()
            raise

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise AuditError(f"audit log {self.path}: {error}") from None

    def _writing(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = open_to_write(self.path)
        return self._connection

    def _let_go(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(sqlite3.Error):
                connection.close()
