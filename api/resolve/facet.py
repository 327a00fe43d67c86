"""The resolver of the facets of a list."""

from __future__ import annotations

from typing import Any

from strawberry import Parent

from api.context import Asked
from api.limit import listed
from api.resolve.connection import ConnectionView
from api.resolve.value import filled
from graph.read.facet import FacetView


def facets(
    root: Parent[ConnectionView[Any]], info: Asked, properties: list[str] | None = None, first: int | None = 10
) -> list[FacetView]:
    """How many of all that a list has have each value of some properties."""
    listed("properties", properties or ())
    found = root.facets(properties, filled(first, 10))
    info.context.meet(value.entity for facet in found for value in facet.values if value.entity is not None)
    return found
