"""One subscription: its beginning on record, and an answer at every change of what it watches, as events of a stream.

Source: the "distinct connections mode" of the GraphQL over Server-Sent Events protocol (graphql-sse).
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from typing import Any, cast

import anyio
import anyio.to_thread
import orjson
from graphql import ExecutionResult, GraphQLSchema, create_source_event_stream
from graphql.execution import Executor as Execution

from api.alerting import Alerting
from api.context import Context
from api.document import question_of
from api.error import plain, shown
from api.limit import Limits
from api.operation import Executor, Request, body_of, executed
from api.resolve.live import Watching
from api.watch import Watch
from graph.audit import put_on_record
from graph.errors import PolegraphError, TransientError
from graph.open import Graph
from security.audit import AuditLog

# A client that loses us tries again after so many milliseconds; a server that begins again needs some seconds.
_BEGIN = b"retry: 1000\n:\n\n"
_ALIVE = b":\n\n"
_COMPLETE = b"event: complete\ndata:\n\n"


def next_event(body: dict[str, Any]) -> bytes:
    """An answer as an event."""
    return b"event: next\ndata: " + orjson.dumps(body) + b"\n\n"


async def once(body: dict[str, Any]) -> AsyncIterator[bytes]:
    """The events of an operation that has one answer."""
    yield next_event(body)
    yield _COMPLETE


class Subscriptions:
    """Answers subscriptions of one graph."""

    def __init__(
        self,
        schema: GraphQLSchema,
        graph: Graph,
        limits: Limits,
        log: AuditLog,
        executor: Executor,
        watch: Watch,
        alerting: Alerting,
    ) -> None:
        self._schema = schema
        self._graph = graph
        self._limits = limits
        self._log = log
        self._executor = executor
        self._watch = watch
        self._alerting = alerting
        self._threads = anyio.CapacityLimiter(limits.workers)

    def begin(self, request: Request) -> None:
        """Put on record that somebody watches, with the ids they ask for; raises Unlogged."""
        put_on_record(self._log, self._executor.entry(request, self._question(request)))

    async def events(self, request: Request) -> AsyncIterator[bytes]:
        """What a stream says, from its beginning to its end.

        It ends with `complete` where what is asked for cannot be watched. It ends without it, for the client to come
        again, where the server ends or it has lasted long enough; so does its client where it loses the connection.
        """
        yield _BEGIN
        until = time.monotonic() + self._limits.stream_s
        try:
            source = await self._source(request)
            if isinstance(source, ExecutionResult):
                errors = [shown(error, request.request_id) for error in source.errors or ()]
                yield next_event({"errors": errors})
                yield _COMPLETE
                return
            async with aclosing(source):
                async for told in source:
                    if told is None:
                        yield _ALIVE
                    else:
                        body = await anyio.to_thread.run_sync(self._answer, request, told, limiter=self._threads)
                        yield next_event(body)
                    if isinstance(told, PolegraphError) and not isinstance(told, TransientError):
                        yield _COMPLETE
                        return
                    if time.monotonic() > until:
                        return
        except PolegraphError as error:
            yield next_event(plain(error, request.request_id))
            yield _COMPLETE

    async def _source(self, request: Request) -> Any:  # noqa: ANN401 - a generator of whatever is watched
        plan = request.plan
        built = Execution.build(
            self._schema,
            cast("Any", plan.prepared.document),
            None,
            Watching(request.viewer, self._watch, self._alerting),
            plan.variables,
            plan.operation_name,
            hide_suggestions=True,
        )
        if isinstance(built, list):
            return ExecutionResult(None, built)
        source = create_source_event_stream(built)
        return await source if built.is_awaitable(source) else source

    def _answer(self, request: Request, told: object) -> dict[str, Any]:
        """The answer of this moment, once it is on record whom it names; raises Unlogged."""
        plan = request.plan
        context = Context(self._graph, request.viewer, self._limits, plan.cost, self._log)
        result = executed(self._schema, plan, cast("Any", plan.prepared.document), context, told)
        if context.named.ids:
            entry = self._executor.entry(request, self._question(request))
            marking = context.named.marking(self._graph.catalogue)
            put_on_record(self._log, replace(entry, ids=context.named.ids, marking=marking))
        return body_of(result, context, request.request_id)

    @staticmethod
    def _question(request: Request) -> str:
        operation = request.plan.operation
        return "refused" if operation is None else question_of(operation)
