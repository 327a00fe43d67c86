"""Where entries are kept: what the log needs of it, whether that is a file of this host or a server of several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from security.audit.chain import Link

# A row as it is kept: number, canonical JSON, hash.
Row = tuple[int, bytes, bytes]
# So many rows go to a book together where there are very many.
CHUNK = 1_000


class AuditError(Exception):
    """The log cannot be written or read; the message says why."""


class OtherLogError(AuditError):
    """The log is not the one that it should be."""


class AwayError(AuditError):
    """The log's server does not answer: whether the log is as it was cannot be said."""


class Turn(Protocol):
    """A transaction that has the book to itself; what is added is kept when it ends well, and else nothing of it."""

    @property
    def last(self) -> tuple[int, bytes]:
        """The last number and hash, 0 and GENESIS in an empty book."""

    def hash_of(self, seq: int) -> bytes | None:
        """The hash of an entry, None where there is none."""

    def add(self, links: Sequence[Link]) -> None:
        """Keep these."""


class Book(Protocol):
    """What keeps entries. All of it raises AuditError, whatever it is kept by."""

    @property
    def place(self) -> str:
        """Where it is, as messages say it; without a password."""

    @property
    def shared(self) -> bool:
        """Whether several hosts may write it."""

    def exists(self) -> bool:
        """Whether there is one, empty or not."""

    def writing(self) -> AbstractContextManager[Turn]:
        """A turn; others wait for its end. It is durable when this returns."""

    def probe(self, at: float) -> None:
        """Nothing, where an entry could be kept now; writes that time, but no entry."""

    def rows(self, first: int = 1) -> Iterator[Row]:
        """The entries from a number on."""

    def rows_before(self, before: int) -> Iterator[Row]:
        """The entries below a number, the last first."""

    def rows_at(self, seqs: Iterable[int]) -> Iterator[Row]:
        """The entries of these numbers, which come the last first; nothing for one that is not there."""

    def warnings(self) -> list[str]:
        """What is unsafe about how it is kept."""

    def close(self) -> None:
        """Let go of it; it is opened again when it is needed."""


def chunks(links: Iterable[Link]) -> Iterator[list[Link]]:
    """The same in lists of at most CHUNK."""
    some: list[Link] = []
    for link in links:
        some.append(link)
        if len(some) == CHUNK:
            yield some
            some = []
    if some:
        yield some
