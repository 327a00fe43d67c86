"""Requests that fit no route, as the errors that every other refusal is; and how OpenAPI says so."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.error import plain
from api.http import challenge
from graph.errors import BadInput, NotFound, PolegraphError

_ERROR = {
    "type": "object",
    "properties": {
        "message": {"type": "string"},
        "extensions": {"type": "object", "properties": {"code": {"type": "string"}}, "required": ["code"]},
    },
    "required": ["message", "extensions"],
}
_ERRORS = {"type": "object", "properties": {"errors": {"type": "array", "items": _ERROR}}, "required": ["errors"]}
# Every status that is not another answer's.
REFUSALS: dict[int | str, dict[str, Any]] = {
    "default": {"description": "Why it was refused.", "content": {"application/json": {"schema": _ERRORS}}}
}


# Called with a request that a route refuses by its form, the route's rule and what it is called.
Misfit = Callable[[Request, str, str], Awaitable[None]]


def tell_misfits(app: FastAPI, misfit: Misfit) -> None:
    """Answer what fits no route, or not its parameters, with errors of our form; the latter is on record."""

    async def no_route(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 - it is registered for these alone
        code = NotFound.code if error.status_code == NotFound.http_status else BadInput.code
        headers = dict(error.headers or {})
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            headers["Allow"] = ", ".join(methods_at(app, request.url.path))
        return _told(str(error.detail), code, error.status_code, headers)

    async def wrong_parameter(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101
        route = request.scope["route"]
        try:
            await misfit(request, f"GET {route.path}", route.operation_id)
        except PolegraphError as kept_out:
            told = plain(kept_out, request.state.request_id)
            return JSONResponse(told, kept_out.http_status, challenge(kept_out))
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"][1:])
        return _told(f"{name}: {first['msg']}", BadInput.code, BadInput.http_status, {})

    app.add_exception_handler(HTTPException, no_route)
    app.add_exception_handler(RequestValidationError, wrong_parameter)


def methods_at(app: FastAPI, path: str) -> list[str]:
    """The methods that a path is asked by, of all its routes: each is another method's. A folder's files are read."""
    found = [each for each in iter_route_contexts(app.routes) if each.path_regex.match(path)]
    return sorted({method for each in found for method in each.methods or ("GET", "HEAD")})


def _told(message: str, code: str, status: int, headers: dict[str, str]) -> Response:
    return JSONResponse({"errors": [{"message": message, "extensions": {"code": code}}]}, status, headers)
