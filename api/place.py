"""Where the work of requests is done: so many threads, and whoever waits for what is done there; or is refused."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from threading import Event, Lock, Semaphore
from typing import TypeVar

from starlette.requests import Request

from graph.errors import Overloaded, RateLimited

T = TypeVar("T")
_LOOK_S = 0.25  # between looks whether the client is still there


class _LateError(Exception):
    """Its turn did not come in time."""


class Places:
    """So many threads of a name; who comes when all are taken waits, those of the lowest rank first, then in order."""

    def __init__(self, count: int, name: str) -> None:
        self._count = count
        self._inside = 0
        self._threads = ThreadPoolExecutor(count, thread_name_prefix=name)
        self._waiting: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = itertools.count()

    @property
    def waiting(self) -> int:
        """How many wait for a place."""
        return max(0, self._inside - self._count)

    def begin(self, work: Callable[[], T], rank: float = 0.0) -> asyncio.Future[T]:
        """What the work will give; to be called in the event loop."""
        self._inside += 1
        given: Future[T] = Future()
        doing: Callable[[], None] = partial(_do, work, given)
        heapq.heappush(self._waiting, (rank, next(self._numbers), doing))
        self._threads.submit(self._next)
        begun = asyncio.wrap_future(given)
        begun.add_done_callback(self._leave)
        return begun

    def _next(self) -> None:
        # Whoever waits has a thread's turn in this queue, not necessarily the one that came with them.
        _, _, work = heapq.heappop(self._waiting)
        work()

    def _leave(self, _: object) -> None:
        self._inside -= 1


class Seats:
    """So many at once; who comes when all are taken is refused, with `full` as the reason.

    A seat is taken where it is looked for. A limiter of threads gives a token a moment later, so that as many as look
    meanwhile are let in, and wait: https://anyio.readthedocs.io/en/stable/threads.html.
    """

    def __init__(self, count: int, full: str) -> None:
        self._free = Semaphore(count)
        self._full = full

    @contextmanager
    def taken(self) -> Iterator[None]:
        """One of them while the block runs; raises Overloaded."""
        if not self._free.acquire(blocking=False):
            raise Overloaded(self._full)
        try:
            yield
        finally:
            self._free.release()


class Share:
    """So many of something at once for each user; `most`: None where all are one user. For one thread's use.

    Whoever wants more is refused with `full` as the reason, and told to come again after so many seconds.
    """

    def __init__(self, most: int | None, full: str, after_s: int) -> None:
        self._most = most
        self._full = full
        self._after_s = after_s
        self._taken: Counter[str] = Counter()

    @contextmanager
    def taken(self, user: str) -> Iterator[None]:
        """One of a user's while the block runs; raises RateLimited."""
        if self._most is not None and self._taken[user] >= self._most:
            raise RateLimited(self._full, after_s=self._after_s)
        self._taken[user] += 1
        try:
            yield
        finally:
            self._taken[user] -= 1
            if not self._taken[user]:
                del self._taken[user]


def _do(work: Callable[[], T], given: Future[T]) -> None:
    if not given.set_running_or_notify_cancel():
        return
    try:
        given.set_result(work())
    except BaseException as error:  # noqa: BLE001 - whoever waits for it is told
        given.set_exception(error)


async def while_there(request: Request, places: Places, work: Callable[[Event], T]) -> T:
    """What work in a thread gives; it is told by the event where the client leaves before it is done."""
    gone = Event()
    return await _done(request, places.begin(lambda: work(gone)), gone, lambda: False)


async def in_turn(
    request: Request, places: Places, work: Callable[[Event], T], deadline: float, rank: float
) -> T | None:
    """The same; None where its turn has not come by this moment of the monotonic clock: it is never begun then."""
    gone, turn = Event(), Lock()
    begun = places.begin(lambda: work(gone) if turn.acquire(blocking=False) else None, rank)
    try:
        return await _done(request, begun, gone, lambda: time.monotonic() > deadline and turn.acquire(blocking=False))
    except _LateError:
        return None


async def _done(request: Request, begun: asyncio.Future[T], gone: Event, late: Callable[[], bool]) -> T:
    try:
        while not begun.done():
            await asyncio.wait({begun}, timeout=_LOOK_S)
            if begun.done():
                break
            if late():
                raise _LateError
            if await request.is_disconnected():
                gone.set()
                break
        return await begun
    except asyncio.CancelledError:
        gone.set()
        raise
