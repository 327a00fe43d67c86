"""Types of where more happens than is to be expected."""

from __future__ import annotations

import strawberry

from api.schema.entity import GeoPoint
from api.schema.field import shown


@strawberry.type(description="A square cell of the British National Grid, and what happened in it beside its baseline.")
class Hotspot:
    """A cell and what happened in it."""

    cell: str = shown("The grid reference of its south-west corner (OSGB36).")
    centre: GeoPoint
    boundary: list[GeoPoint] = shown("Its corners, against the clock from the south-west: the ring of a polygon.")
    events: int = shown("The events of the window.")
    expected: float = shown("What its baseline makes of them; `note` says which.")
    significance: float = shown(
        "p-value: the exact probability of so many events or more, of so few or fewer for COOLING, if nothing changed."
    )
    adjusted: float = shown(
        "The share of false discoveries among the cells that are at least as unlikely (Benjamini and Hochberg)."
    )
    significant: bool = shown("Whether `adjusted` is at most 0.1.")
    before: int = shown("The events of the year before.")
    density: float = shown("Events of the window in a square kilometre, by a Gaussian kernel of two cells.")
    forecast: float = shown("What is to be expected of as many days more, by this year and the one before.")
    note: str | None = shown("The baseline, and what is to be known before the figures are believed.")
