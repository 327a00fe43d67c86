"""Work done abreast by as many threads as there are processors, and work in plain Python by a second process.

Arrays are worked on without the interpreter's lock, so threads share one table and what was worked out of its values
once; each writes a part of its own, so that their number changes nothing.
"""

from __future__ import annotations

import gc
import math
import mmap
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any, NoReturn, TypeVar

import numpy as np
import numpy.typing as npt

MANY = 200_000  # records for which a second process is worth its start
_SOME = 20_000  # things for which threads are
T = TypeVar("T")
R = TypeVar("R")

WORKERS = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_parts(work: Callable[[slice], None], count: int, most: int) -> None:
    """Do work on each part of so many things, each of `most` at most; the first alone, which makes ready what all need.

    Raises what the work raises.
    """
    parts = [slice(start, min(start + most, count)) for start in range(0, count, most)]
    for part in parts[:1]:
        work(part)
    all_of(work, parts[1:])


def all_of(work: Callable[[T], R], each: Iterable[T], size: int = _SOME) -> list[R]:
    """Return what the work makes of each, in their order; few things, of the `size` that it is, need no threads."""
    given = list(each)
    if len(given) < 2 or WORKERS < 2 or size < _SOME:
        return [work(one) for one in given]
    with ThreadPoolExecutor(min(WORKERS, len(given))) as pool:
        return list(pool.map(work, given))


def both(here: Callable[[], T], beside: Callable[[], R]) -> tuple[T, R]:
    """Return what two works make, the second in a process of its own that sees all there is, as it is now.

    For work in plain Python, of which two threads would do no more than one. It may use nothing that another thread can
    hold, such as a connection or a log. Where that process fails, or there is but one processor, it is done here.
    """
    if WORKERS < 2 or not hasattr(os, "fork"):
        return here(), beside()
    receiver, sender = Pipe(duplex=False)
    child = os.fork()
    if child == 0:
        _answer(beside, sender)
    sender.close()
    try:
        mine, sent = here(), _received(receiver)
    finally:
        receiver.close()
        failed = os.waitpid(child, 0)[1]
    return mine, beside() if failed else sent[0]


def shared(shape: tuple[int, ...], value: int) -> npt.NDArray[np.int64]:
    """Return an array full of a value, into which a process that works beside this one can write."""
    memory = mmap.mmap(-1, max(8 * math.prod(shape), 1))
    found = np.frombuffer(memory, np.int64, math.prod(shape)).reshape(shape)
    found[:] = value
    return found


def _answer(work: Callable[[], object], sender: Connection) -> NoReturn:
    """Send what a work makes and end this process, whatever happens, without tidying up what is another's."""
    status = 1
    try:
        # What the other process shares stays shared as long as nobody writes into it.
        gc.disable()
        sender.send([work()])
        status = 0
    finally:
        os._exit(status)


def _received(receiver: Connection) -> list[Any]:
    """Return what was sent in a list, an empty one where the sender ended before."""
    try:
        found: list[Any] = receiver.recv()
    except EOFError:
        return []
    return found
