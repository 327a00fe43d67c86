"""Types of who or what appears again and again."""

from __future__ import annotations

from datetime import datetime

import strawberry

from analysis.repeat import RepeatKind
from api.schema.choice import Kind
from api.schema.entity import Entity, Link, PageInfo
from api.schema.field import shown
from api.schema.network import Truncation

strawberry.enum(
    RepeatKind,
    description="What may appear again and again. VICTIM: people and organisations with the role VICTIM. CALLER: "
    "people, organisations and phones with the role CALLER or REPORTING. LOCATION: addresses and places where events "
    "occurred. VEHICLE: vehicles with any role.",
)


@strawberry.type(description="How many there are of a kind.")
class KindCount:
    """How many there are of a kind."""

    kind: Kind
    count: int


@strawberry.type(
    description="Days from each event to the next; a date known to the month or year counts as its first instant."
)
class RepeatGaps:
    """Days from each event to the next."""

    shortest: float
    median: float
    longest: float
    last: float = shown("From the last event but one to the last.")


@strawberry.type(description="One that appears in several events of a span.")
class Repeat:
    """One that appears in several events."""

    entity: Entity = shown("Of one in several compartments the first by id that the viewer may see.")
    count: int = shown("Different events.")
    first: datetime
    last: datetime
    kinds: list[KindCount] = shown("The events by kind, most first, then by name.")
    gaps: RepeatGaps | None
    links: list[Link] = shown("What says so, of the newest 10 events, newest first.")
    truncated: Truncation | None


@strawberry.type
class RepeatEdge:
    """One that appears again and again, and its cursor."""

    cursor: str
    node: Repeat


@strawberry.type
class RepeatConnection:
    """A page of who or what appears again and again."""

    edges: list[RepeatEdge]
    page_info: PageInfo
    total_count: int = shown("Counted only when asked for, up to 10,000.")
    total_count_capped: bool = shown("There are more than totalCount.")
