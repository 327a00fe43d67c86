"""Resolvers of how many officers an event or a shift needs."""

from __future__ import annotations

from datetime import UTC, datetime

import strawberry
from strawberry import Parent

from analysis.demand import Asked as AskedAbout
from analysis.demand import DemandView, HourView
from analysis.forecast import demand_forecast as demand_forecast_of
from api.context import Asked
from api.resolve.value import epoch_of, filled

_SHIFT_HOURS = 8


def demand_forecast(
    info: Asked,
    event_id: strawberry.ID | None = None,
    kind: str | None = None,
    venue: strawberry.ID | None = None,
    at: datetime | None = None,
    attendance: int | None = None,
    category: str | None = None,
    hours: int | None = _SHIFT_HOURS,
) -> DemandView:
    """How many officers an event or a shift needs."""
    about = AskedAbout(event_id, kind, venue, epoch_of(at), attendance, category, filled(hours, _SHIFT_HOURS))
    found = info.context.ask(demand_forecast_of, about)
    info.context.meet([each.entity for each in found.comparable])
    return found


def at(root: Parent[HourView]) -> datetime:
    """When the hour begins."""
    return datetime.fromtimestamp(root.at, UTC)
