"""Types of who has looked at whom."""

from __future__ import annotations

from datetime import datetime

import strawberry

from analysis.misuse import MisuseSign
from api.resolve import access as of_access
from api.schema.entity import Entity, PageInfo
from api.schema.field import served, shown


@strawberry.type(description="An entry of the audit log: who did what, when and why.")
class Access:
    """An entry of the audit log."""

    seq: int = shown("Its number in the log.")
    at: datetime = served(of_access.at, description="When, to the millisecond.")
    user: str
    role: str | None
    act: str = shown("CONSULTATION, COLLECTION, ALTERATION, COMBINATION, DISCLOSURE, ERASURE or REFUSAL.")
    operation: str = shown("The questions that were asked, or the command.")
    component: str
    purpose: str | None
    reference: str | None
    outcome: list[str]


@strawberry.type
class AccessEdge:
    """An entry and its cursor."""

    cursor: str
    node: Access


@strawberry.type
class AccessConnection:
    """A page of entries."""

    edges: list[AccessEdge]
    page_info: PageInfo


@strawberry.type(
    description="A sign that somebody may have looked where they had no business to: where to ask, never a finding."
)
class MisuseIndicator:
    """A sign that somebody may have looked where they had no business to."""

    sign: MisuseSign
    user: str
    officer: Entity | None = shown("The officer whose collar number the user's name is, or ends with.")
    entities: list[Entity] = shown("At whom.")
    accesses: list[Access] = shown("The entries that show it.")
    sentence: str


@strawberry.type(description="What one other user asked about a subject, for one purpose and reference.")
class Interest:
    """What one other user asked about a subject, for one purpose and reference."""

    entity: Entity
    user: str
    purpose: str | None
    reference: str | None
    looks: int = shown("In how many operations the subject was asked for or shown.")
    last: datetime = served(of_access.last, description="When the newest of them was.")
