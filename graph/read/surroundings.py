"""What lies around nodes, read only as far as a search needs it, each node once, within a budget of neighbour pairs."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from graph.answer import Truncation
from graph.read.walk import Step

# Neighbour pairs read: they count only what the viewer may see.
MOST_PAIRS = 200_000
_AT_ONCE = 500

Steps = Callable[[list[str]], dict[str, Step]]


class Surroundings:
    """The steps read so far; `steps` gives what lies around nodes."""

    def __init__(self, steps: Steps, most_pairs: int = MOST_PAIRS) -> None:
        self._steps = steps
        self._read: dict[str, Step] = {}
        self._adjacent: dict[str, dict[str, int]] = {}
        self._pairs_left = most_pairs
        self._skipped: set[str] = set()

    def read(self, ids: Iterable[str]) -> None:
        """Read these nodes where they are not, the first of them that the budget allows."""
        fresh = [id_ for id_ in ids if id_ not in self._read]
        while fresh and self._pairs_left > 0:
            chunk, fresh = fresh[:_AT_ONCE], fresh[_AT_ONCE:]
            for id_, step in self._steps(chunk).items():
                self._read[id_] = step
                self._pairs_left -= len(step.neighbours)
                for other, grade in step.neighbours:
                    self._adjacent.setdefault(id_, {})[other] = grade
                    self._adjacent.setdefault(other, {})[id_] = grade
        self._skipped.update(fresh)

    def __contains__(self, id_: str) -> bool:
        """Whether a node was read."""
        return id_ in self._read

    def around(self, id_: str) -> tuple[tuple[str, int], ...]:
        """The neighbours that a node was read with, by id, each with its best grade; none where it was not read."""
        step = self._read.get(id_)
        return () if step is None else step.neighbours

    def adjacent(self, id_: str) -> dict[str, int]:
        """What is known to lie beside a node, from its side or the other, each with its best grade."""
        return self._adjacent.get(id_, {})

    def passable(self, id_: str) -> bool:
        """Whether a node was read and may be passed through."""
        return id_ in self._read and self._read[id_].passed

    @property
    def closed(self) -> list[Step]:
        """The nodes met that were not followed in full, by id."""
        return sorted((step for step in self._read.values() if step.unread), key=lambda step: step.id)

    @property
    def most_crowded(self) -> list[str]:
        """The id of the most crowded of these, if there are any: what is left out is told with its name."""
        return [step.id for step in sorted(self.closed, key=lambda step: (-step.count, step.id))[:1]]

    @property
    def skipped(self) -> int:
        """How many nodes were not followed because the budget of pairs was used up."""
        return len(self._skipped)


def used_up(surroundings: Surroundings) -> Truncation | None:
    """What was left out because the budget was used up."""
    reason = "the budget of a search was used up before these nodes were followed"
    return Truncation(reason, surroundings.skipped) if surroundings.skipped else None
