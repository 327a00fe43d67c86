"""Data files as tables of text, some thousand rows at a time, whatever their format."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from operator import itemgetter
from typing import Any, cast

import orjson

from loaders.mapping.spec import Layout
from loaders.mapping.template import FILE, LINE, ROW
from loaders.reader_line import is_wide
from loaders.row import Code, Reject

REJECT_COLUMNS = ("_line", "_code", "_reason", "_value")
_SHOWN = 200
# A row is kept whole beside what it says; what is longer is a torn file, or no row of a register.
_LONGEST_ROW = 1 << 20

Record = Sequence[str] | dict[str, Any]


@dataclass(slots=True)
class Table:
    """Some rows of one data file, and the bad ones among them.

    `rows` are lists of cells in the order of `names`, or objects by name (NDJSON, Parquet); `texts` how they stood.
    """

    path: str
    layout: Layout
    encoding: str
    names: Mapping[str, int]
    lines: list[int] = field(default_factory=list)
    rows: list[Record] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    _columns: dict[str, list[str]] = field(default_factory=dict)

    @property
    def read(self) -> int:
        """How many rows stood in the input here, bad ones included."""
        return len(self.rows) + len(self.rejects)

    def column(self, name: str) -> list[str]:
        """One column's cells as text, trimmed, null values empty; also the places `#row`, `#line`, `#file`."""
        cells = self._columns.get(name)
        if cells is None:
            cells = self._columns[name] = self._place(name) if name[:1] == "#" else self._clean(self._cells(name))
        return cells

    def sifted(self, header: str | None = None) -> Table:
        """The table itself, without rows that are longer than any may be or say the header once more: those are bad."""
        if max(map(len, self.texts), default=0) <= _LONGEST_ROW and header not in self.texts:
            return self
        bad = [at for at, text in enumerate(self.texts) if text == header or len(text) > _LONGEST_ROW]
        for at in bad:
            if self.texts[at] == header:
                self._reject(at, Code.HEADER_REPEATED, "the header once more: files were put behind each other")
            else:
                self._reject(at, Code.ROW_TOO_LONG, f"{len(self.texts[at])} characters, more than {_LONGEST_ROW}")
        for at in reversed(bad):
            del self.lines[at], self.rows[at], self.texts[at]
        return self

    def _reject(self, at: int, code: Code, reason: str) -> None:
        self.rejects.append(damaged(self.lines[at], code, reason, self.original(at)))

    def only(self, row: int) -> Table:
        """A table of one of its rows."""
        own = (self.lines[row : row + 1], self.rows[row : row + 1], self.texts[row : row + 1])
        return Table(self.path, self.layout, self.encoding, self.names, *own)

    def picked(self, rows: Sequence[int]) -> Table:
        """A table of some of its rows, with all that could not be taken apart."""
        lines, records, texts = self.lines, self.rows, self.texts
        own = ([lines[row] for row in rows], [records[row] for row in rows], [texts[row] for row in rows])
        return Table(self.path, self.layout, self.encoding, self.names, *own, self.rejects)

    def cells(self, names: Sequence[str]) -> list[tuple[str, ...]]:
        """Of each row the cells of these columns, of which there are some, as they stand in the file."""
        places = [self.names.get(name) for name in names]
        if len(names) > 1 and None not in places:
            return list(map(itemgetter(*places), self.rows))
        return list(zip(*(self._place(name) if name[:1] == "#" else self._cells(name) for name in names), strict=True))

    def raws(self) -> list[str]:
        """The cells of each row as JSON."""
        if self.names:
            return json_rows(cast("list[Sequence[str]]", self.rows))
        return [orjson.dumps(row).decode() for row in self.rows]

    def original(self, row: int) -> bytes:
        """The bytes of a row as they stood, line ends inside it as LF."""
        return encoded(self.texts[row], self.encoding)

    def _place(self, name: str) -> list[str]:
        if name == LINE:
            return [str(line) for line in self.lines]
        if name == FILE:
            return [self.path] * len(self.rows)
        if name == ROW:
            return [self._hash(row) for row in self.rows]
        return self._clean(self._cells(name))

    def _cells(self, name: str) -> list[str]:
        place = self.names.get(name)
        if place is not None:
            return list(map(itemgetter(place), cast("list[Sequence[str]]", self.rows)))
        return [text_of(dig(cast("dict[str, Any]", row), name)) for row in self.rows]

    def _clean(self, cells: list[str]) -> list[str]:
        if self.layout.trim:
            cells = list(map(str.strip, cells))
        null = self.layout.null_values
        return ["" if cell in null else cell for cell in cells] if null else cells

    def _hash(self, row: Record) -> str:
        """SHA-256 over the trimmed cells in column order as a JSON array; of an object, over its sorted pairs."""
        if isinstance(row, dict):
            content: object = sorted(
                (name, text_of(value).strip()) for name, value in row.items() if name not in REJECT_COLUMNS
            )
        else:
            content = [cell.strip() for cell in row]
        return hashlib.sha256(orjson.dumps(content)).hexdigest()


def json_rows(rows: Sequence[Sequence[str]]) -> list[str]:
    """Each row of texts, of at least one, as a JSON array."""
    # One call for all. Within a text a quote stands behind a backslash, so that this ends one row and begins the next.
    whole = orjson.dumps(rows).decode()
    return [f'["{cells}"]' for cells in whole[3:-3].split('"],["')] if rows else []


def encoded(text: str, encoding: str) -> bytes:
    """The bytes of a decoded text; undecodable ones come back as they were."""
    return text.encode(encoding, "replace" if is_wide(encoding) else "surrogateescape")


def damaged(line: int, code: Code, reason: str, raw: bytes) -> Reject:
    """The reject of a row that is not even looked at; its value is the beginning of its text."""
    return Reject(line, None, code, reason, raw[: 4 * _SHOWN].decode("utf-8", "replace")[:_SHOWN], raw)


MISSING = object()


def dig(record: Mapping[str, Any], name: str, *, missing: bool = False) -> object:
    """The value of a key, or of a path such as `address.postcode` where no key is called so."""
    if name in record:
        return record[name]
    inner: object = record
    for part in name.split("."):
        if not isinstance(inner, Mapping) or part not in inner:
            return MISSING if missing else None
        inner = inner[part]
    return inner


def text_of(value: object) -> str:
    """A typed value as text: ISO dates, `true` and `false`, JSON for what is nested, nothing for null."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z") if value.tzinfo else value.isoformat()
        case date() | time():
            return value.isoformat()
        case dict() | list():
            return orjson.dumps(value, default=text_of).decode()
        case bytes():
            return value.decode("utf-8", "replace")
    return str(value)
