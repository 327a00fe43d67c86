"""The log itself: entries appended one after another, durable when `append` returns.

Threads that come while another commits go together in the next commit; processes, and hosts, take turns, each reading
the last hash inside its turn, so that the chain stays one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import takewhile

from security.audit.book import AuditError, Book, OtherLogError, Turn, chunks
from security.audit.chain import GENESIS, Link, hash_of
from security.audit.entry import Entry
from security.audit.index import STEP, Index, Part, keys_of, overlapping
from security.audit.seal import Seal, SealError

# So many entries, and so many seconds, may stand without a checkpoint: what somebody could cut off unseen.
_UNSEALED = 1_000
_UNSEALED_S = 10.0
_ALL = 2**62


@dataclass(slots=True)
class _Waiting:
    bodies: Sequence[bytes]
    seq: int = 0
    error: str | None = None
    called: threading.Event = field(default_factory=threading.Event)


class AuditLog:
    """The log in one book; opened when it is first needed, and again after whatever failed."""

    def __init__(
        self, book: Book, seal: Seal, clock: Callable[[], float] = time.time, index: Index | None = None
    ) -> None:
        """`index`: where what leads to entries is kept beside the log; without it all of the log is read for that."""
        self.book = book
        self.seal = seal
        self.index = index
        self.unsealed: str | None = None
        self._clock = clock
        self._door = threading.Lock()
        self._turn = threading.Lock()
        self._waiting: list[_Waiting] = []
        self._led = False
        self._head = (0, GENESIS)
        self._sealed = 0
        self._timer: threading.Timer | None = None
        self._follower: threading.Thread | None = None
        self._ended = threading.Event()

    def append(self, *entries: Entry) -> int:
        """Keep these entries, durably and one after another; returns the number of the last.

        Raises AuditError where that fails: then whatever they are about must not be answered.
        """
        mine = _Waiting([entry.canonical(self._clock()) for entry in entries])
        with self._door:
            self._waiting.append(mine)
            leads, self._led = not self._led, True
        if not leads:
            # Till somebody committed it, or it is this thread that shall commit for all who wait. Not till a lock is
            # free: those whose entries are kept would queue for it behind the next commits.
            mine.called.wait()
        if not mine.seq and mine.error is None:
            self._lead()
        if not mine.seq:
            raise AuditError(mine.error or f"audit log {self.book.place}: there is nothing to keep")
        return mine.seq

    def probe(self) -> None:
        """Nothing, where an entry could be kept now; else raises AuditError. Writes to the disk, but no entry."""
        with self._turn:
            self.book.probe(self._clock())

    def put_back(self, links: Iterable[Link]) -> int:
        """Keep the entries of a chain as they are; those that are here already stay, and what came after them.

        Returns the number of the chain's last entry.

        Raises OtherLogError where this log is not that chain, and whatever `links` raises: nothing is kept then.
        """
        with self._turn, self.book.writing() as turn:
            here, hash_ = turn.last
            last = Link(0, b"", GENESIS)
            for some in chunks(links):
                if any(link.seq == here and link.hash != hash_ for link in some):
                    raise self._other(here)
                turn.add([link for link in some if link.seq > here])
                last = some[-1]
            if 0 < last.seq < here and turn.hash_of(last.seq) != last.hash:
                raise self._other(last.seq)
            self._head = max(self._head, (last.seq, last.hash))
            return last.seq

    def _other(self, seq: int) -> OtherLogError:
        return OtherLogError(f"audit log {self.book.place}: entry {seq} is another one")

    def links(self, first: int = 1) -> Iterator[Link]:
        """The entries from a number on; AuditError where there is no log or it cannot be read."""
        for row in self.book.rows(first):
            yield Link(*row)

    def backwards(self, before: int | None = None) -> Iterator[Link]:
        """The entries below a number, or all, the last first; AuditError where there is no log or it cannot be read."""
        for row in self.book.rows_before(_ALL if before is None else before):
            yield Link(*row)

    def naming(self, ids: Collection[str], before: int | None = None) -> Iterator[Link]:
        """Entries below a number, or of all, the last first: those that name one of these ids or took all there is.

        And others, which whoever asks has to tell apart. AuditError where there is no log or it cannot be read.
        """
        parts = self._indexed()
        end = parts[-1].last if parts else 0
        for link in self.backwards(before):
            if link.seq <= end:
                break
            yield link
        if parts:
            keys = keys_of(ids)
            seqs = (seq for part in reversed(parts) for seq in part.find(keys) if before is None or seq < before)
            for row in self.book.rows_at(seqs):
                yield Link(*row)

    def during(self, since: str, until: str) -> Iterator[Link]:
        """All entries of a time, from the first up to the second as entries say them, in order; and others."""
        for stretch in self.stretches(since, until):
            yield from self.stretch(*stretch)

    def stretches(self, since: str, until: str) -> list[tuple[int, int]]:
        """Where entries of a time may be, first and last number, in order; the last one goes on to the end."""
        parts = self._indexed()
        return [*overlapping(parts, since, until), (parts[-1].last + 1 if parts else 1, _ALL)]

    def stretch(self, first: int, last: int) -> Iterator[Link]:
        """The entries from a number to another; AuditError as `links`."""
        return takewhile(lambda link: link.seq <= last, self.links(first))

    def close(self) -> None:
        """Sign the end and let go of the book."""
        self._ended.set()
        if self._follower is not None:
            self._follower.join()
        with self._turn:
            self._sign()
            self.book.close()

    def _indexed(self) -> list[Part]:
        """What leads to entries by now, after making what is missing where that can be."""
        if self.index is None:
            return []
        try:
            parts = self.index.parts(self.book)
            newest = next(self.backwards(), Link(0, b"", GENESIS)).seq
            if newest - (parts[-1].last if parts else 0) >= STEP:
                self.index.follow(self.book)
                parts = self.index.parts(self.book)
        except OSError:
            return []
        return parts

    def _follow(self, before: int, last: int) -> None:
        """Have the index made where a whole part of it has come; nobody waits for that."""
        if self.index is None or before // STEP == last // STEP:
            return
        if self._follower is None or not self._follower.is_alive():
            self._ended.clear()
            self._follower = threading.Thread(target=self._follow_now, name="audit index", daemon=True)
            self._follower.start()

    def _follow_now(self) -> None:
        # Where that fails nothing is lost: whoever asks reads what is not in it, and it is tried again.
        with suppress(AuditError, OSError):
            if self.index is not None:
                self.index.follow(self.book, self._ended)

    def _lead(self) -> None:
        """Commit what waits, and call whoever goes on with what came meanwhile."""
        try:
            with self._turn:
                self._commit()
        finally:
            with self._door:
                self._led = bool(self._waiting)
                if self._waiting:
                    self._waiting[0].called.set()

    def _commit(self) -> None:
        together: Sequence[_Waiting] = ()
        error = f"audit log {self.book.place}: the writing was cut short"
        try:
            with self.book.writing() as turn:
                # Not before: whoever came while others had their turn goes along.
                together = self._take()
                ends = self._write(turn, together)
            for each, end in zip(together, ends, strict=True):
                each.seq = end.seq
            self._head = (ends[-1].seq, ends[-1].hash)
            self._follow(turn.last[0], ends[-1].seq)
        except AuditError as failed:
            error = str(failed)
        finally:
            for each in together or self._take():
                if not each.seq:
                    each.error = error
                each.called.set()
        if self._head[0] - self._sealed >= _UNSEALED:
            self._sign()
        else:
            self._sign_later()

    def _take(self) -> Sequence[_Waiting]:
        with self._door:
            together, self._waiting = self._waiting, []
        return together

    def _write(self, turn: Turn, together: Sequence[_Waiting]) -> list[Link]:
        """The last link of each."""
        seq, hash_ = turn.last
        links: list[Link] = []
        ends: list[Link] = []
        for each in together:
            for body in each.bodies:
                seq += 1
                hash_ = hash_of(hash_, seq, body)
                links.append(Link(seq, body, hash_))
            ends.append(Link(seq, b"", hash_))
        turn.add(links)
        return ends

    def _sign_later(self) -> None:
        if self._timer is None and self._head[0] > self._sealed:
            self._timer = threading.Timer(_UNSEALED_S, self._sign_in_turn)
            self._timer.daemon = True
            self._timer.start()

    def _sign_in_turn(self) -> None:
        with self._turn:
            self._sign()
            # Where that failed nobody may come any more whose entry would try it again: they are told to stay away.
            self._sign_later()

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
