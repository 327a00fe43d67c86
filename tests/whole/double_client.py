"""The application of double worlds, asked with nothing between: a client's library took half of what an answer does."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import orjson
from starlette.testclient import TestClient

EVENTS = "text/event-stream"


def body_of(client: TestClient, body: Mapping[str, Any], viewer: str, *, accept: str = "application/json") -> bytes:
    """What the application says to a viewer's operation; of a stream the first that is no comment."""
    assert client.portal is not None, "the client was not entered"
    said: bytes = client.portal.call(_asked, client.app, orjson.dumps(body), viewer, accept)
    return said


async def _asked(app: Any, body: bytes, viewer: str, accept: str) -> bytes:
    enough = asyncio.Event()
    sent = [{"type": "http.request", "body": body}]
    parts: list[bytes] = []

    async def receive() -> Mapping[str, Any]:
        if sent:
            return sent.pop()
        # Whoever asked for a stream is gone once it has said something.
        await enough.wait()
        return {"type": "http.disconnect"}

    async def send(message: Mapping[str, Any]) -> None:
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
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
    }
    await app(scope, receive, send)
    return b"".join(parts)
