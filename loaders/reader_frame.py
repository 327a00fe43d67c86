"""CSV records out of physical lines: quotes honoured, a torn or damaged line costing only itself."""

from __future__ import annotations

import csv
import sys
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from loaders.reader_line import Line

# The longest text that one quoted field may run over; past it an open quote counts as torn.
_MOST_LINES, _MOST_TEXT = 2_000, 1 << 20

csv.field_size_limit(sys.maxsize)

REASONS = {
    "undecodable": "bytes that are no text in this encoding",
    "nul-byte": "a NUL byte",
    "torn-quote": "a quote that does not close, or text after a closing quote",
}


class Framed(NamedTuple):
    """One record: the line it begins on, its cells, its text as it stood, and the code of what is wrong with it."""

    line: int
    cells: list[str]
    text: str
    code: str


@dataclass(slots=True)
class Framer:
    """Records of a CSV file, one after another. `width` may be set once the header is known."""

    lines: Iterator[Line]
    delimiter: str
    quote: str
    width: int = 0
    _waiting: deque[Line] = field(default_factory=deque)

    def skip(self, count: int) -> None:
        """Pass over physical lines."""
        for _ in range(count):
            next(self.lines, None)

    def __iter__(self) -> Iterator[Framed]:
        quote, delimiter = self.quote, self.delimiter
        while (line := self._take()) is not None:
            number, text, damage = line
            if damage:
                yield Framed(number, [], text, damage)
            elif quote and quote in text:
                yield self._quoted(line)
            elif text and (delimiter in text or not text.isspace()):
                yield Framed(number, text.split(delimiter), text, "")

    def _take(self) -> Line | None:
        return self._waiting.popleft() if self._waiting else next(self.lines, None)

    def _pull(self, first: Line, taken: list[Line]) -> Iterator[str]:
        """Hand out lines as the parser asks for them: it asks for more only while a quote is open."""
        line: Line | None = first
        size = 0
        while line is not None and len(taken) < _MOST_LINES and size < _MOST_TEXT:
            taken.append(line)
            size += len(line.text)
            yield line.text + "\n"
            line = self._take()
        if line is not None:
            self._waiting.appendleft(line)

    def _quoted(self, first: Line) -> Framed:
        taken: list[Line] = []
        try:
            cells = self._parse(self._pull(first, taken))
        except csv.Error:
            self._give_back(taken)
            return Framed(first.number, [], first.text, "torn-quote")
        if len(taken) > 1 and self.width and len(cells) != self.width and self._well(taken[1]):
            self._give_back(taken)
            return Framed(first.number, [], first.text, "torn-quote")
        text = first.text if len(taken) == 1 else "\n".join(line.text for line in taken)
        damage = next((line.damage for line in taken if line.damage), "")
        return Framed(first.number, cells, text, damage)

    def _parse(self, lines: Iterator[str]) -> list[str]:
        return next(csv.reader(lines, delimiter=self.delimiter, quotechar=self.quote, strict=True))

    def _well(self, line: Line) -> bool:
        """True where a line is a whole record by itself."""
        try:
            return not line.damage and len(self._parse(iter([line.text + "\n"]))) == self.width
        except csv.Error:
            return False

    def _give_back(self, taken: list[Line]) -> None:
        self._waiting.extendleft(reversed(taken[1:]))
