"""Types of the figures of what is happening."""

from __future__ import annotations

from datetime import datetime

import strawberry

from api.resolve import live as of_live
from api.schema.field import served, shown


@strawberry.type(description="A value of a series.")
class Point:
    """A value of a series."""

    at: datetime = served(of_live.at, description="When the step begins that the value is of.")
    value: float


@strawberry.type(description="The part of a figure that has one key: a priority, a type, a status, a source.")
class Group:
    """The part of a figure that has one key."""

    key: str
    value: float


@strawberry.type(description="A figure of the window.")
class Tile:
    """A figure of the window."""

    name: str
    unit: str
    value: float
    change: float | None = shown(
        "Against the window before, as a share of what it was then; null where that was nothing."
    )
    series: list[Point] = shown("What the value is made of, step by step; empty where it is no sum.")
    groups: list[Group]


@strawberry.type(description="What is happening, counted from what the viewer may see.")
class Metrics:
    """What is happening."""

    as_of: datetime = served(of_live.as_of, description="When the window ends.")
    total: int = shown("The incidents that began in the window.")
    tiles: list[Tile] = shown("A figure of which nothing can be said is left out.")
