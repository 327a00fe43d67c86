"""Which values cannot be alike: what their letters tell of many pairs at once, before any two are compared."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from resolution.column import Flags, Values
from resolution.level import Codes

_PREFIX, _BOOST = 4, 0.1  # letters at the start that Jaro-Winkler counts, and what each adds
_ROUNDING = 1e-9


class Letters:
    """The letters of many values, folded into 64 bits; two letters in one bit only make two values seem more alike."""

    def __init__(self, values: Values) -> None:
        words = values.tolist()
        self._length = np.array([len(word) for word in words], np.int64)
        self._mask: npt.NDArray[np.uint64] = np.array([_mask(word) for word in words], np.uint64)
        self._first = np.array([ord(word[0]) for word in words], np.int64)
        self._second = np.array([ord(word[1]) if len(word) > 1 else 0 for word in words], np.int64)

    def edited(self, a: Codes, b: Codes) -> Flags:
        """Return which pairs may be one edit apart: a letter more, less, another, or two turned round."""
        unlike = np.bitwise_count(self._mask[a] ^ self._mask[b])
        return np.asarray((unlike <= 2) & (np.abs(self._length[a] - self._length[b]) <= 1))

    def start(self, a: Codes, b: Codes) -> Flags:
        """Return which pairs begin with one letter."""
        return np.asarray(self._first[a] == self._first[b])

    def similar(self, a: Codes, b: Codes, least: float) -> Flags:
        """Return which pairs may have so great a Jaro-Winkler similarity.

        No more letters match than one has without those that the other lacks, and all of these may be in order.
        """
        x, y, long, wide = self._mask[a], self._mask[b], self._length[a], self._length[b]
        most = np.minimum(long - np.bitwise_count(x & ~y), wide - np.bitwise_count(y & ~x))
        jaro = (most / long + most / wide + 1) / 3
        prefix = np.where(self._first[a] != self._first[b], 0, np.where(self._second[a] != self._second[b], 1, _PREFIX))
        return np.asarray(jaro + prefix * _BOOST * (1 - jaro) >= least - _ROUNDING)


def _mask(word: str) -> int:
    mask = 0
    for letter in word:
        mask |= 1 << (ord(letter) & 63)
    return mask
