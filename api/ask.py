"""`/graphql`: asking by POST, in a stream, and by GET where a question names nobody; GraphiQL for a browser."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from threading import Event
from typing import TypeVar

import anyio
import anyio.to_thread
from fastapi import APIRouter
from graphql import OperationType
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from api.asked import names_nobody
from api.error import plain
from api.http import (
    EVENTS,
    GRAPHQL_RESPONSE,
    JSON,
    Asked,
    Refused,
    answered,
    body_of,
    challenge,
    check_content_type,
    content_of,
    content_of_url,
    media_type,
    refused,
)
from api.limit import Limits
from api.operation import Answer, Executor, Plan
from api.operation import Request as Question
from api.page import graphiql, takes_html
from api.persisted import PersistedDocuments
from api.subscription import Subscriptions, once
from api.viewer import Deed, Door
from graph.errors import Overloaded, PolegraphError

T = TypeVar("T")
_TEXT = {"anyOf": [{"type": "string"}, {"type": "null"}]}
_MAP = {"anyOf": [{"type": "object"}, {"type": "null"}]}
_PARTS = {"query": _TEXT, "documentId": _TEXT, "operationName": _TEXT, "variables": _MAP, "extensions": _MAP}
_BODY = {"application/json": {"schema": {"type": "object", "properties": _PARTS}}}
_ASKED = {"requestBody": {"required": True, "content": _BODY}}
_LOOK_S = 0.25  # between looks whether the client is still there


class Desk:
    """Where operations are asked: each in its form, by somebody, within what the process can do at once."""

    def __init__(self, door: Door, executor: Executor, subscriptions: Subscriptions, limits: Limits) -> None:
        self._door = door
        self._executor = executor
        self._subscriptions = subscriptions
        self._limits = limits
        self._threads = anyio.CapacityLimiter(limits.workers)
        self._few = anyio.CapacityLimiter(limits.heavy_workers)

    async def plan(self, asked: Asked) -> Plan:
        """What is known of an operation before anything is asked of the database."""
        return await anyio.to_thread.run_sync(
            self._executor.plan, asked.query, asked.operation_name, asked.variables, limiter=self._threads
        )

    async def answer(self, request: Request, plan: Plan, media: str) -> Response:
        """The answer to an operation, or the stream of its answers."""
        if plan.watches and media == EVENTS:
            question = await anyio.to_thread.run_sync(self._watched, request, plan, limiter=self._threads)
            return StreamingResponse(self._subscriptions.events(question), media_type=EVENTS)
        answer = await self._answered(request, plan)
        if media == EVENTS:
            return StreamingResponse(once(answer.body), media_type=EVENTS)
        ok = answer.executed or media != GRAPHQL_RESPONSE
        return answered(answer.body, media, 200 if ok else 400)

    async def ask(self, request: Request, asked: Asked) -> Answer:
        """The answer to a document, asked by whoever sent the request."""
        return await self._answered(request, await self.plan(asked))

    async def _answered(self, request: Request, plan: Plan) -> Answer:
        work = partial(self._asked, request, plan)
        return await while_there(request, lambda gone: self._executor.execute(work(gone)), self._place_for(plan))

    def _asked(self, request: Request, plan: Plan, gone: Event) -> Question:
        """An operation with whoever asks it."""
        request_id = request.state.request_id

        def refusing(user: str, error: PolegraphError) -> None:
            self._executor.refuse(request_id, plan, user, error)

        viewer = self._door.enter(request.headers, Deed.READ, refusing)
        return Question(plan, viewer, request_id, gone.is_set)

    def _watched(self, request: Request, plan: Plan) -> Question:
        question = self._asked(request, plan, Event())
        self._subscriptions.begin(question)
        return question

    def _place_for(self, plan: Plan) -> anyio.CapacityLimiter:
        """Where the work is done: large questions wait for one another."""
        if plan.cost < self._limits.heavy:
            return self._threads
        if self._few.statistics().tasks_waiting >= self._limits.heavy_waiting:
            raise Overloaded("too many large questions wait for an answer; ask for less, or try again")
        return self._few


def graphql_router(desk: Desk, limits: Limits, documents: PersistedDocuments) -> APIRouter:
    """`/graphql`."""
    router = APIRouter()

    @router.post("/graphql", operation_id="ask", summary="Ask in GraphQL", tags=["GraphQL"], openapi_extra=_ASKED)
    async def ask_graphql(request: Request) -> Response:
        async def asking(media: str) -> Response:
            check_content_type(request.headers.get("content-type"))
            asked = documents.asked_of(content_of(await body_of(request, limits.body_bytes)))
            return await desk.answer(request, await desk.plan(asked), media)

        return await _in_form(request, asking)

    @router.get("/graphql", operation_id="askByUrl", summary="Ask what names nobody, or GraphiQL", tags=["GraphQL"])
    async def ask_by_url(request: Request) -> Response:
        async def asking(media: str) -> Response:
            content = content_of_url(request.query_params)
            asked = documents.asked_of(content)
            plan = await desk.plan(asked)
            _check_url(plan, asked, named=content.get("documentId") is not None)
            return await desk.answer(request, plan, media)

        if takes_html(request):
            return graphiql()
        return await _in_form(request, asking)

    return router


def _check_url(plan: Plan, asked: Asked, *, named: bool) -> None:
    """Nothing; raises Refused for what a URL must not hold: addresses are kept by servers, proxies and browsers."""
    if plan.operation is not None and plan.operation.operation is OperationType.MUTATION:
        raise Refused(405, "changes are made by POST with a JSON body", {"Allow": "POST"})
    document = plan.prepared.document
    if document is None or (named and not asked.variables):
        return
    if not names_nobody(document):
        raise Refused(
            405,
            "only what names nobody is asked by its URL, without arguments, or by `documentId` without variables: "
            "ask by POST with a JSON body",
            {"Allow": "POST"},
        )


async def _in_form(request: Request, asking: Callable[[str], Awaitable[Response]]) -> Response:
    """The response in the media type that the client takes, also where it is refused."""
    media = JSON
    try:
        media = media_type(request.headers.get("accept"))
        return await asking(media)
    except Refused as error:
        return refused(error, media)
    except PolegraphError as error:
        response = answered(plain(error, request.state.request_id), media, error.http_status)
        response.headers.update(challenge(error))
        return response


async def while_there(request: Request, work: Callable[[Event], T], limiter: anyio.CapacityLimiter) -> T:
    """What work in a thread gives; it is told by the event where the client leaves before it is done."""
    gone = Event()
    done: list[T] = []
    failed: list[Exception] = []

    async def watch() -> None:
        while not await request.is_disconnected():
            await anyio.sleep(_LOOK_S)
        gone.set()

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(watch)
        try:
            done.append(await anyio.to_thread.run_sync(work, gone, limiter=limiter))
        except Exception as error:  # noqa: BLE001 - raised again outside, for a group of tasks would wrap it
            failed.append(error)
        tasks.cancel_scope.cancel()
    if failed:
        raise failed[0]
    return done[0]
