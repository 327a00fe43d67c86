"""How many officers: the number at which what they cost and what is left undone are least, by what may come."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.count_model import Outlook


@dataclass(frozen=True, slots=True)
class Terms:
    """What officers and unmet incidents cost over one deployment: `officer` each, `unmet` and `harm` an incident.

    `each`: officers that one incident binds; `least`: officers that are sent in any case.
    """

    officer: float
    each: float
    unmet: float
    harm: float
    least: int

    def needed(self, incidents: float) -> int:
        """The officers that so many incidents at a time bind, or the least."""
        return max(self.least, math.ceil(incidents * self.each - 1e-9))

    def missed(self, officers: int, incidents: int) -> float:
        """The incidents that find nobody free."""
        return max(0.0, incidents - officers / self.each)

    def realised(self, officers: int, incidents: int) -> float:
        """What a deployment cost, by what came."""
        return officers * self.officer + self.missed(officers, incidents) * (self.unmet + self.harm)


@dataclass(frozen=True, slots=True)
class Option:
    """A number of officers, what it is expected to cost, and how many incidents are expected to be unmet."""

    officers: int
    cost: float
    unmet: float


def option(terms: Terms, outlooks: Sequence[Outlook], officers: int) -> Option:
    """What a number of officers comes to; `outlooks`: of stretches of time that the same officers see through."""
    unmet = math.fsum(outlook.beyond(officers / terms.each) for outlook in outlooks)
    return Option(officers, officers * terms.officer + unmet * (terms.unmet + terms.harm), unmet)


def best(terms: Terms, outlooks: Sequence[Outlook]) -> Option:
    """The number at which the expected cost is least, the lower of two; the cost falls up to it and rises beyond."""
    low = high = terms.least
    while option(terms, outlooks, high + 1).cost < option(terms, outlooks, high).cost:
        low, high = high, 2 * high + 1
    while low < high:
        middle = (low + high) // 2
        if option(terms, outlooks, middle + 1).cost < option(terms, outlooks, middle).cost:
            low = middle + 1
        else:
            high = middle
    return option(terms, outlooks, low)


def options(terms: Terms, outlooks: Sequence[Outlook], around: int, steps: int = 12) -> list[Option]:
    """Numbers from the least to twice `around`, the last among them, for drawing."""
    most = max(2 * around, terms.least + steps)
    numbers = sorted({around, *(round(terms.least + (most - terms.least) * n / steps) for n in range(steps + 1))})
    return [option(terms, outlooks, number) for number in numbers]
