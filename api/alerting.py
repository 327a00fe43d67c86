"""Watched alerts: what changed is found once for all of a process, and only the watches that it may fire are asked.

Every watch is asked now and then all the same, in a small share of the time, so that where finding what changed fell
short of one it is late at worst.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field, replace
from heapq import nsmallest
from typing import TypeVar

import anyio.to_thread
import structlog

from alert.alert import AlertView, acknowledged_at, alerts, fired, position
from alert.touch import Look, Touched, look, standing, touched
from alert.watch import WatchPattern, WatchView, own_watch, watches
from api.ending import Ending, happens
from api.log import where_it_failed
from graph.errors import NotFound, Overloaded, PolegraphError, TooCostly
from graph.open import Graph
from resolution.change import Span
from security.viewer import Viewer

_LOG = structlog.get_logger("polegraph.alerting")
T = TypeVar("T")
# How often it is looked whether anything has changed: one small read.
_PACE_S = 0.2
# How often it is looked whether anybody made or gave up a watch.
_WATCHES_S = 2.0
# Watches that nothing is known to have touched are asked for so much of the time, as are all after a large load.
_SHARE = 0.1
# The first alarm has so many; a stream tells no fact of one watch that is older than its beginning and than this.
FIRST = 100
_MEMORY_S = 3_600
_LEEWAY_S = 60
_MOST_AT_ONCE = 2_000
# The patterns that a change beside the watched may fire.
_FAR = frozenset({WatchPattern.PATH, WatchPattern.VULNERABLE})


@dataclass(frozen=True, slots=True)
class Alarm:
    """Alerts that were not told before on a stream; `more`: not all that are not acknowledged are among them."""

    alerts: tuple[AlertView, ...]
    more: bool = False


@dataclass(slots=True, eq=False)
class _Listener:
    """Somebody who listens: their watches, what they were told of each and when each was asked last."""

    viewer: Viewer
    only: str | None
    begun: int
    watches: dict[str, WatchView] = field(default_factory=dict)
    told: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    asked: dict[str, float] = field(default_factory=dict)
    floors: dict[str, int] = field(default_factory=dict)
    ready: bool = False
    waiting: list[AlertView] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def since(self, now: int) -> int:
        """Which alerts count as new at all: what came since it began, and lately."""
        return max(self.begun - _LEEWAY_S, now - _MEMORY_S)

    def take(self, watch_id: str, found: Iterable[AlertView], now: int) -> None:
        """Tell what was not told."""
        told = self.told[watch_id]
        new = [alert for alert in found if alert.id not in told]
        told.update((alert.id, alert.fact.at) for alert in new)
        for id_ in [id_ for id_, at in told.items() if at < self.since(now) - _LEEWAY_S]:
            del told[id_]
        open_ = [alert for alert in new if alert.acknowledged_at is None]
        if open_:
            self.waiting += open_
            self.news.set()


class Alerting:
    """The alerts of those who listen to one process; to be used in its event loop."""

    def __init__(self, graph: Graph, most: int, quiet_s: float, ending: Ending) -> None:
        self._graph = graph
        self._most = most
        self._quiet_s = quiet_s
        self._ending = ending
        ending.also(self._wake)
        self._listeners: list[_Listener] = []
        self._held: dict[str, set[tuple[_Listener, str]]] = {}
        self._far: dict[str, set[tuple[_Listener, str]]] = {}
        self._worker: asyncio.Task[None] | None = None
        self._look: Look | None = None
        self._due: dict[tuple[_Listener, str], None] = {}
        self._reloaded = 0.0
        self._spare_s = 0.0

    async def alarms(self, viewer: Viewer, only: str | None) -> AsyncIterator[Alarm | PolegraphError | None]:
        """What the viewer's watches, or only one of them, have that is not acknowledged; then whatever fires, at once.

        None where nothing was said for a while; it ends where the server does. Raises Overloaded where too many listen,
        NotFound for a watch that is not the viewer's.
        """
        if len(self._listeners) >= self._most:
            raise Overloaded(f"{self._most} listen already: ask now and then instead, or try again")
        listener = _Listener(viewer, only, self._graph.clock())
        self._listeners.append(listener)
        try:
            await self._thread(lambda: self._load(listener))
            self._hold()
            # Held before it is asked what there is: what comes meanwhile is due, and asked once this is told.
            if self._look is None:
                await self._changed()
            if self._worker is None or self._worker.done():
                self._worker = asyncio.create_task(self._work())
            yield await self._thread(lambda: self._begin(listener))
            listener.ready = True
            while not self._ending.begun:
                if listener.waiting:
                    alarm = Alarm(tuple(sorted(listener.waiting, key=position)))
                    listener.waiting, listener.news = [], asyncio.Event()
                    yield alarm
                elif not await happens(listener.news, self._quiet_s):
                    yield None
        finally:
            self._listeners.remove(listener)
            self._hold()

    def _wake(self) -> None:
        for listener in self._listeners:
            listener.news.set()

    async def _thread(self, work: Callable[[], T]) -> T:
        return await anyio.to_thread.run_sync(work)

    def _viewer(self, listener: _Listener) -> Viewer:
        """The viewer with the markings that there are by now."""
        viewer = listener.viewer
        return self._graph.catalogue.viewer(viewer.user, viewer.grants, viewer.purpose, viewer.role)

    def _begin(self, listener: _Listener) -> Alarm:
        """What is open, and nothing of it told again."""
        viewer = self._viewer(listener)
        page, _ = alerts(self._graph, viewer, listener.only, FIRST, None, acknowledged=False, until=_until(self._graph))
        for alert in page.items:
            listener.told[alert.watch.id][alert.id] = alert.fact.at
        return Alarm(page.items, page.has_next)

    def _load(self, listener: _Listener) -> None:
        viewer = self._viewer(listener)
        mine = (
            watches(self._graph, viewer) if listener.only is None else [own_watch(self._graph, viewer, listener.only)]
        )
        listener.watches = {each.id: each for each in mine}

    def _hold(self) -> None:
        """Note by which ids what anybody watches may be met."""
        self._held, self._far = defaultdict(set), defaultdict(set)
        for listener in self._listeners:
            for watch in listener.watches.values():
                known = {*(watch.ids or ()), *(view.id for view in watch.subjects)}
                known |= {watch.area_id} - {None} | ({watch.area.id} if watch.area else set())  # type: ignore[arg-type]
                for id_ in known:
                    self._held[id_].add((listener, watch.id))
                    if _FAR.intersection(watch.patterns):
                        self._far[id_].add((listener, watch.id))

    async def _work(self) -> None:
        """Look what changed and ask the watches that it may fire, for as long as anybody listens."""
        while self._listeners and not self._ending.begun:
            started = time.monotonic()
            try:
                await self._changed()
                await self._watches_changed(started)
            except PolegraphError as error:
                _LOG.warning("alerts_not_looked_for", code=error.code)
            except Exception as error:  # noqa: BLE001 - a look that fails ends no other
                _LOG.error("alerts_not_looked_for", **where_it_failed(error))
            await self._ask_due()
            await self._ask_spare(time.monotonic() - started)
            await self._ending.within(max(0.01, _PACE_S - (time.monotonic() - started)))

    async def _changed(self) -> None:
        before = self._look
        now = await self._thread(lambda: look(self._graph, before))
        self._look = now
        if before is None:
            await self._rehearse(now)
        if before is None or now is before:
            return
        try:
            found = await self._thread(lambda: touched(self._graph, before))
        except PolegraphError:
            self._look = before
            raise
        if found is None:
            for asked in (listener.asked for listener in self._listeners):
                asked.clear()
        else:
            self._due |= dict.fromkeys(self._touched(found))

    async def _rehearse(self, now: Look) -> None:
        """Find what the last batch touched, for nothing: the database thinks seconds about its first such questions."""
        await self._thread(lambda: touched(self._graph, replace(now, seq=now.seq - 1)))

    def _touched(self, found: Touched) -> Iterable[tuple[_Listener, str]]:
        for held, ids in ((self._held, found.ids), (self._far, found.beside)):
            for id_ in ids & held.keys():
                yield from held[id_]

    async def _watches_changed(self, now: float) -> None:
        """Take up watches that were made, and let go of those that were given up."""
        if now - self._reloaded < _WATCHES_S:
            return
        self._reloaded = now
        owners = {listener.viewer.user for listener in self._listeners}
        there = await self._thread(lambda: standing(self._graph, owners))
        for listener in list(self._listeners):
            ids = there.get(listener.viewer.user, frozenset())
            if listener.only is None and ids != listener.watches.keys():
                await self._thread(lambda listener=listener: self._load(listener))  # type: ignore[misc]
                self._due |= dict.fromkeys((listener, id_) for id_ in listener.watches.keys() - listener.asked.keys())
                self._hold()

    async def _ask_due(self) -> None:
        due, self._due = self._due, {}
        for listener, watch_id in due:
            if listener.ready:
                await self._ask(listener, watch_id)
            elif listener in self._listeners:
                self._due[listener, watch_id] = None

    async def _ask_spare(self, spent_s: float) -> None:
        """Ask those that were not asked for longest, in a share of the time."""
        self._spare_s = min(1.0, self._spare_s + _SHARE * max(spent_s, _PACE_S))
        oldest = nsmallest(
            50,
            (
                (listener.asked.get(id_, 0.0), place, id_)
                for place, listener in enumerate(self._listeners)
                if listener.ready
                for id_ in listener.watches
            ),
        )
        listeners = list(self._listeners)
        for _, place, id_ in oldest:
            if self._spare_s <= 0:
                return
            begun = time.monotonic()
            await self._ask(listeners[place], id_)
            self._spare_s -= time.monotonic() - begun

    async def _ask(self, listener: _Listener, watch_id: str) -> None:
        """Tell a listener what one watch has that they were not told."""
        watch = listener.watches.get(watch_id)
        if watch is None or listener not in self._listeners:
            return
        now = self._graph.clock()
        try:
            found = await self._thread(lambda: self._fired(listener, watch, _until(self._graph)))
        except (NotFound, TooCostly):
            found = []
        except PolegraphError as error:
            # It is asked again when its turn comes.
            _LOG.warning("watch_not_asked", watch=watch_id, code=error.code)
            return
        except Exception as error:  # noqa: BLE001 - one watch that fails ends no other
            _LOG.error("watch_not_asked", watch=watch_id, **where_it_failed(error))
            found = []
        listener.asked[watch_id] = time.monotonic()
        listener.take(watch_id, found, now)

    def _fired(self, listener: _Listener, watch: WatchView, until: int) -> list[AlertView]:
        graph, viewer = self._graph, self._viewer(listener)
        known = acknowledged_at(graph, [watch.id])
        since = max(listener.since(graph.clock()), listener.floors.get(watch.id, 0))
        found = fired(graph, viewer, watch, Span(since, until, None), _MOST_AT_ONCE, known)
        if len(found) >= _MOST_AT_ONCE:
            # The next look goes on where this one ended.
            listener.floors[watch.id] = max(since + 1, found[-1].fact.at - 1)
        return found


def _until(graph: Graph) -> int:
    """All that is there: what comes in the second in which somebody begins to watch has the time of the next."""
    return graph.clock() + 1
