"""The tiles: figures made of rows that count what happened in a span."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import nsmallest

from analysis.figure import Group, TileView, share
from analysis.recount import Counted
from analysis.span import Row, Span
from graph.open import Graph
from security.viewer import Viewer

# Response times for drawing are in fixed logarithmic buckets, four to a doubling: each is 19 % wider than the one
# before, from a minute's half to two days; beyond is one more.
BOUNDS = tuple(round(30 * 2 ** (n / 4)) for n in range(51))
# Areas that have most; the others are left out.
_AREAS = 50
Makers = Mapping[tuple[str, ...], Callable[[], Iterable[TileView]]]


def makers(graph: Graph, viewer: Viewer, span: Span, counted: Counted) -> Makers:
    """What makes each tile, by the names of those that are made together; what is not asked for is not counted."""
    return {
        _INCIDENTS: lambda: _of_incidents(span, counted.incidents()),
        ("waiting_p50", "waiting_longest"): lambda: _waits(counted.waits()),
        ("response_p50", "response_p90"): lambda: _responses(span, counted.responses()),
        ("response_times",): lambda: _times(counted.times()),
        ("crimes", "public_events", "public_order_officers"): lambda: _of_events(span, counted.events()),
        ("repeat_callers", "repeat_locations"): lambda: _repeats(counted.repeats()),
        ("incidents_by_area", "open_by_area"): lambda: _areas(counted.areas()),
        ("officers_committed",): lambda: _committed(counted.committed()),
        ("data_age",): lambda: _freshness(graph, viewer, span.until),
    }


_INCIDENTS = ("incidents", "incidents_by_type", "incidents_by_status", "open", "unassigned", "committed")
TILES = (
    *_INCIDENTS,
    *("waiting_p50", "waiting_longest", "response_p50", "response_p90", "response_times"),
    *("crimes", "public_events", "public_order_officers"),
    *("repeat_callers", "repeat_locations", "incidents_by_area", "open_by_area", "officers_committed", "data_age"),
)


def _counted(span: Span, name: str, rows: Sequence[Row], by: str, worth: str = "count") -> TileView:
    """How many, with the change, the series, and how many of each value of a property."""
    now, before = span.now(rows), span.before(rows)
    steps: Counter[int] = Counter()
    for row in now:
        steps[row["step"]] += row[worth]
    value, was = sum(steps.values()), sum(row[worth] for row in before)
    unit = "officers" if worth == "officers" else "count"
    return TileView(name, unit, float(value), share(value, was), span.points(steps, 0), _groups(now, by, worth))


def _groups(rows: Iterable[Row], by: str, worth: str) -> tuple[Group, ...]:
    """By the value of a property, in its order; rows without one are under "unknown"."""
    sums: Counter[str] = Counter()
    for row in rows:
        sums["unknown" if row[by] is None else str(row[by])] += row[worth]
    return tuple(Group(key, float(value)) for key, value in sorted(sums.items()))


def _of_incidents(span: Span, rows: Sequence[Row]) -> Iterable[TileView]:
    yield _counted(span, "incidents", rows, "priority")
    yield _counted(span, "incidents_by_type", rows, "type")
    yield _counted(span, "incidents_by_status", rows, "status")
    is_open = [row for row in rows if row["open"]]
    yield _counted(span, "open", is_open, "priority")
    yield _counted(span, "unassigned", [row for row in is_open if not row["assigned"]], "priority")
    yield _counted(span, "committed", [row for row in is_open if row["assigned"]], "priority")


def _responses(span: Span, rows: Sequence[Row]) -> Iterable[TileView]:
    """Seconds from opening to arrival; nothing where nobody was attended."""
    for name, part in (("response_p50", "half"), ("response_p90", "most")):
        steps = {row["step"]: row[part] for row in rows if row["step"] is not None}
        tile = _of_windows(name, [row for row in rows if row["step"] is None], part)
        if tile is not None:
            yield TileView(name, tile.unit, tile.value, tile.change, span.points(steps, None), tile.groups)


def _waits(rows: Sequence[Row]) -> Iterable[TileView]:
    """Seconds that what waits has waited; nothing where nothing waits."""
    for name, part in (("waiting_p50", "half"), ("waiting_longest", "longest")):
        tile = _of_windows(name, rows, part)
        if tile is not None:
            yield tile


def _of_windows(name: str, rows: Sequence[Row], part: str) -> TileView | None:
    """Seconds of a window, of all (`priority` None) and by priority; None where the window has none."""
    all_of = {row["window"]: row[part] for row in rows if row["priority"] is None}
    if 1 not in all_of:
        return None
    by_priority = sorted((row["priority"], row[part]) for row in rows if row["window"] == 1 and row["priority"])
    groups = tuple(Group(key, float(value)) for key, value in by_priority)
    return TileView(name, "seconds", float(all_of[1]), share(all_of[1], all_of.get(0)), (), groups)


def _times(rows: Sequence[Row]) -> Iterable[TileView]:
    """How many were reached within each bound and not within the one before, by the bound; `over` beyond all."""
    total = sum(row["count"] for row in rows)
    if not total:
        return
    sums: Counter[int] = Counter()
    for row in rows:
        sums[next((bound for bound in BOUNDS if row["seconds"] <= bound), BOUNDS[-1] + 1)] += row["count"]
    groups = (Group(str(bound) if bound <= BOUNDS[-1] else "over", float(sums[bound])) for bound in sorted(sums))
    yield TileView("response_times", "count", float(total), None, (), tuple(groups))


def _of_events(span: Span, rows: Sequence[Row]) -> Iterable[TileView]:
    yield _counted(span, "crimes", [row for row in rows if row["kind"] == "Crime"], "type")
    public = [row for row in rows if row["kind"] == "PublicEvent"]
    yield _counted(span, "public_events", public, "type")
    yield _counted(span, "public_order_officers", public, "type", "officers")


def _repeats(rows: Sequence[Row]) -> Iterable[TileView]:
    for what in ("callers", "locations"):
        counts = {row["window"]: row["count"] for row in rows if row["what"] == what}
        value, was = counts.get(1, 0), counts.get(0, 0)
        yield TileView(f"repeat_{what}", "count", float(value), share(value, was), (), ())


def _areas(rows: Sequence[Row]) -> Iterable[TileView]:
    """The value is how many areas had any; areas lie in each other, so that their parts have no sum."""
    for name, part in (("incidents_by_area", "count"), ("open_by_area", "open")):
        sums: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
        for row in rows:
            if row[part]:
                sums[row["window"]][str(row["area"])] += row[part]
        most = nsmallest(_AREAS, sums[1].items(), key=lambda each: (-each[1], each[0]))
        groups = tuple(Group(key, float(value)) for key, value in most)
        yield TileView(name, "areas", float(len(sums[1])), share(len(sums[1]), len(sums[0])), (), groups)


def _committed(rows: Sequence[Row]) -> Iterable[TileView]:
    now = [row for row in rows if row["window"] == 1]
    value, was = sum(row["count"] for row in now), sum(row["count"] for row in rows if row["window"] == 0)
    yield TileView("officers_committed", "officers", float(value), share(value, was), (), _groups(now, "unit", "count"))


def _freshness(graph: Graph, viewer: Viewer, now: int) -> Iterable[TileView]:
    """Seconds since each source was last loaded; the value is that of the one that is longest ago."""
    status = graph.store.read(viewer, "entity/source_status")
    loaded = {row["source"]: row["last_loaded_at"] for row in status if row["last_loaded_at"] is not None}
    ages = {graph.catalogue.source(n).id: max(0, now - at) for n, at in loaded.items()}
    if ages:
        groups = tuple(Group(name, float(age)) for name, age in sorted(ages.items()))
        yield TileView("data_age", "seconds", float(max(ages.values())), None, (), groups)
