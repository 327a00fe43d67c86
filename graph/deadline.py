"""When the work at hand must be done: whoever asks sets it, every read keeps to it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from graph.errors import TimedOut

# When the work at hand must be done, by the monotonic clock: no read goes on beyond it.
_DEADLINE: ContextVar[float | None] = ContextVar("deadline", default=None)


@contextmanager
def until(deadline: float) -> Iterator[None]:
    """Cancel in the database what is still read at a moment of the monotonic clock; raises TimedOut then."""
    token = _DEADLINE.set(deadline)
    try:
        yield
    finally:
        _DEADLINE.reset(token)


def left(timeout_s: float | None) -> float | None:
    """The seconds that a read may take; raises TimedOut where none are left."""
    deadline = _DEADLINE.get()
    if deadline is None:
        return timeout_s
    remaining = deadline - time.monotonic()
    if remaining <= 0:
        raise TimedOut("the time for this question is up: narrow it, or ask in several operations")
    return remaining if timeout_s is None else min(timeout_s, remaining)
