"""A part of a kind that is settled alone: its records, and what the rest of the graph says about their pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from resolution.fetch import Held
from resolution.table import Table


@dataclass(frozen=True, slots=True)
class Part:
    """Records whose entities may change (`core`) among those that they meet (`held`), whose entities stand.

    `table`: of the live ones, with the holders that what they share has in the whole graph, by the keys that bring
    pairs together there. `crowded`: how many have too many holders for that, each in a compartment.
    """

    held: Sequence[Held]
    core: frozenset[str]
    table: Table
    crowded: int

    @property
    def settled(self) -> list[Held]:
        """The records whose entities may change."""
        return [record for record in self.held if record.id in self.core]
