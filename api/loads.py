"""`/loads`: the loads on record, and the progress of one as events of a stream."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import anyio.to_thread
import orjson
from fastapi import APIRouter
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from api.companion.stream import begun
from api.ending import Ending
from api.error import plain
from api.http import challenge
from api.limit import FIRST, Limits
from api.operation import COMPONENT
from api.refusal import entered, refused_as
from api.rule import RULES
from api.stream import Streams
from api.viewer import Door
from graph.audit import put_on_record
from graph.errors import NotFound, PolegraphError
from graph.open import Graph
from graph.read.run import RunView, run, runs
from loaders.run import State
from security.audit import Act, AuditLog, Entry
from security.viewer import Viewer

T = TypeVar("T")
_EVENTS = "text/event-stream"
_LOOK_EVERY_S = 0.5
# A comment now and then keeps proxies from closing a stream on which nothing happens.
_ALIVE_EVERY_S = 15.0


def loads_router(
    door: Door, graph: Graph, log: AuditLog, streams: Streams, limits: Limits, ending: Ending
) -> APIRouter:
    """`GET /loads` and `GET /loads/{run}`: JSON, and to a reader of events a stream until the load has ended."""
    router = APIRouter()

    def look(request: Request, operation: str, rule: str, read: Callable[[Viewer], T]) -> tuple[Viewer, Entry, T]:
        """What a read finds for the request's viewer, once it is on record that it was looked for."""
        asked = Entry(Act.CONSULTATION, "", operation, request.state.request_id, COMPONENT)
        viewer, entry = entered(door, log, request.headers, rule, asked)
        try:
            found = read(viewer)
        except PolegraphError as error:
            put_on_record(log, refused_as(entry, error))
            raise
        put_on_record(log, entry)
        return viewer, entry, found

    @router.get("/loads", operation_id="loads", summary="The newest loads on record")
    async def newest(request: Request) -> Response:
        try:
            *_, found = await anyio.to_thread.run_sync(
                lambda: look(request, "loads", "GET /loads", lambda viewer: runs(graph, viewer, FIRST))
            )
        except PolegraphError as error:
            return _refused(error, request)
        return JSONResponse([one.as_json() for one in found])

    @router.get("/loads/{id_}", operation_id="load", summary="One load; with Accept: text/event-stream its progress")
    async def one(request: Request, id_: str) -> Response:
        try:
            viewer, entry, found = await anyio.to_thread.run_sync(
                lambda: look(request, "load", "GET /loads/{id_}", lambda viewer: _visible(graph, viewer, id_))
            )
        except PolegraphError as error:
            return _refused(error, request)
        if _EVENTS not in request.headers.get("accept", ""):
            return JSONResponse(found.as_json())
        still = partial(_still, door, log, entry, viewer, request.headers)
        events = _events(graph, viewer, found, _Stream(streams, limits.again_s, still, ending))
        try:
            return StreamingResponse(await begun(events), media_type=_EVENTS)
        except PolegraphError as error:
            await anyio.to_thread.run_sync(put_on_record, log, refused_as(entry, error))
            return _refused(error, request)

    return router


def _still(door: Door, log: AuditLog, entry: Entry, viewer: Viewer, headers: Headers) -> None:
    """Nothing, where whoever looks may still look; raises what refuses them else, once that is on record."""
    try:
        door.still(headers, viewer, RULES["GET /loads/{id_}"])
    except PolegraphError as error:
        put_on_record(log, refused_as(entry, error))
        raise


def _visible(graph: Graph, viewer: Viewer, id_: str) -> RunView:
    found = run(graph, viewer, id_)
    if found is None:
        raise NotFound(f"there is no load {id_!r}")
    return found


@dataclass(frozen=True, slots=True)
class _Stream:
    """What a stream takes: one of the process's, whoever it is for still being that, and a server that does not end."""

    streams: Streams
    again_s: float
    still: Callable[[], None]
    ending: Ending


async def _events(graph: Graph, viewer: Viewer, found: RunView, stream: _Stream) -> AsyncGenerator[bytes, None]:
    """A `progress` event at every change, and `end` with the report.

    It ends without where the load can no longer be seen, or the server ends; and with `error` where whoever it is for
    may not see it any more. Raises what refuses it from the beginning.
    """
    with stream.streams.opened(viewer.user):
        told, quiet, looked = b"", 0.0, time.monotonic()
        while found.state == State.RUNNING:
            text = orjson.dumps(found.progress)
            if text != told:
                yield b"event: progress\ndata: " + text + b"\n\n"
                told, quiet = text, 0.0
            elif quiet >= _ALIVE_EVERY_S:
                yield b": alive\n\n"
                quiet = 0.0
            if await stream.ending.within(_LOOK_EVERY_S):
                return
            quiet += _LOOK_EVERY_S
            if time.monotonic() - looked > stream.again_s:
                looked = time.monotonic()
                try:
                    await anyio.to_thread.run_sync(stream.still)
                except PolegraphError as error:
                    yield b"event: error\ndata: " + orjson.dumps(plain(error, "")) + b"\n\n"
                    return
            later = await anyio.to_thread.run_sync(partial(run, graph, viewer, found.id))
            if later is None:
                return
            found = later
        yield b"event: end\ndata: " + orjson.dumps(found.as_json()) + b"\n\n"


def _refused(error: PolegraphError, request: Request) -> Response:
    return JSONResponse(plain(error, request.state.request_id), error.http_status, challenge(error))
