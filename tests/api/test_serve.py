"""Serving in the background of a command, and its end."""

from __future__ import annotations

import os
import select
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from http.client import HTTPConnection

import psutil
import pytest

from api.serve import background
from graph.open import Graph
from graph.settings import Settings

pytestmark = pytest.mark.database

_TIMES = 10


def _threads() -> set[int]:
    return {thread.id for thread in psutil.Process().threads()}


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_no_thread_of_the_server_outlives_it(graph: Graph, port: int) -> None:
    # A thread that stays is there for some milliseconds only, so it is looked for more than once.
    for _ in range(_TIMES):
        before = _threads()
        with background(Settings(), graph, port=port):
            asked = HTTPConnection("127.0.0.1", port, timeout=10)
            asked.request("GET", "/healthz")
            assert asked.getresponse().status == 200
            asked.close()
            assert _threads() - before
        # It might ask for the interpreter while that ends, which aborts the process.
        assert not _threads() - before


_HEAD = b"POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
_ASKED = '{"query": "{ sources { records } }"}'
_HALF_SENT = (
    b"",
    b"POST /gra",
    _HEAD,
    _HEAD + b"Content-Length: 100\r\n\r\n",
    _HEAD + b'Content-Length: 100\r\n\r\n{"query": ',
    _HEAD + b'Transfer-Encoding: chunked\r\n\r\n5\r\n{"que',
)


# So long whoever was closed comes again with another half; by the environment as long as somebody has patience.
_AGAIN_S = float(os.environ.get("POLEGRAPH_TEST_HALF_SENT_S", "0"))
_CLOSED_S = 15.0


def test_a_thousand_half_sent_requests_are_closed_and_hold_up_nobody(graph: Graph, port: int) -> None:
    with background(Settings(), graph, port=port), ExitStack() as sockets:
        waiting = [_half_sent(sockets, port, number) for number in range(1_000)]
        asked, again = 0, time.monotonic() + _AGAIN_S
        while waiting:
            asking = HTTPConnection("127.0.0.1", port, timeout=10)
            asking.request("POST", "/graphql", _ASKED, {"Content-Type": "application/json"})
            assert asking.getresponse().status == 200
            asking.close()
            asked += 1
            left = [(each, since) for each, since in waiting if not _is_closed(each)]
            now = time.monotonic()
            assert all(now - since < _CLOSED_S for _, since in left)
            if now < again:
                left += [_half_sent(sockets, port, number) for number in range(len(waiting) - len(left))]
            waiting = left
        assert asked > 10


def _half_sent(sockets: ExitStack, port: int, number: int) -> tuple[socket.socket, float]:
    """A connection that has sent the beginning of a request, and when."""
    made = sockets.enter_context(socket.create_connection(("127.0.0.1", port)))
    made.sendall(_HALF_SENT[number % len(_HALF_SENT)])
    return made, time.monotonic()


def _is_closed(connection: socket.socket) -> bool:
    """Whether the server let go; what it said before is read."""
    look = select.poll()
    look.register(connection, select.POLLIN)
    while look.poll(0):
        try:
            if not connection.recv(65_536):
                return True
        except ConnectionResetError:
            return True
    return False


def _dripped(port: int, head: bytes, rest: bytes, pause_s: float) -> float:
    """How long a connection lasts on which this comes byte by byte."""
    with socket.create_connection(("127.0.0.1", port)) as made:
        made.sendall(head)
        began = time.monotonic()
        for byte in rest:
            due = time.monotonic() + pause_s
            while time.monotonic() < due:
                if _is_closed(made):
                    return time.monotonic() - began
                time.sleep(0.05)
            with suppress(OSError):
                made.sendall(bytes([byte]))
        return time.monotonic() - began


def _slowly(port: int) -> bytes:
    """The answer to a body that comes at twice the least rate, for longer than one that drips would have."""
    body = (_ASKED + " " * 13_000).encode()
    with socket.create_connection(("127.0.0.1", port), timeout=30) as made:
        made.sendall(_HEAD + f"Connection: close\r\nContent-Length: {len(body)}\r\n\r\n".encode())
        for start in range(0, len(body), 500):
            made.sendall(body[start : start + 500])
            time.sleep(0.5)
        return b"".join(iter(lambda: made.recv(65_536), b""))


def test_what_drips_is_closed_and_what_is_merely_slow_is_answered(graph: Graph, port: int) -> None:
    chunks = b"1\r\n \r\n" * 100
    with background(Settings(), graph, port=port), ThreadPoolExecutor() as threads:
        slow = threads.submit(_slowly, port)
        drips = [
            threads.submit(_dripped, port, b"", _HEAD + b"X: " + b"x" * 100, 0.5),
            threads.submit(_dripped, port, _HEAD + b"Content-Length: 100\r\n\r\n", b" " * 100, 1.0),
            threads.submit(_dripped, port, _HEAD + b"Content-Length: 100\r\n\r\n", b" " * 100, 8.0),
            threads.submit(_dripped, port, _HEAD + b"Transfer-Encoding: chunked\r\n\r\n", chunks, 0.3),
        ]
        assert max(each.result() for each in drips) < _CLOSED_S
        assert b" 200 OK" in slow.result()


@pytest.mark.parametrize(
    "sent",
    [
        _HEAD + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        _HEAD + b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
        _HEAD + b"Content-Length: 4\r\nContent-Length: 5\r\n\r\n{}  ",
        _HEAD + b"Content-Length: 4, 5\r\n\r\n{}  ",
        _HEAD + b"Content-Length: +4\r\n\r\n{}  ",
        _HEAD + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        _HEAD + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        _HEAD + b"X-Purpose: TEST\r\n Content-Length: 4\r\n\r\n{}  ",
    ],
)
def test_where_a_message_ends_is_never_in_doubt(graph: Graph, port: int, sent: bytes) -> None:
    # What another server, before this one, might have taken for the rest of the same message, or for the next.
    next_one = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    with background(Settings(), graph, port=port), socket.create_connection(("127.0.0.1", port), timeout=15) as made:
        made.sendall(sent + next_one)
        told = b"".join(iter(lambda: made.recv(65_536), b""))
    assert (told.startswith(b"HTTP/1.1 400 "), told.count(b"HTTP/1.1 ")) == (True, 1)
