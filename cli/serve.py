"""`polegraph serve`: the API."""

from __future__ import annotations

from typing import Annotated

import typer

from api.serve import HOST, PORT
from api.serve import serve as run
from cli.console import say
from cli.session import opened
from graph.settings import load_settings


def serve(
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on; loopback only without authentication.")
    ] = HOST,
    port: Annotated[int, typer.Option("--port", help="Port.")] = PORT,
    workers: Annotated[int, typer.Option("--workers", help="Processes, one a core at most.")] = 1,
) -> None:
    """Serve GraphQL, health and metrics until interrupted.

    Example: polegraph serve --port 8000
    """
    settings = load_settings()
    with opened(settings, prepare=True):
        say(f"serving http://{host}:{port}/graphql")
    run(settings, host, port, workers)
