"""Watched figures: one count for all who ask the same with the same rights, made again when anything has changed.

All counts of a process are made one after another, so that however many watch, the database has one of them to do.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

import anyio.to_thread
import structlog

from analysis.kept_events import Kept
from analysis.live import MetricsView, metrics
from api.ending import Ending
from api.log import where_it_failed
from graph.errors import PolegraphError
from graph.open import Graph
from security.marking import Grants

_LOG = structlog.get_logger("polegraph.watch")
# Nobody is told more often.
_PACE_S = 1.0
# So often it is looked whether there is anything to tell: what comes after a quiet while is told soon.
_LOOKS_S = 0.2
# Time moves the window: after so long it is counted again though nothing was written.
_AGES_S = 5.0
# And so soon after something was: a window ends before the second that is not over, in which it may have happened.
_PASSES_S = 1.0
# A count by the database rests for so many times as long as it took, so that large ones do not keep it busy; the first
# one takes long because the database has to think about it, so no rest is longer than time allows anyway. One from
# columns does not rest: a dashboard was 3.6 s old because one had waited a second for a processor.
_REST = 4.0
# A moment's distance says nothing new.
_TICKING = frozenset({"data_age", "waiting_p50", "waiting_longest"})

Told = MetricsView | PolegraphError


@dataclass(frozen=True, slots=True)
class Topic:
    """What is counted, and for whom: those who hold the same are told the same."""

    grants: Grants
    area: str | None
    window: str
    tiles: frozenset[str] | None = None


@dataclass(slots=True)
class _Count:
    """A topic's latest figures; `number`: of how many there were, `changes`: of the graph that they were counted in."""

    topic: Topic
    watchers: int = 0
    number: int = 0
    told: Told | None = None
    changes: int = -1
    due: float = 0.0
    oldest: float = 0.0
    silent: bool = False
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, told: Told) -> None:
        """Wake whoever waits, where this says anything else than before."""
        if self.told is not None and _said(told) == _said(self.told):
            return
        self.told = told
        self.number += 1
        self.wake()

    def wake(self) -> None:
        """Wake whoever waits: to say what is new, or that there is nothing."""
        self.silent = False
        self.news.set()
        self.news = asyncio.Event()

    def beat(self) -> None:
        """Wake whoever waits, where nothing was said since the beat before."""
        if self.silent:
            self.wake()
        else:
            self.silent = True


class Watch:
    """The watched figures of one process; to be used in its event loop."""

    def __init__(self, graph: Graph, quiet_s: float, ending: Ending, kept: Kept) -> None:
        self._graph = graph
        self._kept = kept
        self._ending = ending
        ending.also(self._wake)
        self._quiet_s = quiet_s
        self._counts: dict[Topic, _Count] = {}
        self._work: asyncio.Task[None] | None = None

    async def figures(self, topic: Topic) -> AsyncIterator[Told | None]:
        """The figures of a topic now and at every change, or why there are none now; it ends where the server does.

        None where nothing was said for a while. Whoever is slow is told the latest only.
        """
        count = self._join(topic)
        seen = 0
        try:
            while not self._ending.begun:
                if count.told is not None and count.number != seen:
                    seen = count.number
                    yield count.told
                    continue
                await count.news.wait()
                if count.number == seen and not self._ending.begun:
                    yield None
        finally:
            self._leave(count)

    def _wake(self) -> None:
        for count in self._counts.values():
            count.wake()

    def _join(self, topic: Topic) -> _Count:
        count = self._counts.setdefault(topic, _Count(topic))
        count.watchers += 1
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._tell())
        return count

    def _leave(self, count: _Count) -> None:
        count.watchers -= 1
        if not count.watchers:
            self._counts.pop(count.topic, None)

    async def _tell(self) -> None:
        """Tell who watches what is new, and now and then that there is nothing, for as long as anybody does."""
        beating = asyncio.create_task(self._beat())
        try:
            await self._count_due()
        finally:
            beating.cancel()

    async def _beat(self) -> None:
        """Let nobody hear nothing for longer than they may; one timer for all, of which there are thousands."""
        while not await self._ending.within(self._quiet_s / 2):
            for count in self._counts.values():
                count.beat()

    async def _count_due(self) -> None:
        """Count what is due, for as long as anybody watches."""
        while self._counts and not self._ending.begun:
            started = time.monotonic()
            changes = await self._changes()
            for count in list(self._counts.values()):
                now = time.monotonic()
                if count.due <= now and (count.changes != changes or count.oldest <= now):
                    await self._count(count, changes)
            due = [count.due - started for count in self._counts.values() if count.due > started]
            await self._ending.within(max(0.05, min(_LOOKS_S, *due, _PACE_S) - (time.monotonic() - started)))

    async def _changes(self) -> int:
        """The number of the graph's latest change, -1 where the database cannot say."""
        try:
            (row,) = await anyio.to_thread.run_sync(self._graph.store.internal, "live/changes")
        except PolegraphError:
            return -1
        return int(row["changes"])

    async def _count(self, count: _Count, changes: int) -> None:
        started = time.monotonic()
        told: Told
        try:
            told = await anyio.to_thread.run_sync(self._now, count.topic)
        except PolegraphError as error:
            told = error
        except Exception as error:  # noqa: BLE001 - one count that fails ends no other, nor the watch
            _LOG.error("figures_failed", **where_it_failed(error))
            told = PolegraphError("the figures could not be counted")
        ended = time.monotonic()
        count.oldest = ended + (_AGES_S if count.changes == changes else _PASSES_S)
        count.changes = changes
        rest = min(_AGES_S, _REST * (ended - started)) if self._kept.behind else 0
        count.due = max(started + _PACE_S, ended + rest)
        count.tell(told)

    def _now(self, topic: Topic) -> MetricsView:
        viewer = self._graph.catalogue.viewer("", topic.grants)
        tiles = None if topic.tiles is None else sorted(topic.tiles)
        return metrics(self._graph, viewer, topic.area, topic.window, tiles, self._kept)


def _said(told: Told) -> object:
    """What figures say, without the moment that they are of; of an error, which one it is."""
    if isinstance(told, PolegraphError):
        return type(told), told.code
    tiles = [
        replace(tile, series=tuple(replace(point, at=0) for point in tile.series))
        for tile in told.tiles
        if tile.name not in _TICKING
    ]
    return told.total, tiles
