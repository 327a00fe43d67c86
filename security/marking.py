"""Markings: a classification and clauses of dimension values, their canonical text, their join, and who satisfies them.

Source: the rule inside and across dimensions is that of i2 (union inside one, intersection across); the
classifications are those of the Government Security Classifications policy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache, reduce

CLASSIFICATIONS = ("OFFICIAL", "OFFICIAL-SENSITIVE", "SECRET", "TOP SECRET")
_CLAUSE = re.compile(r"^\s*([a-z][a-z_]*)\s*=\s*(\S.*?)\s*$")
_VALUE = re.compile(r"^[A-Za-z0-9][A-Za-z0-9 _./-]*$")

Clause = tuple[str, frozenset[str]]


class MarkingError(ValueError):
    """A text that is no marking; the message names the part that is wrong."""


@dataclass(frozen=True, slots=True)
class Marking:
    """A classification's rank (0 is OFFICIAL) and clauses; a viewer needs the rank and one value of each clause."""

    rank: int
    clauses: frozenset[Clause] = frozenset()

    @property
    def text(self) -> str:
        """The canonical text: `OFFICIAL-SENSITIVE; operation=ACORN|BIRCH; org=X`, clauses and values sorted."""
        clauses = sorted(f"{dimension}={'|'.join(sorted(values))}" for dimension, values in self.clauses)
        return "; ".join([CLASSIFICATIONS[self.rank], *clauses])

    def join(self, other: Marking) -> Marking:
        """The least marking that is at or above both: the higher classification and all clauses."""
        return Marking(max(self.rank, other.rank), self.clauses | other.clauses)

    def at_or_below(self, other: Marking) -> bool:
        """True where everybody who satisfies `other` satisfies this one by its form."""
        return self.join(other) == other

    def is_enough_for(self, other: Marking) -> bool:
        """True where everybody who satisfies this one satisfies `other`: of each of its clauses this asks no less."""
        return self.rank >= other.rank and all(
            any(name == own and held <= values for own, held in self.clauses) for name, values in other.clauses
        )


FLOOR = Marking(0)


def high_water(markings: Iterable[Marking]) -> Marking:
    """The least marking at or above all of these; the lowest there is, of none."""
    return reduce(Marking.join, markings, FLOOR)


@lru_cache(maxsize=4096)
def parse_marking(text: str) -> Marking:
    """The marking that a text says; raises MarkingError naming what is wrong with it."""
    head, *rest = (part.strip() for part in text.split(";"))
    if head not in CLASSIFICATIONS:
        near = get_close_matches(head.upper(), CLASSIFICATIONS, n=1)
        hint = f"did you mean {near[0]}?" if near else f"one of {', '.join(CLASSIFICATIONS)} comes first"
        raise MarkingError(f"marking {text!r}: unknown classification {head!r}; {hint}")
    return Marking(CLASSIFICATIONS.index(head), frozenset(_parse_clause(text, part) for part in rest))


def _parse_clause(text: str, part: str) -> Clause:
    match = _CLAUSE.match(part)
    if match is None:
        raise MarkingError(f"marking {text!r}: {part!r} is not of the form dimension=VALUE|VALUE")
    values = frozenset(value.strip() for value in match[2].split("|"))
    for value in values:
        if not _VALUE.match(value):
            raise MarkingError(f"marking {text!r}: {value!r} is not a value of {match[1]}")
    return match[1], values


@dataclass(frozen=True, slots=True)
class Grants:
    """What a viewer holds: the rank of the clearance and, for each dimension, the values granted; or everything.

    `besides`: markings that they do not hold and see all the same, with whatever any of them is enough for. They are
    not put together with what is held, nor with one another: a rank of one opens no value of another.
    """

    rank: int = 0
    values: frozenset[tuple[str, str]] = frozenset()
    everything: bool = False
    besides: frozenset[Marking] = frozenset()

    @property
    def seal(self) -> str:
        """The canonical text of these grants: what cursors are sealed to."""
        held = "everything" if self.everything else CLASSIFICATIONS[self.rank]
        own = "; ".join([held, *sorted(f"{dimension}={value}" for dimension, value in self.values)])
        return " besides ".join([own, *sorted(marking.text for marking in self.besides)])

    @property
    def texts(self) -> list[str]:
        """Markings that grant just what is held, as `parse_grants` reads them; of everything only the clearance."""
        held = CLASSIFICATIONS[self.rank]
        return [held, *(f"{held}; {dimension}={value}" for dimension, value in sorted(self.values))]

    def satisfies(self, marking: Marking) -> bool:
        """True where the clearance reaches and every clause has one granted value; or by what is seen besides."""
        return (
            self.everything
            or (
                self.rank >= marking.rank
                and all(any((name, value) in self.values for value in values) for name, values in marking.clauses)
            )
            or any(each.is_enough_for(marking) for each in self.besides)
        )

    def shows(self, text: str | None) -> bool:
        """True where all may be seen that was named under this marking's text; None where nothing was.

        What is no marking is for nobody.
        """
        try:
            return text is None or self.satisfies(parse_marking(text))
        except MarkingError:
            return False


EVERYTHING = Grants(len(CLASSIFICATIONS) - 1, everything=True)


def parse_grants(texts: Iterable[str]) -> Grants:
    """What a list of markings grants: the highest classification and every value they name.

    A grant written `OFFICIAL-SENSITIVE; operation=ACORN` gives that clearance and that value. Raises MarkingError.
    """
    markings = [parse_marking(text.strip()) for text in texts if text.strip()]
    rank = max((marking.rank for marking in markings), default=0)
    values = frozenset((d, value) for marking in markings for d, values in marking.clauses for value in values)
    return Grants(rank, values)
