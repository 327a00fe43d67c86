"""A window of time that ends now and the one before it, in steps: what figures are counted over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from analysis.bound import DAY_S
from analysis.figure import Point
from graph.answer import iso

Row = Mapping[str, Any]
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
LONGEST_S = max(length for length, _ in WINDOWS.values())


@dataclass(frozen=True, slots=True)
class Span:
    """Two windows of `steps` steps of `step` seconds each: window 0 begins at `since` (epoch), 1 ends before `until`.

    All is counted in seconds since 1970, UTC: no hour comes twice or is left out where clocks are put on or back.
    """

    until: int
    steps: int
    step: int

    @classmethod
    def of(cls, window: str, now: int) -> Span:
        """The window of this name that ends now, and the one before it."""
        length, step = WINDOWS[window]
        return cls(now, length // step, step)

    @property
    def length(self) -> int:
        """Seconds of one window."""
        return self.steps * self.step

    @property
    def since(self) -> int:
        """When the window before begins."""
        return self.until - 2 * self.length

    @property
    def ends(self) -> tuple[int, int]:
        """When each window ends."""
        return self.until - self.length, self.until

    @property
    def said_ends(self) -> list[str]:
        """When each window ends, as times are written."""
        return [iso(self.until - self.length) or "", iso(self.until) or ""]

    def now(self, rows: Iterable[Row]) -> list[Row]:
        """The rows of the window, of rows by `step`."""
        return [row for row in rows if row["step"] >= self.steps]

    def before(self, rows: Iterable[Row]) -> list[Row]:
        """The rows of the window before."""
        return [row for row in rows if row["step"] < self.steps]

    def points(self, values: Mapping[int, float], otherwise: float | None) -> tuple[Point, ...]:
        """The values of the window's steps, by the moment each begins; `otherwise`: of a step that has none."""
        steps = [(n, values.get(n, otherwise)) for n in range(self.steps, 2 * self.steps)]
        return tuple(Point(self.since + n * self.step, float(value)) for n, value in steps if value is not None)
