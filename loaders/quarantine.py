"""The quarantine: rejected rows in the input's own format with line, code, reason and value; it loads once repaired."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import orjson

from loaders.mapping.spec import FileMapping, Format
from loaders.reader_place import Delivery, delimiter_of, format_of
from loaders.reader_table import REJECT_COLUMNS, tables
from loaders.row import Reject


class RejectWriter:
    """Writes the rejects of one delivery into a folder; without a folder it only takes note of nothing.

    CSV rows keep their text and get the columns `_line`, `_code`, `_reason`, `_value`, under the input's header;
    objects get them as keys. The file comes to be with the first reject.
    """

    def __init__(self, folder: Path | None, delivery: Delivery, entry: FileMapping) -> None:
        self._folder = folder
        self._delivery = delivery
        self._entry = entry
        self._format = format_of(delivery, entry)
        self._file: BinaryIO | None = None

    def __enter__(self) -> RejectWriter:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def write(self, rejects: Iterable[Reject]) -> None:
        """Append these rejects."""
        for reject in rejects:
            if self._folder is None:
                return
            if self._file is None:
                self._file = self._open(self._folder)
            line = self._csv_line(reject) if self._format is Format.CSV else _json_line(reject)
            self._file.write(line + b"\n")

    def _open(self, folder: Path) -> BinaryIO:
        folder.mkdir(parents=True, exist_ok=True)
        name = self._delivery.path.replace("!/", "__").replace("/", "__")
        for suffix in (".gz", ".zst", ".parquet", ".pq"):
            name = name.removesuffix(suffix)
        if self._format is not Format.CSV and not name.endswith((".ndjson", ".jsonl")):
            name += ".ndjson"
        file = (folder / name).open("wb")
        if self._format is Format.CSV and self._entry.layout.header:
            names = list(next(tables(self._delivery, self._entry, 1)).names)
            file.write(self._row([*names, *REJECT_COLUMNS]) + b"\n")
        return file

    def _csv_line(self, reject: Reject) -> bytes:
        delimiter = delimiter_of(self._delivery, self._entry).encode()
        told = self._row([str(reject.line), reject.code, reject.reason, reject.value])
        return reject.raw.rstrip(b"\r\n") + delimiter + told

    def _row(self, cells: list[str]) -> bytes:
        text = io.StringIO()
        delimiter = delimiter_of(self._delivery, self._entry)
        csv.writer(text, delimiter=delimiter, lineterminator="").writerow(cells)
        return text.getvalue().encode("utf-8", "surrogateescape")


def _json_line(reject: Reject) -> bytes:
    told = dict(zip(REJECT_COLUMNS, (reject.line, reject.code, reject.reason, reject.value), strict=True))
    try:
        found = orjson.loads(reject.raw)
    except orjson.JSONDecodeError:
        found = None
    row = found if isinstance(found, dict) else {"raw": reject.raw.decode("utf-8", "replace")}
    return orjson.dumps({**row, **told})
