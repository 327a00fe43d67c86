"""`POST /shown`: that answers were shown again while there was no network, put on record once there is.

A device keeps what a stop check answered for some minutes. To look at it again is to look at somebody again, so it goes
on record like any look: by whom it is told, of which answer, when, and whom that spoke of.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import anyio.to_thread
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.error import plain
from api.http import Refused, body_of, challenge, check_content_type, content_of, refused
from api.operation import COMPONENT
from api.refusal import entered, refused_as
from api.viewer import Door
from graph.audit import put_on_record
from graph.errors import BadInput, PolegraphError
from graph.ids import ANY_ID, is_any_id
from security.audit import Act, AuditLog, Entry
from security.audit.entry import moment

OPERATION = "shownAgain"
_MOST_BYTES = 64 * 1024
_MOST, _MOST_IDS = 50, 100
_YEARS = (1970, 2200)
_REQUEST = re.compile(r"^[A-Za-z0-9._:-]{1,64}$")
_TEXT = {"type": "string"}
_DISPLAY = {
    "type": "object",
    "properties": {
        "request": {**_TEXT, "pattern": _REQUEST.pattern},
        "at": {**_TEXT, "format": "date-time", "pattern": r"^(19[7-9]|2[01]\d)\d-"},
        "ids": {"type": "array", "items": {**_TEXT, "pattern": ANY_ID}, "maxItems": _MOST_IDS},
    },
    "required": ["at", "request"],
}
_DISPLAYS = {"type": "array", "items": _DISPLAY, "minItems": 1, "maxItems": _MOST}
_BODY = {"type": "object", "properties": {"displays": _DISPLAYS}, "required": ["displays"]}
_GIVEN = {"requestBody": {"required": True, "content": {"application/json": {"schema": _BODY}}}}


def shown_router(door: Door, log: AuditLog) -> APIRouter:
    """`POST /shown`."""
    router = APIRouter()

    @router.post(
        "/shown", operation_id=OPERATION, summary="Answers that were shown again without network", openapi_extra=_GIVEN
    )
    async def shown(request: Request) -> Response:
        try:
            asked = Entry(Act.CONSULTATION, "", OPERATION, request.state.request_id, COMPONENT)
            _, entry = await anyio.to_thread.run_sync(entered, door, log, request.headers, "POST /shown", asked)
            try:
                check_content_type(request.headers.get("content-type"))
                entries = [_entry(entry, each) for each in _listed(content_of(await body_of(request, _MOST_BYTES)))]
            except (Refused, BadInput) as error:
                await anyio.to_thread.run_sync(put_on_record, log, refused_as(entry, error))
                raise
            await anyio.to_thread.run_sync(put_on_record, log, *entries)
        except Refused as error:
            return refused(error)
        except PolegraphError as error:
            return JSONResponse(plain(error, request.state.request_id), error.http_status, challenge(error))
        return JSONResponse({"onRecord": len(entries)})

    return router


def _listed(given: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    told = given.get("displays")
    if not isinstance(told, list) or not 0 < len(told) <= _MOST or not all(isinstance(each, dict) for each in told):
        raise BadInput(f"displays: a list of 1 to {_MOST} objects is needed")
    return told


def _entry(entered: Entry, told: Mapping[str, Any]) -> Entry:
    """One look. The ids are as the device tells them: of whom its answer spoke, which is on record by itself too."""
    answer, ids = told.get("request"), told.get("ids", [])
    if not isinstance(answer, str) or not _REQUEST.match(answer):
        raise BadInput("displays: `request` is the X-Request-Id of the answer that was shown again")
    if not isinstance(ids, list) or len(ids) > _MOST_IDS or not all(isinstance(e, str) and is_any_id(e) for e in ids):
        raise BadInput(f"displays: `ids` is a list of at most {_MOST_IDS} ids of whom the answer spoke")
    return replace(
        entered,
        asked=tuple(sorted(set(ids))),
        details={"answer": answer, "shownAt": moment(_at(told.get("at")).timestamp()), "network": False},
    )


def _at(text: object) -> datetime:
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        raise BadInput("displays: `at` is a time such as 2026-01-31T12:00:00Z") from None
    # However late it comes or wrong the device's clock is, it goes on record: beside the time of the entry itself.
    if at.tzinfo is None or not _YEARS[0] <= at.year < _YEARS[1]:
        raise BadInput("displays: `at` is a time with its zone, such as 2026-01-31T12:00:00Z")
    return at
