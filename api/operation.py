"""One GraphQL operation: prepared, executed as a whole in one thread, and its answer as plain data."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

import structlog
from graphql import GraphQLError, GraphQLSchema, OperationType, execute_sync

from api.context import Context
from api.document import Documents, operation_of, question_of
from api.error import shown
from api.limit import Limits
from api.metric import Metrics
from graph.errors import BadInput
from graph.open import Graph
from security.viewer import Viewer

_LOG = structlog.get_logger("polegraph.api")


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asks: document, operation name, variables; who asks and under which request id."""

    query: str
    operation_name: str | None
    variables: dict[str, Any]
    viewer: Viewer
    request_id: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer's body, whether the operation was executed at all, and what is logged of it."""

    body: dict[str, Any]
    executed: bool
    question: str = "refused"
    codes: tuple[str, ...] = field(default=())


class Executor:
    """Executes operations against one graph."""

    def __init__(self, schema: GraphQLSchema, graph: Graph, limits: Limits, metrics: Metrics) -> None:
        self._schema = schema
        self._graph = graph
        self._limits = limits
        self._metrics = metrics
        self._documents = Documents(schema, limits)

    def execute(self, request: Request) -> Answer:
        """The answer to a request; errors are part of it, nothing is raised for what a client can cause."""
        started = time.perf_counter()
        answer = self._answer(request)
        seconds = time.perf_counter() - started
        self._metrics.asked(answer.question, seconds, answer.codes)
        _LOG.info(
            "operation_answered",
            request_id=request.request_id,
            operation=(request.operation_name or "")[:64],
            question=answer.question,
            ms=round(seconds * 1000, 1),
            codes=list(answer.codes),
        )
        return answer

    def _answer(self, request: Request) -> Answer:
        prepared = self._documents.prepared(request.query)
        if prepared.document is None:
            return _refused(list(prepared.errors), request.request_id)
        try:
            operation = operation_of(prepared.document, request.operation_name)
            if operation.operation is OperationType.SUBSCRIPTION:
                raise BadInput("a subscription cannot be asked here; queries and mutations are served")
        except BadInput as error:
            return _refused([GraphQLError(error.message, original_error=error)], request.request_id)
        context = Context(self._graph, request.viewer, self._limits)
        result = execute_sync(
            self._schema,
            prepared.document,
            context_value=context,
            variable_values=request.variables,
            operation_name=request.operation_name,
            hide_suggestions=True,
        )
        # A variable that does not fit ends the operation before any field: an error without a path and without data.
        if result.data is None and result.errors and all(error.path is None for error in result.errors):
            return _refused(result.errors, request.request_id)
        body: dict[str, Any] = {"data": result.data}
        errors = [shown(error, request.request_id) for error in result.errors or ()]
        if errors:
            body = {"errors": errors, **body}
        if context.extensions:
            body["extensions"] = context.extensions
        return Answer(body, executed=True, question=question_of(operation), codes=_codes(errors))


def _refused(errors: list[GraphQLError], request_id: str) -> Answer:
    listed = [shown(error, request_id) for error in errors]
    return Answer({"errors": listed}, executed=False, codes=_codes(listed))


def _codes(errors: list[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(sorted({error["extensions"]["code"] for error in errors}))
