"""`GET /exports/{format}`: what somebody may see, or a network of it, as a file that is made while it is sent."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from typing import Annotated, Any, BinaryIO

import anyio
import anyio.to_thread
from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from api.companion.shape import Shape
from api.companion.stream import begun, streamed
from api.error import plain
from api.http import answered, challenge
from api.operation import COMPONENT
from api.place import Seats
from api.refusal import entered, refused_as
from api.viewer import Door
from graph.audit import Named, put_on_record
from graph.errors import Overloaded, PolegraphError
from graph.export import WRITERS, Format
from graph.export.content import Content, Reach, around, kind_of, most_seen, of_network, whole
from graph.ids import is_any_id
from graph.model import KIND_OF_ENUM
from graph.open import Graph
from security.audit import Act, AuditLog, Entry
from security.audit.entry import BEGUN, OK
from security.viewer import Viewer

INTERRUPTED = "INTERRUPTED"
# Exports that a process makes at once: each reads all there is.
_AT_ONCE = 2
MEDIA = {
    Format.CSV: ("application/zip", "zip"),
    Format.NDJSON: ("application/x-ndjson", "ndjson"),
    Format.GRAPHML: ("application/graphml+xml", "graphml"),
    Format.FTM: ("application/x-ndjson", "ftm.json"),
}
Ids = Annotated[list[str], Query(alias="id", description="Only what is around these.", max_length=100)]
Hops = Annotated[int, Query(ge=1, le=6, description="How far around.")]
_KindName = Annotated[str, Field(json_schema_extra={"enum": list(KIND_OF_ENUM)})]
KindNames = Annotated[list[_KindName], Query(description="Only things of these kinds.", max_length=100)]
_FILE: Shape = {"type": "string", "format": "binary"}
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"content": {media: {"schema": _FILE} for media, _ in MEDIA.values()}, "description": "The file."}
}


def export_router(door: Door, graph: Graph, log: AuditLog) -> APIRouter:
    """`/exports`."""
    router = APIRouter(tags=["Exports"])
    threads = anyio.CapacityLimiter(_AT_ONCE)
    seats = Seats(_AT_ONCE, f"{_AT_ONCE} exports are being made already: try again when one has ended")

    @router.get("/exports/{format_}", operation_id="export", summary="The graph as a file", responses=_ANSWERS)
    async def export(
        request: Request,
        format_: Format,
        id_: Ids = [],  # noqa: B006 - nobody changes it
        hops: Hops = 2,
        kind: KindNames = [],  # noqa: B006
    ) -> Response:
        try:
            made = _Export(door, graph, log, request, id_)
            with ExitStack() as seat:
                try:
                    seat.enter_context(seats.taken())
                except Overloaded as error:
                    await anyio.to_thread.run_sync(made.turned_away, error)
                    raise
                content = await anyio.to_thread.run_sync(made.begin, format_, id_, hops, kind)
                parts = await begun(streamed(made.writing(WRITERS[format_], content), threads, seat.pop_all().close))
        except PolegraphError as error:
            response = answered(plain(error, request.state.request_id), "application/json", error.http_status)
            response.headers.update(challenge(error))
            return response
        media, ending = MEDIA[format_]
        headers = {"Content-Disposition": f'attachment; filename="polegraph.{ending}"', **made.headers}
        return StreamingResponse(parts, media_type=media, headers=headers)

    return router


class _Export:
    """One export: on record when it begins, before anything leaves, and when it ends, however it does."""

    def __init__(self, door: Door, graph: Graph, log: AuditLog, request: Request, ids: list[str]) -> None:
        self._door = door
        self._graph = graph
        self._log = log
        self._headers = request.headers
        asked = tuple(sorted(filter(is_any_id, ids)))
        self._entry = Entry(Act.DISCLOSURE, "", "export", request.state.request_id, COMPONENT, asked=asked)
        self._reach: Reach | None = None
        self.headers: dict[str, str] = {}

    def _enter(self) -> Viewer:
        viewer, self._entry = entered(self._door, self._log, self._headers, "GET /exports/{format_}", self._entry)
        return viewer

    def turned_away(self, error: Overloaded) -> None:
        """Put on record that whoever asks found no seat; raises what keeps them from asking at all."""
        self._enter()
        put_on_record(self._log, refused_as(self._entry, error))

    def begin(self, format_: Format, ids: list[str], hops: int, kind: list[str]) -> Content:
        """What is exported; raises what refuses it."""
        viewer = self._enter()
        try:
            content = self._content(viewer, ids, hops, [kind_of(name) for name in kind] or None)
        except PolegraphError as error:
            put_on_record(self._log, refused_as(self._entry, error))
            raise
        details = {"format": format_.value, **({"kinds": sorted({name.upper() for name in kind})} if kind else {})}
        self._entry = replace(self._entry, details=details)
        put_on_record(self._log, replace(self._entry, outcome=(BEGUN,)))
        return content

    def _content(self, viewer: Viewer, ids: list[str], hops: int, kinds: list[str] | None) -> Content:
        if not ids:
            # What it might hold before it begins, what it held for how it ends.
            self._reach = Reach()
            self._entry = replace(self._entry, whole=True, marking=most_seen(self._graph, viewer))
            return self._reach.over(whole(self._graph, viewer, kinds))
        network = around(self._graph, viewer, ids, hops, kinds)
        named = Named()
        named.add_within(network)
        truncated = network.truncated
        if truncated is not None:
            self.headers = {"X-Left-Out": str(truncated.suppressed)}
        marking = named.marking(self._graph.catalogue)
        self._entry = replace(self._entry, ids=named.ids, marking=marking, truncated=truncated is not None)
        return of_network(self._graph, network)

    def writing(self, writer: Callable[[Content, BinaryIO], None], content: Content) -> Callable[[BinaryIO], None]:
        """What writes the file, and puts on record how that ended."""

        def write(out: BinaryIO) -> None:
            outcome = INTERRUPTED
            try:
                writer(content, out)
                out.flush()
                outcome = OK
            except PolegraphError as error:
                outcome = error.code
                raise
            finally:
                marking = self._entry.marking if self._reach is None else self._reach.text
                put_on_record(self._log, replace(self._entry, outcome=(outcome,), marking=marking))

        return write
