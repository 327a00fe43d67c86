"""Lists in parts, for statements that take so many values at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def batched(items: Sequence[T], size: int) -> Iterator[list[T]]:
    """These in order, so many at a time; the last part may be shorter. As `itertools.batched` of Python 3.12."""
    return (list(items[start : start + size]) for start in range(0, len(items), size))
