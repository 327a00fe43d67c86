"""`polegraph analytics`: the register of what ranks, groups or forecasts, and whom it picks."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table

from analysis.disparity import Group
from analysis.disparity import disparity as disparity_of
from analysis.emerging import Recent, emerging_networks
from analysis.indicator import Pattern, indicators
from analysis.key_player import key_players
from analysis.pull import parties
from analysis.register import REGISTER
from analysis.register.page import record
from analysis.scope import MOST, Scope
from cli.account import consulting
from cli.console import out, show_json
from cli.session import Json, Markings, PurposeText
from graph.errors import BadInput
from graph.open import Graph
from security.viewer import Viewer

app = typer.Typer(no_args_is_help=True, help="What ranks, groups or forecasts: its register, and whom it picks.")
Picked = Callable[[Graph, Viewer, str | None], Collection[str]]


@app.command("list")
def list_analytics(json: Json = False) -> None:
    """The analytics: what each is for, and by when it has to be reviewed.

    Example: polegraph analytics list
    """
    if json:
        show_json([analytic.model_dump(mode="json") for analytic in REGISTER.values()])
        return
    for analytic in REGISTER.values():
        out.print(f"{analytic.name:18} review by {analytic.review_by}  {analytic.purpose}", markup=False)


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
    name: Annotated[str, typer.Argument(help="key-players, emerging-networks or indicators.")],
    area: Annotated[str | None, typer.Option("--area", help="Only in this area, postcode, place or address.")] = None,
    markings: Markings = None,
    purpose: PurposeText = None,
    json: Json = False,
) -> None:
    """Whom an analytic picks, by ethnicity, sex and age, beside everybody there; on record, and no input of any.

    The ratio is the share picked of a group to that of all others; * marks what chance does not explain (95 %).

    Example: polegraph analytics disparity key-players --area e_mzxw6ytboi2dqnbqga4q
    """
    if name not in _PICKED:
        raise BadInput(f"{name!r} picks nobody who could be compared; these do: {', '.join(_PICKED)}")
    with consulting("analytics disparity", markings, purpose, [area] if area else ()) as asking:
        picked = _PICKED[name](asking.graph, asking.viewer, area)
        groups = disparity_of(asking.graph, asking.viewer, picked, parties(asking.graph, asking.viewer, area))
        asking.answer(groups, picked)
    if json:
        show_json([{**asdict(group), "apart": group.apart} for group in groups])
    else:
        _table(groups)


def _players(graph: Graph, viewer: Viewer, area: str | None) -> Collection[str]:
    return {view.entity.id for view in key_players(graph, viewer, Scope(area=area), first=MOST).items}


def _emerging(graph: Graph, viewer: Viewer, area: str | None) -> Collection[str]:
    found = emerging_networks(graph, viewer, Recent(area), MOST).items
    return {member.entity.id for view in found for member in view.community.members}


def _indicated(graph: Graph, viewer: Viewer, area: str | None) -> Collection[str]:
    found = [view for pattern in Pattern for view in indicators(graph, viewer, pattern, area, first=MOST).items]
    return {entity.id for view in found for entity in view.entities if entity.kind == "Person"}


_PICKED: dict[str, Picked] = {"key-players": _players, "emerging-networks": _emerging, "indicators": _indicated}


def _table(groups: list[Group]) -> None:
    table = Table(box=None, pad_edge=False)
    for column, justify in zip(("", "", "people", "picked", "ratio", "95 %", ""), "llrrrll", strict=True):
        table.add_column(column, justify="right" if justify == "r" else "left")
    for each in groups:
        ratio, span = ("", "") if each.ratio is None else (f"{each.ratio:.2f}", f"{each.low:.2f} to {each.high:.2f}")
        figures = (f"{each.people:,}", f"{each.picked:,}", ratio, span, "*" if each.apart else "")
        table.add_row(each.characteristic, each.group, *figures)
    out.print(table)
