"""The bits of a pair as a waterfall: each bar begins where the one before ended; for a terminal, SVG and HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from rich.table import Table
from rich.text import Text

from resolution.pair import PairView

_COLUMNS = 40
# Pixels of the drawing.
_ROW, _TEXT, _PLOT, _MARGIN = 24, 470, 430, 16
_FOR, _AGAINST, _SUM = "#2e7d32", "#c62828", "#37474f"
_STYLE = "font: 13px sans-serif; fill: #212121"


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: what was compared, the values that met, the level, its bits, and where its bar begins and ends."""

    name: str
    values: str
    level: str
    bits: float
    start: float
    end: float
    whole: bool = False

    @property
    def colour(self) -> str:
        """Green for, red against, grey for sums."""
        return _SUM if self.whole else _FOR if self.bits >= 0 else _AGAINST


def bars(pair: PairView) -> list[Bar]:
    """The rows from the prior to the sum."""
    found: list[Bar] = []
    at = 0.0
    if pair.prior is not None:
        at = pair.prior
        found.append(Bar("before anything is compared", "", "", at, 0.0, at, whole=True))
    for each in pair.evidence:
        values = "" if each.left is None and each.right is None else f"{each.left} / {each.right}"
        found.append(Bar(each.field.replace("_", " "), values, each.level, each.bits, at, at + each.bits))
        at += each.bits
    return [
        *found,
        Bar("together", f"probability {pair.probability:.4f}", "", pair.weight, 0.0, pair.weight, whole=True),
    ]


def table(pair: PairView) -> Table:
    """The waterfall for a terminal."""
    rows = bars(pair)
    scale = _Scale(rows, pair.join)
    drawn = Table("", "values", "level", box=None, pad_edge=False)
    drawn.add_column("bits", justify="right")
    drawn.add_column("", no_wrap=True)
    for row in rows:
        begin, end = sorted((scale.of(row.start, _COLUMNS), scale.of(row.end, _COLUMNS)))
        bar = Text(" " * begin + "█" * max(end - begin, 1), style=row.colour)
        drawn.add_row(Text(row.name), Text(row.values), Text(row.level), f"{row.bits:+.1f}", bar)
    return drawn


class _Scale:
    """Where bits lie between the least and the most that the bars reach."""

    def __init__(self, rows: Sequence[Bar], join: float | None) -> None:
        ends = [0.0, join or 0.0, *(end for row in rows for end in (row.start, row.end))]
        self._low, self._high = min(ends), max(ends)

    def of(self, bits: float, width: int) -> int:
        return round((bits - self._low) / max(self._high - self._low, 1e-9) * width)


def sentences(pair: PairView) -> list[str]:
    """What is said of the pair: the verdict, what else it could be, and what it hangs on."""
    rival = None if pair.rival is None else pair.rival.sentence
    told = [pair.sentence, *(each for each in (pair.runner_up, pair.together, rival) if each)]
    changing = [each for each in pair.counterfactuals if each.verdict != pair.verdict]
    return [*told, *(each.sentence for each in changing or pair.counterfactuals[:1])]


def svg(pair: PairView) -> str:
    """The waterfall as a drawing that needs nothing from elsewhere."""
    rows = bars(pair)
    scale = _Scale(rows, pair.join)
    width, height = _TEXT + _PLOT + 2 * _MARGIN, (len(rows) + 1) * _ROW + 2 * _MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img"><title>{escape(pair.sentence)}</title><rect width="100%" height="100%" fill="#ffffff"/>'
    ]
    cuts = [("even", 0.0)] if pair.join is None else [("join", pair.join), ("even", 0.0)]
    for name, bits in cuts:
        x = _MARGIN + _TEXT + scale.of(bits, _PLOT)
        parts.append(
            f'<line x1="{x}" y1="{_MARGIN + _ROW}" x2="{x}" y2="{height - _MARGIN}" stroke="#9e9e9e" '
            f'stroke-dasharray="3 3"/><text x="{x}" y="{_MARGIN + _ROW - 8}" text-anchor="middle" style="{_STYLE}">'
            f"{name}</text>"
        )
    parts += [_row(row, place, scale) for place, row in enumerate(rows, 1)]
    return "\n".join([*parts, "</svg>", ""])


def _row(row: Bar, place: int, scale: _Scale) -> str:
    y = _MARGIN + place * _ROW
    begin, end = sorted((scale.of(row.start, _PLOT), scale.of(row.end, _PLOT)))
    values = row.values if len(row.values) <= 34 else row.values[:33] + "…"
    cells = (
        (0, row.name, "start"),
        (150, values, "start"),
        (380, row.level, "start"),
        (460, f"{row.bits:+.1f}", "end"),
    )
    texts = "".join(
        f'<text x="{_MARGIN + x}" y="{y + 16}" text-anchor="{anchor}" style="{_STYLE}">{escape(text)}</text>'
        for x, text, anchor in cells
    )
    bar = (
        f'<rect x="{_MARGIN + _TEXT + begin}" y="{y + 4}" width="{max(end - begin, 1)}" height="{_ROW - 8}" '
        f'fill="{row.colour}"/>'
    )
    return texts + bar


def html(pair: PairView) -> str:
    """A page with the drawing, the two records and the sentences."""
    told = "".join(f"<li>{escape(each)}</li>" for each in sentences(pair))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>polegraph explain</title></head>'
        f'<body style="font-family: sans-serif"><h1>{escape(pair.verdict)}</h1>'
        f"<p>{escape(pair.a.id)} and {escape(pair.b.id)}</p>{svg(pair)}<ul>{told}</ul></body></html>\n"
    )
