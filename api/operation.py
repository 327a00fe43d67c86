"""One GraphQL operation: prepared, executed as a whole in one thread, and its answer as plain data."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import structlog
from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    execute_sync,
)

from analysis.kept_events import Kept
from api.alarm import Alarm
from api.asked import given_ids
from api.context import Context
from api.cost import cost_of
from api.document import Documents, Prepared, operation_of, question_of
from api.error import shown
from api.execution import NamingExecutor
from api.jobs import Jobs
from api.limit import Limits
from api.metric import Metrics
from api.naming import CHANGES, DISCLOSES, check_named
from api.refusal import refused_as, refusing
from api.rule import RULES, deeds_of
from api.viewer import Deed, Refusing
from graph.audit import Named, put_on_record
from graph.deadline import until
from graph.errors import BadInput, PolegraphError, TimedOut, TooCostly
from graph.open import Graph
from security.audit import Act, AuditLog, Entry
from security.audit.entry import BEGUN, OK
from security.break_glass import BreakGlass
from security.viewer import Viewer

_LOG = structlog.get_logger("polegraph.api")
# How entries of the audit log name the API.
COMPONENT = "api"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a client asks, as far as it is known of anybody who asks it: the operation and what it can cost.

    `cost`: the most objects that its answer can hold; `errors`: why it is refused whoever asks; `deeds`: what
    whoever asks must be allowed.
    """

    query: str
    prepared: Prepared
    operation: OperationDefinitionNode | None
    operation_name: str | None
    variables: dict[str, Any]
    cost: int = 0
    errors: tuple[GraphQLError, ...] = ()
    deeds: frozenset[Deed] = RULES["POST /graphql"]

    @property
    def watches(self) -> bool:
        """Whether it is answered again and again."""
        return self.operation is not None and self.operation.operation is OperationType.SUBSCRIPTION

    @property
    def reads(self) -> bool:
        """Whether it changes nothing and is answered once, so that it may be asked again."""
        return self.operation is not None and self.operation.operation is OperationType.QUERY


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked, who asks and under which request id.

    `gone`: whether the client has left, so that nobody waits for the answer any more; `deadline`: when it is to be
    answered, by the monotonic clock; without one it has its time from when it is executed; `still`: raises what
    refuses it by now, where its answer goes on.
    """

    plan: Plan
    viewer: Viewer
    request_id: str
    gone: Callable[[], bool] = lambda: False
    deadline: float | None = None
    still: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer's body, whether the operation was executed at all and did anything, and what goes on record of it."""

    body: dict[str, Any]
    executed: bool
    done: bool = False
    question: str = "refused"
    codes: tuple[str, ...] = field(default=())
    questions: tuple[str, ...] = ()
    named: Named = field(default_factory=Named)
    truncated: bool = False
    details: Mapping[str, Any] = field(default_factory=dict)


class Executor:
    """Executes operations against one graph; without `compiled` field by field, which the closures are held against."""

    def __init__(
        self,
        schema: GraphQLSchema,
        graph: Graph,
        limits: Limits,
        metrics: Metrics,
        log: AuditLog,
        documents: Documents,
        *,
        compiled: bool = True,
        glass: BreakGlass | None = None,
        alarm: Alarm | None = None,
        kept: Kept | None = None,
        jobs: Jobs | None = None,
    ) -> None:
        check_named(schema)
        self._schema = schema
        self._graph = graph
        self._limits = limits
        self._metrics = metrics
        self._log = log
        self._documents = documents
        self._compiled = compiled
        self._glass = glass or BreakGlass(Path("none"), ())
        self._alarm = alarm or Alarm(None)
        self._kept = kept
        self._jobs = jobs

    def plan(self, query: str, operation_name: str | None, variables: dict[str, Any]) -> Plan:
        """What is known of an operation before anything is asked of the database."""
        prepared = self._documents.prepared(query)
        plan = Plan(query, prepared, None, operation_name, variables, errors=prepared.errors)
        if prepared.document is None:
            return plan
        try:
            operation = operation_of(prepared.document, operation_name)
            cost = cost_of(self._schema, prepared.document, operation, variables)
            if cost > self._limits.cost:
                raise TooCostly(
                    f"the answer could hold {cost:,} objects, more than {self._limits.cost:,}: "
                    "ask for fewer (`first`), or nest fewer lists"
                )
        except BadInput as error:
            return replace(plan, errors=(GraphQLError(error.message, original_error=error),))
        return replace(plan, operation=operation, cost=cost, deeds=deeds_of(prepared.document, operation))

    def execute_soon(self, request: Request, quick_s: float) -> Answer | None:
        """The answer to a request; None, and nothing on record, where it reads for longer than so many seconds.

        A change is made however long it takes.
        """
        soon = time.monotonic() + quick_s
        if not request.plan.reads or (request.deadline is not None and soon > request.deadline):
            return self.execute(request)
        started = time.perf_counter()
        answer = self.answer(replace(request, deadline=soon))
        if TimedOut.code in answer.codes and not request.gone():
            return None
        return self.told(request, answer, started)

    def execute(self, request: Request) -> Answer:
        """The answer to a request, once it is on record; errors that a client can cause are part of it.

        Raises Unlogged where it cannot be put on record.
        """
        started = time.perf_counter()
        return self.told(request, self.answer(request), started)

    def told(self, request: Request, answer: Answer, started: float) -> Answer:
        """The answer to a request of this moment of the performance counter, once it is on record.

        Raises Unlogged where it cannot be put on record.
        """
        entry = self.entry(request, answer.question)
        put_on_record(
            self._log,
            replace(
                entry,
                act=_act(entry, answer),
                operation=", ".join(answer.questions) or answer.question,
                ids=answer.named.ids,
                marking=answer.named.marking(self._graph.catalogue),
                truncated=answer.truncated,
                outcome=answer.codes or (OK,),
                details={**entry.details, **answer.details},
            ),
        )
        seconds = time.perf_counter() - started
        self._metrics.asked(answer.question, seconds, answer.codes)
        _LOG.info(
            "operation_answered",
            request_id=request.request_id,
            operation=(request.plan.operation_name or "")[:64],
            question=answer.question,
            ms=round(seconds * 1000, 1),
            codes=list(answer.codes),
        )
        return answer

    def refusing(self, plan: Plan, request_id: str) -> Refusing:
        """What puts on record that an operation was refused at the door."""
        return refusing(self._log, _asked(plan, _question(plan), request_id))

    def refuse(self, request: Request, error: PolegraphError) -> None:
        """Put on record that an operation of somebody who was let in is not answered; raises Unlogged."""
        put_on_record(self._log, refused_as(self.entry(request, _question(request.plan)), error))

    def misfit(self, request_id: str, operation: str) -> Refusing:
        """The same of a request that is refused by its form, so that it is not known what was asked."""
        return refusing(self._log, Entry(Act.REFUSAL, "", operation, request_id, COMPONENT))

    def entry(self, request: Request, question: str) -> Entry:
        """What goes on record of a request, as far as it is known before it is answered."""
        viewer = request.viewer
        return replace(
            _asked(request.plan, question, request.request_id),
            user=viewer.user,
            role=viewer.role,
            purpose=viewer.purpose,
            details={"break_glass": list(viewer.broken)} if viewer.broken else {},
        )

    def answer(self, request: Request) -> Answer:
        """The answer to a request, which is not on record yet."""
        plan, operation, document = request.plan, request.plan.operation, request.plan.prepared.document
        if operation is None or document is None:
            return _refused(list(plan.errors), request.request_id)
        if plan.watches:
            error = BadInput("a subscription is answered by a stream: ask with Accept: text/event-stream")
            return _refused([GraphQLError(error.message, original_error=error)], request.request_id)
        if operation.operation is OperationType.MUTATION:
            begun = self.entry(request, question_of(operation))
            put_on_record(self._log, replace(begun, outcome=(BEGUN,)))
        context = Context(
            self._graph,
            request.viewer,
            self._limits,
            plan.cost,
            self._log,
            request.gone,
            request.deadline,
            glass=self._glass,
            kept=self._kept,
            alarm=self._alarm,
            jobs=self._jobs,
        )
        context.selections = plan.prepared.selections if self._compiled else None
        with until(context.deadline):
            result = executed(self._schema, plan, document, context)
        # A variable that does not fit ends the operation before any field: an error without a path and without data.
        if result.data is None and result.errors and all(error.path is None for error in result.errors):
            return _refused(result.errors, request.request_id)
        body = body_of(result, context, request.request_id)
        errors = body.get("errors", [])
        return Answer(
            body,
            executed=True,
            done=not errors or any(value is not None for value in (result.data or {}).values()),
            question=question_of(operation),
            codes=_codes(errors),
            questions=context.questions,
            named=context.named,
            truncated=bool(context.truncated),
            details=context.details,
        )


def executed(
    schema: GraphQLSchema, plan: Plan, document: DocumentNode, context: Context, root: object = None
) -> ExecutionResult:
    """What executing a planned operation gives; `root`: what its first fields are read from."""
    return execute_sync(
        schema,
        document,
        root_value=root,
        context_value=context,
        variable_values=plan.variables,
        operation_name=plan.operation_name,
        executor_class=NamingExecutor,
        hide_suggestions=True,
    )


def body_of(result: ExecutionResult, context: Context, request_id: str) -> dict[str, Any]:
    """The answer's body: errors, where there are any, before the data; extensions, where they say something."""
    body: dict[str, Any] = {"data": result.data}
    if result.errors:
        body = {"errors": [shown(error, request_id) for error in result.errors], **body}
    return body | ({"extensions": context.extensions} if context.extensions else {})


def _asked(plan: Plan, question: str, request_id: str) -> Entry:
    """What goes on record of an operation, whoever asks."""
    act, asked = CHANGES.get(question, Act.CONSULTATION), {*plan.prepared.ids, *given_ids(plan.variables)}
    return Entry(act, "", question, request_id, COMPONENT, document=plan.prepared.digest, asked=tuple(sorted(asked)))


def _question(plan: Plan) -> str:
    """The name by which an operation that is refused goes on record."""
    return "refused" if plan.operation is None else question_of(plan.operation)


def _refused(errors: list[GraphQLError], request_id: str) -> Answer:
    listed = [shown(error, request_id) for error in errors]
    return Answer({"errors": listed}, executed=False, codes=_codes(listed))


def _codes(errors: list[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(sorted({error["extensions"]["code"] for error in errors}))


def _act(entry: Entry, answer: Answer) -> Act:
    """What was done: a refusal where nothing was, a disclosure where any of the questions makes one."""
    if not answer.done:
        return Act.REFUSAL
    return Act.DISCLOSURE if DISCLOSES.intersection(answer.questions) else entry.act
