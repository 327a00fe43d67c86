"""`polegraph demand`: how many officers an event or a shift needs, for a terminal and as a picture."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from analysis.demand import Asked, DemandView
from analysis.forecast import demand_forecast
from analysis.london import LONDON
from cli.account import consulting
from cli.console import out, say, show_json
from cli.demand_picture import picture
from cli.session import Json, Markings, PurposeText, writable
from graph.answer import iso


def demand(
    event: Annotated[str | None, typer.Option("--event", help="The id of a stored event.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="Or a kind of event, such as FOOTBALL.")] = None,
    venue: Annotated[
        str | None, typer.Option("--venue", help="Where: the id of a place; of a shift of an area, too.")
    ] = None,
    at: Annotated[
        datetime | None, typer.Option("--at", formats=["%Y-%m-%dT%H:%M"], help="When it begins, by London's clock.")
    ] = None,
    attendance: Annotated[int | None, typer.Option("--attendance", help="How many are expected.")] = None,
    category: Annotated[str | None, typer.Option("--category", help="The category it is given, such as C.")] = None,
    hours: Annotated[int, typer.Option("--hours", help="Of a shift: how long, 1 to 24.")] = 8,
    svg: Annotated[Path | None, typer.Option("--svg", help="Draw it into this file too.")] = None,
    markings: Markings = None,
    purpose: PurposeText = None,
    json: Json = False,
) -> None:
    """How many officers an event needs, by those before it; without an event, an ordinary shift by the year before it.

    Example: polegraph demand --kind FOOTBALL --at 2025-08-09T17:30 --attendance 18000 --category C --svg match.svg
    """
    place = None if svg is None else writable(svg, "the picture")
    moment = None if at is None else int(at.replace(tzinfo=LONDON).timestamp())
    asked = Asked(event, kind, venue, moment, attendance, category, hours)
    ids = [each for each in (event, venue) if each]
    with consulting("demand", markings, purpose, ids) as asking:
        found = asking.answer(demand_forecast(asking.graph, asking.viewer, asked))
    if place is not None:
        place.write_text(picture(found), "utf-8")
        say(f"drawn: {place}")
    if json:
        show_json(_told(found))
        return
    out.print(f"{found.officers} officers ({found.low} to {found.high})", markup=False)
    spread = f"{found.incidents_low} to {found.incidents_high} in {found.confidence:.0%} of cases"
    out.print(f"incidents: {found.incidents:.1f} expected, {spread}", markup=False)
    for hour in found.hours:
        out.print(f"  {iso(hour.at)}  {hour.incidents:5.1f} ({hour.low} to {hour.high})", markup=False)
    for part in found.costs:
        out.print(f"  {part.value:12,.0f}  {part.sentence}", markup=False)
    for each in found.comparable:
        told = f"{each.officers} officers, {each.incidents} incidents"
        out.print(f"  {each.similarity:.2f}  {each.entity.label}: {told}  {each.entity.id}", markup=False)
    for sentence in found.assumptions:
        out.print(f"- {sentence}", markup=False)


def _told(view: DemandView) -> dict[str, Any]:
    """All figures; events by their id and label."""
    alike = [
        {
            "id": each.entity.id,
            "label": each.entity.label,
            "similarity": each.similarity,
            "officers": each.officers,
            "incidents": each.incidents,
        }
        for each in view.comparable
    ]
    parts = ("costs", "options", "hours")
    told = {name: [asdict(each) for each in getattr(view, name)] for name in parts}
    plain = ("officers", "low", "high", "confidence", "incidents", "incidents_low", "incidents_high", "assumptions")
    return {**{name: getattr(view, name) for name in plain}, **told, "comparable": alike}
