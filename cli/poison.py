"""`polegraph resolve report`: what tells nobody apart."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table

from cli.account import consulting
from cli.console import out, say, show_json
from cli.session import Json, Markings, PurposeText
from graph.errors import BadInput
from resolution.poison import PoisonReport, poison_seen

_MOST = 1_000


def report_command(
    first: Annotated[int, typer.Option("--first", help="So many of them, 0 to 1000.")] = 20,
    markings: Markings = None,
    purpose: PurposeText = None,
    json: Json = False,
) -> None:
    """Say which values tell nobody apart: held by too many, filled in for want of one, or shared by too many to meet.

    Example: polegraph resolve report --first 50
    """
    if not 0 <= first <= _MOST:
        raise BadInput(f"--first {first}: 0 to {_MOST:,}")
    with consulting("resolve report", markings, purpose) as asking:
        found = poison_seen(asking.graph, asking.viewer, first)
        asking.answer(found, [id_ for one in found.found for id_ in one.examples])
    if json:
        show_json(_as_json(found))
    else:
        _show(found)


def _as_json(found: PoisonReport) -> dict[str, object]:
    told = [{**asdict(one), "effect": one.cause.effect, "advice": one.cause.advice} for one in found.found]
    return {**asdict(found), "found": told}


def _show(found: PoisonReport) -> None:
    say(
        f"{found.records:,} records of people; {found.nameless:,} have nothing to be found by, "
        f"{found.crowded_out:,} nothing that too many others do not share"
    )
    for cause in dict.fromkeys(total.cause for total in found.totals):
        say(f"\n{cause}: {cause.effect}.\nWhat to do: {cause.advice}.")
        for total in found.totals:
            if total.cause == cause:
                say(f"  {total.sort}: {total.values:,} in {total.records:,} records")
    if not found.found:
        return
    table = Table("cause", "sort", "value", box=None)
    for column in ("records", "names"):
        table.add_column(column, justify="right")
    table.add_column("for example")
    for one in found.found:
        names = "" if one.names is None else f"{one.names:,}"
        table.add_row(one.cause, one.sort, one.value, f"{one.records:,}", names, ", ".join(one.examples))
    out.print(table, markup=False)
    if found.truncated:
        say("there are more: --first says how many are shown")
