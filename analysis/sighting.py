"""Where and when events stood, as a viewer may see: points on the National Grid, and what cannot be put on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.cell import Floats, Ints
from graph.answer import Truncation
from graph.errors import TooCostly
from graph.model import EVENTS, KIND_OF_ENUM
from graph.open import Graph
from security.viewer import Viewer
from standards.grid import all_to_osgb36

MOST_EVENTS = 300_000
# Letters of a time that is known to the day: 2017-08-15.
_DAY = 10


@dataclass(frozen=True, slots=True)
class Sighted:
    """Distinct `points` (easting, northing), how many events stood there `before` the window, and those of the window.

    Of each event of the window `places` has the point, `times` the epoch second, `vague` whether only its month or
    year is known. All are in an order of their own, whatever the database's. `left_out`: what has no point.
    """

    points: Floats
    before: Ints
    places: Floats
    times: Ints
    vague: npt.NDArray[np.bool_]
    left_out: Truncation | None


def sighted(
    graph: Graph, viewer: Viewer, types: Sequence[str] | None, span: tuple[int, int, int], area: str | None
) -> Sighted:
    """The events of a span (since, the window's begin, until; epoch) of these types, kinds or classifications.

    None: all crimes. Raises TooCostly for more than 300,000.
    """
    since, at, until = span
    whole = ["Crime"] if types is None else sorted({KIND_OF_ENUM[t] for t in types if KIND_OF_ENUM.get(t) in EVENTS})
    others = [] if types is None else [each for each in types if KIND_OF_ENUM.get(each) not in EVENTS]
    rows = graph.store.read(
        viewer,
        "hotspot/points",
        since=since,
        at=at,
        until=until,
        kinds=list(EVENTS) if others else whole,
        whole=whole,
        types=others,
        area=area,
        most=MOST_EVENTS + 1,
    )
    if sum(row["before"] + len(row["within"]) for row in rows) > MOST_EVENTS:
        raise TooCostly(
            f"more than {MOST_EVENTS:,} events from the year before the window on; take fewer types, an area, "
            "or fewer days"
        )
    return _sighted(rows)


def _sighted(rows: Sequence[Mapping[str, Any]]) -> Sighted:
    placed = sorted(
        (row for row in rows if row["latitude"] is not None), key=lambda row: (row["latitude"], row["longitude"])
    )
    on_grid = all_to_osgb36([(row["latitude"], row["longitude"]) for row in placed])
    known = [(point, row) for point, row in zip(on_grid, placed, strict=True) if point is not None]
    missing = sum(len(row["within"]) for row in rows) - sum(len(row["within"]) for _, row in known)
    events = [(point, at, letters) for point, row in known for at, letters in sorted(row["within"])]
    return Sighted(
        np.array([point for point, _ in known], np.float64).reshape(-1, 2),
        np.array([row["before"] for _, row in known], np.int64),
        np.array([point for point, _, _ in events], np.float64).reshape(-1, 2),
        np.array([at for _, at, _ in events], np.int64),
        np.array([letters < _DAY for _, _, letters in events], bool),
        Truncation("events of the window without a point on the National Grid are in no cell", missing)
        if missing
        else None,
    )
