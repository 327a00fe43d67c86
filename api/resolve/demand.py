"""Resolvers of how many officers an event or a shift needs."""

from __future__ import annotations

from datetime import UTC, datetime

import strawberry
from strawberry import Parent

from analysis.demand import Asked as AskedAbout
from analysis.demand import DemandView, HourView
from analysis.forecast import demand_forecast as demand_forecast_of
from api.context import Asked

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
    moment = None if at is None else int(at.timestamp())
    length = _SHIFT_HOURS if hours is None else hours
    about = AskedAbout(event_id, kind, venue, moment, attendance, category, length)
    found = info.context.ask(demand_forecast_of, about)
    info.context.meet([each.entity for each in found.comparable])
    return found


def at(root: Parent[HourView]) -> datetime:
    """When the hour begins."""
    return datetime.fromtimestamp(root.at, UTC)
