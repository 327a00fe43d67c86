"""A proxy before the API, as an installation has one: it can be told to be busy, or to lose connections."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


@dataclass
class Gateway:
    """Its address; what it does with the next requests (a status, or 0 for hanging up), then it passes them on."""

    address: str = ""
    instead: list[int] = field(default_factory=list)
    seen: int = 0


@contextmanager
def gateway(to: str) -> Iterator[Gateway]:
    """A gateway to an address."""
    told = Gateway()
    target = urlsplit(to).netloc

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told.seen += 1
            status = told.instead.pop(0) if told.instead else None
            if status == 0:
                self.close_connection = True
                return
            if status is not None:
                answer = b'{"errors": [{"message": "busy", "extensions": {"code": "UNAVAILABLE"}}]}'
                self._send(status, answer)
                return
            passed = HTTPConnection(target, timeout=20)
            passed.request("POST", self.path, body, {"Content-Type": "application/json"})
            response = passed.getresponse()
            self._send(response.status, response.read())
            passed.close()

        def _send(self, status: int, answer: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.send_header("Retry-After", "0")
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield told
    server.shutdown()
    server.server_close()
    thread.join()
