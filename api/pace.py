"""How long each document took just now, so that what is slow does not stand before the rest."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from enum import Enum
from threading import Lock

# So long is it remembered what a document took, and so many of its answers: of some, how long they take depends on what
# they are asked about.
_REMEMBERED_S = 60.0
_LAST = 3
_DOCUMENTS = 512
# What takes less never waits for others; nor what takes less than so many times what a quick document takes at present,
# so that a machine on which everything takes long is not one on which everything waits.
_SHORT_S = 0.05
_TIMES = 8
# The document by which that is told is quicker than all but so large a part of them.
_QUICK_PART = 4


class Size(Enum):
    """Among which a question is answered: those that are quick, slower than most, or slow."""

    SMALL = "small"
    MIDDLING = "middling"
    LARGE = "large"


@dataclass(slots=True)
class _Known:
    """When a document was answered last, and the seconds of its last answers."""

    at: float = 0.0
    seconds: deque[float] = field(default_factory=lambda: deque(maxlen=_LAST))


class Pace:
    """The documents of the last minute; one is large where any of its last answers took longer than `quick_s`."""

    def __init__(self, quick_s: float) -> None:
        self._quick_s = quick_s
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._lock = Lock()

    def size(self, digest: str) -> Size:
        """How large a document is; one that is not known is small.

        Middling is what always took long of late, and much longer than others: asked many times at once, it would take
        all places of the small ones, and each of these a turn of the processor behind them all.
        """
        with self._lock:
            known = self._known.get(digest)
            if known is None or known.at + _REMEMBERED_S < time.monotonic():
                return Size.SMALL
            if max(known.seconds) > self._quick_s:
                return Size.LARGE
            least = min(known.seconds)
            if len(known.seconds) < _LAST or least <= _SHORT_S or least <= _TIMES * self._quick():
                return Size.SMALL
            return Size.MIDDLING

    def _quick(self) -> float:
        """What a quick document takes at present, in seconds."""
        since = time.monotonic() - _REMEMBERED_S
        least = sorted(min(known.seconds) for known in self._known.values() if known.at >= since)
        return least[len(least) // _QUICK_PART]

    def expected(self, digest: str) -> float:
        """The seconds that a document took the last time; one that is not known, the least of the large ones."""
        known = self._known.get(digest)
        return self._quick_s if known is None else known.seconds[-1]

    def took(self, digest: str, seconds: float) -> None:
        """Note how long it took to answer a document."""
        with self._lock:
            known = self._known.pop(digest, None) or _Known()
            known.at = time.monotonic()
            known.seconds.append(seconds)
            self._known[digest] = known
            if len(self._known) > _DOCUMENTS:
                self._known.popitem(last=False)
