"""The application of double worlds, asked with nothing between: a client's library took half of what an answer does."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZipFile, is_zipfile

import orjson
from starlette.testclient import TestClient

EVENTS = "text/event-stream"
_JSON = "application/json"


def body_of(client: TestClient, body: Mapping[str, Any] | bytes, viewer: str, *, accept: str = _JSON) -> bytes:
    """What the application says to a viewer's operation, written or not; of a stream the first that is no comment."""
    sent = body if isinstance(body, bytes) else orjson.dumps(body)
    return _said(client, "POST", "/graphql", sent, viewer, accept)[1]


def answer_of(client: TestClient, method: str, path: str, body: bytes, viewer: str) -> bytes:
    """What the application says to a viewer's request, the status and headers with it; of an archive what is in it."""
    head, said = _said(client, method, path, body, viewer, "*/*")
    return head + (_unpacked(said) if is_zipfile(BytesIO(said)) else said)


def _unpacked(archive: bytes) -> bytes:
    """The names and contents of an archive's members, without when each was put in."""
    with ZipFile(BytesIO(archive)) as packed:
        return b"\n".join(part for name in packed.namelist() for part in (name.encode(), packed.read(name)))


def _said(client: TestClient, method: str, path: str, body: bytes, viewer: str, accept: str) -> tuple[bytes, bytes]:
    """Head and body of an answer."""
    assert client.portal is not None, "the client was not entered"
    said: tuple[bytes, bytes] = client.portal.call(_asked, client.app, method, path, body, viewer, accept)
    return said


async def _asked(app: Any, method: str, path: str, body: bytes, viewer: str, accept: str) -> tuple[bytes, bytes]:
    enough = asyncio.Event()
    sent = [{"type": "http.request", "body": body}]
    head: list[bytes] = []
    parts: list[bytes] = []

    async def receive() -> Mapping[str, Any]:
        if sent:
            return sent.pop()
        # Whoever asked for a stream is gone once it has said something.
        await enough.wait()
        return {"type": "http.disconnect"}

    async def send(message: Mapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            head.append(str(message["status"]).encode())
            head.extend(b": ".join(pair) for pair in sorted(message["headers"]))
        part = message.get("body", b"")
        parts.append(part)
        if accept == EVENTS and b"event: next" in part:
            enough.set()

    given = {
        "host": "127.0.0.1",
        "accept": accept,
        "content-type": "application/json",
        "content-length": str(len(body)),
        "x-viewer-markings": viewer,
        "x-request-id": "same",
    }
    plain, _, asked = path.partition("?")
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": plain,
        "raw_path": plain.encode(),
        "query_string": asked.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
    }
    await app(scope, receive, send)
    return b"\n".join([*head, b""]), b"".join(parts)
