"""What is happening: figures of a window of time, beside the same window before, each as a count anew would have it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.bound import area_id
from analysis.figure import TileView
from analysis.kept_events import Kept
from analysis.recount import Counted, Recount
from analysis.span import WINDOWS, Span
from analysis.tile import TILES, makers
from graph.errors import BadInput
from graph.open import Graph
from security.viewer import Viewer

# Figures are never of one home.
_AREAS = ("Area", "Postcode")


@dataclass(frozen=True, slots=True)
class MetricsView:
    """Figures as of a moment (epoch), of the window that ends there; `total`: the incidents that began in it."""

    as_of: int
    total: int
    tiles: tuple[TileView, ...]


def metrics(
    graph: Graph,
    viewer: Viewer,
    area: str | None = None,
    window: str = "24h",
    tiles: Sequence[str] | None = None,
    kept: Kept | None = None,
) -> MetricsView:
    """The figures of a window that ends now, of one area or everywhere, each equal to a count of what the viewer sees.

    `tiles`: only those of these names are counted. `kept`: the columns that they are counted from, where
    they are ready; without, the database counts.

    Raises BadInput for a window or tile that is not offered and for what is no area, NotFound for one hidden or absent.
    """
    if window not in WINDOWS:
        raise BadInput(f"window: {window!r} is not offered; it is one of {', '.join(WINDOWS)}")
    wanted = set(TILES if tiles is None else tiles)
    if unknown := sorted(wanted - set(TILES)):
        raise BadInput(f"tiles: {unknown[0]!r} is not offered; it is one of {', '.join(TILES)}")
    area = area_id(graph, viewer, area, _AREAS)
    now = graph.clock()
    span = Span.of(window, now)
    seen = None if kept is None else kept.of(viewer, span, area)
    counted: Counted = seen or Recount(graph, viewer, span, area)
    found = [
        tile
        for names, make in makers(graph, viewer, span, counted).items()
        if "incidents" in names or wanted.intersection(names)
        for tile in make()
    ]
    total = next(int(tile.value) for tile in found if tile.name == "incidents")
    return MetricsView(now, total, tuple(tile for tile in found if tile.name in wanted))
