"""Kept columns: the events of the last weeks in memory, patched by what changes, from which figures are counted."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from analysis.bound import DAY_S
from analysis.column import joined, no_codes, table
from analysis.happened import Happened
from analysis.span import LONGEST_S, Row, Span
from graph.errors import PolegraphError
from graph.open import Graph
from security.viewer import Viewer

# Kept are the events of the two longest windows, and a day more, so that they are not read anew all the time.
_KEPT_S = 2 * LONGEST_S + DAY_S
# What more rows than this speak of is sooner read anew; so many changed events are kept apart, then sorted in.
_MOST_ROWS = 5_000
_MOST_LATE = 20_000


@dataclass(frozen=True, slots=True)
class _Standing:
    """A moment of the graph; `written`: when its last batch was, by which another graph in its place is known."""

    changes: int
    seq: int
    erased: int
    written: int | None


class Kept:
    """The columns of one process; every process has its own, patched by the same feed, so that all say the same.

    Each asking looks first whether anything has changed, so that no answer is older than its question.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._lock = threading.Lock()
        self._building = threading.Lock()
        self._stands: _Standing | None = None
        self._since = 0
        self._codes = no_codes()
        self._base = self._late = table((), self._codes)
        self._changed: dict[str, Row] = {}

    def of(self, viewer: Viewer, span: Span) -> Happened | None:
        """What the viewer sees of a span, as it is now; None while it is to be read anew, which then goes on beside."""
        with self._lock:
            if self._fits(span) and self._caught_up():
                allowed = np.array(sorted(viewer.allowed), dtype=np.int64)
                parts = [each.between(span.since, span.until) for each in (self._base, self._late)]
                seen = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
                shown = np.isin(seen["mk"], allowed)
                return Happened(span, {name: column[shown] for name, column in seen.items()}, self._codes)
        if not self._building.locked():
            threading.Thread(target=self._build_beside, name="kept", daemon=True).start()
        return None

    def _build_beside(self) -> None:
        # Where the database is gone whoever asks is told so, and the next asking tries again.
        with suppress(PolegraphError):
            self.build()

    def build(self) -> None:
        """Read all anew; a second call meanwhile does nothing."""
        if not self._building.acquire(blocking=False):
            return
        try:
            since = self._graph.clock() - _KEPT_S
            stands = self._standing(None)
            codes = no_codes()
            base = table(self._graph.store.stream("live/kept", since=since), codes)
            with self._lock:
                self._stands, self._since, self._codes, self._base = stands, since, codes, base
                self._changed, self._late = {}, table((), codes)
        finally:
            self._building.release()

    def _fits(self, span: Span) -> bool:
        """Whether the events of a span are all kept, though clocks are put back, and not far more than is needed."""
        return self._stands is not None and self._since <= span.since and self._since > span.until - 2 * _KEPT_S

    def _standing(self, before: _Standing | None) -> _Standing:
        (row,) = self._graph.store.internal("live/standing", before=-1 if before is None else before.seq)
        if before is None:
            (row,) = self._graph.store.internal("live/standing", before=row["seq"])
        return _Standing(row["changes"], row["seq"], row["erased"], row["written"])

    def _caught_up(self) -> bool:
        """Take in what changed; False where that is not known, or too much.

        Every change of an event is one of a row that speaks of it, in the same transaction, and rows are numbered by
        their batches; but what was erased has no row any more. Who reads while a batch is written reads it again, as
        the number read first says: to take in one event twice is to take it in once.
        """
        before = self._stands
        if before is None:
            return False
        now = self._standing(before)
        if now.changes == before.changes and now.seq == before.seq and now.written == before.written:
            return True
        if now.seq < before.seq or now.erased != before.erased or now.written != before.written:
            self._stands = None
            return False
        (row,) = self._graph.store.internal("alert/rows", after=before.seq)
        if row["rows"] > _MOST_ROWS:
            self._stands = None
            return False
        if row["rows"]:
            self._patch(self._graph.store.internal("live/touched", after=before.seq))
        self._stands = self._standing_at(now)
        return True

    def _standing_at(self, now: _Standing) -> _Standing:
        """The moment that was caught up with, with the time of its own last batch."""
        (row,) = self._graph.store.internal("live/standing", before=now.seq)
        return _Standing(now.changes, now.seq, now.erased, row["written"])

    def _patch(self, touched: Sequence[Row]) -> None:
        self._base.drop(row["id"].encode() for row in touched)
        for row in touched:
            if row["there"] and row["at"] is not None and row["at"] >= self._since:
                self._changed[row["id"]] = row
            else:
                self._changed.pop(row["id"], None)
        self._late = table(self._changed.values(), self._codes)
        if len(self._changed) > _MOST_LATE:
            self._base, self._changed = joined((self._base, self._late)), {}
            self._late = table((), self._codes)
