"""`polegraph metrics`: the figures of what is happening, as lines or as a table for other dashboards."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated

import typer

from analysis.live import MetricsView
from analysis.live import metrics as metrics_of
from cli.account import consulting
from cli.console import out, show_json
from cli.session import Json, Markings, PurposeText
from graph.answer import iso
from graph.export.csv_files import cell

_COLUMNS = ("as_of", "window", "tile", "unit", "part", "key", "value")


def metrics(
    window: Annotated[str, typer.Option("--window", help="15m, 1h, 4h, 8h, 24h, 7d or 30d, ending now.")] = "24h",
    area: Annotated[str | None, typer.Option("--area", help="Only in this area or postcode.")] = None,
    tile: Annotated[list[str] | None, typer.Option("--tile", help="Only this figure; may repeat.")] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a table for Qlik, Power BI and spreadsheets.")] = False,
    markings: Markings = None,
    purpose: PurposeText = None,
    json: Json = False,
) -> None:
    """What is happening: the figures of a window that ends now, each with its change against the window before.

    Example: polegraph metrics --window 24h --csv > tiles.csv
    """
    with consulting("metrics", markings, purpose, [area] if area else ()) as asking:
        view = asking.answer(metrics_of(asking.graph, asking.viewer, area, window, tile))
    if as_csv:
        table = csv.writer(sys.stdout)
        table.writerow(_COLUMNS)
        table.writerows([cell(value) for value in row] for row in rows(view, window))
    elif json:
        show_json(asdict(view))
    else:
        for each in view.tiles:
            change = "" if each.change is None else f"{each.change:+8.0%}"
            out.print(f"{each.name:22}{each.value:10,.0f} {each.unit:9}{change}", markup=False)


def rows(view: MetricsView, window: str) -> Iterator[tuple[object, ...]]:
    """A row for each number of each figure: its value, its change, its groups by key, its series by moment."""
    for tile in view.tiles:
        told = (iso(view.as_of), window, tile.name, tile.unit)
        yield (*told, "value", None, tile.value)
        if tile.change is not None:
            yield (*told, "change", None, tile.change)
        for group in tile.groups:
            yield (*told, "group", group.key, group.value)
        for point in tile.series:
            yield (*told, "series", iso(point.at), point.value)
