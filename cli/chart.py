"""A chart as SVG: two axes with round ticks, lines, bands, dots and marks, and words that say what is to be seen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

# Pixels of the drawing.
_WIDTH, _HEIGHT = 760, 340
_LEFT, _RIGHT, _TOP, _BOTTOM = 76, 20, 44, 52
_TICKS = 6
_STYLE = "font: 13px sans-serif; fill: #212121"
INK, RED, BLUE, PALE = "#37474f", "#c62828", "#1565c0", "#bbdefb"

Place = tuple[float, float]


class Chart:
    """A drawing of `x` and `y`: what each counts, its least and its greatest; `names` stand instead of ticks of x."""

    def __init__(
        self, title: str, x: tuple[str, float, float], y: tuple[str, float, float], names: Sequence[str] = ()
    ) -> None:
        self._title, self._x, self._y, self._names = title, x, y, names
        self._parts: list[str] = []

    def line(self, places: Sequence[Place], colour: str = BLUE, dashes: str = "") -> None:
        """Draw a line through places."""
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        self._add(f'<polyline points="{self._points(places)}" fill="none" stroke="{colour}" stroke-width="2"{dashed}/>')

    def band(self, low: Sequence[Place], high: Sequence[Place], colour: str = PALE) -> None:
        """Fill what lies between two lines."""
        self._add(f'<polygon points="{self._points([*low, *reversed(high)])}" fill="{colour}"/>')

    def bar(self, x: float, low: float, high: float, width: float, colour: str = PALE) -> None:
        """Draw an upright bar, `width` pixels wide."""
        left, top = self._at((x, high))
        bottom = self._at((x, low))[1]
        place = f'x="{left - width / 2:.1f}" y="{top:.1f}" width="{width:.1f}" height="{max(bottom - top, 1):.1f}"'
        self._add(f'<rect {place} fill="{colour}"/>')

    def dot(self, place: Place, colour: str = INK) -> None:
        """Draw a dot."""
        x, y = self._at(place)
        self._add(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>')

    def mark(self, x: float, text: str, colour: str = RED, row: int = 0) -> None:
        """Draw an upright line and say what is there; `row`: how many lines of text further down."""
        left, _ = self._at((x, self._y[1]))
        top = _TOP + 14 + 18 * row
        self._add(f'<line x1="{left:.1f}" y1="{_TOP}" x2="{left:.1f}" y2="{_HEIGHT - _BOTTOM}" stroke="{colour}"/>')
        end = left > _WIDTH * 0.62
        anchor, aside = ("end", -6) if end else ("start", 6)
        self._add(
            f'<text x="{left + aside:.1f}" y="{top}" text-anchor="{anchor}" fill="{colour}">{escape(text)}</text>'
        )

    def svg(self) -> str:
        """The drawing as a document."""
        size = f'width="{_WIDTH}" height="{_HEIGHT}" viewBox="0 0 {_WIDTH} {_HEIGHT}"'
        title = f'<text x="{_LEFT}" y="24" style="font-weight: bold">{escape(self._title)}</text>'
        ground = f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>'
        body = "\n".join((ground, title, *self._axes(), *self._parts))
        said = f'role="img" aria-label="{escape(self._title)}" style="{_STYLE}"'
        return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {said}>\n{body}\n</svg>\n'

    def _add(self, part: str) -> None:
        self._parts.append(part)

    def _at(self, place: Place) -> Place:
        (_, x_low, x_high), (_, y_low, y_high) = self._x, self._y
        across = (place[0] - x_low) / ((x_high - x_low) or 1)
        up = (place[1] - y_low) / ((y_high - y_low) or 1)
        return _LEFT + across * (_WIDTH - _LEFT - _RIGHT), _HEIGHT - _BOTTOM - up * (_HEIGHT - _TOP - _BOTTOM)

    def _points(self, places: Sequence[Place]) -> str:
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in map(self._at, places))

    def _axes(self) -> list[str]:
        bottom, right = _HEIGHT - _BOTTOM, _WIDTH - _RIGHT
        found = [f'<path d="M{_LEFT},{_TOP} V{bottom} H{right}" fill="none" stroke="{INK}"/>']
        for value in _round_ticks(*self._y[1:]):
            y = self._at((self._x[1], value))[1]
            found.append(f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}" stroke="#eceff1"/>')
            found.append(f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{value:,g}</text>')
        ticks = [(float(place), name) for place, name in enumerate(self._names)]
        ticks = ticks or [(value, f"{value:,g}") for value in _round_ticks(*self._x[1:])]
        for place, name in ticks:
            x = self._at((place, self._y[1]))[0]
            found.append(f'<text x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">{escape(name)}</text>')
        found.append(
            f'<text x="{(_LEFT + right) / 2}" y="{_HEIGHT - 12}" text-anchor="middle">{escape(self._x[0])}</text>'
        )
        middle = (_TOP + bottom) / 2
        turned = f'transform="rotate(-90 16 {middle})"'
        found.append(f'<text x="16" y="{middle}" text-anchor="middle" {turned}>{escape(self._y[0])}</text>')
        return found


def _round_ticks(low: float, high: float) -> list[float]:
    """Some six round numbers in a range."""
    rough = (high - low) / _TICKS or 1.0
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(unit * each for each in (1, 2, 5, 10) if unit * each >= rough)
    first = math.ceil(low / step)
    return [round(step * n, 10) for n in range(first, math.floor(high / step) + 1)]
