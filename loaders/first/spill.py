"""What a first load puts aside on disk: items by the id they belong to, read back some thousand at a time.

Ids are hashes, so that their first letters share any number of items out evenly. Parts are in the order of ids, so
that what is read part by part, and sorted in each, is sorted as a whole.
"""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Generic, TypeVar

T = TypeVar("T")
_ALPHABET = sorted("abcdefghijklmnopqrstuvwxyz234567")
_PAIRS = [first + second for first in _ALPHABET for second in _ALPHABET]
# Four of the 1,024 pairs of letters to a part: of ten million items each holds forty thousand.
_PART = {pair: rank >> 2 for rank, pair in enumerate(_PAIRS)}
_BUFFERED = 20_000


@dataclass(frozen=True, slots=True)
class _Segment:
    file: Path
    at: int
    size: int


@dataclass(slots=True)
class Spill(Generic[T]):
    """Items on disk: where those of each part lie, in the order in which they were put, and how many they are."""

    segments: defaultdict[int, list[_Segment]] = field(default_factory=lambda: defaultdict(list))
    counts: defaultdict[int, int] = field(default_factory=lambda: defaultdict(int))

    def __len__(self) -> int:
        return sum(self.counts.values())

    def add(self, other: Spill[T]) -> None:
        """Take over what another spill holds, behind what this one does."""
        for part, segments in other.segments.items():
            self.segments[part] += segments
            self.counts[part] += other.counts[part]

    def groups(self, least: int) -> list[Spill[T]]:
        """The items as spills of neighbouring parts, of at least so many items each but for the last."""
        found: list[Spill[T]] = []
        for part in sorted(self.segments):
            if not found or len(found[-1]) >= least:
                found.append(Spill())
            found[-1].segments[part] = self.segments[part]
            found[-1].counts[part] = self.counts[part]
        return found

    def __iter__(self) -> Iterator[T]:
        """Every item, part by part."""
        for part in sorted(self.segments):
            for segment in self.segments[part]:
                with segment.file.open("rb") as file:
                    file.seek(segment.at)
                    # Written by this load into its own folder, which nobody else may write to.
                    yield from pickle.loads(file.read(segment.size))  # noqa: S301


class SpillWriter(AbstractContextManager["SpillWriter[T]"], Generic[T]):
    """Puts items into a file of its own; `spill` is whole when the writer is closed."""

    def __init__(self, file: Path) -> None:
        self.spill: Spill[T] = Spill()
        self._path = file
        self._file = file.open("wb")
        self._at = 0
        self._buffered = 0
        self._buffers: defaultdict[int, list[T]] = defaultdict(list)

    def put(self, id_: str, item: T) -> None:
        """Put an item that belongs to this id (`r_...`)."""
        self._buffers[_PART[id_[2:4]]].append(item)
        self._buffered += 1
        if self._buffered >= _BUFFERED:
            self._flush()

    def put_all(self, items: Iterable[tuple[str, T]]) -> None:
        """Put items, each with the id that it belongs to."""
        for id_, item in items:
            self.put(id_, item)

    def _flush(self) -> None:
        for part, items in self._buffers.items():
            data = pickle.dumps(items, pickle.HIGHEST_PROTOCOL)
            self._file.write(data)
            self.spill.segments[part].append(_Segment(self._path, self._at, len(data)))
            self.spill.counts[part] += len(items)
            self._at += len(data)
        self._buffers.clear()
        self._buffered = 0

    def close(self) -> None:
        """Write what is still held back."""
        self._flush()
        self._file.close()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
