"""Files of objects, NDJSON and Parquet, as tables; the columns that the mapping names are checked before the first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from typing import Any

import orjson
import polars as pl

from graph.errors import LoadError
from loaders.mapping.spec import FileMapping
from loaders.reader_column import check_names
from loaders.reader_frame import REASONS
from loaders.reader_line import Line, read_lines
from loaders.reader_place import Delivery, blocks
from loaders.reader_table import MISSING, REJECT_COLUMNS, Table, damaged, dig, encoded, text_of
from loaders.row import Code

_DEEP = 200
_ESCAPED_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


def json_tables(delivery: Delivery, entry: FileMapping, size: int) -> Iterator[Table]:
    """The objects of an NDJSON file, `size` at a time."""
    _check_json_columns(delivery, entry)
    encoding, lines = read_lines(blocks(delivery), entry.layout.encoding, delivery.path)
    table = Table(delivery.path, entry.layout, encoding, {})
    for line in chain.from_iterable(lines):
        if not line.text or line.text.isspace():
            continue
        record, fault = _record(line)
        if record is None:
            reason = REASONS.get(fault, "this line is no JSON object, or a nested one that is too deep")
            table.rejects.append(damaged(line.number, fault, reason, encoded(line.text, encoding)))
        else:
            table.lines.append(line.number)
            table.rows.append(record)
            table.texts.append(line.text)
        if table.read >= size:
            yield table.sifted()
            table = Table(delivery.path, entry.layout, encoding, {})
    yield table.sifted()


def _record(line: Line) -> tuple[dict[str, Any] | None, Code]:
    return (None, Code(line.damage)) if line.damage else object_of(line.text)


def object_of(text: str) -> tuple[dict[str, Any] | None, Code]:
    """The JSON object that a text says, or None and why it is rejected."""
    try:
        found = orjson.loads(text)
        if text.count("{") + text.count("[") > _DEEP:
            # What can be read may yet be too deep to be written.
            orjson.dumps(found)
    except (orjson.JSONDecodeError, orjson.JSONEncodeError):
        return None, Code.BAD_JSON
    if "\\u0000" in text and _ESCAPED_NUL.search(text):
        return None, Code.NUL_BYTE
    return (found if isinstance(found, dict) else None), Code.BAD_JSON


def _check_json_columns(delivery: Delivery, entry: FileMapping) -> None:
    """Read on until every column has been seen: objects leave out what they have no value for."""
    wanted = set(entry.columns)
    seen: dict[str, None] = {}
    good = 0
    _, lines = read_lines(blocks(delivery), entry.layout.encoding, delivery.path)
    for line in chain.from_iterable(lines):
        record, _ = _record(line)
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
        check_names(delivery, entry, [*seen, *(set(entry.columns) - wanted - seen.keys())])


def parquet_tables(delivery: Delivery, entry: FileMapping, size: int) -> Iterator[Table]:
    """The rows of a Parquet file, `size` at a time."""
    plain = delivery.member is None and not delivery.name.lower().endswith((".gz", ".zst"))
    source = delivery.file if plain else BytesIO(b"".join(blocks(delivery)))
    try:
        frame = pl.scan_parquet(source)
        header = frame.collect_schema().names()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise LoadError(f"{delivery.path}: is no readable Parquet file: {' '.join(str(error).split())}") from error
    check_names(delivery, entry, header)
    offset = 0
    while True:
        part = frame.slice(offset, size).collect()
        table = Table(delivery.path, entry.layout, "utf-8", {})
        for number, record in enumerate(part.iter_rows(named=True), start=offset + 1):
            row = {name: text_of(value) for name, value in record.items() if name not in REJECT_COLUMNS}
            text = orjson.dumps(row).decode()
            if "\\u0000" in text and _ESCAPED_NUL.search(text):
                table.rejects.append(damaged(number, Code.NUL_BYTE, REASONS[Code.NUL_BYTE], text.encode()))
                continue
            table.lines.append(number)
            table.rows.append(row)
            table.texts.append(text)
        yield table.sifted()
        offset += size
        if part.height < size:
            return
