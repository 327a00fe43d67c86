"""How much one user may ask in a while: requests, and objects that their answers can hold (`api/cost.py`).

Of those who are not known how many are refused goes on record, each of them while they are not too many.

A bucket for each user fills steadily and holds some seconds' worth; a request that it has not enough for is refused
with the time after which it has. Known of a request before anything is asked of the database, so what is refused, and
when, tells nothing of what is stored. Each process counts for itself. Source: the token bucket of RFC 2697.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from graph.errors import RateLimited

# Users that are remembered; the one that asked longest ago is forgotten first, whose bucket is full by then.
_USERS = 10_000
# A bucket holds what it is filled with in so many seconds.
_HELD_S = 10.0
# A user who goes on while refused is put on record once in so many seconds, not each time: the log would be flooded.
_RECORDED_S = 10.0
# Refusals of strangers that are on record one by one: so many at once, and so many a second from then on. An entry has
# some 600 bytes: a flood leaves half a gigabyte a day, and not a full disk, with which nothing would be answered.
_EACH_AT_ONCE, _EACH_A_SECOND = 1_000, 10.0


@dataclass(slots=True)
class _Bucket:
    requests: float
    objects: float
    at: float
    recorded: float = -math.inf


@dataclass(slots=True)
class Rates:
    """The buckets of all users; None as a rate is no limit.

    `requests`, `objects`: so many a second, ten times as many at once.
    """

    requests: float | None
    objects: float | None
    clock: Callable[[], float] = time.monotonic
    _buckets: OrderedDict[str, _Bucket] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def take(self, user: str, objects: int) -> None:
        """Nothing, with one request and these objects taken; raises RateLimited where the user has not enough left."""
        if self.requests is None and self.objects is None:
            return
        with self._lock:
            bucket, now = self._filled(user), self.clock()
            waits = [
                _wait(bucket.requests, 1, self.requests),
                # What holds more than a bucket is let through by a full one.
                _wait(bucket.objects, min(objects, _most(self.objects)), self.objects),
            ]
            if max(waits) > 0:
                fresh = now - bucket.recorded >= _RECORDED_S
                if fresh:
                    bucket.recorded = now
                raise RateLimited(
                    "you ask faster than one user may: "
                    + ("fewer requests" if waits[0] >= waits[1] else "less at once (`first`), or fewer nested lists"),
                    after_s=math.ceil(max(waits)),
                    recorded=not fresh,
                )
            bucket.requests -= 1
            bucket.objects -= objects

    def _filled(self, user: str) -> _Bucket:
        """The user's bucket, as full as it is by now."""
        now = self.clock()
        bucket = self._buckets.pop(user, None)
        if bucket is None:
            bucket = _Bucket(_most(self.requests), _most(self.objects), now)
            if len(self._buckets) >= _USERS:
                self._buckets.popitem(last=False)
        self._buckets[user] = bucket
        past, bucket.at = now - bucket.at, now
        bucket.requests = min(_most(self.requests), bucket.requests + past * (self.requests or 0))
        bucket.objects = min(_most(self.objects), bucket.objects + past * (self.objects or 0))
        return bucket


@dataclass(slots=True)
class Strangers:
    """Refusals of requests whose sender is unknown: which of them goes on record, and for how many others."""

    clock: Callable[[], float] = time.monotonic
    _room: float = field(default_factory=lambda: _EACH_AT_ONCE)
    _at: float = -math.inf
    _passed: int = 0
    _lock: Lock = field(default_factory=Lock)

    def before(self) -> int | None:
        """How many went before this refusal that are on no record of their own; None where it is one more of them."""
        with self._lock:
            now = self.clock()
            self._room = min(_EACH_AT_ONCE, self._room + (now - self._at) * _EACH_A_SECOND)
            self._at = now
            if self._room < 1:
                self._passed += 1
                return None
            self._room -= 1
            passed, self._passed = self._passed, 0
            return passed

    def unrecorded(self, before: int) -> None:
        """Count a refusal that had so many before it among those of no record: its entry could not be written."""
        with self._lock:
            self._passed += before + 1


def _most(rate: float | None) -> float:
    return math.inf if rate is None else max(1.0, rate * _HELD_S)


def _wait(has: float, needs: float, rate: float | None) -> float:
    """Seconds until a bucket has what is needed of it."""
    return 0.0 if rate is None or has >= needs else (needs - has) / rate
