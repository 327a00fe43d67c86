"""The tiles as numbers for Prometheus: figures at the lowest marking alone, where the installation wants them told."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from analysis.figure import TileView
from analysis.kept_events import Kept
from analysis.live import MetricsView, metrics
from analysis.tile import TILES
from graph.errors import PolegraphError
from graph.open import Graph
from security.marking import Grants

_WINDOWS = ("1h", "24h")
# However many scrape, the figures are counted once in so many seconds.
_AGE_S = 5.0
# Told by key are priorities, bounds of buckets, sources. Types, areas and units could be anything.
_COUNTED = frozenset("incidents open unassigned committed".split())
_BY_PRIORITY = _COUNTED | frozenset("waiting_p50 waiting_longest response_p50 response_p90".split())
_PARTED = _BY_PRIORITY | {"response_times", "data_age"}
# A mapping could put any text into a priority: told are a digit or a letter, alone or as of a grade, and the words that
# forces grade by.
_PRIORITY = re.compile(
    r"(?:(?:GRADE|PRIORITY|CODE|[GP]) ?)?[0-9]|(?:(?:GRADE|PRIORITY) )?[A-H]|EMERGENCY|IMMEDIATE|PRIORITY|PROMPT|"
    r"SIGNIFICANT|EXTENDED|SCHEDULED|STANDARD|ROUTINE|DEFERRED|DIARY|RESOLUTION|NON-ATTENDANCE|HIGH|MEDIUM|LOW",
    re.IGNORECASE,
)
_OTHER = "other"
_LABELS = ("tile", "unit", "window")
_NOTHING_HELD = Grants()


class TileMetrics(Collector):
    """The figures of one process; whoever reads `/metrics` may see what has no clause and the lowest classification."""

    def __init__(self, graph: Graph, kept: Kept) -> None:
        self._graph = graph
        self._kept = kept
        self._registry = CollectorRegistry()
        self._registry.register(self)
        self._lock = threading.Lock()
        self._told = b""
        self._until = 0.0

    def text(self) -> bytes:
        """All figures in Prometheus' text format, at most five seconds old."""
        with self._lock:
            if time.monotonic() >= self._until:
                self._told = generate_latest(self._registry)
                self._until = time.monotonic() + _AGE_S
            return self._told

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Nothing: what there is is known when it is counted."""
        return iter(())

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The figures now; `polegraph_tiles_up` is 0 where they could not be counted."""
        up = GaugeMetricFamily("polegraph_tiles_up", "Whether the figures could be counted.")
        value = GaugeMetricFamily("polegraph_tile", "A figure of a window that ends now.", labels=_LABELS)
        change = GaugeMetricFamily(
            "polegraph_tile_change", "Against the window before, as a share of what it was.", labels=_LABELS
        )
        part = GaugeMetricFamily(
            "polegraph_tile_part", "The part of a figure that has one key.", labels=(*_LABELS, "key")
        )
        try:
            found = {window: self._figures(window) for window in _WINDOWS}
        except PolegraphError:
            up.add_metric((), 0)
            yield up
            return
        up.add_metric((), 1)
        for window, view in found.items():
            for tile in view.tiles:
                _add(value, change, part, window, tile)
        yield from (up, value, change, part)

    def _figures(self, window: str) -> MetricsView:
        viewer = self._graph.catalogue.viewer("prometheus", _NOTHING_HELD)
        return metrics(self._graph, viewer, None, window, TILES, self._kept)


def _add(
    value: GaugeMetricFamily, change: GaugeMetricFamily, part: GaugeMetricFamily, window: str, tile: TileView
) -> None:
    labels = (tile.name, tile.unit, window)
    value.add_metric(labels, tile.value)
    if tile.change is not None:
        change.add_metric(labels, tile.change)
    for key, number in _parts(tile).items():
        part.add_metric((*labels, key), number)


def _parts(tile: TileView) -> dict[str, float]:
    """A figure by the keys that may be told; counts of all others together."""
    if tile.name not in _PARTED:
        return {}
    told = {group.key: group.value for group in tile.groups}
    if tile.name not in _BY_PRIORITY:
        return told
    known = {key: number for key, number in told.items() if _PRIORITY.fullmatch(key)}
    if tile.name in _COUNTED and len(known) < len(told):
        known[_OTHER] = sum(number for key, number in told.items() if key not in known)
    return known
