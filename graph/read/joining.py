"""A small network that joins some nodes, over steps that are read only as far as they are needed.

All starts are spread out at once, layer by layer; each node belongs to the start that reaches it first. Where two such
regions touch, their starts are joined, the shortest way first, then the one of the best weakest grade, then by ids,
until all are joined. The hops of all the ways together are then at most twice those of the smallest such network.

Source: Mehlhorn, A faster approximation algorithm for the Steiner problem in graphs, Inf. Process. Lett. 27 (1988).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.read.surroundings import MOST_PAIRS, Steps, Surroundings


@dataclass(frozen=True, slots=True, order=True)
class _Way:
    """How a node is reached: hops from its start, the weakest grade on them, the start, and the node before."""

    hops: int
    weakest: int
    start: str
    before: str


@dataclass(frozen=True, slots=True, order=True)
class _Touch:
    """Two neighbours of different regions: the weakest grade from start to start, and both nodes."""

    weakest: int
    one: str
    other: str


class Joining:
    """The search for a network that joins `starts`; `steps` gives what lies around nodes, asked once for each."""

    def __init__(self, steps: Steps, starts: Iterable[str], most_pairs: int = MOST_PAIRS) -> None:
        self.surroundings = Surroundings(steps, most_pairs)
        self._layer = sorted(set(starts))
        self._ways = {start: _Way(0, 0, start, "") for start in self._layer}
        self._network = {start: start for start in self._layer}

    @property
    def networks(self) -> int:
        """How many networks there are that no way found joins."""
        return sum(start == leader for start, leader in self._network.items())

    def find(self, most_hops: int) -> set[str]:
        """The nodes of the network without its starts; no way from one start to the next is longer than that."""
        found: set[str] = set()
        for depth in range(most_hops):
            self.surroundings.read(self._layer)
            here = [id_ for id_ in self._layer if self.surroundings.passable(id_)]
            self._spread(here)
            for length in (2 * depth + 1, 2 * depth + 2):
                if length > most_hops or self.networks == 1 or not here:
                    return found
                for touch in self._touches(here, length - depth - 1):
                    found.update(self._join(touch))
        return found

    def _spread(self, here: list[str]) -> None:
        """Reach the next layer, each of its nodes in the best way."""
        reached: dict[str, _Way] = {}
        for id_ in here:
            way = self._ways[id_]
            for other, grade in self.surroundings.around(id_):
                if other not in self._ways:
                    new = _Way(way.hops + 1, max(way.weakest, grade), way.start, id_)
                    reached[other] = min(new, reached.get(other, new))
        self._ways |= reached
        self._layer = sorted(reached)

    def _touches(self, here: list[str], hops: int) -> list[_Touch]:
        """Where the regions of this layer touch those of nodes so many hops from their start, best first."""
        pairs = {
            (id_, other): grade
            for id_ in here
            for other, grade in self.surroundings.around(id_)
            if self._ways[other].hops == hops and self._ways[other].start != self._ways[id_].start
        }
        self.surroundings.read(sorted({other for _, other in pairs}))
        return sorted(
            _Touch(max(self._ways[one].weakest, self._ways[other].weakest, grade), *sorted((one, other)))
            for (one, other), grade in pairs.items()
            if self.surroundings.passable(other)
        )

    def _join(self, touch: _Touch) -> Iterator[str]:
        """The nodes that join two starts, where no others have joined them before."""
        ones, others = (self._leader(self._ways[id_].start) for id_ in (touch.one, touch.other))
        if ones == others:
            return
        self._network[max(ones, others)] = min(ones, others)
        for id_ in (touch.one, touch.other):
            while self._ways[id_].before:
                yield id_
                id_ = self._ways[id_].before

    def _leader(self, start: str) -> str:
        while self._network[start] != start:
            start = self._network[start]
        return start
