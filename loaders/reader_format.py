"""Data files of each format as tables; the columns that the mapping names are checked before the first row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.errors import LoadError
from loaders.mapping.spec import FileMapping, Format
from loaders.reader_column import check_names
from loaders.reader_frame import REASONS, Cells, Framed, Framer, Run
from loaders.reader_line import read_lines
from loaders.reader_object import json_tables, parquet_tables
from loaders.reader_place import Delivery, blocks, delimiter_of, format_of
from loaders.reader_table import REJECT_COLUMNS, Table, damaged, encoded
from loaders.row import Code, Reject


def tables(delivery: Delivery, entry: FileMapping, size: int) -> Iterator[Table]:
    """The rows of a data file, `size` at a time. The columns that the mapping names are checked before the first.

    Raises MappingError for a column that is not there, LoadError where the file is not what it is said to be.
    """
    match format_of(delivery, entry):
        case Format.CSV:
            return _csv_tables(delivery, entry, size)
        case Format.NDJSON:
            return json_tables(delivery, entry, size)
        case Format.PARQUET:
            return parquet_tables(delivery, entry, size)


def _csv_tables(delivery: Delivery, entry: FileMapping, size: int) -> Iterator[Table]:
    layout = entry.layout
    encoding, lines = read_lines(blocks(delivery), layout.encoding, delivery.path)
    framer = Framer(lines, delimiter_of(delivery, entry), layout.quote)
    framer.skip(layout.skip_rows)
    first = framer.one() if layout.header else None
    header = _header(delivery, first) if layout.header else list(layout.columns)
    again = None if first is None else first.text
    width = framer.width = len(header)
    if tuple(header[-4:]) == REJECT_COLUMNS:
        header = header[:-4]
    check_names(delivery, entry, header)
    names = {name: place for place, name in enumerate(header)}
    table = Table(delivery.path, layout, encoding, names)
    widths = _Widths(width, len(header), headed=layout.header)
    while (run := framer.run(size - table.read)).lines or run.others:
        _fill(table, run, widths)
        if table.read >= size:
            yield table.sifted(again)
            table = Table(delivery.path, layout, encoding, names)
    yield table.sifted(again)


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
        code = Code(record.code or Code.COLUMN_COUNT)
        reason = REASONS.get(code) or f"{count} cells where the file has {self.width} columns"
        return damaged(record.line, code, reason, encoded(record.text, encoding))

    def _annotated(self, cells: Cells) -> bool:
        extra = cells[self.width :]
        return len(extra) == len(REJECT_COLUMNS) and extra[0].isdigit() and extra[1].replace("-", "").isalpha()


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
        raise LoadError(f"{delivery.path}:{first.line}: the header cannot be read: {REASONS[Code(first.code)]}")
    return [name.strip() for name in first.cells]
