"""Data files of each format as tables; the columns that the mapping names are checked before the first row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from typing import Any

import orjson
import polars as pl

from graph.errors import LoadError, MappingError
from loaders.mapping.document import hint_for
from loaders.mapping.spec import FileMapping, Format
from loaders.reader_frame import REASONS, Cells, Framed, Framer, Run
from loaders.reader_line import Line, read_lines
from loaders.reader_place import Delivery, blocks, delimiter_of, format_of
from loaders.reader_table import MISSING, REJECT_COLUMNS, Table, dig, encoded, text_of
from loaders.row import Reject

_SHOWN = 200


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
    header = _header(delivery, framer.one()) if layout.header else list(layout.columns)
    width = framer.width = len(header)
    if tuple(header[-4:]) == REJECT_COLUMNS:
        header = header[:-4]
    _check_columns(delivery, entry, header)
    names = {name: place for place, name in enumerate(header)}
    table = Table(delivery.path, layout, encoding, names)
    widths = _Widths(width, len(header), headed=layout.header)
    while (run := framer.run(size - table.read)).lines or run.others:
        _fill(table, run, widths)
        if table.read >= size:
            yield table
            table = Table(delivery.path, layout, encoding, names)
    yield table


def _fill(table: Table, run: Run, widths: _Widths) -> None:
    """Add a run to a table; of the records of another width some may be rows that were rejected before."""
    if widths.kept < widths.width:
        run.rows = [cells[: widths.kept] for cells in run.rows]
    table.lines += run.lines
    table.rows += run.rows
    table.texts += run.texts
    for record in run.others:
        reject = widths.reject(record, table.encoding)
        if reject is not None:
            table.rejects.append(reject)
        else:
            table.lines.append(record.line)
            table.rows.append(record.cells[: widths.kept])
            table.texts.append(record.text)


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

    def _annotated(self, cells: Cells) -> bool:
        extra = cells[self.width :]
        return len(extra) == len(REJECT_COLUMNS) and extra[0].isdigit() and extra[1].replace("-", "").isalpha()


def damaged(line: int, code: str, reason: str, raw: bytes) -> Reject:
    """The reject of a row that could not even be taken apart; its value is the beginning of its text."""
    return Reject(line, None, code, reason, raw.decode("utf-8", "replace")[:_SHOWN], raw)


def reject_head(delivery: Delivery, entry: FileMapping) -> tuple[bytes, str]:
    """What a CSV file of rejects begins with, and its encoding: skipped lines, header, four more names."""
    layout = entry.layout
    encoding, lines = read_lines(blocks(delivery), layout.encoding, delivery.path)
    delimiter = delimiter_of(delivery, entry)
    framer = Framer(lines, delimiter, layout.quote)
    skipped = framer.skip(layout.skip_rows)
    if layout.header:
        first = framer.one()
        header = first.text if first is not None else ""
        annotated = first is not None and tuple(first.cells[-4:]) == REJECT_COLUMNS
        skipped.append(header if annotated else delimiter.join([header, *REJECT_COLUMNS]))
    return encoded("".join(line + "\n" for line in skipped), encoding), encoding


def _header(delivery: Delivery, first: Framed | None) -> list[str]:
    if first is None:
        raise LoadError(
            f"{delivery.path}: the file is empty, not even a header; header: false is for files without one"
        )
    if first.code:
        raise LoadError(f"{delivery.path}:{first.line}: the header cannot be read: {REASONS[first.code]}")
    return [name.strip() for name in first.cells]


def _check_columns(delivery: Delivery, entry: FileMapping, header: Sequence[str]) -> None:
    if entry.columns and not set(entry.columns) & set(header):
        # The first line may then hold people, not names: it is not shown.
        line, name = min((line, name) for name, line in entry.columns.items())
        raise MappingError(
            [
                f"{entry.mapping}:{line}: unknown column {name!r}, and no other that the mapping names is in the first "
                f"line of {delivery.path}; correct delimiter or skip_rows, or say columns: [names] if it has no header"
            ]
        )
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
    for line in chain.from_iterable(lines):
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
    for line in chain.from_iterable(lines):
        record = _json_record(line)
        if record is None:
            if good == 0 and line.text.lstrip().startswith("["):
                raise LoadError(f"{delivery.path}: is a JSON array; NDJSON has one object on each line")
            continue
        good += 1
        wanted = {name for name in wanted if dig(record, name, missing=True) is MISSING}
        seen.update(dict.fromkeys(record))
        if not wanted:
            return
    if good:
        _check_columns(delivery, entry, [*seen, *(set(entry.columns) - wanted - seen.keys())])


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
            row = {name: text_of(value) for name, value in record.items() if name not in REJECT_COLUMNS}
            table.lines.append(number)
            table.rows.append(row)
            table.texts.append(orjson.dumps(row).decode())
        yield table
        offset += size
        if part.height < size:
            return
