"""What is happening: figures of a window of time, beside the same window before, counted anew from what is visible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.bound import DAY_S, area_id
from analysis.figure import Group, Point, TileView, share
from graph.answer import iso
from graph.errors import BadInput
from graph.open import Graph
from security.viewer import Viewer

_HOUR = 3_600
# Seconds of a window, and of a step of its series.
WINDOWS: Mapping[str, tuple[int, int]] = {
    "15m": (900, 60),
    "1h": (_HOUR, 300),
    "4h": (4 * _HOUR, 900),
    "8h": (8 * _HOUR, 1_800),
    "24h": (DAY_S, _HOUR),
    "7d": (7 * DAY_S, 6 * _HOUR),
    "30d": (30 * DAY_S, DAY_S),
}
# Figures are never of one home.
_AREAS = ("Area", "Postcode")
_Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MetricsView:
    """Figures as of a moment (epoch), of the window that ends there; `total`: the incidents that began in it."""

    as_of: int
    total: int
    tiles: tuple[TileView, ...]


def metrics(graph: Graph, viewer: Viewer, area: str | None = None, window: str = "24h") -> MetricsView:
    """The figures of a window that ends now, of one area or everywhere, each equal to a count of what the viewer sees.

    Raises BadInput for a window that is not offered and for what is no area, NotFound for one hidden or absent.
    """
    if window not in WINDOWS:
        raise BadInput(f"window: {window!r} is not offered; it is one of {', '.join(WINDOWS)}")
    area = area_id(graph, viewer, area, _AREAS)
    now = graph.clock()
    length, step = WINDOWS[window]
    span = {"since": now - 2 * length, "until": now, "area": area}
    halves = _Halves(now, length // step, step)
    ends = [iso(now - length), iso(now)]
    incidents = graph.store.read(viewer, "live/incidents", **span, step=step, span=halves.steps, ends=ends)
    events = graph.store.read(viewer, "live/events", **span, step=step)
    responses = graph.store.read(viewer, "live/responses", **span, window=length)
    repeats = graph.store.read(viewer, "live/repeats", **span, window=length)
    tiles = (
        *_of_incidents(halves, incidents),
        *_responses(responses),
        *_of_events(halves, events),
        *(_repeats(repeats, what) for what in ("callers", "locations")),
        *_freshness(graph, viewer, now),
    )
    return MetricsView(now, sum(row["count"] for row in halves.now(incidents)), tiles)


@dataclass(frozen=True, slots=True)
class _Halves:
    """A window that ends at `end` and the one before it, each of so many steps of `step` seconds."""

    end: int
    steps: int
    step: int

    def now(self, rows: Iterable[_Row]) -> list[_Row]:
        return [row for row in rows if row["step"] >= self.steps]

    def before(self, rows: Iterable[_Row]) -> list[_Row]:
        return [row for row in rows if row["step"] < self.steps]

    def series(self, rows: Iterable[_Row], worth: str = "count") -> tuple[Point, ...]:
        """What began in each step of the window, by the moment the step began."""
        counts: Counter[int] = Counter()
        for row in self.now(rows):
            counts[row["step"]] += row[worth]
        begun = self.end - self.steps * self.step
        return tuple(Point(begun + n * self.step, float(counts[n + self.steps])) for n in range(self.steps))

    def counted(self, name: str, rows: Sequence[_Row], by: str, worth: str = "count") -> TileView:
        """How many, with the change, the series, and how many of each value of a property."""
        now, before = self.now(rows), self.before(rows)
        value, was = sum(row[worth] for row in now), sum(row[worth] for row in before)
        groups = _groups(now, by, worth)
        unit = "officers" if worth == "officers" else "count"
        return TileView(name, unit, float(value), share(value, was), self.series(rows, worth), groups)


def _groups(rows: Iterable[_Row], by: str, worth: str) -> tuple[Group, ...]:
    """By the value of a property, in its order; rows without one are under "unknown"."""
    sums: Counter[str] = Counter()
    for row in rows:
        sums["unknown" if row[by] is None else str(row[by])] += row[worth]
    return tuple(Group(key, float(value)) for key, value in sorted(sums.items()))


def _of_incidents(halves: _Halves, rows: Sequence[_Row]) -> Iterable[TileView]:
    yield halves.counted("incidents", rows, "priority")
    yield halves.counted("incidents_by_type", rows, "type")
    yield halves.counted("incidents_by_status", rows, "status")
    is_open = [row for row in rows if row["open"]]
    yield halves.counted("open", is_open, "priority")
    yield halves.counted("unassigned", [row for row in is_open if not row["assigned"]], "priority")


def _responses(rows: Sequence[_Row]) -> Iterable[TileView]:
    """Seconds from opening to arrival; nothing where nobody was attended."""
    for name, part in (("response_p50", "half"), ("response_p90", "most")):
        all_of = {row["window"]: row[part] for row in rows if row["priority"] is None}
        if 1 in all_of:
            by_priority = sorted((row["priority"], row[part]) for row in rows if row["window"] == 1 and row["priority"])
            groups = tuple(Group(key, float(value)) for key, value in by_priority)
            yield TileView(name, "seconds", float(all_of[1]), share(all_of[1], all_of.get(0)), (), groups)


def _of_events(halves: _Halves, rows: Sequence[_Row]) -> Iterable[TileView]:
    yield halves.counted("crimes", [row for row in rows if row["kind"] == "Crime"], "type")
    public = [row for row in rows if row["kind"] == "PublicEvent"]
    yield halves.counted("public_events", public, "type")
    yield halves.counted("public_order_officers", public, "type", "officers")


def _repeats(rows: Iterable[_Row], what: str) -> TileView:
    counts = {row["window"]: row["count"] for row in rows if row["what"] == what}
    value, was = counts.get(1, 0), counts.get(0, 0)
    return TileView(f"repeat_{what}", "count", float(value), share(value, was), (), ())


def _freshness(graph: Graph, viewer: Viewer, now: int) -> Iterable[TileView]:
    """Seconds since each source was last loaded; the value is that of the one that is longest ago."""
    status = graph.store.read(viewer, "entity/source_status")
    loaded = {row["source"]: row["last_loaded_at"] for row in status if row["last_loaded_at"] is not None}
    ages = {graph.catalogue.source(n).id: max(0, now - at) for n, at in loaded.items()}
    if ages:
        groups = tuple(Group(name, float(age)) for name, age in sorted(ages.items()))
        yield TileView("data_age", "seconds", float(max(ages.values())), None, (), groups)
