"""What a writer of files writes, as the parts of a response that is made while it is sent."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from typing import BinaryIO, cast

import anyio
import anyio.from_thread
import anyio.to_thread
from anyio.streams.memory import MemoryObjectSendStream

_PART = 64 * 1024
# Parts that wait for a slow reader; then the writer waits.
_AHEAD = 4


class Gone(Exception):
    """Nobody reads any more."""


async def streamed(
    write: Callable[[BinaryIO], None], limiter: anyio.CapacityLimiter, ended: Callable[[], None] = lambda: None
) -> AsyncGenerator[bytes, None]:
    """What `write` writes, in parts; it runs in a thread and goes no further ahead than some parts.

    `ended` is called once it has, which is later than where the reader left.

    Raises what it raises, so that what is cut short is not taken for whole. Where the reader leaves, its next write
    raises Gone.
    """
    sending, receiving = anyio.create_memory_object_stream[bytes](_AHEAD)

    def work() -> None:
        try:
            with io.BufferedWriter(_Pipe(sending), _PART) as out:
                write(cast("BinaryIO", out))
        finally:
            anyio.from_thread.run_sync(sending.close)

    # No group of tasks: a generator may be left in the middle of one, which would end it in another task than its own.
    task = asyncio.ensure_future(anyio.to_thread.run_sync(work, limiter=limiter))
    task.add_done_callback(lambda _: ended())
    try:
        async for part in receiving:
            yield part
        await task
    finally:
        receiving.close()
        if not task.done():
            # The thread meets the closed pipe by itself, and says on record how it ended.
            task.add_done_callback(lambda done: done.cancelled() or done.exception())


async def begun(parts: AsyncGenerator[bytes, None]) -> AsyncIterator[bytes]:
    """The same parts, once the first is there; raises what comes instead of it, when it can still be said."""
    first = await anext(parts, b"")

    async def all_of_them() -> AsyncIterator[bytes]:
        try:
            yield first
            async for part in parts:
                yield part
        finally:
            await parts.aclose()

    return all_of_them()


class _Pipe(io.RawIOBase):
    def __init__(self, sending: MemoryObjectSendStream[bytes]) -> None:
        self._sending = sending

    def writable(self) -> bool:
        return True

    def write(self, part: object) -> int:
        content = bytes(cast("bytes", part))
        try:
            anyio.from_thread.run(self._sending.send, content)
        except (anyio.BrokenResourceError, anyio.ClosedResourceError):
            raise Gone from None
        return len(content)
