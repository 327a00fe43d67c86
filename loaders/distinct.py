"""How many different ids were met, in eight bytes for each."""

from __future__ import annotations

from array import array

import numpy as np

_LEAST = 1 << 16


class Distinct:
    """A set of ids that is counted and asked, never listed.

    It keeps 64 bits of each: among thirty million two are taken for one with a chance of 1 in 40,000.
    """

    def __init__(self) -> None:
        self._sorted = np.empty(0, np.int64)
        self._new = array("q")

    def add(self, id_: str) -> None:
        """Take note of an id."""
        self._new.append(hash(id_))
        if len(self._new) > max(_LEAST, len(self._sorted)):
            self._merge()

    def __len__(self) -> int:
        self._merge()
        return len(self._sorted)

    def __contains__(self, id_: str) -> bool:
        self._merge()
        at = int(np.searchsorted(self._sorted, hash(id_)))
        return at < len(self._sorted) and bool(self._sorted[at] == hash(id_))

    def _merge(self) -> None:
        if self._new:
            self._sorted = np.union1d(self._sorted, np.frombuffer(self._new, np.int64))
            self._new = array("q")
