"""The way to a server, which can be cut and mended: to a browser it is as if the server stopped and started again."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import Any

# Where nobody has to wait for a port: it is asked for again.
_HOST = "127.0.0.1"
_PIECE = 1 << 16
_PATIENCE_S = 20


class Way:
    """Takes what comes to its own port on to another."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._loop = asyncio.new_event_loop()
        self._server: asyncio.Server | None = None
        self._wires: set[asyncio.StreamWriter] = set()
        self.port = 0
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def mend(self) -> None:
        """Let whoever comes pass."""
        if self._server is None:
            self._do(self._listen())

    def cut(self) -> None:
        """End what passes, and let nobody in."""
        if self._server is not None:
            self._do(self._close())

    def end(self) -> None:
        self.cut()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_PATIENCE_S)
        self._loop.close()

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(_PATIENCE_S)

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._pass, _HOST, self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        assert self._server is not None
        self._server.close()
        self._server = None
        for wire in list(self._wires):
            wire.transport.abort()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        if others:
            await asyncio.wait(others)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._wires.add(writer)
        with suppress(OSError):
            there, back = await asyncio.open_connection(_HOST, self._to)
            self._wires.add(back)
            await asyncio.gather(_carry(reader, back), _carry(there, writer))
            self._wires.discard(back)
        self._wires.discard(writer)


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Everything from one end to the other, until the first ends."""
    with suppress(OSError):
        while piece := await reader.read(_PIECE):
            writer.write(piece)
            await writer.drain()
    writer.close()


@contextmanager
def way(port: int) -> Iterator[Way]:
    """A way to this port of the machine, open."""
    made = Way(port)
    made.mend()
    try:
        yield made
    finally:
        made.end()
