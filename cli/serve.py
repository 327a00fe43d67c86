"""`polegraph serve`: the API."""

from __future__ import annotations

from typing import Annotated

import typer

from api.address import HOST, PORT
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
    """Serve the explorer, GraphQL, health and metrics until interrupted.

    Example: polegraph serve --port 8000
    """
    # Two seconds of imports that no other command needs.
    from api.serve import serve as run
    from api.tls import tls_of

    settings = load_settings()
    scheme = "http" if tls_of(settings) is None else "https"
    with opened(settings, prepare=True):
        say(f"serving {scheme}://{host}:{port}/")
    run(settings, host, port, workers)
