"""Reject files: bad rows as they stood, each with its line, code, reason and value, to be repaired and loaded again.

They lie below the given folder at `<source>/<path of the data file>`, so that `--data <folder>/<source>` finds them by
the same mapping; of an archive, in a folder of its name. The four added columns are left out when they are read.
"""

from __future__ import annotations

import csv
import gzip
import io
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import orjson
import polars as pl
import zstandard

from graph.errors import LoadError
from loaders.mapping.spec import FileMapping, Format
from loaders.reader_format import reject_head
from loaders.reader_place import Delivery, delimiter_of, format_of
from loaders.reader_table import REJECT_COLUMNS
from loaders.row import Reject

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _NoRoomError(LoadError):
    """The file of rejects cannot be written; what is there of it stays as it is."""


class RejectWriter:
    """Writes the rejects of one data file, when there are any; None as folder writes nothing, and only counts.

    A context manager: the file is put in its place at the end, also where the load was broken off. Raises LoadError
    where it would replace the very file that is being read, or cannot be written.
    """

    def __init__(self, folder: Path | None, delivery: Delivery, entry: FileMapping) -> None:
        self.codes: Counter[str] = Counter()
        self._delivery = delivery
        self._entry = entry
        self._stream: io.BufferedIOBase | None = None
        self._rows: list[dict[str, Any]] = []
        self._encoding = "utf-8"
        self._path = None if folder is None else folder / delivery.source / delivery.path.replace("!/", "/")
        if self._path is not None and self._path.resolve() == delivery.file.resolve():
            raise LoadError(f"{delivery.path}: the rejects would replace the file that is read; name another --rejects")

    @property
    def path(self) -> Path | None:
        """Where the reject file lies, None as long as nothing was rejected or no folder was given."""
        return self._path if self.codes else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._stream is not None and self._path is not None and not isinstance(error, _NoRoomError):
            with self._told():
                self._finish(self._stream)
                self._part.replace(self._path)

    def _finish(self, stream: io.BufferedIOBase) -> None:
        if self._rows:
            packed = io.BytesIO()
            pl.DataFrame(self._rows, infer_schema_length=None).write_parquet(packed)
            stream.write(packed.getvalue())
        stream.close()

    def write(self, rejects: Sequence[Reject]) -> None:
        """Add rejects, in the order given."""
        self.codes.update(reject.code.value for reject in rejects)
        if self._path is None or not rejects:
            return
        with self._told():
            if self._stream is None:
                self._stream = self._open()
            self._add(self._stream, rejects)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say which file cannot be written, and what to do."""
        try:
            yield
        except OSError as error:
            raise _NoRoomError(
                f"rejects cannot be written to {self._part}: {error.strerror}; make room or name another --rejects, "
                "and go on with --resume"
            ) from error

    @property
    def _part(self) -> Path:
        if self._path is None:
            raise LoadError("no folder for rejects was given")
        return self._path.with_name(self._path.name + ".part")

    def _open(self) -> io.BufferedIOBase:
        part = self._part
        part.parent.mkdir(parents=True, exist_ok=True)
        # Rejects hold what the source holds: readable by their owner only.
        raw = os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
        name = self._delivery.name.lower()
        if name.endswith(".gz"):
            stream: Any = _Nested(raw, lambda inner: gzip.GzipFile(fileobj=inner, mode="wb", mtime=0))
        elif name.endswith(".zst"):
            stream = zstandard.ZstdCompressor().stream_writer(raw, closefd=True)
        else:
            stream = raw
        if format_of(self._delivery, self._entry) is Format.CSV:
            head, self._encoding = reject_head(self._delivery, self._entry)
            stream.write(head)
        return stream  # type: ignore[no-any-return]

    def _add(self, stream: io.BufferedIOBase, rejects: Sequence[Reject]) -> None:
        match format_of(self._delivery, self._entry):
            case Format.CSV:
                for reject in rejects:
                    # Our own cells tell of what was read; a character that this encoding has not is shown as another.
                    stream.write(reject.raw + (self._cells(reject) + "\n").encode(self._encoding, "replace"))
            case Format.NDJSON:
                for reject in rejects:
                    stream.write(orjson.dumps(_annotated(reject)) + b"\n")
            case Format.PARQUET:
                self._rows += [_annotated(reject) for reject in rejects]

    def _cells(self, reject: Reject) -> str:
        out = io.StringIO()
        delimiter, quote = delimiter_of(self._delivery, self._entry), self._entry.layout.quote
        cells = ["", str(reject.line), reject.code, _harmless(reject.reason), _harmless(reject.value)]
        if quote:
            csv.writer(out, delimiter=delimiter, quotechar=quote, lineterminator="").writerow(cells)
            return out.getvalue()
        return delimiter.join(" ".join(cell.replace(delimiter, " ").split()) for cell in cells)


class _Nested(io.BufferedIOBase):
    """A stream that packs into another and closes both."""

    def __init__(self, outer: io.BufferedIOBase, pack: Callable[[io.BufferedIOBase], io.BufferedIOBase]) -> None:
        self._outer, self._packed = outer, pack(outer)

    def write(self, data: Any, /) -> int:  # noqa: ANN401 - any buffer
        """Write the bytes; returns how many."""
        return self._packed.write(data)

    def close(self) -> None:
        """Close both streams."""
        self._packed.close()
        self._outer.close()
        super().close()


def _annotated(reject: Reject) -> dict[str, Any]:
    """The object that was rejected with the four added keys; one that is no object stands under `raw`."""
    try:
        found = orjson.loads(reject.raw)
    except orjson.JSONDecodeError:
        found = None
    held = found if isinstance(found, dict) else {"raw": reject.raw.decode("utf-8", "replace")}
    added = (reject.line, reject.code, reject.reason, reject.value)
    return {**held, **dict(zip(REJECT_COLUMNS, added, strict=True))}


def _harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula; what was rejected itself stays as it is."""
    line = " ".join(text.replace("\0", " ").split())
    return f"'{line}" if line.startswith(_FORMULA) else line
