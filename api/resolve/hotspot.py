"""Resolver of where more happens than is to be expected."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import strawberry

from analysis.hotspot import HotspotView, Trend, Window
from analysis.hotspot import hotspots as hotspots_of
from api.context import Asked
from api.limit import first_of
from api.resolve.value import filled

From = Annotated[date, strawberry.argument(name="from")]


def hotspots(
    info: Asked,
    from_: From,
    to: date,
    types: list[str] | None = None,
    cell_metres: int | None = 250,
    first: int | None = 20,
    area: strawberry.ID | None = None,
    trend: Trend | None = Trend.EMERGING,
) -> list[HotspotView]:
    """Where more happens than is to be expected."""
    window = Window(types, from_, to, filled(cell_metres, 250), area, trend or Trend.EMERGING)
    found = info.context.ask(hotspots_of, window, first_of(first, 20))
    info.context.cut("hotspots", found.truncated)
    return list(found.items)
