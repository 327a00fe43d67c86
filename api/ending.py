"""The end of serving, told to streams before the server waits for its connections: else it would wait for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress


class Ending:
    """Whether the server is about to end; `begin` is called in its event loop, `also` there too."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self._also: list[Callable[[], None]] = []

    def begin(self) -> None:
        """End every stream."""
        self._event.set()
        for call in self._also:
            call()

    def also(self, call: Callable[[], None]) -> None:
        """Call this too when it begins."""
        self._also.append(call)

    @property
    def begun(self) -> bool:
        """True once streams are to end."""
        return self._event.is_set()

    async def within(self, seconds: float) -> bool:
        """Whether it begins in so many seconds; it does not wait longer."""
        return await happens(self._event, seconds)


async def happens(event: asyncio.Event, within_s: float) -> bool:
    """Whether an event happens in so many seconds; it does not wait longer."""
    with suppress(TimeoutError):
        # Not `wait_for`, which makes a task of it: thousands of streams wait so.
        async with asyncio.timeout(within_s):
            await event.wait()
        return True
    return False
