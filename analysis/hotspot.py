"""Where more happens than is to be expected, less, or most: cells of the National Grid, each beside its baseline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from analysis.bound import area_id
from analysis.cell import LEAST, MOST, UNIT, Floats, Spot, cells_of
from analysis.expectation import Expectation, adjusted, from_before, from_surroundings
from analysis.london import midnight, year_before
from analysis.sighting import Sighted, sighted
from analysis.told_cell import Telling
from graph.errors import BadInput, TooCostly
from graph.open import Graph
from graph.read.event import Listed
from graph.read.page import cut_to, within
from graph.read.walk import joined
from security.viewer import Viewer

# The share of false discoveries among what is called significant.
FALSE_DISCOVERIES = 0.1
_MOST_DAYS = 3_660
_MOST_TYPES = 100
_MOST_CELLS = 60_000
# A baseline with fewer events than this share of the window's says less than the surroundings do.
_LEAST_BEFORE = 0.5


class Trend(StrEnum):
    """Which cells are asked for."""

    EMERGING = "EMERGING"
    COOLING = "COOLING"
    ENDURING = "ENDURING"


@dataclass(frozen=True, slots=True)
class HotspotView:
    """A cell: its grid reference, middle, corners; the events of the window, what was expected, how unlikely that is.

    `significance`: the probability of so many or more (COOLING: so few or fewer) if nothing changed; `adjusted`: the
    share of false discoveries among cells at least as unlikely. `before`: events of the baseline; `density`: events in
    a square kilometre; `forecast`: what is to be expected of as many days more.
    """

    cell: str
    centre: Spot
    boundary: tuple[Spot, ...]
    events: int
    expected: float
    significance: float
    adjusted: float
    significant: bool
    before: int
    density: float
    forecast: float
    note: str


@dataclass(frozen=True, slots=True)
class Window:
    """What is asked: types, the first and last day in London, metres of a cell, an area or None, which cells."""

    types: Sequence[str] | None
    first_day: date
    last_day: date
    cell_metres: int = 250
    area: str | None = None
    trend: Trend = Trend.EMERGING

    def check(self) -> None:
        """Nothing; raises BadInput for what is no window or no cell, TooCostly for too many types."""
        within("cellMetres", self.cell_metres, LEAST, MOST)
        if self.cell_metres % UNIT:
            raise BadInput(f"cellMetres: {self.cell_metres} is no multiple of {UNIT}, by which cells are named")
        if self.first_day > self.last_day:
            raise BadInput(f"from: {self.first_day} is after `to`, {self.last_day}")
        if (self.last_day - self.first_day).days >= _MOST_DAYS:
            raise BadInput(f"to: more than {_MOST_DAYS:,} days after `from`; take fewer")
        if self.types is not None and not self.types:
            raise BadInput("types: none is named; leave `types` out for all crimes")
        if len(self.types or ()) > _MOST_TYPES:
            raise TooCostly(f"types: {len(self.types or ())} are more than {_MOST_TYPES}; ask in several questions")

    @property
    def span(self) -> tuple[int, int, int]:
        """Epochs at which the baseline begins, the window begins, and both are over."""
        begins = midnight("from", self.first_day)
        return midnight("from", year_before(self.first_day)), begins, midnight("to", self.last_day + timedelta(days=1))


def hotspots(graph: Graph, viewer: Viewer, window: Window, first: int = 20) -> Listed[HotspotView]:
    """The cells of a window in which the visible events are most out of the ordinary, first, then by reference.

    The baseline is the year before the window, scaled to the window's total, so that season and trend, which move all
    cells alike, cancel; where it holds less than half as many events, and for ENDURING, the cells around are.
    Raises BadInput for what is no window, NotFound for a hidden or absent area, TooCostly for more than 300,000 events
    or 60,000 cells.
    """
    window.check()
    within("first", first, 1, 500)
    found = sighted(graph, viewer, window.types, window.span, area_id(graph, viewer, window.area))
    if not len(found.times):
        return Listed((), found.left_out)
    ground = _Ground(window, found)
    shown, cut = cut_to(ground.order(), first)
    return Listed(tuple(ground.view(cell) for cell in shown), joined([found.left_out, cut]))


class _Ground:
    """The cells of a question, counted and judged."""

    def __init__(self, window: Window, found: Sighted) -> None:
        self._trend, self._telling = window.trend, Telling(found)
        total = len(found.times)
        self._beside = window.trend is Trend.ENDURING or found.before.sum() < _LEAST_BEFORE * total
        self._cells = cells_of(found.points, window.cell_metres, beside=self._beside)
        if len(self._cells) > _MOST_CELLS:
            raise TooCostly(f"{len(self._cells):,} cells are more than {_MOST_CELLS:,}; take larger ones, or an area")
        kernel = self._cells.kernel()
        self._events = self._cells.count(found.places, np.ones(total, np.int64))
        self._before = self._cells.count(found.points, found.before)
        self._expected = self._expectation(kernel, total)
        self._unlikely = self._probabilities()
        self._adjusted = adjusted(self._unlikely)
        self._density = self._cells.density(self._events, kernel)
        self._forecast = from_before(self._before + self._events, kernel, total).mean
        self._telling.place(self._cells.of(found.places))

    def _expectation(self, kernel: object, total: int) -> Expectation:
        if self._beside:
            return from_surroundings(self._events, kernel)
        return from_before(self._before, kernel, total)

    def _probabilities(self) -> Floats:
        if self._trend is Trend.COOLING:
            return self._expected.at_most(self._events)
        return self._expected.at_least(self._events)

    def order(self) -> list[int]:
        """The cells that are asked for, in their order."""
        key = self._unlikely
        if self._trend is Trend.COOLING:
            asked = self._events < self._expected.mean
        elif self._trend is Trend.EMERGING:
            asked = self._events > self._expected.mean
        else:
            asked, key = self._events + self._before > 0, -self._forecast
        # Rounded, so that the machine's last digit orders nothing.
        (found,) = np.nonzero(asked)
        names = {cell: self._cells.name(cell) for cell in found.tolist()}
        return sorted(names, key=lambda cell: (_rounded(float(key[cell])), names[cell]))

    def view(self, cell: int) -> HotspotView:
        """A cell as it is answered."""
        adjusted_ = _rounded(self._adjusted[cell])
        return HotspotView(
            self._cells.name(cell),
            self._cells.centre(cell),
            self._cells.boundary(cell),
            int(self._events[cell]),
            _rounded(self._expected.mean[cell]),
            _rounded(self._unlikely[cell]),
            adjusted_,
            adjusted_ <= FALSE_DISCOVERIES,
            int(self._before[cell]),
            _rounded(self._density[cell]),
            _rounded(self._forecast[cell]),
            self._telling.note(cell, beside=self._beside),
        )


def _rounded(value: float) -> float:
    """To six figures."""
    return float(f"{value:.6g}")
