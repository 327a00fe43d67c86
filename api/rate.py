"""How much one user may ask in a while: requests, and objects that their answers can hold (`api/cost.py`).

A bucket for each user fills steadily and holds some seconds' worth; a request that it has not enough for is refused
with the time after which it has. Known of a request before anything is asked of the database, so what is refused, and
when, tells nothing of what is stored. Each process counts for itself. Source: the token bucket of RFC 2697.

Of those who are not known, whom nobody can count by, one bucket says how many refusals go on record one by one.
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
    """What flows in at so many a second (`rate`; None: no limit) up to `most`, with which it begins at a moment."""

    rate: float | None
    most: float
    at: float
    has: float = field(init=False)

    def __post_init__(self) -> None:
        self.has = self.most

    def wait(self, amount: float, now: float) -> float:
        """Seconds from now until it has so much; what is more than it holds is let through by a full one."""
        past, self.at = now - self.at, now
        self.has = min(self.most, self.has + past * (self.rate or 0))
        needed = min(amount, self.most)
        return 0.0 if self.rate is None or self.has >= needed else (needed - self.has) / self.rate

    def take(self, amount: float) -> None:
        """Take so much, whether or not it has it."""
        self.has -= amount


@dataclass(slots=True)
class _User:
    requests: _Bucket
    objects: _Bucket
    recorded: float = -math.inf


@dataclass(slots=True)
class Rates:
    """The buckets of all users; None as a rate is no limit.

    `requests`, `objects`: so many a second, ten times as many at once.
    """

    requests: float | None
    objects: float | None
    clock: Callable[[], float] = time.monotonic
    _buckets: OrderedDict[str, _User] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def take(self, user: str, objects: int) -> None:
        """Nothing, with one request and these objects taken; raises RateLimited where the user has not enough left."""
        if self.requests is None and self.objects is None:
            return
        with self._lock:
            now = self.clock()
            of = self._of(user, now)
            waits = [of.requests.wait(1, now), of.objects.wait(objects, now)]
            if max(waits) > 0:
                fresh = now - of.recorded >= _RECORDED_S
                if fresh:
                    of.recorded = now
                raise RateLimited(
                    "you ask faster than one user may: "
                    + ("fewer requests" if waits[0] >= waits[1] else "less at once (`first`), or fewer nested lists"),
                    after_s=math.ceil(max(waits)),
                    recorded=not fresh,
                )
            of.requests.take(1)
            of.objects.take(objects)

    def _of(self, user: str, now: float) -> _User:
        """The user's buckets, full where nobody remembers them."""
        of = self._buckets.pop(user, None)
        if of is None:
            requests, objects = (_Bucket(rate, _most(rate), now) for rate in (self.requests, self.objects))
            of = _User(requests, objects)
            if len(self._buckets) >= _USERS:
                self._buckets.popitem(last=False)
        self._buckets[user] = of
        return of


@dataclass(slots=True)
class Strangers:
    """Refusals of requests whose sender is unknown: which of them goes on record, and for how many others."""

    clock: Callable[[], float] = time.monotonic
    _bucket: _Bucket = field(init=False)
    _passed: int = 0
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self._bucket = _Bucket(_EACH_A_SECOND, _EACH_AT_ONCE, self.clock())

    def before(self) -> int | None:
        """How many went before this refusal that are on no record of their own; None where it is one more of them."""
        with self._lock:
            if self._bucket.wait(1, self.clock()) > 0:
                self._passed += 1
                return None
            self._bucket.take(1)
            passed, self._passed = self._passed, 0
            return passed

    def unrecorded(self, before: int) -> None:
        """Count a refusal that had so many before it among those of no record: its entry could not be written."""
        with self._lock:
            self._passed += before + 1


def _most(rate: float | None) -> float:
    return math.inf if rate is None else max(1.0, rate * _HELD_S)
