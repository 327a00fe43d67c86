"""Data files as tables of text, some thousand rows at a time, whatever their format."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any, cast

import orjson
import polars as pl

from graph.errors import LoadError, MappingError
from loaders.mapping.document import hint_for
from loaders.mapping.spec import FileMapping, Format, Layout
from loaders.mapping.template import FILE, LINE, ROW
from loaders.reader_frame import REASONS, Framed, Framer
from loaders.reader_line import Line, is_wide, read_lines
from loaders.reader_place import Delivery, blocks, delimiter_of, format_of
from loaders.row import Reject

REJECT_COLUMNS = ("_line", "_code", "_reason", "_value")
_SHOWN = 200

Record = list[str] | dict[str, Any]


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

    def raw(self, row: int) -> str:
        """The cells of a row as JSON."""
        return orjson.dumps(self.rows[row]).decode()

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
            return [row[place] for row in cast("list[list[str]]", self.rows)]
        return [_text(_dig(cast("dict[str, Any]", row), name)) for row in self.rows]

    def _clean(self, cells: list[str]) -> list[str]:
        if self.layout.trim:
            cells = list(map(str.strip, cells))
        null = self.layout.null_values
        return ["" if cell in null else cell for cell in cells] if null else cells

    def _hash(self, row: Record) -> str:
        """SHA-256 over the trimmed cells in column order as a JSON array; of an object, over its sorted pairs."""
        if isinstance(row, list):
            content: object = [cell.strip() for cell in row]
        else:
            content = sorted((name, _text(value).strip()) for name, value in row.items() if name not in REJECT_COLUMNS)
        return hashlib.sha256(orjson.dumps(content)).hexdigest()


def encoded(text: str, encoding: str) -> bytes:
    """The bytes of a decoded text; undecodable ones come back as they were."""
    return text.encode(encoding, "replace" if is_wide(encoding) else "surrogateescape")


def tables(delivery: Delivery, entry: FileMapping, size: int) -> Iterator[Table]:
    """The rows of a data file, `size` at a time. The columns that the mapping names are checked before the first.

    Raises MappingError for a column that is not there, LoadError where the file is not what it is said to be.
    """
    match format_of(delivery, entry):
        case Format.CSV:
            return _csv_tables(delivery, entry, size)
        case Format.NDJSON:
            return _json_tables(delivery, entry, size)
        case Format.PARQUET:
            return _parquet_tables(delivery, entry, size)


def _csv_tables(delivery: Delivery, entry: FileMapping, size: int) -> Iterator[Table]:
    layout = entry.layout
    encoding, lines = read_lines(blocks(delivery), layout.encoding, delivery.path)
    framer = Framer(lines, delimiter_of(delivery, entry), layout.quote)
    framer.skip(layout.skip_rows)
    records = iter(framer)
    header = _header(delivery, records) if layout.header else list(layout.columns)
    width = framer.width = len(header)
    if tuple(header[-4:]) == REJECT_COLUMNS:
        header = header[:-4]
    _check_columns(delivery, entry, header)
    names = {name: place for place, name in enumerate(header)}
    table = Table(delivery.path, layout, encoding, names)
    lengths = _Widths(width, len(header), headed=layout.header)
    for record in records:
        reject = lengths.reject(record, encoding)
        if reject is not None:
            table.rejects.append(reject)
        else:
            table.lines.append(record.line)
            table.rows.append(record.cells[: len(header)])
            table.texts.append(record.text)
        if table.read >= size:
            yield table
            table = Table(delivery.path, layout, encoding, names)
    yield table


@dataclass(frozen=True, slots=True)
class _Widths:
    """How many cells a record must have; a file of rejects without a header has four more in its rows."""

    width: int
    kept: int
    headed: bool

    def reject(self, record: Framed, encoding: str) -> Reject | None:
        count = len(record.cells)
        if not record.code and (count == self.width or (not self.headed and self._annotated(record.cells))):
            return None
        code = record.code or "column-count"
        reason = REASONS.get(code) or f"{count} cells where the file has {self.width} columns"
        return damaged(record.line, code, reason, encoded(record.text, encoding))

    def _annotated(self, cells: list[str]) -> bool:
        extra = cells[self.width :]
        return len(extra) == len(REJECT_COLUMNS) and extra[0].isdigit() and extra[1].replace("-", "").isalpha()


def damaged(line: int, code: str, reason: str, raw: bytes) -> Reject:
    """The reject of a row that could not even be taken apart; its value is the beginning of its text."""
    return Reject(line, None, code, reason, raw.decode("utf-8", "replace")[:_SHOWN], raw)


def _header(delivery: Delivery, records: Iterator[Framed]) -> list[str]:
    first = next(records, None)
    if first is None:
        raise LoadError(
            f"{delivery.path}: the file is empty, not even a header; header: false is for files without one"
        )
    if first.code:
        raise LoadError(f"{delivery.path}:{first.line}: the header cannot be read: {REASONS[first.code]}")
    return [name.strip() for name in first.cells]


def _check_columns(delivery: Delivery, entry: FileMapping, header: Sequence[str]) -> None:
    problems = [
        f"{entry.mapping}:{line}: unknown column {name!r} in {delivery.path}{hint_for(name, set(header))}"
        for name, line in entry.columns.items()
        if name not in header
    ]
    problems += [
        f"{entry.mapping}:{line}: column {name!r} stands {header.count(name)} times in the header of {delivery.path}"
        for name, line in entry.columns.items()
        if header.count(name) > 1
    ]
    if problems:
        raise MappingError(problems)


def _json_tables(delivery: Delivery, entry: FileMapping, size: int) -> Iterator[Table]:
    _check_json_columns(delivery, entry)
    encoding, lines = read_lines(blocks(delivery), entry.layout.encoding, delivery.path)
    table = Table(delivery.path, entry.layout, encoding, {})
    for line in lines:
        if not line.text or line.text.isspace():
            continue
        record = _json_record(line)
        if record is None:
            code = line.damage or "bad-json"
            reason = REASONS.get(code, "this line is no JSON object")
            table.rejects.append(damaged(line.number, code, reason, encoded(line.text, encoding)))
        else:
            table.lines.append(line.number)
            table.rows.append(record)
            table.texts.append(line.text)
        if table.read >= size:
            yield table
            table = Table(delivery.path, entry.layout, encoding, {})
    yield table


def _json_record(line: Line) -> dict[str, Any] | None:
    if line.damage:
        return None
    try:
        found = orjson.loads(line.text)
    except orjson.JSONDecodeError:
        return None
    return found if isinstance(found, dict) else None


def _check_json_columns(delivery: Delivery, entry: FileMapping) -> None:
    """Read on until every column has been seen: objects leave out what they have no value for."""
    wanted = set(entry.columns)
    seen: dict[str, None] = {}
    good = 0
    _, lines = read_lines(blocks(delivery), entry.layout.encoding, delivery.path)
    for line in lines:
        record = _json_record(line)
        if record is None:
            if good == 0 and line.text.lstrip().startswith("["):
                raise LoadError(f"{delivery.path}: is a JSON array; NDJSON has one object on each line")
            continue
        good += 1
        wanted = {name for name in wanted if _dig(record, name, missing=True) is _MISSING}
        seen.update(dict.fromkeys(record))
        if not wanted:
            return
    if good:
        _check_columns(delivery, entry, [*seen, *(set(entry.columns) - wanted - seen.keys())])


_MISSING = object()


def _dig(record: Mapping[str, Any], name: str, *, missing: bool = False) -> object:
    """The value of a key, or of a path such as `address.postcode` where no key is called so."""
    if name in record:
        return record[name]
    inner: object = record
    for part in name.split("."):
        if not isinstance(inner, Mapping) or part not in inner:
            return _MISSING if missing else None
        inner = inner[part]
    return inner


def _text(value: object) -> str:
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
            return orjson.dumps(value, default=_text).decode()
        case bytes():
            return value.decode("utf-8", "replace")
    return str(value)


def _parquet_tables(delivery: Delivery, entry: FileMapping, size: int) -> Iterator[Table]:
    plain = delivery.member is None and not delivery.name.lower().endswith((".gz", ".zst"))
    source = delivery.file if plain else BytesIO(b"".join(blocks(delivery)))
    try:
        frame = pl.scan_parquet(source)
        header = frame.collect_schema().names()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise LoadError(f"{delivery.path}: is no readable Parquet file: {' '.join(str(error).split())}") from error
    _check_columns(delivery, entry, header)
    offset = 0
    while True:
        part = frame.slice(offset, size).collect()
        table = Table(delivery.path, entry.layout, "utf-8", {})
        for number, record in enumerate(part.iter_rows(named=True), start=offset + 1):
            row = {name: _text(value) for name, value in record.items() if name not in REJECT_COLUMNS}
            table.lines.append(number)
            table.rows.append(row)
            table.texts.append(orjson.dumps(row).decode())
        yield table
        offset += size
        if part.height < size:
            return
