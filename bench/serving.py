"""A `polegraph serve` of a benchmark's own: one process on one core, and clients that ask from another."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import orjson
import psutil

from graph.settings import Settings

_STARTED_S = 60.0
# A viewer who holds something, but not everything: `$allowed` then leaves things out.
HEADERS = {"X-Viewer-Markings": "OFFICIAL, OFFICIAL-SENSITIVE", "X-Purpose": "TEST"}
Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Served:
    """A server that answers, and its process."""

    port: int
    process: psutil.Process

    def megabytes(self) -> float:
        """The memory that is the process's own now: pages of files it has only as long as nobody needs them."""
        held = self.process.memory_info()
        return float(held.rss - held.shared) / 2**20

    def seconds(self) -> float:
        """The processor time that it has used."""
        used = self.process.cpu_times()
        return float(used.user + used.system)


@contextmanager
def serving(settings: Settings, port: int, *, apart: bool = True) -> Iterator[Served]:
    """A server over these settings while the block runs; `apart`: on the first core, this process on the last."""
    cores = sorted(os.sched_getaffinity(0))
    first, last = (cores[:1], cores[-1:]) if apart else (cores, cores)
    environment = os.environ | {"POLEGRAPH_DATA_DIR": str(settings.data_dir), "POLEGRAPH_LOG_FORMAT": "json"}
    environment["POLEGRAPH_QUERY_TIMEOUT_S"] = str(settings.query_timeout_s)
    if settings.markings_file is not None:
        environment["POLEGRAPH_MARKINGS_FILE"] = str(settings.markings_file)
    if settings.mappings_dir is not None:
        environment["POLEGRAPH_MAPPINGS_DIR"] = str(settings.mappings_dir)
    os.sched_setaffinity(0, first)
    command = [sys.executable, "-m", "cli", "serve", "--port", str(port)]
    child = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    os.sched_setaffinity(0, last)
    try:
        _wait(port, child)
        yield Served(port, psutil.Process(child.pid))
    finally:
        child.terminate()
        child.wait(30)
        os.sched_setaffinity(0, cores)


def _wait(port: int, child: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _STARTED_S
    while time.monotonic() < until and child.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1.0).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit(f"polegraph serve did not start on port {port}")


class Client:
    """One connection that is kept; it writes and reads bytes, so that the client is not what is measured.

    `strict`: every answer must be a good one.
    """

    def __init__(self, port: int, *, strict: bool = True) -> None:
        self._strict = strict
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60.0)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        told = {"Host": f"127.0.0.1:{port}", "Content-Type": "application/json", **HEADERS}
        self._head = "POST /graphql HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in told.items())

    def request(self, query: str, variables: Body) -> bytes:
        """The bytes of a request, to be sent as often as is wanted."""
        body = orjson.dumps({"query": query, "variables": variables})
        return f"{self._head}Content-Length: {len(body)}\r\n\r\n".encode() + body

    def send(self, request: bytes) -> bytes:
        """The body that answers a request."""
        self._socket.sendall(request)
        got = b""
        while (end := got.find(b"\r\n\r\n")) < 0:
            got += self._more()
        head = got[:end].lower()
        assert not self._strict or b" 200 " in head[:16], got[:400]
        length = int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0])
        parts, have = [got[end + 4 :]], len(got) - end - 4
        while have < length:
            part = self._more()
            parts.append(part)
            have += len(part)
        return b"".join(parts)

    def _more(self) -> bytes:
        part = self._socket.recv(1 << 20)
        assert part, "the server hung up"
        return part

    def ask(self, query: str, variables: Body) -> dict[str, Any]:
        """The answer to a question, which has no errors."""
        answer: dict[str, Any] = orjson.loads(self.send(self.request(query, variables)))
        assert "errors" not in answer, answer["errors"]
        return answer

    def close(self) -> None:
        """Hang up."""
        self._socket.close()


def one_by_one(served: Served, requests: Sequence[bytes], seconds: float) -> tuple[list[float], float]:
    """Milliseconds of each answer, asked one after another for so long; and of the server's processor for one."""
    client, times = Client(served.port), list[float]()
    used, until = served.seconds(), time.perf_counter() + seconds
    while time.perf_counter() < until or len(times) < len(requests):
        for request in requests:
            began = time.perf_counter()
            client.send(request)
            times.append((time.perf_counter() - began) * 1000)
    client.close()
    return times, (served.seconds() - used) * 1000 / len(times)


def together(served: Served, requests: Sequence[bytes], seconds: float, connections: int) -> float:
    """Answers a second with so many connections, each asking as soon as it is answered."""
    counts = [0] * connections
    until = time.perf_counter() + seconds

    def keep_asking(place: int) -> None:
        client = Client(served.port)
        while time.perf_counter() < until:
            client.send(requests[(place * 7 + counts[place]) % len(requests)])
            counts[place] += 1
        client.close()

    threads = [threading.Thread(target=keep_asking, args=(place,)) for place in range(connections)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - began)
