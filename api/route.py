"""The routes: GraphQL, the pages, health, readiness, version, metrics."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Event

import anyio
import anyio.to_thread
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.error import plain
from api.http import (
    GRAPHQL_RESPONSE,
    JSON,
    Asked,
    Refused,
    answered,
    body_of,
    challenge,
    check_content_type,
    media_type,
    refused,
)
from api.limit import Limits
from api.metric import MEDIA_TYPE, Metrics
from api.operation import Answer, Executor, Plan
from api.operation import Request as Question
from api.page import graphiql, landing, takes_html
from api.persisted import PersistedDocuments
from api.place import Places, while_there
from api.viewer import Deed, Door
from graph.audit import check_log
from graph.errors import Overloaded, PolegraphError
from graph.open import Graph
from graph.schema import check
from graph.version import version
from security.audit import AuditLog

_READY_S = 5.0


def graphql_router(door: Door, executor: Executor, limits: Limits, documents: PersistedDocuments) -> APIRouter:
    """`POST /graphql`, and GraphiQL for a browser."""
    router = APIRouter()
    places, few = Places(limits.workers, "ask"), Places(limits.heavy_workers, "ask-heavy")

    def ask(request: Request, plan: Plan, gone: Event) -> Answer:
        request_id = request.state.request_id

        def refusing(user: str, error: PolegraphError) -> None:
            executor.refuse(request_id, plan, user, error)

        viewer = door.enter(request.headers, Deed.READ, refusing)
        return executor.execute(Question(plan, viewer, request_id, gone.is_set))

    def begin(request: Request, asked: Asked, gone: Event) -> Answer | Plan:
        """The answer; or the plan of a question that is too large for this place."""
        plan = executor.plan(asked.query, asked.operation_name, asked.variables)
        return plan if plan.cost >= limits.heavy else ask(request, plan, gone)

    async def answer_to(request: Request, asked: Asked) -> Answer:
        begun = await while_there(request, places, partial(begin, request, asked))
        if isinstance(begun, Answer):
            return begun
        # Large questions wait for one another.
        if few.waiting >= limits.heavy_waiting:
            raise Overloaded("too many large questions wait for an answer; ask for less, or try again")
        return await while_there(request, few, partial(ask, request, begun))

    @router.post("/graphql", operation_id="ask", summary="Ask in GraphQL")
    async def ask_graphql(request: Request) -> Response:
        media = JSON
        try:
            media = media_type(request.headers.get("accept"))
            check_content_type(request.headers.get("content-type"))
            asked = documents.asked_of(await body_of(request, limits.body_bytes))
            answer = await answer_to(request, asked)
        except Refused as error:
            return refused(error, media)
        except PolegraphError as error:
            response = answered(plain(error, request.state.request_id), media, error.http_status)
            response.headers.update(challenge(error))
            return response
        ok = answer.executed or media != GRAPHQL_RESPONSE
        return answered(answer.body, media, 200 if ok else 400)

    @router.get("/graphql", operation_id="graphiql", summary="GraphiQL")
    async def graphql_page(request: Request) -> Response:
        if takes_html(request):
            return graphiql()
        error = Refused(405, "questions are asked by POST with a JSON body")
        response = refused(error)
        response.headers["Allow"] = "POST"
        return response

    return router


def health_router(graph: Graph, metrics: Metrics, log: AuditLog) -> APIRouter:
    """`/healthz`, `/readyz`, `/version`, `/metrics` and the landing page."""
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

    @router.get("/metrics", operation_id="metrics", summary="Numbers for Prometheus")
    async def metrics_text() -> Response:
        return Response(metrics.text(), media_type=MEDIA_TYPE)

    @router.get("/", operation_id="landing", summary="What is here")
    async def first_page() -> Response:
        return landing(version())

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
