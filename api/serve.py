"""Serving: the application behind granian, in worker processes or in the background of another command."""

from __future__ import annotations

import asyncio
import gc
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import psutil
from fastapi import FastAPI
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.embed import Server
from starlette.types import ASGIApp, Receive, Scope, Send

from api.address import HOST, PORT
from api.app import create_app
from api.aside import Aside
from api.limit import connections
from api.log import configure
from api.tls import Tls, tls_of
from graph.errors import BadInput, PolegraphError
from graph.host import is_loopback
from graph.open import Graph, open_graph
from graph.settings import Auth, Settings

_BACKLOG = 256
# A client that takes longer to send its head than this is holding a connection, not asking.
_HTTP1 = HTTP1Settings(header_read_timeout=10_000)
_STARTED_S = 10.0
# Libraries may keep threads that they began meanwhile for as long as the process lasts: these are not waited for.
_ENDED_S = 1.0
# What is being answered does not keep a worker process for longer than this, in seconds.
_WORKERS_S = 5
_INTERRUPTIONS = (signal.SIGINT, signal.SIGTERM)
# So many objects more than before are there before it is looked whether any of them are garbage.
_OBJECTS = 50_000
# How long a thread has the interpreter while others wait for it.
_SWITCH_S = 0.0005


def check_address(settings: Settings, host: str, port: int) -> None:
    """Nothing; raises BadInput for an address that may not be listened on, or is in use."""
    if settings.auth is Auth.NONE and not is_loopback(host):
        raise BadInput(
            f"--host {host}: without authentication only a loopback address is served; use {HOST}, and a tunnel or a "
            "proxy that authenticates to reach it from elsewhere"
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise BadInput(f"--port {port}: cannot listen on {host} ({error.strerror}); choose another port") from None


def application(settings: Settings) -> ASGIApp:
    """The application of one worker process, over a graph of its own."""
    configure(settings.log_format)
    aside = Aside(settings)
    app = create_app(settings, open_graph(settings), aside=aside)
    _settled()

    async def worker(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            await app(scope, receive, send)
            return
        # The worker's server has taken the signals, and would wait for streams.
        _on_signals(app.state.ending.begin)
        with aside:
            await app(scope, receive, send)

    return worker


def _settled() -> None:
    """Let no thread wait long for another's garbage, or its turn.

    What is there for good is taken out of the collector's sight: a pass over it stops every thread for 100 ms.
    """
    gc.collect()
    gc.freeze()
    # Each waking of thousands of streams makes some objects a stream, all of which are there at once and soon no more:
    # with Python's 700 a third of what serving them took was looking for garbage among them.
    gc.set_threshold(_OBJECTS)
    # Each of the ten steps of a small question in which something else comes first waits so long for the interpreter
    # while a large answer is made: by default 5 ms.
    sys.setswitchinterval(_SWITCH_S)


def serve(settings: Settings, host: str = HOST, port: int = PORT, workers: int = 1) -> None:
    """Serve until interrupted (SIGINT, SIGTERM).

    One worker serves inside this process, several in processes of their own. Raises BadInput for an address that may
    not be used, Unreachable where no database answers: both before anything is served.
    """
    check_address(settings, host, port)
    tls = tls_of(settings)
    graph = open_graph(settings)
    aside = Aside(settings)
    app = create_app(settings, graph, aside=aside)
    if workers == 1:
        configure(settings.log_format)
        _settled()
        with _threads_ended(), aside:
            asyncio.run(_until_interrupted(app, host, port, tls))
        graph.store.close()
        return
    graph.store.close()
    server = Granian(
        "api.serve:application",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,
        workers=workers,
        backlog=_BACKLOG,
        backpressure=connections(),
        websockets=False,
        http1_settings=_HTTP1,
        respawn_failed_workers=True,
        workers_kill_timeout=_WORKERS_S,
        log_enabled=False,
        **_secured(tls),
    )
    server.serve(target_loader=partial(application, settings), wrap_loader=False)


def _secured(tls: Tls | None) -> dict[str, Any]:
    return {} if tls is None else tls.options()


def _embedded(app: FastAPI, host: str, port: int, tls: Tls | None) -> Server:
    """A server inside this process; to be made in the event loop that runs it."""
    return Server(
        app,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,
        backlog=_BACKLOG,
        backpressure=connections(),
        websockets=False,
        http1_settings=_HTTP1,
        log_enabled=False,
        **_secured(tls),
    )


async def _until_interrupted(app: FastAPI, host: str, port: int, tls: Tls | None) -> None:
    server = _embedded(app, host, port, tls)
    on_interruption(partial(_stop, app, server))
    await server.serve()


def on_interruption(call: Callable[[], None]) -> None:
    """Have this called in the running event loop when the process is told to end (SIGINT, SIGTERM).

    What tells the loop of a signal is a byte in a pipe, where every thread leaves one for whatever it asks of the loop.
    The pipe holds some 280: where hundreds of streams hung up at once it was full, and the server served for ever. So
    the loop is only woken by it, and told by a handler of the signal itself.
    """
    for number in _INTERRUPTIONS:
        asyncio.get_running_loop().add_signal_handler(number, lambda: None)
    _on_signals(call)


def _on_signals(call: Callable[[], None]) -> None:
    """Have this called too, beside what the loop is told by its pipe; that this is full is no news."""
    loop = asyncio.get_running_loop()
    for number in _INTERRUPTIONS:
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(call))
    signal.set_wakeup_fd(signal.set_wakeup_fd(-1), warn_on_full_buffer=False)


def _stop(app: FastAPI, server: Server) -> None:
    """End the streams, then the server."""
    app.state.ending.begin()
    server.stop()  # type: ignore[no-untyped-call]


@contextmanager
def background(settings: Settings, graph: Graph, host: str = HOST, port: int = PORT) -> Iterator[str]:
    """The address of the API, served from a thread of this process over this graph while the block runs."""
    check_address(settings, host, port)
    configure(settings.log_format)
    tls = tls_of(settings)
    thread = _Background(create_app(settings, graph), host, port, tls)
    with _threads_ended():
        thread.start()
        try:
            thread.wait()
            yield f"{'http' if tls is None else 'https'}://{host}:{port}"
        finally:
            thread.stop()


@contextmanager
def _threads_ended() -> Iterator[None]:
    """Wait at the end until the threads that began inside are no more.

    The server's own outlive it by some milliseconds. One that asks for the interpreter while that ends aborts the
    process, before Python 3.14: https://github.com/python/cpython/issues/87135.
    """
    before = _threads()
    try:
        yield
    finally:
        pause, until = threading.Event(), time.monotonic() + _ENDED_S
        while _threads() - before and time.monotonic() < until:
            pause.wait(0.002)


def _threads() -> set[int]:
    return {thread.id for thread in psutil.Process().threads()}


class _Background(threading.Thread):
    def __init__(self, app: FastAPI, host: str, port: int, tls: Tls | None) -> None:
        super().__init__(name="api", daemon=True)
        self._app = app
        self._tls = tls
        self._address = (host, port)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._server: Server | None = None

    def run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._server = _embedded(self._app, *self._address, self._tls)
        await self._server.serve()

    def wait(self) -> None:
        """Wait until a connection is taken; raises PolegraphError where none is in ten seconds."""
        pause = threading.Event()
        for _ in range(int(_STARTED_S / 0.05)):
            try:
                socket.create_connection(self._address, timeout=1.0).close()
            except OSError:
                pause.wait(0.05)
            else:
                return
        raise PolegraphError(f"the API did not start on port {self._address[1]} in {_STARTED_S:g} s")

    def stop(self) -> None:
        """Stop serving and wait for the thread."""
        if self._loop is not None and self._server is not None:
            self._loop.call_soon_threadsafe(_stop, self._app, self._server)
        self.join(timeout=_STARTED_S)
