"""Kept columns: the events of the last weeks and their links in memory, patched by what changes, to count from."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from itertools import pairwise

import numpy as np

from analysis.bound import DAY_S
from analysis.column import Layers, among, events, keys_of, no_codes
from analysis.event_link import ASKED, EventLinks, read
from analysis.happened import Happened
from analysis.span import LONGEST_S, Span
from graph.batch import batched
from graph.errors import PolegraphError
from graph.feed import Moment, moment, named_moment, touched_between
from graph.open import Graph
from security.viewer import Viewer

# Kept are the events of the two longest windows, and a day more, so that they are not read anew all the time.
_KEPT_S = 2 * LONGEST_S + DAY_S
# More touched things than this, and than a tenth of the events, are sooner read with everything else.
_MOST_TOUCHED = 5_000
# After all was read anew, so many times as long passes before it is again: a large load changes all all the time.
_REST = 4.0
# So many seconds are waited, when the process ends, for what is being read.
_ENDED_S = 5.0
_FOREVER = 2**62


class Kept:
    """The columns of one process; every process has its own, patched by the same feed, so that all say the same.

    Each asking looks first whether anything has changed, so that no answer is older than its question.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._lock = threading.Lock()
        self._building = threading.Lock()
        self._thread: threading.Thread | None = None
        self._over = threading.Event()
        self._moment: Moment | None = None
        self._since = 0
        self._rested = 0.0
        self._codes = no_codes()
        self._events: Layers
        self._links: EventLinks

    def of(self, viewer: Viewer, span: Span, area: str | None = None) -> Happened | None:
        """What the viewer sees of a span, of one area or everywhere, as it is now.

        None while it is to be read anew, which then goes on beside.
        """
        with self._lock:
            if self._fits(span) and self._caught_up():
                return Happened.of(viewer, span, area, self._events, self._links, self._codes)
        if time.monotonic() >= self._rested:
            self.begin()
        return None

    @property
    def behind(self) -> bool:
        """Whether all is to be read anew, so that the database counts."""
        return self._moment is None

    def begin(self) -> None:
        """Read all beside whatever else is done; nothing where that goes on already."""
        if not self._building.locked() and not self._over.is_set():
            self._thread = threading.Thread(target=self._build_beside, name="kept", daemon=True)
            self._thread.start()

    def end(self) -> None:
        """Read no more: whoever has the database closes it next."""
        self._over.set()
        if self._thread is not None:
            self._thread.join(_ENDED_S)

    def _build_beside(self) -> None:
        # Where the database is gone whoever asks is told so, and the next asking tries again.
        with suppress(PolegraphError):
            self.build()

    def build(self) -> None:
        """Read all anew; a second call meanwhile does nothing."""
        if not self._building.acquire(blocking=False):
            return
        began = time.monotonic()
        try:
            store, since = self._graph.store, self._graph.clock() - _KEPT_S
            now, codes = named_moment(store), no_codes()
            edges = [*range(since, since + _KEPT_S + 2 * DAY_S, DAY_S), _FOREVER]
            spans = list(pairwise(edges))
            found = [
                row
                for low, high in spans
                if not self._over.is_set()
                for row in store.internal("live/kept", since=low, until=high)[0]["events"]
            ]
            if self._over.is_set():
                return
            base, links = Layers.of(events(found, codes)), read(store, spans)
            with self._lock:
                self._moment, self._since, self._codes = now, since, codes
                self._events, self._links = base, links
        finally:
            self._rested = time.monotonic() + _REST * (time.monotonic() - began)
            self._building.release()

    def _fits(self, span: Span) -> bool:
        """Whether the events of a span are all kept, though clocks are put back, and not far more than is needed."""
        return self._moment is not None and self._since <= span.since and self._since > span.until - 2 * _KEPT_S

    def _caught_up(self) -> bool:
        """Take in what changed; False where that is not known, or too much."""
        before, now = self._moment, moment(self._graph.store)
        if before is None or now is None:
            return False
        if now == before:
            return True
        touched = touched_between(self._graph.store, before, now)
        if touched is None or len(touched) > max(_MOST_TOUCHED, len(self._events.base.key) // 10):
            self._moment = None
            return False
        self._patch(touched)
        self._moment = now
        return True

    def _patch(self, touched: list[str]) -> None:
        store, since = self._graph.store, self._since
        found = [
            row
            for part in batched(touched, ASKED)
            for row in store.internal("live/kept_of", ids=part, since=since)[0]["events"]
        ]
        changed = self._events.changed(among(np.sort(keys_of(touched))), events(found, self._codes))
        self._events, self._links = changed, self._links.changed(store, touched, since)
