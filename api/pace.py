"""Which documents take long, as far as they were asked just now."""

from __future__ import annotations

import time
from collections import OrderedDict
from threading import Lock

# So long is it remembered that a document took long.
_REMEMBERED_S = 60.0
_DOCUMENTS = 512


class Pace:
    """The documents that took longer than `quick_s` seconds when they were asked last."""

    def __init__(self, quick_s: float) -> None:
        self._quick_s = quick_s
        self._slow: OrderedDict[str, float] = OrderedDict()
        self._lock = Lock()

    def slow(self, digest: str) -> bool:
        """Whether a document takes long, so that asking it among the quick ones is of no use."""
        return self._slow.get(digest, 0.0) > time.monotonic()

    def took(self, digest: str, seconds: float) -> None:
        """Note how long it took to answer a document."""
        with self._lock:
            self._slow.pop(digest, None)
            if seconds > self._quick_s:
                self._slow[digest] = time.monotonic() + _REMEMBERED_S
                if len(self._slow) > _DOCUMENTS:
                    self._slow.popitem(last=False)
