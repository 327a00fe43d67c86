"""How often each of several things comes in a window of time and in as long before it, and whether that has changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import exp, lgamma, log

# A rarer difference than one in twenty by chance alone is told as a change of how often.
SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True)
class Usual:
    """One that came in events of the window: how many, their share of all (0..1), the first and the last (epoch)."""

    key: str
    events: int
    share: float
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Shift:
    """One that came otherwise than before: NEW, GONE, MORE or LESS; how often before and now, and its p-value."""

    key: str
    change: str
    before: int
    now: int
    p_value: float

    @property
    def order(self) -> tuple[float, int, str]:
        """What chance explains least comes first, then the greatest difference, then by key."""
        return self.p_value, -abs(self.now - self.before), self.key


@dataclass(slots=True)
class Tally:
    """Counts events by what comes in them, each pair noted once."""

    now: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    before: Counter[str] = field(default_factory=Counter)

    def note(self, key: str, at: int, *, now: bool) -> None:
        """One event, at a time (epoch), of the window or of the span before it."""
        if now:
            self.now[key].append(at)
        else:
            self.before[key] += 1

    def usual(self, events: int) -> list[Usual]:
        """What came in the window, of so many events in all: most events first, then by key."""
        found = (Usual(key, len(at), round(len(at) / events, 4), min(at), max(at)) for key, at in self.now.items())
        return sorted(found, key=lambda one: (-one.events, one.key))

    def shifts(self) -> Iterator[Shift]:
        """What came anew, no longer, or significantly more or less often."""
        for key in sorted({*self.now, *self.before}):
            now, before = len(self.now.get(key, ())), self.before[key]
            p_value = chance_of(now, before)
            if not before or not now:
                yield Shift(key, "GONE" if before else "NEW", before, now, p_value)
            elif p_value < SIGNIFICANT:
                yield Shift(key, "MORE" if now > before else "LESS", before, now, p_value)


def chance_of(one: int, other: int) -> float:
    """How probably two equally long spans differ at least so much, where events come as often in both; 0..1.

    The exact conditional test of two Poisson counts: of all events, each falls into either span with the chance of a
    half. Source: Przyborowski and Wilenski, Biometrika 31, 1940.
    """
    total, fewer = one + other, min(one, other)
    log_all = total * log(2)
    tail = sum(exp(lgamma(total + 1) - lgamma(k + 1) - lgamma(total - k + 1) - log_all) for k in range(fewer + 1))
    return round(min(1.0, 2 * tail), 6)
