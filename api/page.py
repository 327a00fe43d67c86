"""GraphiQL with sample questions, for who writes them; nothing on its page is from elsewhere."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from api.sample import SAMPLES

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEAD = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>polegraph</title>'


def static() -> Mount:
    """The route of the pages' own files."""
    return Mount("/static", StaticFiles(directory=str(files("api").joinpath("static"))), name="static")


def takes_html(request: Request) -> bool:
    """True for a browser that asks for a page."""
    return "text/html" in request.headers.get("accept", "")


def graphiql() -> Response:
    """The page to ask questions from, one sample in each tab."""
    settings: dict[str, Any] = {"url": "/graphql", "samples": [sample.tab() for sample in SAMPLES]}
    # A closing tag inside the JSON would end the element that holds it.
    embedded = json.dumps(settings).replace("<", "\\u003c")
    return _page(
        f"{_HEAD}<link rel='stylesheet' href='/static/graphiql/graphiql.css'>"
        "<link rel='stylesheet' href='/static/page.css'></head><body>"
        f"<script type='application/json' id='settings'>{embedded}</script>"
        "<div id='graphiql'>Loading...</div><script src='/static/graphiql/graphiql.js'></script></body></html>"
    )


def _page(text: str) -> Response:
    return HTMLResponse(text, headers={"Content-Security-Policy": _POLICY, "X-Frame-Options": "DENY"})
