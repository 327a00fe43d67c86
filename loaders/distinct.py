"""How many different ids were met, in eight bytes for each."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from graph.ids import numbers, short

_LEAST = 1 << 16


class Distinct:
    """A set of ids that is counted and asked, never listed.

    It keeps 60 bits of each: among thirty million two are taken for one with a chance of 1 in 2,500.
    """

    def __init__(self) -> None:
        self._sorted = np.empty(0, np.int64)
        self._new: list[str] = []
        self._found: list[npt.NDArray[np.int64]] = []
        self._count = 0

    def add(self, id_: str) -> None:
        """Take note of an id (`r_...`)."""
        self._new.append(id_)
        if len(self._new) > _LEAST:
            self._merge()

    def add_all(self, found: npt.NDArray[np.int64]) -> None:
        """Take note of many ids, given as `graph.ids.numbers`."""
        self._found.append(found)
        self._count += len(found)
        if self._count > max(_LEAST, len(self._sorted)):
            self._merge()

    def update(self, other: Distinct) -> None:
        """Take note of all that another has met."""
        other._merge()
        self.add_all(other._sorted)

    def __len__(self) -> int:
        self._merge()
        return len(self._sorted)

    def __contains__(self, id_: str) -> bool:
        self._merge()
        (sought,) = numbers(short(id_))
        at = int(np.searchsorted(self._sorted, sought))
        return at < len(self._sorted) and bool(self._sorted[at] == sought)

    def _merge(self) -> None:
        if self._new or self._found:
            self._found.append(numbers("".join(map(short, self._new))))
            self._sorted = np.unique(np.concatenate([self._sorted, *self._found]))
            self._new, self._found, self._count = [], [], 0
