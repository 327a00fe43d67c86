"""`polegraph hotspots`: where more happens than is to be expected, for a terminal and as a map."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated

import typer

from analysis.cell_map import feature_collection, figures
from analysis.hotspot import Trend, Window
from analysis.hotspot import hotspots as hotspots_of
from cli.account import consulting
from cli.console import out, say, show_json
from cli.session import Json, Markings, PurposeText


def hotspots(
    since: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="The first day, in London.")],
    until: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="The last day.")],
    types: Annotated[
        list[str] | None,
        typer.Option("--type", help="A kind of event, a type or a classification; may repeat; without it all crimes."),
    ] = None,
    cell: Annotated[int, typer.Option("--cell", help="Metres of a cell: a multiple of 10, 50 to 10,000.")] = 250,
    area: Annotated[str | None, typer.Option("--area", help="Only in this area, postcode, place or address.")] = None,
    trend: Annotated[
        Trend, typer.Option("--trend", case_sensitive=False, help="Which cells: with more, fewer, or most events.")
    ] = Trend.EMERGING,
    first: Annotated[int, typer.Option("--first", help="How many, 1 to 500.")] = 20,
    geojson: Annotated[bool, typer.Option("--geojson", help="Print the cells as a map (RFC 7946).")] = False,
    markings: Markings = None,
    purpose: PurposeText = None,
    json: Json = False,
) -> None:
    """Where more happens than is to be expected: cells of the National Grid beside the year before.

    Example: polegraph hotspots --from 2025-04-01 --to 2025-06-30 --type "Robbery" --geojson
    """
    window = Window(types or None, _day(since), _day(until), cell, area, trend)
    with consulting("hotspots", markings, purpose, [area] if area else ()) as asking:
        found = asking.answer(hotspots_of(asking.graph, asking.viewer, window, first))
    if found.truncated is not None:
        say(f"left out: {found.truncated.suppressed:,} ({found.truncated.reason})")
    if geojson:
        show_json(feature_collection(found.items))
    elif json:
        show_json([{"cell": view.cell, "centre": asdict(view.centre), **figures(view)} for view in found.items])
    else:
        for view in found.items:
            mark = "*" if view.significant else " "
            told = f"{view.events:5} events, {view.expected:8.2f} expected"
            unlikely = f"p {view.significance:.2g}, q {view.adjusted:.2g}"
            out.print(f"{view.cell:13}{mark} {told}, {unlikely}  {view.note}", markup=False)


def _day(moment: datetime) -> date:
    return moment.date()
