"""A Maven repository on loopback with faults on demand, and small jars to fetch from it."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from graph.managed.artifact import Artifact, JarLock, parse_lock


@dataclass
class Repository:
    """What the repository serves, how it fails, and what was asked of it; `faults` are used up one a request.

    A fault is a status to answer with, or a float: the share of the body that is sent before the connection closes.
    """

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    faults: dict[str, list[int | float]] = field(default_factory=lambda: defaultdict(list))
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def repository() -> Iterator[Repository]:
    served = Repository()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path.removeprefix("/maven/")
            served.asked.append(path)
            fault = served.faults[path].pop(0) if served.faults[path] else None
            body = served.files.get(path)
            if body is None or isinstance(fault, int):
                self.send_response(fault if isinstance(fault, int) else 404)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body if fault is None else body[: int(len(body) * fault)])
            self.close_connection = fault is not None

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    served.url = f"http://127.0.0.1:{server.server_port}/maven/"
    yield served
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def lock(repository: Repository) -> JarLock:
    """Five jars of 1 to 200 KB that the repository has."""
    noise = random.Random(5)
    jars = {f"jar{number}": noise.randbytes(1_000 + 50_000 * number) for number in range(5)}
    found = [
        Artifact("org.example.deep", name, "1.0", "linux-x86_64" if name == "jar4" else None, _hash(body), len(body))
        for name, body in jars.items()
    ]
    repository.files.update((artifact.repository_path, jars[artifact.name]) for artifact in found)
    return parse_lock("\n".join(artifact.line for artifact in found))


def _hash(body: bytes) -> str:
    return sha256(body).hexdigest()
