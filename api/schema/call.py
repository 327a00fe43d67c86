"""Types of what is known of calls."""

from __future__ import annotations

from datetime import datetime

import strawberry

from api.schema.entity import Entity
from api.schema.field import shown
from api.schema.network import Truncation


@strawberry.type(description="A phone that was in calls with the subject's.")
class CallContact:
    """A phone that was in calls with the subject's."""

    phone: Entity
    calls: int
    outgoing: int = shown("Of them from the subject's phones.")
    seconds: int
    first: datetime | None
    last: datetime | None


@strawberry.type(description="The calls of a phone, or of all phones of a subject.")
class CallAnalysis:
    """The calls of a phone or of a subject's phones."""

    subject: Entity
    phones: list[Entity]
    calls: int
    outgoing: int
    seconds: int
    first: datetime | None
    last: datetime | None
    by_hour: list[list[int]] = shown(
        "Calls begun in each of the 24 hours of each weekday, Monday first, in the zone that was asked for."
    )
    contacts: list[CallContact] = shown("Most calls first, then by id.")
    truncated: Truncation | None


@strawberry.type(description="One of those who have a contact in common, and its calls with it.")
class ContactOf:
    """One of those who have a contact in common."""

    subject: Entity
    calls: int
    first: datetime | None
    last: datetime | None


@strawberry.type(description="A phone that was in calls with at least two subjects.")
class CommonContact:
    """A phone that was in calls with at least two subjects."""

    phone: Entity
    calls: int
    of: list[ContactOf]
