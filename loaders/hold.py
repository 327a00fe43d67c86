"""One load of a source at a time, and patience with a database that went away."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import stamina

from graph.errors import ServerError, TimedOut, TransientError, Unreachable
from graph.open import Graph
from loaders.settle import Progress

T = TypeVar("T")
_ASKED_FOR_S = 2.0


@contextmanager
def only_load(graph: Graph, sources: Sequence[str], progress: Progress) -> Iterator[None]:
    """Have these sources to oneself; waits, and says so, while another load has one of them.

    The hold is an open transaction: the database lets go of it the moment its owner is gone, however it went.
    """
    waited = 0
    while not graph.store.could("load/hold", within_s=_ASKED_FOR_S, sources=list(sources)):
        waited += 1
        progress(f"waiting for another load of {', '.join(sources)} to end", waited, None)
    with graph.store.held("load/hold", sources=list(sources)):
        yield


def patiently(graph: Graph, work: Callable[[], T], patience_s: float, progress: Progress) -> T:
    """What `work` returns; while the database is gone or asks to wait it is tried again, with growing, uneven pauses.

    `work` must be repeatable. The managed server is started again where it ended, and again where it ends while it
    starts. Raises the last fault once the database has been gone for `patience_s` seconds.
    """
    patience = _Patience(patience_s)
    for attempt in stamina.retry_context(
        on=patience.lasts, attempts=None, timeout=None, wait_initial=0.5, wait_max=10.0, wait_jitter=1.0
    ):
        with attempt:
            if attempt.num > 1:
                progress("waiting for the database", attempt.num - 1, None)
                graph.store.revive()
            patience.begins()
            return work()
    raise Unreachable("no answer")  # pragma: no cover - the retry context raises before


class _Patience:
    """Counts from the first fault after work that went on for a while."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._began = self._failed = time.monotonic()

    def begins(self) -> None:
        self._began = time.monotonic()

    def lasts(self, error: Exception) -> bool:
        now = time.monotonic()
        if now - self._began > self._seconds:
            self._failed = now
        return _passes(error) and now - self._failed < self._seconds


def _passes(error: Exception) -> bool:
    if isinstance(error, ServerError):
        return True
    return isinstance(error, TransientError) and not isinstance(error, TimedOut) and error.passes
