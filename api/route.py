"""Routes for operators: health, readiness, version, metrics."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from contextlib import suppress

import anyio
import anyio.to_thread
import structlog
from fastapi import APIRouter
from starlette.responses import JSONResponse, PlainTextResponse, Response

from api.metric import MEDIA_TYPE, Metrics
from api.tile_metric import TileMetrics
from graph.audit import faults_of
from graph.errors import PolegraphError, SchemaMismatch, Unreachable
from graph.open import Graph
from graph.schema import check
from graph.version import version
from security.audit import AuditLog

_LOG = structlog.get_logger("polegraph.health")
_READY_S = 5.0
_KEPT_S = 1.0


def health_router(graph: Graph, metrics: Metrics, log: AuditLog, tiles: TileMetrics | None = None) -> APIRouter:
    """`/healthz`, `/readyz`, `/version` and `/metrics`, with `tiles` where they are to be told there."""
    router = APIRouter()

    @router.get("/healthz", operation_id="healthz", summary="Alive")
    async def healthz() -> Response:
        return JSONResponse({"status": "alive"})

    def look() -> list[PolegraphError]:
        return [*_unless(lambda: map(SchemaMismatch, check(graph.store, graph.ids))), *_unless(lambda: faults_of(log))]

    ready = _Ready(look)

    @router.get("/readyz", operation_id="readyz", summary="Database, indexes, schema, audit log; 503 with reasons")
    async def readyz() -> Response:
        problems = await ready.problems()
        status = "not ready" if problems else "ready"
        return JSONResponse({"status": status, "problems": problems}, 503 if problems else 200)

    @router.get("/version", operation_id="version", summary="The version that runs")
    async def version_of() -> Response:
        return JSONResponse({"name": "polegraph", "version": version()})

    @router.get("/metrics", operation_id="metrics", summary="Numbers for Prometheus", response_class=PlainTextResponse)
    async def metrics_text() -> Response:
        told = metrics.text()
        if tiles is not None:
            told += await anyio.to_thread.run_sync(tiles.text)
        return Response(told, media_type=MEDIA_TYPE)

    return router


class _Ready:
    """What is wrong, looked for once in a second, however many ask: a look writes to the disk, in turn with answers."""

    def __init__(self, look: Callable[[], list[PolegraphError]]) -> None:
        self._look = look
        self._looking: asyncio.Task[list[str]] | None = None
        self._kept_until = 0.0

    async def problems(self) -> list[str]:
        """What is wrong, of the last second; without paths and hosts, which stand in the log."""
        if self._looking is None or (self._looking.done() and time.monotonic() > self._kept_until):
            self._looking = asyncio.create_task(self._looked())
        # Whoever leaves ends it for nobody else.
        return await asyncio.shield(self._looking)

    async def _looked(self) -> list[str]:
        """What is wrong, in at most five seconds."""
        problems: list[PolegraphError] = [Unreachable(f"the database did not answer in {_READY_S:g} s")]
        with anyio.move_on_after(_READY_S):
            problems = await anyio.to_thread.run_sync(self._look, abandon_on_cancel=True)
        if problems:
            # A full disk is one of the reasons, and may take no line either.
            with suppress(OSError):
                _LOG.warning("not_ready", why=[problem.message for problem in problems])
        self._kept_until = time.monotonic() + _KEPT_S
        return [problem.outward for problem in problems]


def _unless(ask: Callable[[], Iterable[PolegraphError]]) -> list[PolegraphError]:
    """What is said to be wrong, an error being a reason too."""
    try:
        return list(ask())
    except PolegraphError as error:
        return [error]
