"""`POST /stop-check`, `GET /profiles/{id}` and `POST /vehicle-checks`: documents that are asked for whoever comes.

Names and marks do not stand in URLs, which servers, proxies and browsers keep: so they are sent.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, cast

import orjson
from fastapi import APIRouter
from graphql import GraphQLInputObjectType, GraphQLSchema, parse
from starlette.requests import Request
from starlette.responses import Response

from api.ask import Desk
from api.companion.marks import CSV, MOST_LETTERS, MOST_MARKS, as_table, checks, chunks, marks_of, unmatched
from api.companion.shape import Shape, answer_shape, input_shape, or_null, something
from api.error import plain
from api.http import JSON, Asked, Refused, answered, body_of, challenge, check_content_type, refused
from api.limit import Limits
from graph.batch import batched
from graph.errors import NotFound, PolegraphError, http_status_of

_TEXT: Shape = {"type": "string"}
_SAID: Shape = {"type": "string", "pattern": r"\S"}
_MARKS: Shape = {
    "type": "array",
    "items": {"type": "string", "maxLength": MOST_LETTERS},
    "minItems": 1,
    "maxItems": MOST_MARKS,
}


def _document(name: str) -> str:
    return files("api.companion").joinpath(f"{name}.graphql").read_text("utf-8")


_STOP_CHECK, _PROFILE, _VEHICLES, _MARKED, _LIKELY = map(
    _document, ("stop_check", "profile", "vehicles", "marked", "likely")
)


class Failed(Exception):
    """An operation that was not answered, with its errors."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__("not answered")
        # Places and paths are those of a document that whoever asks did not write.
        self.errors = [{"message": each["message"], "extensions": each["extensions"]} for each in errors]

    def response(self) -> Response:
        """The response, with the status of the first error."""
        status = http_status_of(self.errors[0]["extensions"]["code"])
        response = answered({"errors": self.errors}, JSON, status)
        if status == 503:
            response.headers["Retry-After"] = "1"
        return response


@dataclass(frozen=True, slots=True)
class _Asking:
    """Asks documents for one request."""

    desk: Desk
    request: Request

    async def __call__(self, document: str, **variables: object) -> dict[str, Any]:
        answer = await self.desk.ask(self.request, Asked(document, None, dict(variables)))
        if "errors" in answer.body:
            raise Failed(answer.body["errors"])
        return cast("dict[str, Any]", answer.body["data"])


def companion_router(desk: Desk, limits: Limits, schema: GraphQLSchema) -> APIRouter:
    """`/stop-check`, `/profiles` and `/vehicle-checks`."""
    router = APIRouter(tags=["REST"])
    identity = cast("GraphQLInputObjectType", schema.type_map["PartialIdentity"])
    stop = answer_shape(schema, parse(_STOP_CHECK), "stopCheck")
    profile = _not_null(answer_shape(schema, parse(_PROFILE), "subjectProfile"))

    @router.post(
        "/stop-check",
        operation_id="stopCheck",
        summary="The roadside answer, by mark, person or phone",
        responses=_json("What is known.", stop),
        openapi_extra=_body(
            {"vrm": or_null(_SAID), "person": or_null(input_shape(identity)), "phone": or_null(_SAID)}, ()
        ),
    )
    async def stop_check(request: Request) -> Response:
        async def asked() -> Response:
            check_content_type(request.headers.get("content-type"))
            given = _object(await body_of(request, limits.body_bytes), {"vrm", "person", "phone"})
            found = await _Asking(desk, request)(_STOP_CHECK, **given)
            return answered(found["stopCheck"], JSON)

        return await _in_form(desk, request, "POST /stop-check", "stopCheck", asked)

    @router.get(
        "/profiles/{id}",
        operation_id="profile",
        summary="What is known of a subject",
        responses=_json("The profile.", profile),
        openapi_extra={"parameters": [{"name": "id", "in": "path", "required": True, "schema": _TEXT}]},
    )
    async def profile_of(request: Request) -> Response:
        async def asked() -> Response:
            id_ = request.path_params["id"]
            found = (await _Asking(desk, request)(_PROFILE, id=id_))["subjectProfile"]
            if found is None:
                raise NotFound(f"there is nothing by the id {id_[:100]!r} that you may see")
            return answered(found, JSON)

        return await _in_form(desk, request, "GET /profiles/{id}", "profile", asked)

    @router.post(
        "/vehicle-checks",
        operation_id="vehicleChecks",
        summary=f"Up to {MOST_MARKS} vehicle marks at once, as JSON or CSV",
        responses=_checked(schema),
        openapi_extra=_body({"marks": _MARKS}, ("marks",), {CSV: {"schema": {"minLength": 1}}}),
    )
    async def vehicle_checks(request: Request) -> Response:
        async def asked() -> Response:
            table = _is_table(request.headers.get("content-type"))
            marks = marks_of(await body_of(request, limits.body_bytes), table=table)
            ask = _Asking(desk, request)
            vehicles, links = await _vehicles(ask, marks)
            told = checks(marks, vehicles, links, await _likely(ask, unmatched(marks, vehicles)))
            if CSV in request.headers.get("accept", ""):
                return Response(as_table(told), media_type=f"{CSV}; charset=utf-8")
            return answered(told, JSON)

        return await _in_form(desk, request, "POST /vehicle-checks", "vehicleChecks", asked)

    return router


async def _vehicles(ask: _Asking, marks: list[str]) -> tuple[list[Any], list[Any]]:
    """The vehicles that have one of these marks, and the links to their keepers."""
    vehicles: list[Any] = []
    links: list[Any] = []
    for chunk in chunks(marks):
        page = (await ask(_VEHICLES, marks=chunk))["entities"]
        ids = [edge["node"]["id"] for edge in page["edges"]]
        if page["pageInfo"]["hasNextPage"]:
            raise Refused(400, "marks: too many vehicles have them; send fewer at once")
        for some in batched(ids, 100):
            found = await ask(_MARKED, ids=some)
            vehicles += [each for each in found["subjectProfiles"] if each is not None]
            links += found["expand"]["links"]
    return vehicles, links


async def _likely(ask: _Asking, marks: list[str]) -> dict[str, list[Any]]:
    """The vehicles that marks may be of which were misread, or read in part."""
    return {mark: (await ask(_LIKELY, mark=mark))["stopCheck"]["vehicleCandidates"] for mark in marks}


async def _in_form(
    desk: Desk, request: Request, rule: str, operation: str, asked: Callable[[], Awaitable[Response]]
) -> Response:
    try:
        try:
            return await asked()
        except Refused:
            await desk.misfit(request, rule, operation)
            raise
    except Failed as error:
        return error.response()
    except Refused as error:
        return refused(error)
    except PolegraphError as error:
        response = answered(plain(error, request.state.request_id), JSON, error.http_status)
        response.headers.update(challenge(error))
        return response


def _object(body: bytes, known: set[str]) -> dict[str, Any]:
    try:
        given = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Refused(400, f"the body is no JSON: {error}") from None
    if not isinstance(given, dict):
        raise Refused(400, "the body is no JSON object")
    if unknown := sorted(given.keys() - known):
        raise Refused(400, f"{unknown[0][:100]!r} is none of {', '.join(sorted(known))}")
    return given


def _is_table(content_type: str | None) -> bool:
    if (content_type or "").partition(";")[0].strip().lower() == CSV:
        return True
    check_content_type(content_type)
    return False


def _not_null(shape: Shape) -> Shape:
    return cast("Shape", next(each for each in shape["anyOf"] if each != {"type": "null"}))


def _json(description: str, shape: Shape) -> dict[int | str, dict[str, Any]]:
    return {200: {"description": description, "content": {JSON: {"schema": shape}}}}


def _body(properties: Shape, required: tuple[str, ...], others: Shape | None = None) -> dict[str, Any]:
    sent: Shape = {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "required": list(required),
    }
    if not required:
        sent |= something(properties)
    return {"requestBody": {"required": True, "content": {JSON: {"schema": sent}, **(others or {})}}}


def _checked(schema: GraphQLSchema) -> dict[int | str, dict[str, Any]]:
    marked = parse(_MARKED)
    likely = answer_shape(schema, parse(_LIKELY), "stopCheck")["properties"]
    about = _not_null(answer_shape(schema, marked, "subjectProfiles")["items"])["properties"]
    link = answer_shape(schema, marked, "expand")["properties"]["links"]["items"]["properties"]
    keeper = {**link["from"]["properties"], "validFrom": link["validFrom"], "validTo": link["validTo"]}
    vehicle = dict(about["subject"]["properties"])
    vehicle.pop("vrm")
    vehicle |= {"warnings": about["warnings"], "flags": about["flags"], "keepers": _list(keeper)}
    check = {
        "mark": _TEXT,
        "vrm": or_null(_TEXT),
        "valid": {"type": "boolean"},
        "vehicles": _list(vehicle),
        "candidates": or_null(likely["vehicleCandidates"]),
    }
    shape = {"type": "object", "properties": {"checks": _list(check)}, "required": ["checks"]}
    answers = _json("What is said of each mark, in their order.", shape)
    answers[200]["content"][CSV] = {"schema": _TEXT}
    return answers


def _list(properties: Shape) -> Shape:
    return {"type": "array", "items": {"type": "object", "properties": properties, "required": sorted(properties)}}
