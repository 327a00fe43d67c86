"""The end of serving while very many watch, or hang up at that moment."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.request import Request, urlopen

import orjson
import psutil
import pytest

from api.serve import on_interruption
from graph.managed.process import free_port
from tests.cli.conftest import Command
from tests.project.tree import ROOT

_MANY = 400
_GENERAL_S = 120.0
_BODY = orjson.dumps({"query": "subscription { metrics { total } }"})
# By its cost, whatever it takes.
_DEAR = orjson.dumps(
    {"query": "{ entities(kind: PERSON, first: 500) { edges { node { links(first: 25) { edges { cursor } } } } } }"}
)
_SENT = {"Content-Type": "application/json"}
_WATCH = (
    b"POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAccept: text/event-stream\r\n"
    b"Content-Length: %d\r\n\r\n%b" % (len(_BODY), _BODY)
)


def test_a_signal_is_not_lost_where_threads_ask_much_of_the_event_loop() -> None:
    async def told() -> None:
        ended = asyncio.Event()
        on_interruption(ended.set)
        loop = asyncio.get_running_loop()
        for _ in range(10_000):
            loop.call_soon_threadsafe(lambda: None)
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(ended.wait(), _GENERAL_S)

    asyncio.run(told())


@pytest.mark.database
@pytest.mark.parametrize("workers", [1, 2])
def test_serving_ends_while_hundreds_watch_and_hundreds_hang_up(connected: Command, workers: int) -> None:
    del connected
    with _serving(workers) as (process, port), ExitStack() as sockets:
        watching = [_watch(sockets, port) for _ in range(_MANY)]
        for each in watching:
            _told(each)
        for each in watching[: _MANY // 2]:
            each.close()
        process.terminate()
        # Not killed, and not given up: each stream is told that it ends, and so is its connection.
        assert process.wait(_GENERAL_S) == 0
        for each in watching[_MANY // 2 :]:
            assert b"".join(iter(lambda each=each: each.recv(65_536), b"")).endswith(b"0\r\n\r\n")  # type: ignore[misc]


@pytest.mark.database
@pytest.mark.parametrize(("workers", "how"), [(1, signal.SIGTERM), (1, signal.SIGKILL), (2, signal.SIGTERM)])
def test_the_process_beside_ends_with_the_server(connected: Command, workers: int, how: signal.Signals) -> None:
    del connected
    with _serving(workers) as (process, port):
        until = time.monotonic() + _GENERAL_S
        while not (beside := _beside(process)):
            assert time.monotonic() < until
            with urlopen(Request(f"http://127.0.0.1:{port}/graphql", _DEAR, _SENT), timeout=_GENERAL_S) as answer:
                answer.read()
        process.send_signal(how)
        assert process.wait(_GENERAL_S) == (0 if how is signal.SIGTERM else -how)
        assert psutil.wait_procs(beside, timeout=_GENERAL_S)[1] == []


def _beside(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    children = psutil.Process(process.pid).children(recursive=True)
    return [each for each in children if "api.aside" in " ".join(each.cmdline())]


@contextmanager
def _serving(workers: int) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    port = free_port()
    command = [sys.executable, "-m", "cli", "serve", "--port", str(port), "--workers", str(workers)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + _GENERAL_S
        while not _answers(port):
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.1)
        yield process, port
    finally:
        process.kill()
        process.wait()


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1.0).close()
    except OSError:
        return False
    return True


def _watch(sockets: ExitStack, port: int) -> socket.socket:
    made = sockets.enter_context(socket.create_connection(("127.0.0.1", port), timeout=_GENERAL_S))
    made.sendall(_WATCH)
    return made


def _told(watching: socket.socket) -> None:
    """Nothing, once a stream was told its first figures."""
    told = b""
    while b'"total"' not in told:
        piece = watching.recv(65_536)
        assert piece, told
        told += piece
