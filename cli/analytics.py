"""`polegraph analytics`: the register of what ranks, groups or forecasts, and whom it picks."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.table import Table

from analysis.disparity import Group
from analysis.disparity import disparity as disparity_of
from analysis.register import REGISTER, overdue
from analysis.register.page import record
from cli.account import consulting
from cli.console import out, show_json
from cli.picked import AROUND, AT_LARGE, Asked, picked
from cli.session import Json, Markings, PurposeText
from graph.errors import BadInput

app = typer.Typer(no_args_is_help=True, help="What ranks, groups or forecasts: its register, and whom it picks.")


@app.command("list")
def list_analytics(json: Json = False) -> None:
    """The analytics: what each is for, and by when it has to be reviewed.

    Example: polegraph analytics list
    """
    if json:
        show_json([analytic.model_dump(mode="json") for analytic in REGISTER.values()])
        return
    late = overdue(datetime.now(UTC).date())
    for analytic in REGISTER.values():
        due = "REVIEW DUE since" if analytic in late else "review by"
        out.print(f"{analytic.name:18} {due} {analytic.review_by}  {analytic.purpose}", markup=False)


@app.command()
def show(name: Annotated[str, typer.Argument(help="An analytic, as `analytics list` names it.")]) -> None:
    """The transparency record of one: what it reads, who decides, what may go wrong.

    Example: polegraph analytics show key-players
    """
    if name not in REGISTER:
        raise BadInput(f"there is no analytic {name!r}; there are {', '.join(REGISTER)}")
    out.print("\n\n".join(record(REGISTER[name])), markup=False, highlight=False)


@app.command()
def disparity(
    name: Annotated[str, typer.Argument(help="An analytic that singles people out.")],
    area: Annotated[str | None, typer.Option("--area", help="Only in this area, postcode, place or address.")] = None,
    of: Annotated[
        list[str] | None, typer.Option("--of", help="Whom or what it is asked of, where it is; several times.")
    ] = None,
    markings: Markings = None,
    purpose: PurposeText = None,
    json: Json = False,
) -> None:
    """Whom an analytic picks, by ethnicity, sex and age, beside all whom it picked from; on record, no input of any.

    The ratio is the share picked of a group to that of all others; * marks what chance does not explain (95 %). A group
    of fewer than 10 is named without numbers, with others that would give them away. `--of` takes several: 10 subjects
    tell more than one.

    Example: polegraph analytics disparity key-players --area e_mzxw6ytboi2dqnbqga4q
    """
    _check(name, area, of)
    with consulting("analytics disparity", markings, purpose, [*([area] if area else ()), *(of or ())]) as asking:
        found = picked(name, Asked(asking.graph, asking.viewer, area, tuple(of or ())))
        groups = disparity_of(asking.graph, asking.viewer, found.picked, found.among)
        asking.answer(groups, found.picked)
    if json:
        show_json([{**asdict(group), "apart": group.apart} for group in groups])
    else:
        _table(groups)


def _check(name: str, area: str | None, of: list[str] | None) -> None:
    there = ", ".join([*AT_LARGE, *AROUND])
    if name not in REGISTER:
        raise BadInput(f"there is no analytic {name!r}; these single people out: {there}")
    if name not in AT_LARGE and name not in AROUND:
        raise BadInput(f"{name!r} is not compared: {REGISTER[name].uncompared}; these are: {there}")
    if name in AROUND and (area or not of):
        raise BadInput(f"{name} is asked of somebody or something: name them with --of ID, and no --area")
    if name in AT_LARGE and of:
        raise BadInput(f"--of: {name} is asked of an area or of everybody; leave it out")


def _table(groups: list[Group]) -> None:
    table = Table(box=None, pad_edge=False)
    for column, justify in zip(("", "", "people", "picked", "ratio", "95 %", ""), "llrrrll", strict=True):
        table.add_column(column, justify="right" if justify == "r" else "left")
    for each in groups:
        ratio, span = ("", "") if each.ratio is None else (f"{each.ratio:.2f}", f"{each.low:.2f} to {each.high:.2f}")
        counts = ("not told", "") if each.people is None else (f"{each.people:,}", f"{each.picked:,}")
        figures = (*counts, ratio, span, "*" if each.apart else "")
        table.add_row(each.characteristic, each.group, *figures)
    out.print(table)
