"""Cells as a map: a FeatureCollection of squares.

Source: RFC 7946, The GeoJSON Format: WGS 84, longitude first, rings against the clock and closed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from analysis.hotspot import HotspotView

_TOLD = ("events", "before", "expected", "significance", "adjusted", "significant", "density", "forecast", "note")


def feature_collection(views: Iterable[HotspotView]) -> dict[str, Any]:
    """Cells as GeoJSON, in their order: each a polygon whose id is its grid reference, with all its figures."""
    return {"type": "FeatureCollection", "features": [_feature(view) for view in views]}


def _feature(view: HotspotView) -> dict[str, Any]:
    ring = [[corner.longitude, corner.latitude] for corner in (*view.boundary, view.boundary[0])]
    return {
        "type": "Feature",
        "id": view.cell,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {"cell": view.cell, **figures(view)},
    }


def figures(view: HotspotView) -> dict[str, Any]:
    """The figures of a cell by their names."""
    return {name: getattr(view, name) for name in _TOLD}
