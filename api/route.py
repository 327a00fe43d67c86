"""Routes for operators: health, readiness, version, metrics."""

from __future__ import annotations

from collections.abc import Callable

import anyio
import anyio.to_thread
from fastapi import APIRouter
from starlette.responses import JSONResponse, PlainTextResponse, Response

from api.metric import MEDIA_TYPE, Metrics
from api.tile_metric import TileMetrics
from graph.audit import check_log
from graph.errors import PolegraphError
from graph.open import Graph
from graph.schema import check
from graph.version import version
from security.audit import AuditLog

_READY_S = 5.0


def health_router(graph: Graph, metrics: Metrics, log: AuditLog, tiles: TileMetrics | None = None) -> APIRouter:
    """`/healthz`, `/readyz`, `/version` and `/metrics`, with `tiles` where they are to be told there."""
    router = APIRouter()

    @router.get("/healthz", operation_id="healthz", summary="Alive")
    async def healthz() -> Response:
        return JSONResponse({"status": "alive"})

    def look() -> list[str]:
        return [*_unless(lambda: check(graph.store, graph.ids)), *_unless(lambda: check_log(log))]

    @router.get("/readyz", operation_id="readyz", summary="Database, indexes, schema, audit log; 503 with reasons")
    async def readyz() -> Response:
        problems = await _problems(look)
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


async def _problems(look: Callable[[], list[str]]) -> list[str]:
    """What is wrong, in at most five seconds."""
    problems = [f"the database did not answer in {_READY_S:g} s"]
    with anyio.move_on_after(_READY_S):
        problems = await anyio.to_thread.run_sync(look, abandon_on_cancel=True)
    return problems


def _unless(ask: Callable[[], list[str]]) -> list[str]:
    """What is said to be wrong, an error being a reason too."""
    try:
        return list(ask())
    except PolegraphError as error:
        return [error.message]
