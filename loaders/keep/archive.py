"""The archive of a backup: a tar of members that can be read with `tar` and `zstd` alone, the manifest last.

It is written to `FILE.part`, member by member in constant memory, and takes its name when it is whole.
Source: POSIX.1-1988 ustar headers, with GNU's base-256 sizes above 8 GiB; RFC 8878 for the members ending in `.zst`.
"""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, cast

import orjson
import zstandard

from graph.errors import BadInput, LoadError
from loaders.keep.manifest import Manifest, ManifestError, Member

MANIFEST = "manifest.json"
_LINES = ".ndjson.zst"
_BLOCK = tarfile.BLOCKSIZE
_END = b"\0" * 2 * _BLOCK
_CHUNK = 1 << 20
# Level 3 packs rows to a seventh at 200 MB/s, so that the database is what a backup waits for.
_LEVEL = 3


class ArchiveWriter:
    """Writes an archive; used as a context, it leaves FILE whole or, where anything fails, no trace."""

    def __init__(self, file: Path, *, force: bool = False) -> None:
        self.file = file
        self.members: dict[str, Member] = {}
        self._force = force
        self._part = file.with_name(file.name + ".part")
        self._out: BinaryIO

    def __enter__(self) -> ArchiveWriter:
        self._refuse_present()
        self._part.unlink(missing_ok=True)
        # Read back while it is written: a member's header is filled in when its size is known.
        self._out = os.fdopen(os.open(self._part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._out.close()
        finally:
            self._part.unlink(missing_ok=True)

    def lines(self, name: str, values: Iterable[object]) -> int:
        """Write a member of JSON lines; returns how many there were."""
        count = 0
        with self._member(name + _LINES) as member, _compressed(member) as stream:
            for value in values:
                stream.write(orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE))
                count += 1
        self.members[name + _LINES] = member.sealed(count)
        return count

    def content(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write a member as it is."""
        with self._member(name) as member:
            for chunk in chunks:
                member.write(chunk)
        self.members[name] = member.sealed(None)

    def finish(self, manifest: Manifest) -> int:
        """Write the manifest and give the file its name; returns its size in bytes."""
        self.content(MANIFEST, [manifest.sealed()])
        self._out.write(_END)
        self._out.flush()
        os.fsync(self._out.fileno())
        size = self._out.tell()
        self._refuse_present()
        self._part.replace(self.file)
        _sync_folder(self.file.parent)
        return size

    def _refuse_present(self) -> None:
        if self.file.exists() and not self._force:
            raise BadInput(f"{self.file} is there already: name another file, or say --force to replace it")

    @contextmanager
    def _member(self, name: str) -> Iterator[_Counting]:
        start = self._out.tell()
        self._out.write(b"\0" * _BLOCK)
        member = _Counting(self._out)
        yield member
        self._out.write(b"\0" * (-member.bytes % _BLOCK))
        end = self._out.tell()
        head = tarfile.TarInfo(name)
        head.size, head.mode, head.mtime = member.bytes, 0o600, int(time.time())
        self._out.seek(start)
        self._out.write(head.tobuf(tarfile.GNU_FORMAT))
        self._out.seek(end)


class _Counting(io.RawIOBase):
    """Passes bytes on, and keeps their number and checksum."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._sum = hashlib.sha256()
        self.bytes = 0

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._out.write(data)
        self._sum.update(data)
        self.bytes += len(data)
        return len(data)

    def sealed(self, lines: int | None) -> Member:
        return Member(self.bytes, self._sum.hexdigest(), lines)


def _compressed(out: io.RawIOBase) -> zstandard.ZstdCompressionWriter:
    packer = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True)
    return packer.stream_writer(cast("BinaryIO", out), closefd=False)


def _sync_folder(folder: Path) -> None:
    """Make the new name last, where the system can say so."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


class ArchiveReader:
    """A whole archive: `manifest`, then its members by name. Raises LoadError naming what is not as it was written."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._places = _places(file)
        if MANIFEST not in self._places:
            last = next(reversed(self._places), None)
            where = f"after its member {last}" if last else "before its first member"
            raise LoadError(f"{file} ends {where}, before {MANIFEST}: it is not whole; take another copy")
        try:
            self.manifest = Manifest.unsealed(self.content(MANIFEST))
        except ManifestError as error:
            raise self._damaged(MANIFEST, str(error)) from None

    def verify(self) -> None:
        """Read every member once and hold it to its checksum."""
        for name, member in self.manifest.members.items():
            if name not in self._places:
                raise self._damaged(name, "it is missing")
            found = hashlib.sha256()
            for chunk in self._chunks(name):
                found.update(chunk)
            if (self._places[name][1], found.hexdigest()) != (member.bytes, member.sha256):
                raise self._damaged(name, "its checksum is another one")

    def content(self, name: str) -> bytes:
        """A member as it is."""
        return b"".join(self._chunks(name))

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of a member of JSON lines; none where it is not there."""
        member = name + _LINES
        if member not in self._places:
            return
        start, size = self._places[member]
        try:
            with self.file.open("rb") as raw:
                raw.seek(start)
                packed = cast("BinaryIO", _Part(raw, size))
                yield from io.BufferedReader(cast("io.RawIOBase", _unpacked(packed)), _CHUNK)
        except zstandard.ZstdError as error:
            raise self._damaged(member, str(error)) from None

    def names(self) -> list[str]:
        """The members of JSON lines."""
        return [name.removesuffix(_LINES) for name in self._places if name.endswith(_LINES)]

    def has_lines(self, name: str) -> bool:
        """Whether there is a member of JSON lines of that name."""
        return name + _LINES in self._places

    def _chunks(self, name: str) -> Iterator[bytes]:
        start, left = self._places[name]
        with self.file.open("rb") as raw:
            raw.seek(start)
            while left:
                chunk = raw.read(min(left, _CHUNK))
                if not chunk:
                    raise self._damaged(name, "the file ends in it")
                left -= len(chunk)
                yield chunk

    def _damaged(self, name: str, why: str) -> LoadError:
        return LoadError(f"{self.file}: the member {name} is damaged ({why}); take another copy")


def _unpacked(packed: BinaryIO) -> zstandard.ZstdDecompressionReader:
    return zstandard.ZstdDecompressor().stream_reader(packed, read_size=_CHUNK)


class _Part(io.RawIOBase):
    """The next so many bytes of a file."""

    def __init__(self, raw: BinaryIO, size: int) -> None:
        self._raw = raw
        self._left = size

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        wanted = self._left if size < 0 else min(size, self._left)
        found = self._raw.read(wanted)
        self._left -= len(found)
        return found


def _places(file: Path) -> dict[str, tuple[int, int]]:
    """Where each member begins and how long it is; raises LoadError where the file ends inside one."""
    places: dict[str, tuple[int, int]] = {}
    length = file.stat().st_size
    try:
        with tarfile.open(file, "r:") as archive:
            for head in archive:
                if head.offset_data + head.size > length:
                    raise LoadError(
                        f"{file} ends inside its member {head.name}: {length:,} bytes are there, "
                        f"{head.offset_data + head.size:,} are needed; take another copy"
                    )
                places[head.name] = (head.offset_data, head.size)
    except tarfile.TarError as error:
        last = next(reversed(places), None)
        where = f"after its member {last} it cannot be read" if last else "it is no backup"
        raise LoadError(f"{file}: {where} ({error}); take another copy") from None
    return places
