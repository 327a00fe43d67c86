"""A part of a kind that is settled alone: its records, and what the rest of the graph says about their pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from resolution.fetch import Held


@dataclass(frozen=True, slots=True)
class Part:
    """Records whose entities may change (`core`) among those that they meet (`held`), whose entities stand.

    `bearers`: who holds what they share, (key, compartment, name), in the whole graph. `crowded`: (key, compartment)
    that has too many holders in the whole graph to bring pairs together.
    """

    held: Sequence[Held]
    core: frozenset[str]
    bearers: Sequence[tuple[int, int, int]] = ()
    crowded: frozenset[tuple[int, int]] = field(default_factory=frozenset)

    @property
    def settled(self) -> list[Held]:
        """The records whose entities may change."""
        return [record for record in self.held if record.id in self.core]
