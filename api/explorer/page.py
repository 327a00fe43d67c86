"""The explorer over HTTP: its first page, the files of it, and what it is told when it begins."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import anyio.to_thread
from fastapi import APIRouter
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from api.error import plain
from api.http import challenge
from api.operation import COMPONENT
from api.refusal import refusing
from api.viewer import ALLOWED, Deed, Door
from graph.audit import put_on_record
from graph.declared import declared_markings, declared_users
from graph.errors import BadInput, PolegraphError, RateLimited, Unlogged
from graph.settings import Auth, Settings
from graph.version import version
from security.audit import Act, AuditLog, Entry
from security.marking import CLASSIFICATIONS
from security.viewer import PurposeCode

# How entries of the audit log name it.
OPERATION = "explorer"
PAGES = Path(str(files("api.explorer").joinpath("pages")))
# No script or style but our files, no request but to us, no text taken for a script (Trusted Types), no frame around.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:{tiles}; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    # One policy of two addresses: what starts the pages without network, and what places a network beside the page.
    "require-trusted-types-for 'script'; trusted-types worker"
)
_PAGE_HEADERS = {
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-cache",
}
# What starts without network: it asks us alone, and is looked for again each time.
_WORKER_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; connect-src 'self'",
    "Cache-Control": "no-cache",
}
_HOST = re.compile(r"[A-Za-z0-9.-]+(:\d{1,5})?")
# A file's name holds a digest of its content: another content has another name.
_FOR_GOOD = "public, max-age=31536000, immutable"
# A file that runs beside the page, as what places a network does, is under a policy of its own: it asks nobody.
_FILE_HEADERS = {"Cache-Control": _FOR_GOOD, "Vary": "Accept-Encoding", "Content-Security-Policy": "default-src 'none'"}


class _Script(Response):
    media_type = "text/javascript"


class _Manifest(JSONResponse):
    media_type = "application/manifest+json"


class _Assets(StaticFiles):
    """Files that never change, compressed once: a phone at the roadside gets a third of them.

    Compressing what is answered would not do: servers take files by their path, and send them as they are.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder)
        self._compressed = {file.name: gzip.compress(file.read_bytes(), mtime=0) for file in sorted(folder.iterdir())}

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, to be kept for good."""
        response = await super().get_response(path, scope)
        response.headers.update(_FILE_HEADERS)
        packed = self._compressed.get(path)
        takes = "gzip" in Headers(scope=scope).get("accept-encoding", "")
        if packed is None or not takes or response.status_code != HTTPStatus.OK or scope["method"] != "GET":
            return response
        return Response(packed, media_type=response.media_type, headers={**_FILE_HEADERS, "Content-Encoding": "gzip"})


def assets() -> Mount:
    """The route of the pages' own files, compressed for who takes that."""
    return Mount("/assets", _Assets(PAGES / "assets"), name="assets")


def explorer_router(settings: Settings, door: Door, log: AuditLog) -> APIRouter:
    """The first page, what installs it, and `/explorer`: what it has to know before anybody signs in."""
    router = APIRouter()
    pages = StaticFiles(directory=PAGES)
    told = beginning(settings)
    headers = {**_PAGE_HEADERS, "Content-Security-Policy": policy(settings)}

    @router.get("/", operation_id="explorer", summary="The explorer", response_class=HTMLResponse)
    async def first_page(request: Request) -> Response:
        response = await pages.get_response("index.html", request.scope)
        response.headers.update(headers)
        return response

    @router.get("/explorer", operation_id="beginning", summary="What the explorer is told when it begins")
    async def beginning_of(request: Request) -> Response:
        try:
            return JSONResponse(
                told | await anyio.to_thread.run_sync(_whoever, door, log, request, settings.auth is not Auth.NONE)
            )
        except PolegraphError as error:
            return JSONResponse(plain(error, request.state.request_id), error.http_status, challenge(error))

    @router.get(
        "/worker.js", operation_id="worker", summary="What starts the explorer without network", response_class=_Script
    )
    async def worker(request: Request) -> Response:
        response = await pages.get_response("worker.js", request.scope)
        response.headers.update(_WORKER_HEADERS)
        return response

    @router.get(
        "/manifest.webmanifest",
        operation_id="manifest",
        summary="What the explorer is, once installed",
        response_class=_Manifest,
    )
    async def manifest(request: Request) -> Response:
        response = await pages.get_response("manifest.webmanifest", request.scope)
        response.headers.update({"Content-Type": _Manifest.media_type, "Cache-Control": "no-cache"})
        return response

    return router


def policy(settings: Settings) -> str:
    """The content security policy of the pages; raises BadInput for an address that is no pattern of tiles."""
    tiles = _tiles_origin(settings)
    return _POLICY.format(tiles=f" {tiles}" if tiles else "")


def _tiles_origin(settings: Settings) -> str | None:
    """Where pictures of maps may come from beside us."""
    if settings.tiles_url is None:
        return None
    address = urlsplit(settings.tiles_url)
    parts = all(part in address.path for part in ("{z}", "{x}", "{y}"))
    # The origin stands in the policy of the page as it is: nothing in it may be read as more than that.
    if address.scheme not in ("https", "http") or not parts or not _HOST.fullmatch(address.netloc):
        raise BadInput(
            f"POLEGRAPH_TILES_URL: {settings.tiles_url!r} is no pattern of tiles: write https://HOST/{{z}}/{{x}}/{{y}}.png"
        )
    return f"{address.scheme}://{address.netloc}"


def _whoever(door: Door, log: AuditLog, request: Request, known: bool) -> dict[str, Any]:
    """`who`: the name of whoever sends a request, their role, and what they may do; None where that is nobody.

    `known`: people sign in.
    Whose token it is is an answer: it is on record, as is a refusal, and counts for the rate. Raises RateLimited and
    Unlogged.
    """
    if known and "authorization" not in request.headers:
        return {"who": None}
    entry = Entry(Act.CONSULTATION, door.ways.nobody, OPERATION, request.state.request_id, COMPONENT)
    try:
        identity = door.known(request.headers, refusing(log, entry))
    except (RateLimited, Unlogged):
        raise
    except PolegraphError:
        return {"who": None}
    if known:
        put_on_record(log, replace(entry, user=identity.user, role=identity.role))
    may = Deed if identity.role is None else ALLOWED[identity.role]
    return {"who": {"user": identity.user, "role": identity.role, "may": sorted(deed.value for deed in may)}}


def beginning(settings: Settings) -> dict[str, Any]:
    """How one signs in, which purposes there are, and as whom one may look where nobody signs in.

    The markings in use are told only there: where somebody signs in, their names alone would say what is going on.
    """
    open_to_all = settings.auth is Auth.NONE
    return {
        "version": version(),
        "auth": settings.auth.value,
        "purposes": [code.value for code in PurposeCode],
        "classifications": list(CLASSIFICATIONS),
        "tiles": settings.tiles_url,
        "tilesCredit": settings.tiles_credit,
        "redirect": not open_to_all and settings.oidc_client_id is not None,
        "users": [{"name": user.name, "title": user.title} for user in declared_users(settings)] if open_to_all else [],
        "viewers": [marking.text for marking in declared_markings(settings)] if open_to_all else [],
    }
