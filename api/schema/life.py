"""Types of a pattern of life."""

from __future__ import annotations

from datetime import datetime

import strawberry

from analysis.life import Habit
from api.schema.entity import Entity
from api.schema.field import shown
from api.schema.network import Truncation

strawberry.enum(
    Habit,
    description="What may be usual in a life. PART_OF_DAY: NIGHT from 0, MORNING from 6, AFTERNOON from 12, EVENING "
    "from 18 o'clock in the zone.",
)


@strawberry.type(description="Who or what came in the events of a window.")
class Usual:
    """Who or what came in the events of a window."""

    entity: Entity
    events: int
    share: float = shown("Of all events of the window, 0..1.")
    first: datetime
    last: datetime


@strawberry.type(description="A habit in the window against the span of the same length before it.")
class HabitChange:
    """A habit that changed."""

    habit: Habit
    change: str = shown("NEW, GONE, and, where chance alone is an improbable reason (p below 0.05), MORE or LESS.")
    entity: Entity | None
    key: str | None = shown("The kind of event or the part of the day, where it is no entity.")
    before: int = shown("Events in the span before.")
    now: int = shown("Events in the window.")
    p_value: float = shown(
        "How probably two spans differ at least so much where events come equally often in both: the exact conditional "
        "test of two Poisson counts. What a source delivered late or not at all looks like a change too."
    )
    sentence: str


@strawberry.type(description="When, where, with whom and by what a subject appears in events, and what changed.")
class PatternOfLife:
    """A pattern of life."""

    subject: Entity
    since: datetime
    until: datetime
    events: int = shown("Different events of the window.")
    events_before: int = shown("Different events of the span of the same length before it.")
    by_hour: list[list[int]] = shown(
        "Events of the window begun in each of the 24 hours of each weekday, Monday first, in the zone that was asked "
        "for; those known to the day at best are `untimed` instead."
    )
    untimed: int = shown("Events of the window without a time of day.")
    undated: int = shown("Events of no known date, which are in no window.")
    places: list[Usual] = shown("Addresses and places where they occurred, most events first, then by id.")
    contacts: list[Usual] = shown(
        "People, organisations, and phones other than the subject's own that had a part in them. Of a phone, who uses "
        "it is another question."
    )
    vehicles: list[Usual]
    phones: list[Usual] = shown("The subject's own phones.")
    changes: list[HabitChange] = shown("What chance explains least first.")
    truncated: Truncation | None
