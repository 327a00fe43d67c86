"""Dashboards in a process of their own: sockets that ask once, and note when each of them is told which total."""

from __future__ import annotations

import selectors
import socket
import time
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection

_OPENED_AT_ONCE = 50
_BEGINS_S = 120.0
_READ = 1 << 16
_SAID = b'"total":'
Told = dict[int, "array[float]"]


class Boards:
    """Dashboards of another process, told of by a pipe, so that they cost whoever measures nothing."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe

    def opened(self) -> None:
        """Nothing, once each of them was told something."""
        assert self._pipe.recv() == "opened"

    def forget(self) -> None:
        """Forget what they were told until now."""
        self._pipe.send("forget")
        assert self._pipe.recv() == "forgotten"

    def told(self) -> tuple[Told, float]:
        """When dashboards were told a total, by the total, and the processor seconds that noting it took."""
        self._pipe.send("tell")
        told: tuple[Told, float] = self._pipe.recv()
        return told


@contextmanager
def boards(port: int, requests: Sequence[bytes]) -> Iterator[Boards]:
    """A dashboard for each of the requests; all hang up at the end."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_watch, args=(port, requests, theirs), daemon=True)
    child.start()
    theirs.close()
    try:
        yield Boards(ours)
    finally:
        ours.close()
        child.join()


class _Sockets:
    """The sockets, and what they were told."""

    def __init__(self) -> None:
        self.ready = selectors.DefaultSelector()
        self.left: dict[socket.socket, bytes] = {}
        self.begun = 0
        self.times: Told = defaultdict(_times)

    def add(self, port: int, request: bytes) -> None:
        made = socket.create_connection(("127.0.0.1", port))
        made.sendall(request)
        made.setblocking(False)
        self.left[made] = b"-"
        self.ready.register(made, selectors.EVENT_READ, self)

    def read(self, some: socket.socket) -> None:
        data = some.recv(_READ)
        now, left = time.monotonic(), self.left[some]
        if not data:
            self.ready.unregister(some)
            return
        data = left + data
        while (end := data.find(b"\n\n")) >= 0:
            event, data = data[:end], data[end + 2 :]
            if (begin := event.find(_SAID)) >= 0:
                self.begun += event.startswith(b"-")
                self.times[int(event[begin + len(_SAID) :].split(b",", 1)[0])].append(now)
            elif event.startswith(b"-"):
                # What marks a dashboard that was told nothing stays until it is.
                data = b"-" + data
        self.left[some] = data


def _times() -> array[float]:
    return array("d")


def _watch(port: int, requests: Sequence[bytes], pipe: Connection) -> None:
    """Open them a few at a time, as people come, and read until whoever measures goes away."""
    sockets = _Sockets()
    for begin in range(0, len(requests), _OPENED_AT_ONCE):
        for request in requests[begin : begin + _OPENED_AT_ONCE]:
            sockets.add(port, request)
        until = time.monotonic() + _BEGINS_S
        while sockets.begun < len(sockets.left):
            assert time.monotonic() < until, f"{len(sockets.left) - sockets.begun} dashboards were told nothing"
            _read(sockets, 1.0)
    pipe.send("opened")
    sockets.ready.register(pipe, selectors.EVENT_READ)
    used = time.process_time()
    while True:
        if _read(sockets, None):
            try:
                asked = pipe.recv()
            except EOFError:
                return
            if asked == "forget":
                sockets.times.clear()
                used = time.process_time()
                pipe.send("forgotten")
            else:
                pipe.send((dict(sockets.times), time.process_time() - used))


def _read(sockets: _Sockets, seconds: float | None) -> bool:
    """Whether the pipe has something; whatever came is read."""
    asked = False
    for key, _ in sockets.ready.select(seconds):
        if key.data is None:
            asked = True
        else:
            sockets.read(key.fileobj)  # type: ignore[arg-type]
    return asked
