"""Alerts: the facts that fire somebody's watches, decided when they are read, with the rights they have then.

Nothing is kept but what was acknowledged, so nothing can be told that may not be seen any more. The id of an alert is
made of its watch and its fact, so that however often a fact is found it is one alert.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from alert.anything import anything
from alert.fact import Fact, Position, first_of
from alert.ready import Ready, owning, ready
from alert.together import involved, together
from alert.vulnerable import vulnerable
from alert.watch import WatchPattern, WatchView, own_watch, watches
from alert.way import ways
from graph.answer import Page, Truncation
from graph.errors import NotFound, TooCostly
from graph.open import Graph
from graph.read.page import Window
from resolution.change import Owners, Span, owners_of
from security.viewer import Viewer

MOST_ACKNOWLEDGED = 500
# Facts are asked for by so many where some of them are left out.
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class AlertView:
    """The fact that fired a watch, and when its owner acknowledged it (epoch)."""

    id: str
    watch: WatchView
    fact: Fact
    acknowledged_at: int | None


# After which alert: its time, watch, pattern, and place among the facts of these.
Behind = tuple[int, str, str, str, str]


def alerts(
    graph: Graph,
    viewer: Viewer,
    watch_id: str | None = None,
    first: int = 50,
    after: str | None = None,
    acknowledged: bool | None = None,
    until: int | None = None,
) -> tuple[Page[AlertView], Truncation | None]:
    """The alerts of one or all of the viewer's watches, the oldest first, and why some watches say nothing.

    A cursor stays good: asked again later it gives what came since. What came in the running second, or is not all
    linked yet, is told later; but with `until` (epoch) all is told until then, and no cursor stays good. Raises
    NotFound for a watch that is not the viewer's.
    """
    window = Window(graph, viewer, f"alerts:{watch_id}:{acknowledged}", first, after)
    behind = None if window.position is None else _behind_of(*window.position)
    chosen = watches(graph, viewer) if watch_id is None else [own_watch(graph, viewer, watch_id)]
    known = acknowledged_at(graph, [each.id for each in chosen])

    def wanted(alert: AlertView) -> bool:
        return acknowledged is None or acknowledged == (alert.acknowledged_at is not None)

    found: list[AlertView] = []
    silent: list[str] = []
    until = horizon(graph) if until is None else until
    watched = owning(graph, viewer, chosen)
    there = ready(graph, viewer, watched, chosen, until, _CHUNK) if behind is None and len(chosen) > 1 else {}
    for each in chosen:
        try:
            owners = watched[each.id] if each.id in watched else owners_of(graph, viewer, each.watched)
            found += _of_watch(graph, viewer, each, owners, there, behind, until, window.limit, known, wanted)
        except NotFound:
            silent.append("a watch names what is not there any more")
        except TooCostly as error:
            silent.append(error.message)
    ordered = sorted(found, key=position)[: window.limit]
    page = window.page([{"alert": each} for each in ordered], lambda row: row["alert"], lambda row: _place(row))
    return page, Truncation("; ".join(sorted(set(silent))), len(silent)) if silent else None


def _behind_of(at: int, watch: str, pattern: str, what: str, id_: str) -> Behind:
    return at, watch, pattern, what, id_


def _place(row: Mapping[str, AlertView]) -> list[object]:
    return list(position(row["alert"]))


def position(alert: AlertView) -> Behind:
    """Where an alert stands in the order: by time, watch, pattern, then what it is and its id."""
    at, what, id_ = alert.fact.position
    return at, alert.watch.id, alert.fact.pattern.value, what, id_


def horizon(graph: Graph) -> int:
    """Until when everything that was loaded can be told: no later alert can come before it."""
    now = graph.clock() - 1
    return min([now, *(int(row["at"]) - 1 for row in graph.store.internal("alert/unsettled"))])


def acknowledged_at(graph: Graph, watch_ids: Sequence[str]) -> dict[str, int]:
    """When each alert of these watches was acknowledged that was."""
    rows = graph.store.internal("alert/acknowledged", watches=list(watch_ids)) if watch_ids else []
    return {row["id"]: row["at"] for row in rows}


def acknowledge(graph: Graph, viewer: Viewer, ids: Iterable[str]) -> list[str]:
    """Note that the viewer has seen these alerts; returns them. One that was acknowledged stays as it was.

    Raises NotFound where one was not given out here for a watch of the viewer's, TooCostly for more than 500.
    """
    asked = list(dict.fromkeys(ids))
    if len(asked) > MOST_ACKNOWLEDGED:
        raise TooCostly(f"alerts: {len(asked)} are more than {MOST_ACKNOWLEDGED}; acknowledge them in several")
    own = {each.id for each in watches(graph, viewer)}
    of = {id_: graph.ids.watch_of(id_) for id_ in asked}
    for id_, watch_id in of.items():
        if watch_id not in own:
            raise NotFound(f"alerts: no watch of yours has an alert by the id {id_!r}")
    now = graph.clock()
    rows = [{"id": id_, "watch": watch_id, "by": viewer.user, "at": now} for id_, watch_id in of.items()]
    graph.store.write(lambda transaction: transaction.run("alert/acknowledge", alerts=rows))
    return asked


def fired(
    graph: Graph, viewer: Viewer, watch: WatchView, span: Span, limit: int, known: Mapping[str, int]
) -> list[AlertView]:
    """The first so many alerts of a watch in a span, which has no position; raises NotFound and TooCostly."""
    owners = owners_of(graph, viewer, watch.watched)
    within = replace(span, since=max(span.since, watch.since), until=min(span.until, watch.until))
    facts = [fact for each in watch.patterns for fact in _facts(graph, viewer, watch, each, owners, within, limit)]
    return sorted(_alerts(graph, watch, facts, known), key=position)[:limit]


def again(graph: Graph, viewer: Viewer, watch: WatchView, pattern: WatchPattern, at: int, id_: str) -> AlertView | None:
    """An alert of a watch by its pattern, time and id, as it is now; None where it is not. Raises NotFound."""
    owners = owners_of(graph, viewer, watch.watched)
    span: Span | None = Span(at - 1, at, None)
    while span is not None:
        facts = _facts(graph, viewer, watch, pattern, owners, span, _CHUNK)
        for alert in _alerts(graph, watch, facts, {}):
            if alert.id == id_:
                return alert
        span = _behind(span, facts[-1].position) if len(facts) == _CHUNK else None
    return None


def _of_watch(
    graph: Graph,
    viewer: Viewer,
    watch: WatchView,
    owners: Owners,
    there: Ready,
    behind: Behind | None,
    until: int,
    limit: int,
    known: Mapping[str, int],
    wanted: Callable[[AlertView], bool],
) -> Iterator[AlertView]:
    """The first so many alerts of a watch behind another alert, of any watch, that are wanted.

    `there`: all the facts of some patterns, which are not asked for again.
    """
    for pattern in watch.patterns:
        if (facts := there.get((watch.id, pattern))) is not None:
            yield from [alert for alert in _alerts(graph, watch, facts, known) if wanted(alert)][:limit]
            continue
        span: Span | None = _span(watch, pattern, behind, until)
        size, kept = limit, 0
        while span is not None and kept < limit:
            facts = _facts(graph, viewer, watch, pattern, owners, span, size)
            passed = [alert for alert in _alerts(graph, watch, facts, known) if wanted(alert)]
            kept += len(passed)
            yield from passed
            span = _behind(span, facts[-1].position) if len(facts) == size else None
            size = _CHUNK


def _span(watch: WatchView, pattern: WatchPattern, behind: Behind | None, until: int) -> Span:
    """Where the facts of a watch and pattern begin that come behind an alert."""
    since, until = watch.since, min(until, watch.until)
    if behind is None:
        return Span(since, until, None)
    at, *here = behind
    own, other = (watch.id, pattern.value), (here[0], here[1])
    if own == other:
        return _behind(Span(since, until, None), (at, behind[3], behind[4]))
    return Span(max(since, at - (own > other)), until, None)


def _behind(span: Span, place: Position) -> Span:
    return Span(max(span.since, place[0] - 1), span.until, place)


def _facts(
    graph: Graph, viewer: Viewer, watch: WatchView, pattern: WatchPattern, owners: Owners, span: Span, limit: int
) -> list[Fact]:
    if span.until <= span.since:
        return []
    if pattern is WatchPattern.ANYTHING:
        return anything(graph, viewer, owners, span, limit)
    if pattern is WatchPattern.TOGETHER:
        return first_of(together(involved(graph, viewer, owners), owners, watch), span, limit)
    if pattern is WatchPattern.PATH:
        return first_of(ways(graph, viewer, owners, watch), span, limit)
    return first_of(vulnerable(graph, viewer, owners, area=watch.area_id is not None), span, limit)


def _alerts(graph: Graph, watch: WatchView, facts: Iterable[Fact], known: Mapping[str, int]) -> list[AlertView]:
    named = ((graph.ids.alert(watch.id, *fact.identity), fact) for fact in facts)
    return [AlertView(id_, watch, fact, known.get(id_)) for id_, fact in named]
