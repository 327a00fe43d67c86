"""`POST /intake/{source}`: messages into the graph, answered once they are durable and can be found.

Requests that come while a batch is written are taken together as the next one, so that many senders cost few commits.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeAlias

import anyio
import orjson
import structlog
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.error import plain
from api.http import Refused, body_of, challenge, refused
from api.limit import Limits
from api.operation import COMPONENT
from api.refusal import entered, refused_as
from api.viewer import Door
from graph.audit import put_on_record
from graph.errors import BadInput, Overloaded, PolegraphError
from graph.open import Graph
from loaders.intake import Intake, Message, Outcome, Receipt, as_messages
from loaders.mapping import FileMapping, SourceMapping
from loaders.rehearsal import ROUNDS
from security.audit import Act, AuditLog, Entry
from security.audit.entry import BEGUN
from standards.date import parse_date

# Source, file entry, date and messages of a request.
Given: TypeAlias = tuple[str, str | None, int | None, Sequence[Message]]
_TYPES = ("application/json", "application/x-ndjson")
_LOG = structlog.get_logger("polegraph.intake")


@dataclass(frozen=True, slots=True)
class _Sent:
    """What one request sent, and who waits for what became of it."""

    source: str
    entry: FileMapping
    as_of: int | None
    messages: Sequence[Message]
    answer: Future[list[Receipt]] = field(default_factory=Future)

    @property
    def kind(self) -> tuple[str, str, int | None]:
        """What must be the same for requests to be taken together."""
        return self.source, self.entry.path, self.as_of


class IntakeDesk:
    """One thread that takes what requests sent, in the order of their coming."""

    def __init__(self, graph: Graph, mappings: Sequence[SourceMapping], limits: Limits) -> None:
        self._intake = Intake(graph, mappings)
        self._limits = limits
        self._waiting: queue.Queue[_Sent | None] = queue.Queue(limits.intake_waiting)
        self._thread = threading.Thread(target=self._work, name="intake", daemon=True)
        self._thread.start()

    def send(self, source: str, path: str | None, as_of: int | None, messages: Sequence[Message]) -> list[Receipt]:
        """What became of these messages, once it is durable; raises Overloaded where too much waits already."""
        sent = _Sent(source, self._intake.entry(source, path), as_of, messages)
        try:
            self._waiting.put_nowait(sent)
        except queue.Full:
            raise Overloaded("more is sent than can be taken: send it again in a moment") from None
        return sent.answer.result()

    def close(self) -> None:
        """Take what waits, then end."""
        self._waiting.put(None)
        self._thread.join()

    def _work(self) -> None:
        self._rehearse()
        following: _Sent | None = None
        while (first := following or self._waiting.get()) is not None:
            together, following, ended = self._gather(first)
            self._take(together)
            if ended:
                return

    def _rehearse(self) -> None:
        # Whoever serves may begin before the database does; the first message then waits for what this prepares.
        with suppress(PolegraphError):
            for _ in range(ROUNDS):
                self._intake.rehearse()
                if not self._waiting.empty():
                    return

    def _gather(self, first: _Sent) -> tuple[list[_Sent], _Sent | None, bool]:
        """What can be taken with the first, what came after it and cannot, and whether the end has come."""
        together, count = [first], len(first.messages)
        while count < self._limits.intake_messages:
            try:
                more = self._waiting.get_nowait()
            except queue.Empty:
                return together, None, False
            if more is None:
                return together, None, True
            if more.kind != first.kind:
                return together, more, False
            together.append(more)
            count += len(more.messages)
        return together, None, False

    def _take(self, together: Sequence[_Sent]) -> None:
        first = together[0]
        numbered = [message for sent in together for message in sent.messages]
        batch = [replace(message, number=at) for at, message in enumerate(numbered)]
        try:
            found = self._intake.take(first.source, first.entry, batch, as_of=first.as_of, today=int(time.time()))
        except Exception as error:  # noqa: BLE001 - whatever it is belongs to those who wait
            for sent in together:
                sent.answer.set_exception(error)
            return
        at = 0
        for sent in together:
            part = found[at : at + len(sent.messages)]
            pairs = zip(part, sent.messages, strict=True)
            sent.answer.set_result([replace(receipt, number=message.number) for receipt, message in pairs])
            at += len(sent.messages)
        _LOG.info("messages_taken", source=first.source, messages=len(batch), requests=len(together))


def intake_router(desk: IntakeDesk | None, door: Door, limits: Limits, log: AuditLog) -> APIRouter:
    """`POST /intake/{source}`: one JSON object, an array of them, or NDJSON; without a desk it says what is missing."""
    router = APIRouter()
    threads = anyio.CapacityLimiter(limits.intake_waiting)

    @router.post("/intake/{source}", operation_id="intake", summary="Messages of a source into the graph")
    async def take(request: Request, source: str) -> Response:
        try:
            # Who sends is known before anything of it is read: nobody else has megabytes parsed for them.
            asked = Entry(Act.COLLECTION, "", "intake", request.state.request_id, COMPONENT, details={"source": source})
            enter = partial(entered, door, log, request.headers, "POST /intake/{source}", asked)
            _, entry = await anyio.to_thread.run_sync(enter, limiter=threads)
            try:
                there, given = _there(desk), await _given(request, source, limits)
            except (Refused, PolegraphError) as error:
                await anyio.to_thread.run_sync(put_on_record, log, refused_as(entry, error), limiter=threads)
                raise
            receipts = await anyio.to_thread.run_sync(lambda: _recorded(there, log, entry, given), limiter=threads)
        except Refused as error:
            return refused(error)
        except PolegraphError as error:
            return JSONResponse(plain(error, request.state.request_id), error.http_status, challenge(error))
        return _answer(receipts)

    return router


def _there(desk: IntakeDesk | None) -> IntakeDesk:
    if desk is None:
        raise BadInput("no source can send here: set POLEGRAPH_MAPPINGS_DIR to the folder of the mappings")
    return desk


async def _given(request: Request, source: str, limits: Limits) -> Given:
    """What a request sends; raises Refused and BadInput for what cannot be read."""
    _check_type(request.headers.get("content-type"))
    sent = as_messages(await body_of(request, limits.intake_bytes), limits.intake_messages)
    asked = request.query_params
    return source, asked.get("file"), _as_of(asked), sent


def _recorded(desk: IntakeDesk, log: AuditLog, entered: Entry, given: Given) -> list[Receipt]:
    """What became of messages; that they came is on record before, and what became of them before it is answered."""
    entry = replace(entered, details={**entered.details, "messages": len(given[3])})
    put_on_record(log, replace(entry, outcome=(BEGUN,)))
    try:
        receipts = desk.send(*given)
    except PolegraphError as error:
        put_on_record(log, replace(entry, outcome=(error.code,)))
        raise
    put_on_record(log, replace(entry, details={**entry.details, **_counts(receipts)}))
    return receipts


def _counts(receipts: Sequence[Receipt]) -> dict[str, int]:
    return {outcome.value: sum(receipt.outcome is outcome for receipt in receipts) for outcome in Outcome}


def _answer(receipts: Sequence[Receipt]) -> Response:
    counts = _counts(receipts)
    told = {**counts, "messages": [receipt.as_json() for receipt in receipts]}
    # Those that are good are taken all the same: the body says of each what became of it.
    return Response(orjson.dumps(told), 422 if counts[Outcome.REJECTED] else 200, media_type="application/json")


def _check_type(given: str | None) -> None:
    if (given or "").partition(";")[0].strip().lower() not in _TYPES:
        raise Refused(415, f"messages are sent as {' or '.join(_TYPES)}")


def _as_of(asked: Mapping[str, str]) -> int | None:
    text = asked.get("as_of")
    if text is None:
        return None
    date = parse_date(text, ())
    if date is None:
        raise BadInput(f"as_of {text!r} is no date: write it as 2026-03-01 or 2026-03-01T10:15:00Z")
    return date.epoch
