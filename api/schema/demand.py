"""Types of how many officers an event or a shift needs."""

from __future__ import annotations

from datetime import datetime

import strawberry

from api.resolve import demand as of_demand
from api.schema.entity import Entity
from api.schema.field import served, shown
from api.schema.network import ScorePart


@strawberry.type(description="A past event, how alike it is, the officers deployed to it and the incidents that came.")
class Comparable:
    """A past event that is like the one in question."""

    entity: Entity
    similarity: float = shown("0 to 1: how alike the model sees the two, and how long ago it was.")
    officers: int
    incidents: int


@strawberry.type(description="A number of officers and what it is expected to cost.")
class DeploymentOption:
    """A number of officers and what it is expected to cost."""

    officers: int
    cost: float
    unmet: float = shown("Incidents that are expected to find nobody free.")


@strawberry.type(description="An hour of a shift.")
class HourForecast:
    """An hour of a shift."""

    at: datetime = served(of_demand.at, description="When the hour begins.")
    incidents: float = shown("Expected.")
    low: int = shown("The range of them.")
    high: int
    officers: int = shown("How many `high` incidents bind.")


@strawberry.type(
    description="How many officers an event or an ordinary shift needs: learnt from the past events, or the year of "
    "incidents, that the viewer may see, and from nothing else.",
)
class DemandForecast:
    """How many officers an event or a shift needs."""

    event: Entity | None
    officers: int = shown("The number at which the expected cost of officers, unmet incidents and harm is least.")
    low: int = shown("The officers that `incidentsLow` bind at the same time; of a shift those of its busiest hour.")
    high: int = shown("The officers that `incidentsHigh` bind.")
    confidence: float = shown("The chance, 0 to 1, that what comes lies within the range of incidents.")
    incidents: float = shown("The incidents to be expected.")
    incidents_low: int
    incidents_high: int
    comparable: list[Comparable] = shown("The ten most alike, first, then the newest; of a shift none.")
    assumptions: list[str]
    costs: list[ScorePart] = shown(
        "What the number is expected to cost: `value` in pounds, `weight` what one costs. `last_time`: what the "
        "officers of the last such event would cost."
    )
    options: list[DeploymentOption] = shown("Other numbers, from the least to twice as many, for drawing.")
    hours: list[HourForecast] = shown("The hours of a shift; of an event none.")
