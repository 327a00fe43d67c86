"""CSV records out of physical lines: quotes honoured, a torn or damaged line costing only itself.

Lines that are whole records are taken apart together; one that has an odd number of quotes, is damaged or does not fit
is looked at alone, with as many of the lines behind it as its quotes run over.
"""

from __future__ import annotations

import csv
import sys
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import NamedTuple

from loaders.reader_line import Line, Lines
from loaders.row import Code

# The longest text that one quoted field may run over; past it an open quote counts as torn.
_MOST_LINES, _MOST_TEXT = 2_000, 1 << 20

csv.field_size_limit(sys.maxsize)

# So many delimiters where they belong, in lines that a quote runs over, are no chance: the quote is torn.
_LEAST_EVIDENCE = 4

REASONS = {
    Code.UNDECODABLE: "bytes that are no text in this encoding",
    Code.NUL_BYTE: "a NUL byte",
    Code.TORN_QUOTE: "a quote that does not close, or text after a closing quote",
}

Cells = Sequence[str]


class Framed(NamedTuple):
    """One record: the line it begins on, its cells, its text as it stood, and the code of what is wrong with it."""

    line: int
    cells: Cells
    text: str
    code: str


@dataclass(slots=True)
class Run:
    """Records that follow each other: lines, cells and texts of those that have the file's width; the others apart."""

    lines: list[int] = field(default_factory=list)
    rows: list[Cells] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    others: list[Framed] = field(default_factory=list)

    def add(self, record: Framed, width: int) -> None:
        """Add one record."""
        if record.code or len(record.cells) != width:
            self.others.append(record)
        else:
            self.lines.append(record.line)
            self.rows.append(record.cells)
            self.texts.append(record.text)


@dataclass(slots=True)
class Framer:
    """The records of a CSV file, one after another or many at once. `width` is to be set once the header is known."""

    blocks: Iterator[Lines]
    delimiter: str
    quote: str
    width: int = 0
    _block: Lines = field(default_factory=lambda: Lines(1, []))
    _at: int = 0
    # The places in the block of lines that are looked at alone.
    _stops: list[int] = field(default_factory=list)
    # Lines that were taken for a quoted field and are given back.
    _waiting: list[Line] = field(default_factory=list)

    def skip(self, count: int) -> list[str]:
        """Pass over physical lines; returns their texts."""
        return [line.text for _ in range(count) if (line := self._take()) is not None]

    def one(self) -> Framed | None:
        """The next record, None at the end."""
        while (line := self._take()) is not None:
            if (record := self._framed(line)) is not None:
                return record
        return None

    def run(self, most: int) -> Run:
        """The records of about `most` lines; empty only at the end."""
        run = Run()
        while (most > 0 or not (run.lines or run.others)) and (self._waiting or self._filled()):
            done = 0 if self._waiting else self._together(run, max(most, 1))
            most -= done or self._alone(run)
        return run

    def _alone(self, run: Run) -> int:
        line = self._take()
        record = None if line is None else self._framed(line)
        if record is not None:
            run.add(record, self.width)
        return 1

    def _framed(self, line: Line) -> Framed | None:
        """The record that begins with a line, None where the line is blank."""
        number, text, damage = line
        if damage:
            return Framed(number, [], text, damage)
        if self.quote and self.quote in text:
            return self._quoted(line)
        return Framed(number, text.split(self.delimiter), text, "") if self._says(text) else None

    def _says(self, text: str) -> bool:
        return bool(text) and (self.delimiter in text or not text.isspace())

    def _filled(self) -> bool:
        """True where a line is left in the block, the next one taken up for it."""
        while self._at >= len(self._block.texts):
            block = next(self.blocks, None)
            if block is None:
                return False
            self._block, self._at = block, 0
            self._stops = sorted({*block.damages, *self._odd(block.texts)})
        return True

    def _odd(self, texts: Sequence[str]) -> list[int]:
        """The places of the lines with an odd number of quotes."""
        if not self.quote or self.quote not in "\n".join(texts):
            return []
        return [place for place, count in enumerate(map(str.count, texts, repeat(self.quote))) if count & 1]

    def _take(self) -> Line | None:
        if self._waiting:
            return self._waiting.pop()
        if not self._filled():
            return None
        block, at = self._block, self._at
        self._at += 1
        return Line(block.first + at, block.texts[at], block.damages.get(at, ""))

    def _together(self, run: Run, most: int) -> int:
        """Add the records of the lines before the next that needs care; returns of how many."""
        start, stop = self._at, bisect_left(self._stops, self._at)
        end = self._stops[stop] if stop < len(self._stops) else len(self._block.texts)
        texts = self._block.texts[start : min(end, start + most)]
        if texts:
            rows = self._cells(texts)
            self._add(run, self._block.first + start, texts[: len(rows)], rows)
            self._at += len(rows)
            return len(rows)
        return 0

    def _cells(self, texts: list[str]) -> Sequence[Cells]:
        """The cells of each line, up to the first that is no whole record."""
        text = "\n".join(texts)
        if self.quote and self.quote in text:
            return self._parsed(texts)
        counts = list(map(str.count, texts, repeat(self.delimiter)))
        if self.width > 1 and counts.count(self.width - 1) == len(counts):
            cells = iter(text.replace("\n", self.delimiter).split(self.delimiter))
            return list(zip(*[cells] * self.width, strict=True))
        return [line.split(self.delimiter) for line in texts]

    def _parsed(self, texts: list[str]) -> Sequence[Cells]:
        rows: list[Cells] = []
        reader = csv.reader(texts, delimiter=self.delimiter, quotechar=self.quote, strict=True)
        try:
            for row in reader:
                # A quote within a cell opens nothing: then another one of the line does, though their number is even.
                if reader.line_num > len(rows) + 1:
                    break
                rows.append(row)
        except csv.Error:
            return rows
        return rows

    def _add(self, run: Run, first: int, texts: list[str], rows: Sequence[Cells]) -> None:
        """Add records of one line each: those of the file's width together, the others and blank lines one by one."""
        width, begin = self.width, 0
        odd = [at for at, cells in enumerate(rows) if len(cells) != width]
        if width == 1:
            odd = sorted({*odd, *(at for at, text in enumerate(texts) if not self._says(text))})
        for at in (*odd, len(rows)):
            run.lines += range(first + begin, first + at)
            run.rows += rows[begin:at]
            run.texts += texts[begin:at]
            begin = at + 1
            if at < len(rows) and self._says(texts[at]):
                run.add(Framed(first + at, rows[at], texts[at], ""), width)

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
            self._waiting.append(line)

    def _quoted(self, first: Line) -> Framed:
        taken: list[Line] = []
        try:
            cells = self._parse(self._pull(first, taken))
        except csv.Error:
            self._give_back(taken)
            return Framed(first.number, [], first.text, Code.TORN_QUOTE)
        if self._torn(taken, len(cells)):
            self._give_back(taken)
            return Framed(first.number, [], first.text, Code.TORN_QUOTE)
        text = first.text if len(taken) == 1 else "\n".join(line.text for line in taken)
        damage = next((line.damage for line in taken if line.damage), "")
        return Framed(first.number, cells, text, damage)

    def _torn(self, taken: list[Line], count: int) -> bool:
        """True where a quote that closes further down has run over whole records."""
        if len(taken) < 2 or not self.width:
            return False
        if count != self.width:
            return self._well(taken[1])
        inner = taken[1:-1]
        return len(inner) * (self.width - 1) >= _LEAST_EVIDENCE and all(map(self._well, inner))

    def _parse(self, lines: Iterator[str]) -> list[str]:
        return next(csv.reader(lines, delimiter=self.delimiter, quotechar=self.quote, strict=True))

    def _well(self, line: Line) -> bool:
        """True where a line is a whole record by itself."""
        try:
            return not line.damage and len(self._parse(iter([line.text + "\n"]))) == self.width
        except csv.Error:
            return False

    def _give_back(self, taken: list[Line]) -> None:
        self._waiting.extend(reversed(taken[1:]))
