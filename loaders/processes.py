"""Work shared out to processes of this machine; what they return comes in the order of the tasks."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")
_MOST = 8


def processors() -> int:
    """How many processes are worth it here."""
    return min(len(os.sched_getaffinity(0)), _MOST)


def started(processes: int, begin: Callable[..., None] | None = None, *given: Any) -> ProcessPoolExecutor:  # noqa: ANN401 - what `begin` takes
    """A pool of processes that share nothing with this one; each calls `begin(*given)` first."""
    return ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), _begun, (begin, given))


def in_order(futures: Iterable[Future[T]], under_way: int) -> Iterator[T]:
    """What these futures return, in their order; so many are asked for before the first is waited for."""
    waiting: deque[Future[T]] = deque()
    for future in futures:
        waiting.append(future)
        if len(waiting) >= under_way:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _begun(begin: Callable[..., None] | None, given: tuple[Any, ...]) -> None:
    # Ctrl-C goes to the whole group of processes; the one that waits for these ends them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if begin is not None:
        begin(*given)
