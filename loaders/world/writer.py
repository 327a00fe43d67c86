"""Files of the silos: CSV in every dialect, NDJSON and Parquet, byte for byte the same in every run."""

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import orjson
import polars as pl

from loaders.world.chance import Chance
from loaders.world.flaw import Fault, faulty, interleave

_BAD_BYTES = {"utf-8": b"\xff\xfe", "utf-8-sig": b"\xff\xfe", "windows-1252": b"\x81\x9d"}
Places = list[tuple[int, Fault]]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a silo writes CSV."""

    delimiter: str = ","
    encoding: str = "utf-8"
    newline: str = "\n"
    header: bool = True
    quote_all: bool = False


def csv_line(cells: Sequence[str], dialect: Dialect) -> str:
    """One record as text with its line end, quoted where the dialect or the content asks for it."""
    if dialect.quote_all:
        return dialect.delimiter.join([_quoted(cell) for cell in cells]) + dialect.newline
    line = dialect.delimiter.join(cells)
    if '"' in line or line.count(dialect.delimiter) != len(cells) - 1:
        special = (dialect.delimiter, '"')
        line = dialect.delimiter.join([_quoted(c) if any(s in c for s in special) else c for c in cells])
    return line + dialect.newline


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


class CsvSpoiler:
    """Makes wrong CSV lines out of good rows: the first cell carries the key, the one at `vary` plain text."""

    def __init__(self, rows: Sequence[Sequence[str]], vary: int, dialect: Dialect) -> None:
        self.rows, self.vary, self.dialect = rows, vary, dialect
        self._codec = "utf-8" if dialect.encoding == "utf-8-sig" else dialect.encoding

    def __call__(self, fault: Fault, index: int, serial: int) -> list[bytes]:
        """The lines of this fault."""
        cells = list(self.rows[index])
        cells[0] += f"-X{serial}"
        if fault is Fault.NO_KEY:
            cells[0] = ""
        elif fault is Fault.COLUMN_COUNT:
            cells = cells[:-1] if serial % 2 else [*cells, "surplus"]
        elif fault is Fault.TORN_QUOTE:
            return [self._torn(cells)]
        elif fault is Fault.UNDECODABLE:
            line = self._line(cells)
            cut = len(line) - len(self.dialect.newline) - self.dialect.quote_all
            return [line[:cut] + _BAD_BYTES[self.dialect.encoding] + line[cut:]]
        elif fault is Fault.ROW_KEY_REPEATED:
            first = self._line(cells)
            cells[self.vary] += " (other)"
            return [first, self._line(cells)]
        return [self._line(cells)]

    def _line(self, cells: Sequence[str]) -> bytes:
        return csv_line(cells, self.dialect).encode(self._codec, "replace")

    def _torn(self, cells: Sequence[str]) -> bytes:
        whole = csv_line([*cells[:-1], ""], self.dialect).removesuffix(self.dialect.newline).removesuffix('""')
        return f'{whole}"cut off here{self.dialect.newline}'.encode(self._codec, "replace")


def write_csv(
    path: Path,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    dialect: Dialect,
    chance: Chance,
    faults: Sequence[Fault] = (),
    vary: int = 1,
) -> tuple[int, Places]:
    """Lines written without the header, and where the wrong ones are; `.gz` in the name compresses."""
    codec = "utf-8" if dialect.encoding == "utf-8-sig" else dialect.encoding
    good = [csv_line(row, dialect).encode(codec, "replace") for row in rows]
    wrong = faulty(chance, len(rows), faults, CsvSpoiler(rows, vary, dialect))
    lines, places = interleave(good, wrong, int(dialect.header))
    head = csv_line(columns, dialect).encode(dialect.encoding) if dialect.header else b""
    _write(path, head + b"".join(lines))
    return len(lines), places


class JsonSpoiler:
    """Makes wrong NDJSON lines out of good rows; `key` and `marking` name their fields."""

    def __init__(self, rows: Sequence[dict[str, Any]], key: str, marking: str) -> None:
        self.rows, self.key, self.marking = rows, key, marking

    def __call__(self, fault: Fault, index: int, serial: int) -> list[bytes]:
        """The lines of this fault."""
        row = {**self.rows[index], self.key: f"{self.rows[index][self.key]}-X{serial}"}
        if fault is Fault.NO_KEY:
            row[self.key] = None
        elif fault is Fault.UNKNOWN_MARKING:
            row[self.marking] = "CONFIDENTIAL"
        elif fault is Fault.BAD_JSON:
            row["text"] = "cut off here"
            whole = orjson.dumps(row)
            return [whole[: whole.index(b"off here")] + b"\n"]
        elif fault is Fault.UNDECODABLE:
            return [orjson.dumps(row)[:-2] + b'\xff\xfe"}\n']
        elif fault is Fault.ROW_KEY_REPEATED:
            return [_json_line(row), _json_line({**row, "text": "Another text under the same key."})]
        return [_json_line(row)]


def _json_line(row: dict[str, Any]) -> bytes:
    return orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)


def write_ndjson(
    path: Path,
    rows: Sequence[dict[str, Any]],
    chance: Chance,
    key: str,
    faults: Sequence[Fault] = (),
    marking: str = "",
) -> tuple[int, Places]:
    """Lines written, and where the wrong ones are. The last field of every row must be a text."""
    wrong = faulty(chance, len(rows), faults, JsonSpoiler(rows, key, marking))
    lines, places = interleave([_json_line(row) for row in rows], wrong, 0)
    _write(path, b"".join(lines))
    return len(lines), places


def write_parquet(path: Path, frame: pl.DataFrame, key: str, faults: Sequence[Fault] = ()) -> tuple[int, Places]:
    """Rows written, and where the wrong ones are: for each fault the first row comes again at the end, without key."""
    places = [(frame.height + at, fault) for at, fault in enumerate(faults, 1)] if frame.height else []
    for _ in places:
        frame = pl.concat([frame, frame.head(1).with_columns(pl.lit(None, pl.String).alias(key))])
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.write_parquet(path, compression="zstd", statistics=False)
    return frame.height, places


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix != ".gz":
        path.write_bytes(content)
        return
    packed = BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, compresslevel=6, mtime=0) as stream:
        stream.write(content)
    path.write_bytes(packed.getvalue())
