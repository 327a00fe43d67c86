"""Where data files are found and how their bytes are got: folders, globs, archives, compressed files."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

import zstandard

from graph.errors import LoadError
from loaders.mapping.spec import FileMapping, Format

BLOCK = 1 << 20
_INSIDE = "!/"
_COMPRESSED = (".gz", ".zst")
_FORMATS = {
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".tab": Format.CSV,
    ".psv": Format.CSV,
    ".txt": Format.CSV,
    ".dat": Format.CSV,
    ".ndjson": Format.NDJSON,
    ".jsonl": Format.NDJSON,
    ".json": Format.NDJSON,
    ".parquet": Format.PARQUET,
    ".pq": Format.PARQUET,
}


@dataclass(frozen=True, slots=True)
class Delivery:
    """One data file of one entry: `entry` is the mapping's path, `path` how it is shown (`x.zip!/member`).

    `file` is where it lies, `member` its name inside an archive, `as_of` that member's own date in epoch seconds.
    """

    source: str
    entry: str
    path: str
    file: Path
    member: str | None = None
    as_of: int | None = None

    @property
    def name(self) -> str:
        """The data file's own name."""
        return PurePosixPath(self.member or self.file.name).name


def deliveries(entry: FileMapping, data: Path) -> list[Delivery]:
    """The data files of one entry below a folder, sorted by path.

    An archive may also lie there unpacked, as a folder of its name. Raises LoadError where nothing is found, or only a
    folder, or the archive is none.
    """
    if not data.is_dir():
        reason = "is a file, not a folder" if data.exists() else "does not exist"
        raise LoadError(f"data folder {data} {reason}; give the folder that the mapping's paths lie below")
    outer, inside, inner = entry.path.partition(_INSIDE)
    found: list[Delivery] = []
    for file in _matches(entry, outer, data, archive=bool(inside)):
        shown = file.relative_to(data).as_posix()
        if not inside:
            found.append(Delivery(entry.source, entry.path, shown, file))
        elif file.is_dir():
            found += [
                Delivery(entry.source, entry.path, f"{shown}{_INSIDE}{part.relative_to(file).as_posix()}", part)
                for part in sorted(file.glob(inner))
                if part.is_file()
            ]
        else:
            found += _members(entry, file, shown, inner)
    if not found:
        raise LoadError(f"{_where(entry)}: no member {inner!r} in {outer!r} below {data}{_members_hint(data, outer)}")
    return found


def _matches(entry: FileMapping, pattern: str, data: Path, *, archive: bool) -> list[Path]:
    exact = data / pattern
    found = [exact] if exact.exists() else sorted(data.glob(pattern))
    usable = found if archive else [path for path in found if not path.is_dir()]
    if usable:
        return usable
    if found:
        raise LoadError(f"{_where(entry)}: {found[0]} is a folder, not a file; name the files in it: {pattern}/*.csv")
    names = [path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file()]
    near = get_close_matches(pattern, names, n=1, cutoff=0.5)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    raise LoadError(f"{_where(entry)}: nothing matches {pattern!r} in {data}{hint}")


def _where(entry: FileMapping) -> str:
    return f"{entry.mapping}:{entry.line}"


def _members(entry: FileMapping, file: Path, shown: str, pattern: str) -> list[Delivery]:
    try:
        with zipfile.ZipFile(file) as archive:
            infos = sorted(archive.infolist(), key=lambda info: info.filename)
    except (zipfile.BadZipFile, OSError) as error:
        raise LoadError(f"{_where(entry)}: {file} is no readable zip archive: {error}") from error
    return [
        Delivery(entry.source, entry.path, f"{shown}{_INSIDE}{info.filename}", file, info.filename, _member_date(info))
        for info in infos
        if not info.is_dir() and _fits(info.filename, pattern)
    ]


def _fits(name: str, pattern: str) -> bool:
    """True where each folder of a member's name fits its own part of the pattern."""
    names, patterns = PurePosixPath(name).parts, PurePosixPath(pattern).parts
    return len(names) == len(patterns) and all(map(fnmatchcase, names, patterns))


def _member_date(info: zipfile.ZipInfo) -> int | None:
    try:
        return int(datetime(*info.date_time, tzinfo=UTC).timestamp())
    except ValueError:
        return None


def _members_hint(data: Path, outer: str) -> str:
    file = data / outer
    if not zipfile.is_zipfile(file):
        return ""
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()[:5]
    return f"; it holds {', '.join(names)}"


def format_of(delivery: Delivery, entry: FileMapping) -> Format:
    """The format of a data file: as the mapping says, else by its name; raises LoadError where neither says it."""
    if entry.layout.format is not None:
        return entry.layout.format
    path = PurePosixPath(delivery.name.lower())
    suffix = path.with_suffix("").suffix if path.suffix in _COMPRESSED else path.suffix
    if suffix == ".zip":
        raise LoadError(f'{_where(entry)}: {delivery.path} is an archive; write path: "{entry.path}!/member*.csv"')
    if suffix not in _FORMATS:
        raise LoadError(f"{_where(entry)}: the name {delivery.path} does not say its format; say format: csv")
    return _FORMATS[suffix]


def delimiter_of(delivery: Delivery, entry: FileMapping) -> str:
    """The delimiter of a CSV file: as the mapping says, else a tab for .tsv and .tab, a bar for .psv, a comma."""
    if entry.layout.delimiter is not None:
        return entry.layout.delimiter
    suffixes = PurePosixPath(delivery.name.lower()).suffixes
    return "\t" if {".tsv", ".tab"} & set(suffixes) else "|" if ".psv" in suffixes else ","


@contextmanager
def open_bytes(delivery: Delivery) -> Iterator[BinaryIO]:
    """The plain bytes of a data file, unpacked as they are read; raises LoadError where they cannot be had."""
    try:
        if delivery.member is None:
            with delivery.file.open("rb") as raw:
                yield _unpacked(raw, delivery.name)
        else:
            with zipfile.ZipFile(delivery.file) as archive, archive.open(delivery.member) as part:
                yield _unpacked(cast("BinaryIO", part), delivery.name)
    except (gzip.BadGzipFile, zipfile.BadZipFile, zlib.error, zstandard.ZstdError, EOFError) as error:
        raise LoadError(f"{delivery.path}: the compressed data is broken or cut off: {error}") from error
    except (OSError, RuntimeError, NotImplementedError) as error:
        raise LoadError(f"{delivery.path}: cannot be read: {error}") from error


def _unpacked(raw: BinaryIO, name: str) -> BinaryIO:
    if name.lower().endswith(".gz"):
        return cast("BinaryIO", gzip.GzipFile(fileobj=raw))
    if name.lower().endswith(".zst"):
        return cast("BinaryIO", zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True))
    return raw


def blocks(delivery: Delivery) -> Iterator[bytes]:
    """The bytes of a data file in blocks of about a megabyte; raises LoadError as `open_bytes` does."""
    with open_bytes(delivery) as stream:
        while block := stream.read(BLOCK):
            yield block
