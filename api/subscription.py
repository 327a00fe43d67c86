"""One subscription: its beginning on record, and an answer at every change of what it watches, as events of a stream.

Source: the "distinct connections mode" of the GraphQL over Server-Sent Events protocol (graphql-sse).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import Any, cast

import anyio
import anyio.to_thread
import orjson
from graphql import ExecutionResult, GraphQLSchema, create_source_event_stream
from graphql.execution import Executor as Execution

from analysis.live import MetricsView
from api.alerting import Alerting
from api.context import Context
from api.document import question_of
from api.error import plain, shown
from api.jobs import Jobs
from api.limit import Limits
from api.operation import Executor, Request, body_of, executed
from api.resolve.live import Watching
from api.stream import Streams
from api.watch import Watch
from graph.audit import put_on_record
from graph.errors import PolegraphError, TransientError, Unlogged
from graph.job import JobView
from graph.open import Graph
from security.audit import AuditLog

# A client that loses us tries again after so many milliseconds; a server that begins again needs some seconds.
_BEGIN = b"retry: 1000\n:\n\n"
_ALIVE = b":\n\n"
_COMPLETE = b"event: complete\ndata:\n\n"
# Figures that were written are kept for so many questions; the one that was asked first goes first.
_MOST_SHARED = 256


def next_event(body: dict[str, Any]) -> bytes:
    """An answer as an event."""
    return b"event: next\ndata: " + orjson.dumps(body) + b"\n\n"


async def once(body: dict[str, Any]) -> AsyncIterator[bytes]:
    """The events of an operation that has one answer."""
    yield next_event(body)
    yield _COMPLETE


def _last(told: object) -> bool:
    """Whether nothing comes after this."""
    if isinstance(told, PolegraphError):
        return not isinstance(told, TransientError)
    return isinstance(told, JobView) and told.over


@dataclass(slots=True)
class _Shared:
    """The event that says figures to all who ask the same of them; None where each has to be answered alone."""

    told: MetricsView
    prepared: object
    event: bytes | None = None
    written: asyncio.Event = field(default_factory=asyncio.Event)


def _alike(request: Request) -> object:
    """What is equal for all who ask the same with the same rights, as long as their document is kept."""
    plan = request.plan
    variables = orjson.dumps(plan.variables, default=str, option=orjson.OPT_SORT_KEYS)
    return id(plan.prepared), plan.operation_name, variables, request.viewer.grants


class Subscriptions:
    """Answers subscriptions of one graph."""

    def __init__(
        self,
        schema: GraphQLSchema,
        graph: Graph,
        limits: Limits,
        log: AuditLog,
        executor: Executor,
        streams: Streams,
        watch: Watch,
        alerting: Alerting,
        jobs: Jobs,
    ) -> None:
        self._schema = schema
        self._graph = graph
        self._limits = limits
        self._log = log
        self._executor = executor
        self._streams = streams
        self._watch = watch
        self._alerting = alerting
        self._jobs = jobs
        self._threads = anyio.CapacityLimiter(limits.workers)
        self._shared: dict[object, _Shared] = {}

    def begin(self, request: Request) -> None:
        """Put on record that somebody watches, with the ids they ask for; raises Unlogged."""
        put_on_record(self._log, self._executor.entry(request, self._question(request)))

    async def events(self, request: Request) -> AsyncIterator[bytes]:
        """What a stream says, from its beginning to its end.

        It ends with `complete` where what is asked for cannot be watched, or not by whoever asks, or not any more. It
        ends without it, for the client to come again, where the server ends or it has lasted long enough; so does its
        client where it loses the connection.
        """
        yield _BEGIN
        try:
            with self._streams.opened(request.viewer.user):
                async with aclosing(self._told(request)) as told:
                    async for event in told:
                        yield event
        except PolegraphError as error:
            yield await anyio.to_thread.run_sync(self._refused, request, error, limiter=self._threads)
            yield _COMPLETE

    async def _told(self, request: Request) -> AsyncGenerator[bytes, None]:
        until = time.monotonic() + self._limits.stream_s
        source = await self._source(request)
        if isinstance(source, ExecutionResult):
            errors = [shown(error, request.request_id) for error in source.errors or ()]
            yield next_event({"errors": errors})
            yield _COMPLETE
            return
        alike, looked = _alike(request), time.monotonic()
        async with aclosing(source):
            async for told in source:
                if time.monotonic() - looked > self._limits.again_s:
                    await anyio.to_thread.run_sync(request.still, limiter=self._threads)
                    looked = time.monotonic()
                if told is None:
                    yield _ALIVE
                else:
                    yield await self._event(request, told, alike)
                if _last(told):
                    yield _COMPLETE
                    return
                if time.monotonic() > until:
                    return

    def _refused(self, request: Request, error: PolegraphError) -> bytes:
        """The event that says why a stream ends, once that is on record."""
        try:
            self._executor.refuse(request, error)
        except Unlogged as unlogged:
            error = unlogged
        return next_event(plain(error, request.request_id))

    async def _source(self, request: Request) -> Any:  # noqa: ANN401 - a generator of whatever is watched
        plan = request.plan
        built = Execution.build(
            self._schema,
            cast("Any", plan.prepared.document),
            None,
            Watching(request.viewer, self._watch, self._alerting, self._jobs),
            plan.variables,
            plan.operation_name,
            hide_suggestions=True,
        )
        if isinstance(built, list):
            return ExecutionResult(None, built)
        source = create_source_event_stream(built)
        return await source if built.is_awaitable(source) else source

    async def _event(self, request: Request, told: object, alike: object) -> bytes:
        """The event that says this to somebody; figures that many ask for alike are written once for all of them."""
        if not isinstance(told, MetricsView):
            return (await self._written(request, told))[0]
        prepared, shared = request.plan.prepared, self._shared.get(alike)
        if shared is None or shared.told is not told or shared.prepared is not prepared:
            self._shared.pop(alike, None)
            if len(self._shared) >= _MOST_SHARED:
                del self._shared[next(iter(self._shared))]
            shared = self._shared[alike] = _Shared(told, prepared)
            try:
                event, same = await self._written(request, told)
                shared.event = event if same else None
            finally:
                shared.written.set()
            return event
        await shared.written.wait()
        return shared.event or (await self._written(request, told))[0]

    async def _written(self, request: Request, told: object) -> tuple[bytes, bool]:
        """An event, and whether it says the same to all who may see what it is made of."""
        return await anyio.to_thread.run_sync(self._answer, request, told, limiter=self._threads)

    def _answer(self, request: Request, told: object) -> tuple[bytes, bool]:
        """The answer of this moment, once it is on record whom it names; raises Unlogged."""
        plan = request.plan
        context = Context(self._graph, request.viewer, self._limits, plan.cost, self._log)
        result = executed(self._schema, plan, cast("Any", plan.prepared.document), context, told)
        if context.named.ids:
            entry = self._executor.entry(request, self._question(request))
            marking = context.named.marking(self._graph.catalogue)
            put_on_record(self._log, replace(entry, ids=context.named.ids, marking=marking))
        # An error has the number of a request, and who is told of anybody is on record by himself.
        alike = not context.named.ids and not result.errors
        return next_event(body_of(result, context, request.request_id)), alike

    @staticmethod
    def _question(request: Request) -> str:
        operation = request.plan.operation
        return "refused" if operation is None else question_of(operation)
