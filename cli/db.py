"""`polegraph db`: the managed local server."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.account import acting
from cli.console import say, show_json
from cli.session import Json, connecting, opened
from graph.errors import BadInput
from graph.open import managed
from graph.settings import Settings, load_settings
from graph.wipe import wipe as wipe_graph
from security.audit import Act

app = typer.Typer(no_args_is_help=True, help="The managed local Neo4j of the data folder.")


def _settings() -> Settings:
    settings = load_settings()
    if settings.neo4j_uri is not None:
        raise BadInput(f"POLEGRAPH_NEO4J_URI names {settings.neo4j_uri}: unset it to use the managed local server")
    return settings


@app.command()
def start() -> None:
    """Start the server, or say where it runs.

    Example: polegraph db start
    """
    with connecting() as note:
        connection = managed(_settings()).start(note)
    say(f"running at {connection.uri}")


@app.command()
def stop() -> None:
    """Stop the server.

    Example: polegraph db stop
    """
    say(managed(_settings()).stop().value.replace("_", " "))


@app.command()
def status(json: Json = False) -> None:
    """Say whether the server runs, and where.

    Example: polegraph db status --json
    """
    found = managed(_settings()).status()
    values = {
        "state": found.state.value,
        "uri": found.uri,
        "user": found.user,
        "password_file": str(found.password_file),
        "database": found.database,
        "pid": found.pid,
    }
    if json:
        show_json(values)
        return
    for name, value in values.items():
        typer.echo(f"{name}: {value}")


@app.command()
def wipe(yes: Annotated[bool, typer.Option("--yes", help="Really empty the graph.")] = False) -> None:
    """Empty the graph; the installation's key stays, so a reload gives the same ids.

    Example: polegraph db wipe --yes
    """
    if not yes:
        raise BadInput("this empties the graph: say --yes")
    settings = load_settings()
    with (
        acting(settings, Act.ERASURE, "db wipe", whole=True),
        opened(settings, prepare=True, restoring=True) as graph,
    ):
        wipe_graph(graph.store)
    say("the graph is empty")
