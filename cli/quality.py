"""`polegraph quality`: how good the data of a source is, by the national standard."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table

from cli.account import consulting
from cli.console import out, say, show_json
from cli.session import Json, Markings, PurposeText
from graph.answer import iso
from graph.errors import NotFound
from graph.open import Graph
from graph.read.quality import QualityCheckView, QualityView
from graph.read.quality import quality as quality_of
from graph.read.source import sources
from security.viewer import Viewer


def quality(
    source: Annotated[str, typer.Argument(help="A source's id, as its mapping says it.")],
    failing: Annotated[int, typer.Option("--failing", help="Ids of so many failing records a check, 0 to 1000.")] = 20,
    markings: Markings = None,
    purpose: PurposeText = None,
    json: Json = False,
) -> None:
    """Say how complete, conforming, timely and unique the records of a source are, and which fail.

    Example: polegraph quality crime-system --failing 5
    """
    with consulting("quality", markings, purpose) as asking:
        number = _number(asking.graph, asking.viewer, source)
        found = quality_of(asking.graph, asking.viewer, [number], failing)[number]
        asking.answer(found, [id_ for check in found.checks for id_ in check.failing_ids])
    if json:
        checks = [{**asdict(check), "share": check.share, "truncated": check.truncated} for check in found.checks]
        show_json({"source": source, "newest_as_of": iso(found.newest_as_of), "checks": checks})
    else:
        _show(source, found)


def _number(graph: Graph, viewer: Viewer, source: str) -> int:
    known = {view.source.id: view.source.n for view in sources(graph, viewer)}
    if source not in known:
        raise NotFound(f"there is no source {source!r}; there are {', '.join(known) or 'none'}")
    return known[source]


def _show(source: str, found: QualityView) -> None:
    say(f"{source}: newest statement of {iso(found.newest_as_of) or 'no known date'}")
    table = Table("check", "kind", box=None)
    for column in ("of", "fail", "share", "mean days"):
        table.add_column(column, justify="right")
    table.add_column("failing")
    for check in found.checks:
        numbers = (f"{check.of:,}", f"{check.failing:,}", f"{check.share:.1%}")
        days = "" if check.days is None else f"{check.days:,.1f}"
        table.add_row(_named(check), check.kind, *numbers, days, _ids(check))
    out.print(table, markup=False)


def _named(check: QualityCheckView) -> str:
    return f"{check.dimension.lower()} {check.rule}{f' without {check.missing}' if check.missing else ''}"


def _ids(check: QualityCheckView) -> str:
    more = check.failing - len(check.failing_ids)
    return ", ".join((*check.failing_ids, *((f"and {more:,} more",) if more else ())))
