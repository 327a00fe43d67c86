"""Types of break-glass."""

from __future__ import annotations

from datetime import datetime

import strawberry

from api.resolve import emergency as of_emergency
from api.schema.field import served, shown


@strawberry.type(description="Somebody's sight of markings that they do not hold, for a while, and why.")
class EmergencyAccess:
    """Somebody's sight of markings that they do not hold."""

    id: strawberry.ID
    user: str
    role: str | None
    markings: list[str]
    reason: str
    purpose: str | None
    reference: str | None
    at: datetime = served(of_emergency.at, description="From when.")
    until: datetime = served(of_emergency.until, description="Until when, unless it was ended.")
    ended_at: datetime | None = served(of_emergency.ended_at, description="When somebody ended it.")
    ended_by: str | None
    active: bool = served(of_emergency.active, description="Whether it holds now.")
    alerted: bool | None = shown("Whether the alert was taken; null where there is no address to send it to.")
