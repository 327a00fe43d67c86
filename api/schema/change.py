"""Types of what is new on subjects."""

from __future__ import annotations

from datetime import datetime

import strawberry

from api.schema.entity import Entity, Link, PageInfo, Record
from api.schema.explanation import Decision
from api.schema.field import shown
from resolution.change import ChangeType

strawberry.enum(
    ChangeType,
    description="What kind of change it is. CHANGED_RECORD: another statement of it came. RETRACTED_LINK: "
    "its source says it no longer. GOLDEN_VALUE: a record that came made it another.",
)


@strawberry.type(description="Something new on subjects that are watched.")
class Change:
    """Something new on subjects."""

    at: datetime = shown("When it was loaded or decided here.")
    what: ChangeType
    subjects: list[Entity] = shown("Those of the watched whose change it is.")
    record: Record | None = shown("The record, as it is now; of a golden value the one that it is from.")
    link: Link | None
    decision: Decision | None
    property: str | None = shown("Of a golden value, by its name in this schema.")
    before: str | None = shown("The golden value of the records that there were before; null for none.")
    now: str | None = shown("The golden value since then.")


@strawberry.type
class ChangeEdge:
    """A change and its cursor."""

    cursor: str
    node: Change


@strawberry.type(description="A page of changes. Its last cursor stays good: asked later it gives what came since.")
class ChangeConnection:
    """A page of changes."""

    edges: list[ChangeEdge]
    page_info: PageInfo
