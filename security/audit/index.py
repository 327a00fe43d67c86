"""Which entries name an id: numbers in order beside the log, made of it, so that nobody has to read all of it.

Nothing of the log: whoever takes it away loses time, and it is made again. So it comes after the entries, some thousand
at once, and costs an answer nothing; what it does not reach yet is read. A part is two columns, sorted: the folded id
and the entry. Two ids may fold to one number, so that an entry it leads to has to be looked at.
"""

from __future__ import annotations

import struct
from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from filelock import FileLock, Timeout

from security.audit.book import Book, Row
from security.audit.chain import GENESIS
from security.own_file import FOLDER_MODE, MODE

if TYPE_CHECKING:
    # A tenth of a second of every command otherwise, of which few look anything up.
    import threading

    import numpy as np
    from numpy.typing import NDArray

# Entries of a part when it is made, five milliseconds of work, and how many of them become one. Fewer than that are
# read by whoever asks.
STEP, FAN = 1_024, 64
_MAGIC = b"pgindex1"
_HEAD = struct.Struct("<8sqq32s32sqq")
_TIME = 24
_WIDE = 32
# What leads to entries that took all there is; no id.
_WHOLE = "*"
_FOLD = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93)


@dataclass(frozen=True, slots=True)
class Part:
    """Entries from a number to another, the hashes before and at the end; the earliest and latest time of each step.

    `keys` are in order; `places` are the entries that they lead to, counted from the first.
    """

    first: int
    last: int
    before: bytes
    end: bytes
    times: NDArray[Any]
    keys: NDArray[np.uint64]
    places: NDArray[np.uint32]

    def find(self, keys: NDArray[np.uint64]) -> list[int]:
        """The numbers of entries that one of these may lead to, the last first."""
        import numpy as np

        starts, ends = np.searchsorted(self.keys, keys), np.searchsorted(self.keys, keys, "right")
        found = {int(place) for one, other in zip(starts, ends, strict=True) for place in self.places[one:other]}
        return [self.first + place for place in sorted(found, reverse=True)]


class Index:
    """The parts in a folder, each a file; whoever makes one has the lock, so several processes may."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, Part] = {}

    def follow(self, book: Book, ended: threading.Event | None = None) -> None:
        """Make what is missing, as far as there are entries for a whole part, or until it is to end.

        Nothing where another process is about it. Raises AuditError and OSError.
        """
        self._folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        with suppress(Timeout), FileLock(self._folder / "lock", timeout=0, mode=MODE):
            parts = self._sound(book)
            last, end = (parts[-1].last, parts[-1].end) if parts else (0, GENESIS)
            with closing(_steps(book.rows(last + 1), last + 1, end)) as made:
                for part in made:
                    self._write(part)
                    if part.last % (STEP * FAN) == 0:
                        self._join(part.last)
                    if ended is not None and ended.is_set():
                        return

    def parts(self, book: Book) -> list[Part]:
        """The parts in order, from entry 1 without a gap; none that is not of this log."""
        parts = self._standing()
        return parts if not parts or _ends(book, parts[-1]) else []

    def forget(self) -> None:
        """Take all parts away: they are made again."""
        for path in self._folder.glob("*.part"):
            path.unlink(missing_ok=True)
        self._known.clear()

    def _sound(self, book: Book) -> list[Part]:
        """The parts, after taking away those of another log."""
        parts = self.parts(book)
        if not parts:
            self.forget()
        return parts

    def _standing(self) -> list[Part]:
        """The largest parts that follow one another; the chain of their hashes shows that they belong together."""
        names = {path.name for path in self._folder.glob("*.part")}
        self._known = {name: part for name, part in self._known.items() if name in names}
        parts: list[Part] = []
        last, end = 0, GENESIS
        while True:
            part = next(filter(None, (self._part(last + 1, size, names) for size in (STEP * FAN, STEP))), None)
            if part is None or part.before != end:
                return parts
            parts.append(part)
            last, end = part.last, part.end

    def _part(self, first: int, size: int, names: Collection[str]) -> Part | None:
        name = _name(first, first + size - 1)
        if name in names and name not in self._known:
            # Gone since: another process made it part of a larger one. What is there is looked at next time.
            with suppress(FileNotFoundError):
                part = _read(self._folder / name)
                if part is not None:
                    self._known[name] = part
        return self._known.get(name)

    def _join(self, last: int) -> None:
        """Make one of the parts of a whole stretch."""
        import numpy as np

        first = last - STEP * FAN + 1
        names = [_name(start, start + STEP - 1) for start in range(first, last, STEP)]
        some = [part for name in names if (part := self._part(int(name[:15]), STEP, names)) is not None]
        if len(some) < FAN:
            return
        keys = np.concatenate([part.keys for part in some])
        places = np.concatenate([part.places + np.uint32(part.first - first) for part in some])
        times = np.concatenate([part.times for part in some])
        self._write(_sorted(first, last, (some[0].before, some[-1].end), times, keys, places))
        for name in names:
            (self._folder / name).unlink(missing_ok=True)
            self._known.pop(name, None)

    def _write(self, part: Part) -> None:
        path = self._folder / _name(part.first, part.last)
        new = path.with_suffix(".new")
        new.touch(MODE)
        head = (_MAGIC, part.first, part.last, part.before, part.end, len(part.times), len(part.keys))
        columns = (part.times, part.keys, part.places)
        new.write_bytes(b"".join([_HEAD.pack(*head), *(each.tobytes() for each in columns)]))
        new.rename(path)


def keys_of(ids: Collection[str]) -> NDArray[np.uint64]:
    """The folded ids, and what leads to entries that took all there is."""
    return _folded([*ids, _WHOLE])


def overlapping(parts: Iterable[Part], since: str, until: str) -> Iterator[tuple[int, int]]:
    """The steps, first and last number, that may hold an entry of a time from the first up to the second."""
    earliest, end = since.encode()[:_TIME], until.encode()[:_TIME]
    for part in parts:
        for place, (least, most) in enumerate(part.times.tolist()):
            if least <= end and most >= earliest:
                first = part.first + place * STEP
                yield first, first + STEP - 1


def _steps(rows: Iterable[Row], first: int, before: bytes) -> Generator[Part]:
    """A part of each whole step of entries; where somebody took entries away, of what is left of it."""
    named: list[str] = []
    places: list[int] = []
    times: list[bytes] = []
    end = before
    for seq, body, hash_ in rows:
        while seq >= first + STEP:
            yield _made(first, (before, end), times, named, places)
            first, before = first + STEP, end
            named, places, times = [], [], []
        ids, at = _naming(body)
        named += ids
        places += [seq - first] * len(ids)
        times.append(at)
        end = hash_
        if seq == first + STEP - 1:
            yield _made(first, (before, end), times, named, places)
            first, before = first + STEP, end
            named, places, times = [], [], []


def _naming(body: bytes) -> tuple[list[str], bytes]:
    """What an entry is to be found by, and its time. One that is no JSON any more is looked at by everybody."""
    try:
        entry = orjson.loads(body)
        ids = [*entry.get("asked", ()), *entry.get("ids", ())]
        return ([*ids, _WHOLE] if entry.get("whole") else ids), entry["at"].encode()
    except (ValueError, KeyError, TypeError, AttributeError):
        return [_WHOLE], b""


def _made(
    first: int, hashes: tuple[bytes, bytes], times: Sequence[bytes], named: Sequence[str], places: Sequence[int]
) -> Part:
    import numpy as np

    span = np.array([[min(times, default=b""), max(times, default=b"")]], dtype=f"S{_TIME}")
    return _sorted(first, first + STEP - 1, hashes, span, _folded(named), np.array(places, dtype=np.uint32))


def _sorted(
    first: int,
    last: int,
    hashes: tuple[bytes, bytes],
    times: NDArray[Any],
    keys: NDArray[np.uint64],
    places: NDArray[np.uint32],
) -> Part:
    import numpy as np

    order = np.argsort(keys, kind="stable")
    return Part(first, last, *hashes, times, keys[order], places[order])


def _folded(ids: Sequence[str]) -> NDArray[np.uint64]:
    """Each id as 64 bits, of its first letters."""
    import numpy as np

    letters = np.array([id_.encode("utf-8", "replace") for id_ in ids], dtype=f"S{_WIDE}")
    words = letters.view(np.uint64).reshape(len(ids), _WIDE // 8)
    folded: NDArray[np.uint64] = (words * np.array(_FOLD, dtype=np.uint64)).sum(axis=1, dtype=np.uint64)
    return folded ^ (folded >> np.uint64(29))


def _read(path: Path) -> Part | None:
    """The part of a file, mapped and not read; None for what is none."""
    import numpy as np

    size = path.stat().st_size
    if size < _HEAD.size:
        return None
    file = np.memmap(path, np.uint8, "r")
    magic, first, last, before, end, steps, count = _HEAD.unpack(file[: _HEAD.size].tobytes())
    keys = _HEAD.size + 2 * _TIME * steps
    places = keys + 8 * count
    if (magic, path.name, size) != (_MAGIC, _name(first, last), places + 4 * count):
        return None
    return Part(
        first,
        last,
        before,
        end,
        file[_HEAD.size : keys].view(f"S{_TIME}").reshape(steps, 2),
        file[keys:places].view(np.uint64),
        file[places:].view(np.uint32),
    )


def _ends(book: Book, part: Part) -> bool:
    """Whether the log has, where the part ends, the entry that it was made of."""
    return any(seq == part.last and hash_ == part.end for seq, _, hash_ in book.rows_at([part.last]))


def _name(first: int, last: int) -> str:
    return f"{first:015}-{last:015}.part"
