"""What waits to be settled, and whether so much of a kind that it is better resolved as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

# A region is read and written in one transaction, which bounds it.
_REGION = 20_000
# A changed record takes 20 to 40 times what a record of the whole takes, with the 15 that it reaches
# (bench/region.py), so from one in 40 on the whole costs less; up to so many are always settled by what they reach.
_SHARE, _FEW = 40, 500


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many records wait for their entities, by kind, and how many of all are without one, `unplaced`.

    `rows` wait for their links, `made` records for a look. `records`: how many there are; `again`: kinds of which
    resolving the whole was cut short; `priority`: of each source, by its number; `model`: the version of the published
    model, None where the shipped one stands; `former`: models of a kind that the graph is still resolved by.
    """

    kinds: Mapping[str, int]
    unplaced: int
    rows: int
    made: int
    records: int
    again: frozenset[str]
    priority: Mapping[int, int]
    model: str | None
    former: tuple[str, ...] = ()

    @staticmethod
    def of(found: Iterable[Mapping[str, Any]]) -> Waiting:
        """As `resolve/waits` tells it."""
        (row,) = found
        counts = (row["unplaced"], row["rows"], row["made"], row["records"])
        return Waiting(
            dict(row["kinds"]),
            *counts,
            frozenset(row["again"]),
            dict(row["priorities"]),
            row["model"],
            tuple(row["former"]),
        )

    def is_much(self, kind: str) -> bool:
        """Whether so many of all records wait that a kind is better resolved whole; more than a fifth always are."""
        waiting = self.kinds[kind]
        return waiting > min(_REGION, max(_FEW, self.records // _SHARE)) or 5 * waiting > self.records
