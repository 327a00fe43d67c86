"""Types of standing questions: watches, and the alerts that they give."""

from __future__ import annotations

from datetime import datetime

import strawberry

from alert.watch import WatchPattern
from api.resolve import alert as of_alert
from api.schema.change import Change
from api.schema.entity import Entity, Link, PageInfo
from api.schema.field import served, shown
from api.schema.network import Path

strawberry.enum(
    WatchPattern,
    description="What a watch waits for. ANYTHING: what `changesSince` tells. TOGETHER: two of the watched at one "
    "event, or at two within so many metres and minutes. PATH: a new way between two of the watched. VULNERABLE: "
    "somebody who is marked as vulnerable newly linked to somebody with an offender's role, one of them watched.",
)


@strawberry.type(description="A standing question of one person.")
class Watch:
    """A standing question of one person."""

    id: strawberry.ID
    name: str
    subjects: list[Entity] = shown("What is watched; empty where that is an area.")
    area: Entity | None
    patterns: list[WatchPattern]
    metres: int = shown("TOGETHER: no further apart than that.")
    minutes: int = shown("TOGETHER: no longer apart than that.")
    max_hops: int = shown("PATH: no longer than that.")
    since: datetime = shown("Only what came later fires.")
    until: datetime = shown("Only what came until then fires.")
    marking: str | None = shown("The high-water of what it names; null where that has none.")
    webhook: str | None = shown("Where its alerts are delivered too.")
    webhook_until: datetime | None = shown("Until when; null: for as long as the API key of its owner is good.")


@strawberry.type(
    description="A fact that fired a watch. Its id is made of both, so that one fact is one alert of a watch."
)
class Alert:
    """A fact that fired a watch."""

    id: strawberry.ID
    at: datetime = served(of_alert.at, description="When all of it had been loaded or decided here.")
    watch: Watch
    pattern: WatchPattern = served(of_alert.pattern)
    sentence: str = served(of_alert.sentence, description="The fact in words.")
    subjects: list[Entity] = served(of_alert.subjects, description="Whose fact it is.")
    change: Change | None = served(of_alert.change, description="Of ANYTHING: what is new.")
    links: list[Link] = served(of_alert.links, description="The links that say it; of a change it has its own.")
    events: list[Entity] = served(of_alert.events, description="The events that it is made of.")
    path: Path | None = served(of_alert.path, description="Of PATH: the way.")
    acknowledged_at: datetime | None = shown("When its owner had seen it.")


@strawberry.type
class AlertEdge:
    """An alert and its cursor."""

    cursor: str
    node: Alert


@strawberry.type(
    description="A page of alerts. Without an order its last cursor stays good: asked later it gives what came since."
)
class AlertConnection:
    """A page of alerts."""

    edges: list[AlertEdge]
    page_info: PageInfo


@strawberry.type(description="Alerts that stand acknowledged.")
class AcknowledgePayload:
    """Alerts that stand acknowledged."""

    ids: list[strawberry.ID]


@strawberry.type(description="Alerts that were not told before on this stream.")
class Alarm:
    """Alerts that were not told before on this stream."""

    alerts: list[Alert] = shown("The oldest first; at first those that are not acknowledged, at most 100.")
    more: bool = shown("At first: there are more that are not acknowledged than these; `alerts` has them all.")
