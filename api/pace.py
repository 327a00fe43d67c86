"""Which documents take long, as far as they were asked just now, and how long they took."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

# So long is it remembered that a document took long.
_REMEMBERED_S = 60.0
_DOCUMENTS = 512
# So often in a row a document that took long must be quick before it is tried among the quick ones again: of some,
# how long they take depends on what they are asked about.
_QUICK_AGAIN = 3


@dataclass(slots=True)
class _Slow:
    """A document that took long: until when that counts, what it took last, how often it was quick since."""

    until: float
    seconds: float
    quick: int = 0


class Pace:
    """The documents that took longer than `quick_s` seconds when they were asked just now."""

    def __init__(self, quick_s: float) -> None:
        self._quick_s = quick_s
        self._slow: OrderedDict[str, _Slow] = OrderedDict()
        self._lock = Lock()

    def slow(self, digest: str) -> bool:
        """Whether a document takes long, so that asking it among the quick ones is of no use."""
        known = self._slow.get(digest)
        return known is not None and known.until > time.monotonic()

    def expected(self, digest: str) -> float:
        """The seconds that a document takes, as far as is known: those of the last time; never asked, the least."""
        known = self._slow.get(digest)
        return self._quick_s if known is None else known.seconds

    def took(self, digest: str, seconds: float) -> None:
        """Note how long it took to answer a document."""
        with self._lock:
            known = self._slow.pop(digest, None)
            if seconds > self._quick_s:
                known = _Slow(time.monotonic() + _REMEMBERED_S, seconds)
            elif known is None or known.quick + 1 >= _QUICK_AGAIN:
                return
            else:
                known = _Slow(known.until, seconds, known.quick + 1)
            self._slow[digest] = known
            if len(self._slow) > _DOCUMENTS:
                self._slow.popitem(last=False)
