"""Serving in the background of a command, and its end."""

from __future__ import annotations

import socket
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


def test_no_thread_of_the_server_outlives_it(graph: Graph) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
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
