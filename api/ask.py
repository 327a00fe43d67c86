"""`/graphql`: asking by POST, in a stream, and by GET where a question names nobody; GraphiQL for a browser."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from threading import Event
from typing import Any, TypeVar

import anyio.to_thread
from fastapi import APIRouter
from fastapi.routing import APIRoute
from graphql import OperationType
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from api.aside import Aside
from api.asked import names_nobody
from api.companion.shape import or_null
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
from api.pace import Pace, Size
from api.page import graphiql, takes_html
from api.persisted import PersistedDocuments
from api.place import Places, Share, in_turn, while_there
from api.rule import RULES
from api.subscription import Subscriptions, once
from api.viewer import Door, Sender
from graph.errors import BadInput, Overloaded, PolegraphError, TimedOut, TransientError

T = TypeVar("T")
_MAP = or_null({"type": "object"})
_PARTS = {"operationName": or_null({"type": "string"}), "variables": _MAP, "extensions": _MAP}
_WORDS, _NONE = {"type": "string", "pattern": r"\S"}, {"type": "null"}

# For each second that a large question is expected to take, it lets those pass that come so many later and take none.
_PATIENCE = 5.0
# When whoever asks for too much at once may try again, in seconds.
_AFTER_S = 5


class Desk:
    """Where operations are asked: each in its form, by somebody, within what the process can do at once.

    `known`: users are told apart, so that each has a share of it.
    """

    def __init__(
        self,
        door: Door,
        executor: Executor,
        subscriptions: Subscriptions,
        limits: Limits,
        aside: Aside | None = None,
        *,
        known: bool = False,
    ) -> None:
        self._door = door
        self._executor = executor
        self._aside = aside
        self._subscriptions = subscriptions
        self._limits = limits
        # Middling ones are answered in places that small ones leave: the two together are `workers`.
        self._places = Places(limits.workers - limits.heavy_workers, "ask")
        self._some = Places(limits.heavy_workers, "ask-middling")
        self._few = Places(limits.heavy_workers, "ask-heavy")
        self._pace = Pace(limits.quick_s)
        each = limits.heavy_each if known else None
        full = f"{each} large questions of yours wait for an answer already: ask them one after another"
        self._each = Share(each, full, _AFTER_S)

    async def answer(
        self, request: Request, asked: Asked, media: str, check: Callable[[Plan], None] = lambda _: None
    ) -> Response:
        """The answer to an operation, or the stream of its answers; `check` may refuse what is known of it before."""
        begun = await self._begun(request, asked, check, watching=media == EVENTS)
        if isinstance(begun, Question):
            return StreamingResponse(self._subscriptions.events(begun), media_type=EVENTS)
        if media == EVENTS:
            return StreamingResponse(once(begun.body), media_type=EVENTS)
        if not begun.done and TransientError.code in begun.codes:
            # Nothing could be answered because something is gone: proxies and clients know this status, and wait.
            response = answered(begun.body, media, TransientError.http_status)
            response.headers["Retry-After"] = "1"
            return response
        ok = begun.executed or media != GRAPHQL_RESPONSE
        return answered(begun.body, media, 200 if ok else 400)

    async def misfit(self, request: Request, rule: str = "POST /graphql", operation: str = "refused") -> None:
        """Nothing, once it is on record that a request was refused by its form, and whose it was.

        Raises what keeps whoever sent it from asking at all, and Unlogged.
        """
        await anyio.to_thread.run_sync(self._misfit, request, rule, operation)

    def _misfit(self, request: Request, rule: str, operation: str) -> None:
        refusing = self._executor.misfit(request.state.request_id, operation)
        viewer = self._door.enter(request.headers, RULES[rule], refusing)
        sender = Sender(viewer.user, viewer.role, viewer.purpose, known=True)
        refusing(sender, BadInput("the request is not in the form of one"))

    async def ask(self, request: Request, asked: Asked) -> Answer:
        """The answer to a document, asked by whoever sent the request."""
        begun = await self._begun(request, asked, lambda _: None, watching=False, apart=True)
        if isinstance(begun, Question):
            raise TypeError("a subscription has no one answer")
        return begun

    async def _begun(
        self, request: Request, asked: Asked, check: Callable[[Plan], None], *, watching: bool, apart: bool = False
    ) -> Answer | Question:
        """The answer; or what is watched, once that is on record. `apart`: the answer will be taken apart."""
        # Whoever asks waits from now on, also where others are before him.
        deadline = time.monotonic() + self._limits.operation_s
        begun = await while_there(
            request, self._places, partial(self._begin, request, asked, check, watching, deadline)
        )
        if isinstance(begun, Answer) or (watching and begun.plan.watches):
            return begun
        # Large questions wait for one another, and middling ones; what is expected to take less may overtake what came
        # before it, within bounds, so that who was slow once does not wait for all that always are.
        rank = time.monotonic() + _PATIENCE * self._pace.expected(begun.plan.prepared.digest)
        places = self._some if self._size(begun.plan) is Size.MIDDLING else self._few
        large: Callable[[Event], Answer] = partial(self._execute, begun, apart)
        with ExitStack() as own:
            try:
                own.enter_context(self._each.taken(begun.viewer.user))
                if places.waiting >= self._limits.heavy_waiting:
                    raise Overloaded("too many large questions wait for an answer; ask for less, or try again")
            except PolegraphError as error:
                await anyio.to_thread.run_sync(self._executor.refuse, begun, error)
                raise
            answer = await in_turn(request, places, large, deadline, rank)
            # Whose time is up before his turn is told so, on record, without one.
            if answer is None:
                answer = await while_there(request, self._places, large)
            return answer

    def _begin(
        self,
        request: Request,
        asked: Asked,
        check: Callable[[Plan], None],
        watching: bool,
        deadline: float,
        gone: Event,
    ) -> Answer | Question:
        """The answer; or the question, with whoever asks it: what is watched, or too large for this place.

        Who asks is known before anything else waits for it: a place is not held by somebody unknown.
        """
        plan = self._executor.plan(asked.query, asked.operation_name, asked.variables)
        check(plan)
        watched = watching and plan.watches
        question = self._asked(request, plan, gone, None if watched else deadline)
        if watched:
            self._subscriptions.begin(question)
            return question
        if self._size(plan) is not Size.SMALL:
            return question
        soon = self._limits.quick_s
        answer, took, work = _timed(lambda: self._executor.execute_soon(question, soon))
        # Known at once, so that those who ask the same and still wait for a place do not try it too.
        self._pace.took(plan.prepared.digest, 2 * soon if answer is None else took, work)
        return question if answer is None else answer

    def _size(self, plan: Plan) -> Size:
        """How large a question is by its cost, and by how long it took just now."""
        return Size.LARGE if plan.cost >= self._limits.heavy else self._pace.size(plan.prepared.digest)

    def _execute(self, asked: Question, apart: bool, gone: Event) -> Answer:
        question = replace(asked, gone=gone.is_set)
        began = time.perf_counter()
        found = None if apart or self._aside is None else self._aside.answer(question)
        if found is None:
            answer, took, work = _timed(lambda: self._executor.execute(question))
        else:
            answer, work = self._executor.told(question, found.answer, began), found.work
            took = time.perf_counter() - began
        # Whose time was up before anything was asked says nothing of how long it takes.
        if TimedOut.code not in answer.codes:
            self._pace.took(question.plan.prepared.digest, took, work)
        return answer

    def _asked(self, request: Request, plan: Plan, gone: Event, deadline: float | None) -> Question:
        """An operation with whoever asks it."""
        request_id = request.state.request_id
        refusing = self._executor.refusing(plan, request_id)
        viewer = self._door.enter(request.headers, plan.deeds, refusing, plan.cost, reads=plan.reads)
        still = partial(self._door.still, request.headers, viewer, plan.deeds)
        return Question(plan, viewer, request_id, gone.is_set, deadline, still)


def _timed(work: Callable[[], T]) -> tuple[T, float, float]:
    """What it gives, the seconds that it took, and those of the processor in this thread."""
    began, spent = time.monotonic(), time.thread_time()
    return work(), time.monotonic() - began, time.thread_time() - spent


def _body(**asked: Mapping[str, Any]) -> dict[str, Any]:
    """The shape of a body by which this is asked, and not by anything else."""
    parts = {"query": _NONE, "documentId": _NONE, **asked, **_PARTS}
    return {"type": "object", "properties": parts, "required": list(asked)}


def _described(documents: PersistedDocuments) -> tuple[dict[str, Any], dict[str, Any]]:
    """What OpenAPI says of asking by POST and by URL: by a document, or by the digest of one that is known."""
    digests = {"type": "string", "enum": documents.digests}
    ways = {"query": _WORDS} | ({"documentId": digests} if documents.digests else {})
    shapes = [_body(**{name: shape}) for name, shape in ways.items()]
    content = {"application/json": {"schema": {"anyOf": shapes}}}
    said = "A document that names nobody; or, instead of it, `documentId`."
    by_url = [{"name": "query", "in": "query", "required": True, "description": said, "schema": _WORDS}]
    return {"requestBody": {"required": True, "content": content}}, {"parameters": by_url}


class _Bare(APIRoute):
    """A route whose function takes the request itself: looking what else it wants took a tenth of a small answer."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The function."""
        handler: Callable[[Request], Coroutine[Any, Any, Response]] = self.endpoint
        return handler


def graphql_router(desk: Desk, limits: Limits, documents: PersistedDocuments) -> APIRouter:
    """`/graphql`."""
    router = APIRouter(route_class=_Bare)
    posted, by_url = _described(documents)

    @router.post("/graphql", operation_id="ask", summary="Ask in GraphQL", tags=["GraphQL"], openapi_extra=posted)
    async def ask_graphql(request: Request) -> Response:
        async def asking(media: str) -> Response:
            check_content_type(request.headers.get("content-type"))
            asked = documents.asked_of(content_of(await body_of(request, limits.body_bytes)))
            return await desk.answer(request, asked, media)

        return await _in_form(desk, request, asking)

    @router.get(
        "/graphql",
        operation_id="askByUrl",
        summary="Ask what names nobody, or GraphiQL",
        tags=["GraphQL"],
        openapi_extra=by_url,
    )
    async def ask_by_url(request: Request) -> Response:
        async def asking(media: str) -> Response:
            content = content_of_url(request.query_params)
            asked = documents.asked_of(content)
            named = content.get("documentId") is not None
            return await desk.answer(request, asked, media, lambda plan: _check_url(plan, asked, named=named))

        if takes_html(request):
            return graphiql()
        return await _in_form(desk, request, asking)

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


async def _in_form(desk: Desk, request: Request, asking: Callable[[str], Awaitable[Response]]) -> Response:
    """The response in the media type that the client takes, also where it is refused."""
    media = JSON
    try:
        try:
            media = media_type(request.headers.get("accept"))
            return await asking(media)
        except Refused:
            await desk.misfit(request)
            raise
    except Refused as error:
        return refused(error, media)
    except PolegraphError as error:
        response = answered(plain(error, request.state.request_id), media, error.http_status)
        response.headers.update(challenge(error))
        return response
