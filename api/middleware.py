"""What happens to every request: its id, its host, its log line, its count, and headers that keep browsers careful."""

from __future__ import annotations

import re
import time
import uuid

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.limit import Limits
from api.metric import Metrics

REQUEST_ID = "X-Request-Id"
_LOG = structlog.get_logger("polegraph.http")
_ID = re.compile(r"^[A-Za-z0-9._:-]+$")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
# A year, for browsers that once came by TLS; only where it is our own, a proxy says it for itself.
_SECURE = "max-age=31536000; includeSubDomains"
_ROUTES = frozenset(
    {
        "/",
        "/explorer",
        "/worker.js",
        "/manifest.webmanifest",
        "/sign-in",
        "/shown",
        "/graphql",
        "/loads",
        "/stop-check",
        "/vehicle-checks",
        "/openapi.json",
        "/healthz",
        "/readyz",
        "/version",
        "/metrics",
    }
)
# Of whatever is below them, only the folder is told: an id names a load or a source.
_FOLDERS = ("/assets/", "/static/", "/loads/", "/intake/", "/profiles/", "/exports/")


class Edge:
    """The outermost layer. With `loopback`, only a loopback name is taken for a Host.

    A page of another site can have its own name resolve to 127.0.0.1 and would then be of one origin with us: without
    authentication the Host header is what tells it apart.
    """

    def __init__(self, app: ASGIApp, *, limits: Limits, metrics: Metrics, loopback: bool) -> None:
        self._app = app
        self._limits = limits
        self._metrics = metrics
        self._loopback = loopback

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        request_id = self._request_id(headers.get(REQUEST_ID))
        scope.setdefault("state", {})["request_id"] = request_id
        started = time.perf_counter()
        status = 500

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                added = MutableHeaders(scope=message)
                added[REQUEST_ID] = request_id
                added["X-Content-Type-Options"] = "nosniff"
                added["Referrer-Policy"] = "no-referrer"
                added.setdefault("Cache-Control", "no-store")
                if scope.get("scheme") == "https":
                    added["Strict-Transport-Security"] = _SECURE
            await send(message)

        try:
            if self._loopback and not _is_loopback(headers.get("host", "")):
                await Response("this host name is not served\n", 421)(scope, receive, watched)
            else:
                await self._app(scope, receive, watched)
        finally:
            self._tell(scope, status, request_id, time.perf_counter() - started)

    def _tell(self, scope: Scope, status: int, request_id: str, seconds: float) -> None:
        path: str = scope["path"]
        folder = next((each.rstrip("/") for each in _FOLDERS if path.startswith(each)), "other")
        route = path if path in _ROUTES else folder
        self._metrics.requested(route, status)
        ms = round(seconds * 1000, 1)
        _LOG.info("request_served", request_id=request_id, method=scope["method"], route=route, status=status, ms=ms)

    def _request_id(self, given: str | None) -> str:
        usable = given is not None and len(given) <= self._limits.request_id and _ID.match(given)
        return given if given is not None and usable else uuid.uuid4().hex


def _is_loopback(host: str) -> bool:
    name = host[: host.index("]") + 1] if host.startswith("[") and "]" in host else host.partition(":")[0]
    return name.lower() in _LOOPBACK
