"""`polegraph schema`: constraints, indexes, migrations."""

from __future__ import annotations

import typer

from cli.console import say
from graph import schema
from graph.declared import declared_markings
from graph.errors import SchemaMismatch
from graph.open import open_graph
from graph.settings import load_settings
from resolution.key import INDEXED

app = typer.Typer(no_args_is_help=True, help="Constraints, indexes and migrations of the graph.")


@app.command("apply")
def apply_() -> None:
    """Bring the graph to this version; safe to repeat.

    Example: polegraph schema apply
    """
    settings = load_settings()
    graph = open_graph(settings)
    ran = schema.apply(graph.store, graph.ids, INDEXED, declared_markings(settings))
    graph.store.close()
    say(f"ran {', '.join(ran)}" if ran else "up to date")


@app.command()
def check() -> None:
    """Say what of the schema does not fit; exit 6 where something does not.

    Example: polegraph schema check
    """
    graph = open_graph(load_settings())
    problems = schema.check(graph.store, graph.ids)
    graph.store.close()
    if problems:
        raise SchemaMismatch("\n".join(problems))
    say("the schema fits")
