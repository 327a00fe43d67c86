"""How much goes into one transaction: less after the database failed under one, more again while it does not."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from loaders.encode import EncodedRow

# Nodes and relationships. Some 2 KB each stand in the server's memory until they are committed.
_MOST, _LEAST = 50_000, 200


class Fitting:
    """Fits rows into transactions by what each of them makes: a row, its records and values, its links."""

    def __init__(self) -> None:
        self._most = self._ceiling = _MOST

    def count(self, rows: Sequence[EncodedRow]) -> int:
        """How many of these rows, from the first, go into the next transaction; one at least."""
        fitting = sum(1 for total in accumulate(map(_operations, rows)) if total <= self._most)
        return min(max(1, fitting), len(rows))

    def failed(self, rows: Sequence[EncodedRow]) -> None:
        """The database failed while it took these rows: whether under them or not, the next are half as many.

        So many are not tried again, because each failure costs as long as the database needs to come back.
        """
        size = sum(map(_operations, rows))
        self._ceiling = max(_LEAST, size * 3 // 4)
        self._most = max(_LEAST, size // 2)

    def took(self) -> None:
        """The database took what it was given: the next may be twice as much, but less than it ever failed under."""
        self._most = min(self._ceiling, 2 * self._most)


def _operations(row: EncodedRow) -> int:
    return 1 + len(row.claims) + len(row.values) + len(row.stated)
