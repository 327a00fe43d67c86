"""Signing in by redirect: where the identity provider lets people in, and what it gives for the code that it sent.

The page makes verifier and state, goes to the provider and comes back with a code; only this server asks the provider
for the token, so that the page asks nobody but us. It is a public client: PKCE stands in for a secret.
Source: RFC 6749 (authorisation code), RFC 7636 (PKCE), RFC 9700 (best current practice), OpenID Connect Discovery 1.0.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

import anyio
import anyio.to_thread
import jwt
import requests
from fastapi import APIRouter
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.error import plain
from api.http import Refused, body_of, challenge, check_content_type, content_of, refused
from api.keyring import check_url, configuration, posted
from api.operation import COMPONENT
from api.place import Seats
from api.refusal import refusing
from api.viewer import Door, Sender
from graph.audit import put_on_record
from graph.errors import BadInput, NotFound, Overloaded, PolegraphError, Unauthenticated, Unreachable
from graph.settings import Auth, Settings
from security.audit import Act, AuditLog, Entry

# How entries of the audit log name it.
OPERATION = "signIn"
_FRESH_S = 3_600.0
_PAUSE_S = 10.0
# Whoever asks is not known yet: so many ask the provider at once, and no more.
_AT_ONCE = 4
_MOST_BYTES = 16_384
_LONGEST = 2_048
# As RFC 7636 has it.
_VERIFIER = re.compile(r"^[A-Za-z0-9._~-]{43,128}$")
_TEXT = {"type": "string", "minLength": 1, "maxLength": _LONGEST, "pattern": "^[ -~]+$"}
_NEEDED = ("code", "redirectUri", "verifier")
_SENT = {**dict.fromkeys(_NEEDED, _TEXT), "verifier": {"type": "string", "pattern": _VERIFIER.pattern}}
_BODY = {"type": "object", "properties": _SENT, "required": list(_NEEDED)}
_GIVEN = {"requestBody": {"required": True, "content": {"application/json": {"schema": _BODY}}}}
_AWAY = "the identity provider does not answer: nobody can sign in until it does"


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where the provider lets people in, gives tokens for codes, and, where it says so, lets them out."""

    authorise: str
    token: str
    leave: str | None


class Authority:
    """The endpoints of an issuer, kept for an hour; asked at most every ten seconds where it does not answer."""

    def __init__(self, issuer: str) -> None:
        self._issuer = issuer
        self._found: Endpoints | None = None
        self._read_at = self._asked_at = float("-inf")
        self._lock = threading.Lock()

    def endpoints(self) -> Endpoints:
        """Where they are; raises Unreachable where the issuer never told, or tells what is no address of its kind."""
        with self._lock:
            now = time.monotonic()
            if now - self._read_at > _FRESH_S and now - self._asked_at > _PAUSE_S:
                self._asked_at = now
                self._read(now)
            if self._found is None:
                raise Unreachable(_AWAY)
            return self._found

    def _read(self, now: float) -> None:
        try:
            told = configuration(self._issuer)
            names = ("authorization_endpoint", "token_endpoint")
            authorise, token = (check_url(name, str(told.get(name))) for name in names)
            leave = told.get("end_session_endpoint")
            self._found = Endpoints(authorise, token, check_url("end_session_endpoint", str(leave)) if leave else None)
        except (requests.RequestException, BadInput, ValueError, TypeError):
            return
        self._read_at = now


def authorise_router(door: Door, settings: Settings, log: AuditLog) -> APIRouter:
    """`GET /sign-in`: where to go; `POST /sign-in`: the access token for the code that one came back with."""
    router = APIRouter()
    threads = anyio.CapacityLimiter(_AT_ONCE)
    seats = Seats(_AT_ONCE, "many sign in at this moment: try again in a second")
    client = _Client(door, settings, log)

    @router.get("/sign-in", operation_id="signIn", summary="Where one signs in")
    async def where(request: Request) -> Response:
        return await _answered(request, seated(client.where))

    @router.post(
        "/sign-in",
        operation_id="signedIn",
        summary="The token for the code that the provider sent",
        openapi_extra=_GIVEN,
    )
    async def come_back(request: Request) -> Response:
        return await _answered(request, signed_in(request))

    async def signed_in(request: Request) -> dict[str, Any]:
        request_id = request.state.request_id
        try:
            check_content_type(request.headers.get("content-type"))
            given = content_of(await body_of(request, _MOST_BYTES))
            return await seated(client.token, given, request_id)
        except (Refused, Overloaded) as error:
            await anyio.to_thread.run_sync(client.turned_away, error, request_id)
            raise

    async def seated(make: Callable[..., dict[str, Any]], *given: object) -> dict[str, Any]:
        with seats.taken():
            return await anyio.to_thread.run_sync(make, *given, limiter=threads)

    return router


async def _answered(request: Request, making: Awaitable[dict[str, Any]]) -> Response:
    try:
        return JSONResponse(await making)
    except Refused as error:
        return refused(error)
    except PolegraphError as error:
        return JSONResponse(plain(error, request.state.request_id), error.http_status, challenge(error))


class _Client:
    """What the explorer is to the identity provider."""

    def __init__(self, door: Door, settings: Settings, log: AuditLog) -> None:
        self._door = door
        self._log = log
        self._id = settings.oidc_client_id if settings.auth is Auth.OIDC else None
        self._scopes = settings.oidc_scopes
        self._authority = Authority(settings.oidc_issuer or "")

    def where(self) -> dict[str, Any]:
        """The address to go to, and what to say there."""
        name, found = self._named(), self._authority.endpoints()
        return {"authorise": found.authorise, "leave": found.leave, "clientId": name, "scope": self._scopes}

    def token(self, given: Mapping[str, Any], request_id: str) -> dict[str, Any]:
        """The token that a code is good for, which has to be one that lets in; `expiresAt`: epoch seconds.

        Whoever signs in is on record before it is given out, and so is who is refused.
        """
        entry = self._entry(request_id)
        try:
            token = self._exchanged(given)
        except PolegraphError as error:
            self.turned_away(error, request_id)
            raise
        identity = self._door.known(Headers({"authorization": f"Bearer {token}"}), refusing(self._log, entry))
        put_on_record(self._log, replace(entry, user=identity.user, role=identity.role))
        # What was just held to the issuer's keys need not be held to them again.
        ends = jwt.decode(token, options={"verify_signature": False})["exp"]
        return {"accessToken": token, "expiresAt": ends, "user": identity.user}

    def turned_away(self, error: PolegraphError | Refused, request_id: str) -> None:
        """Put on record that somebody of whom nothing is known is not signed in; raises Unlogged."""
        known = BadInput(error.message) if isinstance(error, Refused) else error
        self._door.refuse(Sender(self._door.ways.nobody), refusing(self._log, self._entry(request_id)), known)

    def _entry(self, request_id: str) -> Entry:
        return Entry(Act.CONSULTATION, self._door.ways.nobody, OPERATION, request_id, COMPONENT)

    def _exchanged(self, given: Mapping[str, Any]) -> str:
        """What the provider gives for a code, whatever it is good for."""
        code, back, verifier = (_text(given, name) for name in _NEEDED)
        if not _VERIFIER.match(verifier):
            raise BadInput("verifier: it has 43 to 128 letters, digits and signs of . _ ~ -")
        form = {
            "grant_type": "authorization_code",
            "client_id": self._named(),
            "code": code,
            "code_verifier": verifier,
            "redirect_uri": back,
        }
        try:
            told = posted(self._authority.endpoints().token, form)
        except requests.HTTPError as error:
            if error.response is not None and error.response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                raise Unreachable(_AWAY) from None
            raise Unauthenticated("the identity provider did not take the code: sign in again") from None
        except (requests.RequestException, ValueError, TypeError):
            raise Unreachable(_AWAY) from None
        return str(told.get("access_token") or "")

    def _named(self) -> str:
        if self._id is None:
            raise NotFound("nobody is redirected to sign in here: POLEGRAPH_OIDC_CLIENT_ID is not set")
        return self._id


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST or not value.isascii() or not value.isprintable():
        raise BadInput(f"{name}: text of at most {_LONGEST:,} plain characters is needed")
    return value
