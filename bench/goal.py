"""What is asked of resolution on each set, and the figure of others that it is held against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """The best published or measured figure of others, and what this engine is to reach at least."""

    anchor: float
    least: float

    def __str__(self) -> str:
        return f"{self.least:.3f} ({self.anchor:.4f})"


@dataclass(frozen=True, slots=True)
class Goal:
    """What is asked of a set, by figure; None where nothing is. `larger`: times the largest true entity."""

    pair: Asked | None = None
    closure: Asked | None = None
    bcubed: Asked | None = None
    larger: float | None = None


# One record against a million in Neo4j with its evidence: p95 in ms, recall@10, first; increments, records a second.
P95_MS, RECALL_AT_10, FIRST, INCREMENTS = 10, 0.98, 0.96, 1_500
# F1 lost, by the threshold and by the choice of classes, rules and threshold; share of pairs of people joined wrongly.
LOST, JOINED_WRONGLY = 0.02, 0.01
_GOALS: Mapping[str, Goal] = {
    "febrl3": Goal(pair=Asked(0.9951, 0.997)),
    "febrl4": Goal(pair=Asked(0.9931, 0.999)),
    "historical_50k": Goal(closure=Asked(0.842, 0.87), bcubed=Asked(0.864, 0.90)),
    "silos_x1": Goal(closure=Asked(0.941, 0.970), bcubed=Asked(0.972, 0.986)),
    "silos_x8": Goal(closure=Asked(0.731, 0.85), bcubed=Asked(0.863, 0.92)),
    "town-1000000": Goal(pair=Asked(0.792, 0.92), bcubed=Asked(0.922, 0.97), larger=2.0),
    "synth-1000000": Goal(pair=Asked(0.792, 0.92), bcubed=Asked(0.922, 0.97), larger=2.0),
}


def goal_of(name: str) -> Goal:
    """Return what is asked of a set by its name, whatever seed follows it."""
    return _GOALS.get(name) or next((of for start, of in _GOALS.items() if name.startswith(f"{start}-")), Goal())
