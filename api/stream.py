"""The streams of a process: each holds a connection, so all kinds of them share one number, and nobody has most of it.

To be used in the event loop.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from api.limit import Limits, connections
from api.place import Share
from graph.errors import Overloaded

# A stream ends by itself in minutes; whoever has too many need not ask again at once.
_AFTER_S = 60


class Streams:
    """How many are open, of all users and of each; `each`: None where all are one user."""

    def __init__(self, most: int, each: int | None) -> None:
        self._most = most
        self._open = 0
        full = f"you have {each} streams open already: close one (a page, a dashboard), or ask now and then instead"
        self._each = Share(each, full, _AFTER_S)

    @classmethod
    def of(cls, limits: Limits, *, known: bool) -> Streams:
        """Those of a process, at most three of four connections that it can hold; `known`: users are told apart."""
        return cls(min(limits.streams, connections() * 3 // 4), limits.streams_each if known else None)

    @contextmanager
    def opened(self, user: str) -> Iterator[None]:
        """One of a user's while the block runs; raises Overloaded where all are taken, RateLimited where theirs are."""
        with self._each.taken(user):
            if self._open >= self._most:
                raise Overloaded(f"{self._most} streams are open already: ask now and then instead, or try again")
            self._open += 1
            try:
                yield
            finally:
                self._open -= 1
