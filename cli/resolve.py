"""`polegraph resolve`: records into entities, and how right that is."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from cli import model, poison
from cli.account import acting, consulting
from cli.console import out, say, show_json
from cli.progress import stages
from cli.session import Json, existing, opened
from graph.errors import BadInput
from graph.marking_numbers import StoredMarkings
from graph.model import RESOLVED
from graph.open import Graph
from graph.settings import load_settings
from loaders.settle import settle
from resolution.evaluate import Evaluation, evaluate
from resolution.fetch import fetch
from resolution.groups import tied_groups
from security.audit import Act

app = typer.Typer(help="Records into entities.\n\nExample: polegraph resolve --kind Person")
Kind = Annotated[str | None, typer.Option("--kind", help="Person, Vehicle, Address or Organisation.")]
app.command("train")(model.train_command)
app.command("report")(poison.report_command)
app.add_typer(model.app, name="model")
_COLUMNS = {"source", "key", "truth"}


def _known(kind: str | None) -> str | None:
    if kind is not None and kind not in RESOLVED:
        raise BadInput(f"--kind {kind!r}: one of {', '.join(RESOLVED)}")
    return kind


@app.callback(invoke_without_command=True)
def resolve(
    context: typer.Context,
    kind: Kind = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="All again, not only what waits.")] = False,
) -> None:
    """Resolve what is unresolved, or all again.

    Example: polegraph resolve --rebuild
    """
    if context.invoked_subcommand is not None:
        return
    chosen = _known(kind)
    settings = load_settings()
    with (
        acting(settings, Act.COMBINATION, "resolve") as act,
        opened(settings, prepare=True) as graph,
        stages() as progress,
    ):
        kinds = [chosen] if chosen else None
        reports = settle(graph, StoredMarkings(graph.store), kinds=kinds, rebuild=rebuild, progress=progress)
        act.details.update({report.kind: report.written for report in reports})
    for report in reports:
        say(f"{report.kind}: {report.records:,} records, {report.entities:,} entities, {report.written:,} written")


@app.command("evaluate")
def evaluate_command(
    truth: Annotated[
        Path, typer.Option("--truth", help="CSV with the columns source, key, truth; kind too where it is of several.")
    ],
    kind: Kind = "Person",
    json: Json = False,
) -> None:
    """Hold the resolution against a truth: pairs after closure, B-cubed, the clusters that are wrong.

    Example: polegraph resolve evaluate --truth city/truth/persons.csv
    """
    frame = pl.read_csv(existing(truth, "--truth file"), infer_schema=False)
    if missing := _COLUMNS - set(frame.columns):
        raise BadInput(
            f"--truth {truth}: the column {sorted(missing)[0]!r} is missing; it has {', '.join(frame.columns)}"
        )
    kind = _known(kind) or "Person"
    rows = (row for row in frame.iter_rows(named=True) if row.get("kind", kind) == kind)
    known = {(row["source"], row["key"]): row["truth"] for row in rows}
    with consulting("resolve evaluate") as asking:
        found = _evaluate(asking.graph, kind, known)
        asking.answer(
            found, [id_ for wrong in found.wrong for id_ in (wrong.entity, *(record for record, _ in wrong.members))]
        )
    if json:
        show_json(asdict(found))
    else:
        _show(found)


def _evaluate(graph: Graph, kind: str, known: dict[tuple[str, str], str]) -> Evaluation:
    graph.catalogue.refresh()
    sources = {n: view.id for n, view in graph.catalogue.sources.items()}
    labelled = [
        (held.id, known[sources[held.source], held.key], held.mk, held.entity)
        for held in fetch(graph, kind)
        if held.entity is not None and (sources[held.source], held.key) in known
    ]
    return evaluate(labelled, tied_groups(graph, kind))


def _show(found: Evaluation) -> None:
    out.print(f"records {found.records:,}  true {found.truths:,}  entities {found.entities:,}")
    for name, rate in (("pairwise", found.pairwise), ("B-cubed", found.bcubed), ("across markings", found.across)):
        if rate is not None:
            out.print(f"{name}: precision {rate.precision:.4f}  recall {rate.recall:.4f}  F1 {rate.f1:.4f}")
    out.print(
        f"largest entity {found.largest} records, largest in truth {found.largest_true}; wrong {len(found.wrong):,}"
    )
