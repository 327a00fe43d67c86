"""What is to be known of a cell before its figures are believed: baseline, snapped points, vague dates, repeats."""

from __future__ import annotations

import numpy as np

from analysis.cell import Ints
from analysis.near_repeat import DAYS, METRES, near_repeats
from analysis.sighting import Sighted

# So many events at one point, and this share of a cell's, are worth a word.
_AT_ONE_POINT, _SHARE = 3, 0.5
# Where so many of all events share their point with another, points are not where things happened.
_SNAPPED = 0.6


class Telling:
    """The notes on the cells of a question."""

    def __init__(self, found: Sighted) -> None:
        self._found = found
        _, self._point, shared = np.unique(found.places, axis=0, return_inverse=True, return_counts=True)
        self._snapped = len(found.times) > 0 and bool(np.mean(shared[self._point] > 1) > _SNAPPED)
        exact = ~found.vague
        self._repeats = near_repeats(found.places[exact], found.times[exact]) if exact.any() else None
        self._near = np.zeros(len(found.times), bool)
        if self._repeats is not None:
            self._near[exact] = self._repeats.near
        self._cell: Ints = np.zeros(0, np.int64)

    def place(self, cell: Ints) -> None:
        """Take the cell of each event of the window."""
        self._cell = cell

    def note(self, cell: int, *, beside: bool) -> str:
        """What is to be known of a cell, in sentences; `beside`: it is held against the cells around it."""
        (events,) = np.nonzero(self._cell == cell)
        parts = (self._baseline(beside), *self._points(events), *self._dates(events), *self._near_repeats(events))
        return " ".join(parts)

    def _baseline(self, beside: bool) -> str:
        if beside:
            return "Expected: what the cells around it had in the same days."
        whole = int(self._found.before.sum())
        return (
            f"Expected: its share, and its surroundings', of the {whole:,} events of the year before, "
            f"of the {len(self._found.times):,} in these days."
        )

    def _points(self, events: Ints) -> list[str]:
        if not len(events):
            return []
        most = int(np.bincount(self._point[events]).max())
        told = []
        if most >= _AT_ONE_POINT and most >= _SHARE * len(events):
            told.append(f"{most} of {len(events)} stand at exactly one point.")
        if self._snapped:
            told.append("Most points of these events are shared: places seem to be snapped, a cell is no street.")
        return told

    def _dates(self, events: Ints) -> list[str]:
        vague = int(self._found.vague[events].sum())
        if not vague:
            return []
        return [f"{vague} of {len(events)} are known to the month or year only and count on its first day."]

    def _near_repeats(self, events: Ints) -> list[str]:
        near, found = int(self._near[events].sum()), self._repeats
        if not near or found is None or found.ratio is None or found.probability is None:
            return []
        return [
            f"{near} of {len(events)} came within {METRES} m and {DAYS} days of another; over all, such pairs are "
            f"{found.ratio:.1f} times as many as by chance (Knox, p = {found.probability:.3f})."
        ]
