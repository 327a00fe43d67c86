"""How long each document took just now, so that what is slow does not stand before the rest."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from enum import Enum
from statistics import median
from threading import Lock

# So long is it remembered what a document took, and so many of its answers: of some, how long they take depends on what
# they are asked about.
_REMEMBERED_S = 60.0
_LAST = 3
_DOCUMENTS = 512
# What takes more of the processor here is middling. Profiles and stop checks take 3 ms, a search 7, ways between two
# and networks 12 and more (`python -m bench.api`). By the clock all of them take long where one does.
_MIDDLING_S = 0.008


class Size(Enum):
    """Among which a question is answered: those that are quick, take more work than most, or are slow."""

    SMALL = "small"
    MIDDLING = "middling"
    LARGE = "large"


@dataclass(slots=True)
class _Known:
    """When a document was answered last; of its last answers the seconds, and those of the processor."""

    at: float = 0.0
    seconds: deque[float] = field(default_factory=lambda: deque(maxlen=_LAST))
    work: deque[float] = field(default_factory=lambda: deque(maxlen=_LAST))


class Pace:
    """The documents of the last minute: large where any of its last answers took longer than `quick_s`.

    Middling where they mostly took much of the processor: asked many times at once, such a document would have all
    places of the small ones, and each of these a turn of the processor behind them all.
    """

    def __init__(self, quick_s: float) -> None:
        self._quick_s = quick_s
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._lock = Lock()

    def size(self, digest: str) -> Size:
        """How large a document is; one that is not known is small."""
        with self._lock:
            known = self._known.get(digest)
            if known is None or known.at + _REMEMBERED_S < time.monotonic():
                return Size.SMALL
            if max(known.seconds) > self._quick_s:
                return Size.LARGE
            return Size.MIDDLING if median(known.work) > _MIDDLING_S else Size.SMALL

    def expected(self, digest: str) -> float:
        """The seconds that a document took the last time; one that is not known, the least of the large ones."""
        known = self._known.get(digest)
        return self._quick_s if known is None else known.seconds[-1]

    def took(self, digest: str, seconds: float, work: float = 0.0) -> None:
        """Note how long it took to answer a document, and how many seconds of the processor."""
        with self._lock:
            known = self._known.pop(digest, None) or _Known()
            known.at = time.monotonic()
            known.seconds.append(seconds)
            known.work.append(work)
            self._known[digest] = known
            if len(self._known) > _DOCUMENTS:
                self._known.popitem(last=False)
