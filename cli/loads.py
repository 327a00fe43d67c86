"""`polegraph loads`: the loads on record, running and past."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.table import Table

from cli.account import consulting
from cli.console import out, show_json
from cli.session import Json, Markings
from graph.errors import NotFound
from graph.read.run import RunView, run, runs


def loads(
    id_: Annotated[str | None, typer.Argument(metavar="[RUN]", help="One load, with its report.")] = None,
    first: Annotated[int, typer.Option("--first", min=1, max=500, help="How many, the newest first.")] = 20,
    markings: Markings = None,
    json: Json = False,
) -> None:
    """Show the loads on record: of which sources, when, how they ended, what they did.

    Example: polegraph loads; polegraph loads 20260301T101500Z-9f3a1c --json
    """
    with consulting("loads", markings) as asking:
        graph, viewer = asking.graph, asking.viewer
        found = asking.answer(runs(graph, viewer, first) if id_ is None else [_one(run(graph, viewer, id_), id_)])
    if json:
        told = [one.as_json() for one in found]
        show_json(told if id_ is None else told[0])
        return
    _show(found)


def _one(found: RunView | None, id_: str) -> RunView:
    if found is None:
        raise NotFound(f"there is no load {id_!r}: `polegraph loads` lists those on record")
    return found


def _show(found: list[RunView]) -> None:
    table = Table("load", "state", "sources", "began", box=None)
    for column in ("seconds", "read", "loaded", "unchanged", "rejected", "retracted"):
        table.add_column(column, justify="right")
    for one in found:
        files = one.report.get("files", [])
        counts = [sum(file["rows"][name] for file in files) for name in ("read", "loaded", "unchanged", "rejected")]
        numbers = [*counts, sum(file["retracted"] for file in files)]
        began = datetime.fromtimestamp(one.began_at, UTC).strftime("%Y-%m-%d %H:%M:%SZ")
        took = "" if one.ended_at is None else f"{one.ended_at - one.began_at:,}"
        table.add_row(one.id, one.state, ", ".join(one.sources), began, took, *(f"{number:,}" for number in numbers))
    out.print(table)
    for one in found:
        if one.error:
            out.print(f"{one.id}: {one.error}", markup=False)
