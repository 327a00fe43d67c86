"""The rows of a file entry that the graph holds, by their stamps: those of a delivery that are among them need no work.

Whoever skips a row has looked at a graph that may have moved on: messages come while files are loaded. It is right all
the same. What a delivery says of a row that is there already only widens its dates, by minima and maxima: dates that
hold the delivery's when the stamps are read hold it for ever, so that taking it in would change nothing, then or later.
Whether the row is live follows from all contents of its slot, and whoever adds one settles that. Rows never go away,
and no other load has the source meanwhile.
"""

from __future__ import annotations

from base64 import b64decode
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from graph.ids import SHORT, numbers, short
from loaders.said import Shape, shape_of
from loaders.stamp import LENGTH, SIZE

Numbers = npt.NDArray[np.int64]
# A date that is not there. `load/stamps` has it too, and for a first date that is not there its opposite.
NEVER = -(2**62)
_ID_LENGTH = 22


class Known:
    """The live, stamped rows of one file entry, in about a hundred bytes each, ordered by stamp; places are from 0."""

    def __init__(self, batches: Iterable[Mapping[str, Any]], fulls: Sequence[int]) -> None:
        """`batches`: rows of `load/stamps`; `fulls`: the dates of the entry's full deliveries, in order."""
        gathered = _Gathered()
        for batch in batches:
            gathered.add(batch)
        digests = np.frombuffer(b"".join(gathered.digests), np.uint8).reshape(-1, SIZE)
        halves = np.ascontiguousarray(digests[:, :16]).view("<u8")
        order = np.argsort(halves[:, 0], kind="stable")
        self._stamps = halves[order]
        self._ids = np.frombuffer("".join(gathered.ids).encode("ascii"), f"S{_ID_LENGTH}")[order]
        self.slots = _joined(gathered.slots)[order]
        self._first, self._last, self._full, self.marks = (_joined(columns)[order] for columns in gathered.numbers)
        # In the order in which they were met, which is that of their codes.
        self._shapes = list(gathered.shapes)
        self._shape = _joined(gathered.shape)[order]
        self._things = _joined(gathered.things)
        counts = _joined(gathered.counts)
        self._start = (np.cumsum(counts) - counts)[order]
        # Where a full delivery was made since a row was seen, other contents of its slot say whether it is gone.
        seen = np.maximum(self._last, self._full)
        self._there = np.searchsorted(np.array(fulls, np.int64), seen, side="right") == len(fulls)

    def __len__(self) -> int:
        return len(self._ids)

    def places(self, digests: Sequence[bytes]) -> Numbers:
        """The place of the row that has each of these digests, -1 where there is none."""
        found = np.full(len(digests), -1, np.int64)
        asked = np.array([at for at, digest in enumerate(digests) if digest], np.int64)
        if not len(asked) or not len(self):
            return found
        raw = np.frombuffer(b"".join(digests), np.uint8).reshape(-1, SIZE)
        halves = np.ascontiguousarray(raw[:, :16]).view("<u8")
        near = np.minimum(np.searchsorted(self._stamps[:, 0], halves[:, 0]), len(self) - 1)
        # Two that are alike in the first half are not told apart, but read: that costs time alone.
        same = (self._stamps[near] == halves).all(axis=1) & self._there[near]
        found[asked[same]] = near[same]
        return found

    def forget(self, slots: Numbers) -> None:
        """Know the rows of these slots no more: this load may change them."""
        self._there &= ~np.isin(self.slots, slots)

    def id_numbers(self, places: Numbers) -> Numbers:
        """The ids of rows as `numbers` has them."""
        letters = self._ids[places].view(np.uint8).reshape(-1, _ID_LENGTH)[:, 2 : 2 + SHORT]
        return numbers(letters.tobytes().decode("ascii"))

    def widened(self, places: Numbers, as_of: Numbers | int | None, full: int | None) -> dict[str, int | None]:
        """The ids of those rows whose dates do not hold a delivery's yet, each with its own date in it, if any.

        `as_of`: of each row (NEVER: none), or of all; `full`: the delivery's date where it holds all there is.
        """
        dates = np.full(len(places), NEVER if as_of is None else as_of) if not isinstance(as_of, np.ndarray) else as_of
        wider = (dates != NEVER) & ((dates < self._first[places]) | (dates > self._last[places]))
        if full is not None:
            wider |= self._full[places] < full
        ids = (id_.decode() for id_ in self._ids[places[wider]].tolist())
        return dict(zip(ids, (None if date == NEVER else date for date in dates[wider].tolist()), strict=True))

    def shapes(self, places: Numbers) -> Iterator[tuple[Shape, Numbers]]:
        """What these rows say, shape by shape: with the numbers of its things, a column for each."""
        found, of = np.unique(self._shape[places], return_inverse=True)
        for number, code in enumerate(found.tolist()):
            shape = shape_of(self._shapes[code])
            starts = self._start[places[of == number]]
            yield shape, self._things[starts[:, None] + np.arange(len(shape.things))]


@dataclass(frozen=True, slots=True)
class Seen:
    """The rows of a chunk that are known: their places, and their dates as `Known.widened` takes them."""

    known: Known
    places: Numbers
    as_of: Numbers | int | None

    def __len__(self) -> int:
        return len(self.places)

    @property
    def marks(self) -> list[int]:
        """The numbers of their markings."""
        return [int(mk) for mk in np.unique(self.known.marks[self.places])]

    def findings(self) -> Counter[str]:
        """How often they fail each standard."""
        found: Counter[str] = Counter()
        for shape, things in self.known.shapes(self.places):
            found.update({serial: count * len(things) for serial, count in shape.findings.items()})
        return found

    def widened(self, full: int | None) -> dict[str, int | None]:
        """As `Known.widened`."""
        return self.known.widened(self.places, self.as_of, full)


class _Gathered:
    """Batches of stamped rows, column by column."""

    def __init__(self) -> None:
        self.digests: list[bytes] = []
        self.ids: list[str] = []
        self.slots: list[Numbers] = []
        self.things: list[Numbers] = []
        self.counts: list[Numbers] = []
        self.shape: list[Numbers] = []
        self.shapes: dict[str, int] = {}
        self.numbers: tuple[list[Numbers], ...] = ([], [], [], [])

    def add(self, batch: Mapping[str, Any]) -> None:
        stamps: list[str] = batch["stamps"]
        self.digests.append(b64decode("".join([stamp[:LENGTH] for stamp in stamps])))
        self.ids.append("".join(batch["ids"]))
        self.slots.append(numbers("".join(map(short, batch["slots"]))))
        parts = [stamp[LENGTH:].partition(".") for stamp in stamps]
        self.things.append(numbers("".join([things for _, _, things in parts])))
        self.counts.append(np.array([len(things) // SHORT for _, _, things in parts], np.int64))
        shapes = self.shapes
        self.shape.append(np.array([shapes.setdefault(shape, len(shapes)) for shape, _, _ in parts], np.int64))
        for column, name in zip(self.numbers, ("first", "last", "full", "marks"), strict=True):
            column.append(np.array(batch[name], np.int64))


def _joined(parts: Sequence[Numbers]) -> Numbers:
    return np.concatenate(parts) if parts else np.empty(0, np.int64)
