"""GraphQL over HTTP: what a request's body must be, which media type answers it, and its status.

Source: the GraphQL-over-HTTP specification. `application/graphql-response+json` says by its status whether the
operation was executed; `application/json`, the older type, answers a well-formed request with 200.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from graph.errors import BadInput, PolegraphError, RateLimited, Unauthenticated

GRAPHQL_RESPONSE = "application/graphql-response+json"
JSON = "application/json"
EVENTS = "text/event-stream"
_MEDIA = (GRAPHQL_RESPONSE, JSON, EVENTS)
_WILD = ("*/*", "application/*")
# So long, in seconds, the next piece of a body may take, and the whole of it. After the first ten seconds it must have
# come at so many bytes a second at least, or one that drips holds a connection for the whole time; a phone at the edge
# of its network sends ten times as many. It is what Apache's mod_reqtimeout asks for by default.
_PIECE_S, _BODY_S = 10.0, 60.0
_LEAST_BYTES_S = 500.0


class Refused(Exception):
    """A request refused by its form, with the status that says so."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = headers or {}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a well-formed body asks."""

    query: str
    operation_name: str | None
    variables: dict[str, Any]


def media_type(accept: str | None) -> str:
    """The media type to answer in; raises Refused (406) where the client takes neither."""
    if not accept or not accept.strip():
        return JSON
    offered = [_offer(part) for part in accept.split(",")]
    best = max((quality for name, quality in offered if name in (*_MEDIA, *_WILD)), default=0.0)
    if best <= 0:
        raise Refused(406, f"Accept: {accept[:100]!r} takes none of {', '.join(_MEDIA)}")
    for name, quality in offered:
        if quality == best and name in (*_MEDIA, *_WILD):
            return JSON if name in _WILD else name
    raise AssertionError("a best offer exists")  # pragma: no cover


def _offer(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return name, float(parameter[2:])
            except ValueError:
                return name, 0.0
    return name, 1.0


async def body_of(request: Request, limit: int) -> bytes:
    """The body of a request; raises Refused: 413 as soon as it is longer than the limit, in bytes, 408 if it stops."""
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared) > limit:
        raise Refused(413, f"the body has {declared} bytes, more than {limit}")
    body, pieces = bytearray(), aiter(request.stream())
    now = asyncio.get_running_loop().time
    begun = now()
    end = begun + _BODY_S
    try:
        async with asyncio.timeout_at(end) as limited:
            while True:
                slowest = begun + _PIECE_S + len(body) / _LEAST_BYTES_S
                limited.reschedule(min(now() + _PIECE_S, slowest, end))
                piece = await anext(pieces, None)
                if piece is None:
                    return bytes(body)
                body += piece
                if len(body) > limit:
                    raise Refused(413, f"the body has more than {limit} bytes")
    except TimeoutError:
        raise Refused(408, f"the body stopped coming: {len(body)} bytes in {now() - begun:.0f} s") from None


def check_content_type(content_type: str | None) -> None:
    """Nothing; raises Refused (415) for a body that is not JSON in UTF-8.

    A page of another site can post a form without being asked, but not JSON: so this also keeps such pages out.
    """
    name, *parameters = (part.strip().lower() for part in (content_type or "").split(";"))
    if name != JSON:
        raise Refused(415, f"Content-Type: {(content_type or '')[:100]!r} is not {JSON}")
    for parameter in parameters:
        if parameter.startswith("charset=") and parameter.partition("=")[2].strip('"') not in ("utf-8", "utf8"):
            raise Refused(415, f"Content-Type: {parameter!r}; only UTF-8 is read")


def content_of(body: bytes) -> dict[str, Any]:
    """The JSON object of a body, its parts of their types; raises Refused (400) naming the part that is wrong."""
    try:
        content = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Refused(400, f"the body is no JSON: {error}") from None
    if isinstance(content, list):
        raise Refused(400, "the body is a list: several operations in one request are not served")
    if not isinstance(content, dict):
        raise Refused(400, "the body is no JSON object with a `query`")
    return _of_types(content)


def content_of_url(given: Mapping[str, str]) -> dict[str, Any]:
    """The same of a URL's parameters, `variables` and `extensions` being JSON."""
    content: dict[str, Any] = dict(given)
    for name in ("variables", "extensions"):
        if name in content:
            try:
                content[name] = orjson.loads(content[name])
            except orjson.JSONDecodeError as error:
                raise Refused(400, f"{name}: no JSON ({error})") from None
    return _of_types(content)


def _of_types(content: dict[str, Any]) -> dict[str, Any]:
    for name in ("operationName", "documentId"):
        if content.get(name) is not None and not isinstance(content[name], str):
            raise Refused(400, f"{name}: must be text or null")
    for name in ("variables", "extensions"):
        if content.get(name) is not None and not isinstance(content[name], dict):
            raise Refused(400, f"{name}: must be an object or null")
    return content


def query_of(content: Mapping[str, Any]) -> str:
    """The document that a body holds; raises Refused (400) where it holds none."""
    query = content.get("query")
    if not isinstance(query, str) or not query.strip():
        raise Refused(400, "query: a GraphQL document as text is needed")
    return query


def answered(body: dict[str, Any], media: str, status: int = 200) -> Response:
    """The response of a body that is one answer."""
    media = JSON if media == EVENTS else media
    return Response(orjson.dumps(body), status, media_type=f"{media}; charset=utf-8")


def challenge(error: PolegraphError) -> dict[str, str]:
    """The headers that an error adds to its response: how to sign in, when to try again. Source: RFC 6750, 9110."""
    if isinstance(error, Unauthenticated):
        return {"WWW-Authenticate": "Bearer"}
    if isinstance(error, RateLimited):
        return {"Retry-After": str(error.after_s)}
    return {"Retry-After": "1"} if error.http_status == 503 else {}


def refused(error: Refused, media: str = JSON) -> Response:
    """The response to a request refused by its form."""
    body = {"errors": [{"message": error.message, "extensions": {"code": BadInput.code}}]}
    response = answered(body, media, error.status)
    response.headers.update(error.headers)
    return response
