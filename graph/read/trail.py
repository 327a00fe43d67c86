"""Simple paths between two nodes in a total order, over steps that are read only as far as they are needed.

Both ends are spread out in layers, the smaller layer first, until paths of the length in question are known whole:
a path's first hops lie in the layers of one end, its last in those of the other. Paths of one length are then counted
off by their weakest hop and, within that, by the ids of their nodes. Nothing here depends on chance or on the clock.

Source: layered bounds as in Pohl's bidirectional search (Machine Intelligence 6, 1971), used for enumeration.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.read.surroundings import MOST_PAIRS, Steps, Surroundings
from graph.read.walk import UNGRADED

# Nodes visited while counting off paths: they count only what the viewer may see.
MOST_VISITS = 500_000

Hops = list[dict[str, list[tuple[str, int]]]]


@dataclass(frozen=True, slots=True)
class Trail:
    """A path: its nodes in order, and the packed grade of its weakest hop (UNGRADED where that has none)."""

    nodes: tuple[str, ...]
    weakest: int

    @property
    def length(self) -> int:
        """How many hops it has."""
        return len(self.nodes) - 1


class _Side:
    """What was reached from one end: distances, the outermost layer, and how many layers were spread out."""

    def __init__(self, end: str) -> None:
        self.distance = {end: 0}
        self.layer = [end]
        self.depth = 0


class Trails:
    """The search for paths from `start` to `end`; `steps` gives what lies around nodes, asked once for each node."""

    def __init__(self, steps: Steps, start: str, end: str, most_pairs: int = MOST_PAIRS) -> None:
        self._start, self._end = start, end
        self._sides = (_Side(start), _Side(end))
        self.surroundings = Surroundings(steps, most_pairs)
        self._visits_left = MOST_VISITS

    @property
    def tired(self) -> bool:
        """True where counting off was given up: there are too many ways that almost reach the end."""
        return self._visits_left <= 0

    def find(self, most_hops: int, wanted: int) -> list[Trail]:
        """The first `wanted` paths of at most that many hops: shortest, then strongest weakest hop, then ids."""
        found: list[Trail] = []
        for length in range(1, most_hops + 1):
            while sum(side.depth for side in self._sides) < length and self._grow():
                pass
            self._meet(length)
            found += self._of_length(length, wanted - len(found))
            if len(found) >= wanted or self.tired:
                break
        return found

    def find_strongest(self, most_hops: int, wanted: int) -> list[Trail]:
        """The first `wanted` paths of at most that many hops: strongest weakest hop, then shortest, then ids.

        All that lies between the ends within so many hops is read first, as far as the budget goes.
        """
        ways: list[Hops] = []
        for length in range(1, most_hops + 1):
            while sum(side.depth for side in self._sides) < length and self._grow():
                pass
            self._meet(length)
            ways.append(self._hops(length))
        found: list[Trail] = []
        for weakest in sorted({grade for hops in ways for hop in hops for nexts in hop.values() for _, grade in nexts}):
            for hops in ways:
                for trail in self._with_weakest(_no_weaker(hops, weakest, self._end), weakest):
                    found.append(trail)
                    if len(found) == wanted:
                        return found
        return found

    def _grow(self) -> bool:
        """Spread out the end with the smaller layer; False where one end's surroundings are known whole."""
        side = min(self._sides, key=lambda one: len(one.layer))
        if not side.layer:
            return False
        self.surroundings.read(side.layer)
        side.depth += 1
        ends = {self._start, self._end}
        reached = {id_ for one in side.layer for id_, _ in self.surroundings.around(one) if id_ not in ends}
        side.layer = sorted(reached - side.distance.keys())
        side.distance |= dict.fromkeys(side.layer, side.depth)
        return True

    def _meet(self, length: int) -> None:
        """Read what no end has spread out yet but a path of this length may pass: is it open, whom does it join."""
        near, far = (side.distance for side in self._sides)
        shared = near.keys() & far.keys()
        self.surroundings.read(sorted(id_ for id_ in shared if near[id_] + far[id_] <= length))

    def _of_length(self, length: int, wanted: int) -> list[Trail]:
        hops = self._hops(length)
        grades = sorted({grade for hop in hops for nexts in hop.values() for _, grade in nexts})
        found: list[Trail] = []
        for weakest in grades:
            for trail in self._with_weakest(_no_weaker(hops, weakest, self._end), weakest):
                found.append(trail)
                if len(found) == wanted:
                    return found
        return found

    def _hops(self, length: int) -> Hops:
        """Hop by hop, who may follow whom on a way of just this length from start to end, by id."""
        around = self.surroundings
        reach: list[set[str]] = [{self._end}]
        for _ in range(length - 1):
            before = {id_ for one in reach[-1] for id_ in around.adjacent(one)}
            reach.append({id_ for id_ in before if id_ not in (self._start, self._end) and around.passable(id_)})
        hops: Hops = []
        here = {self._start}
        for ahead in reversed(reach):
            hop = {
                id_: nexts
                for id_ in here
                if (nexts := sorted((n, grade) for n, grade in around.adjacent(id_).items() if n in ahead))
            }
            hops.append(hop)
            here = {n for nexts in hop.values() for n, _ in nexts}
        return hops

    def _with_weakest(self, hops: Hops, weakest: int) -> Iterator[Trail]:
        """The simple paths along these hops whose weakest hop is just `weakest`, by ids."""

        def follow(path: tuple[str, ...], worst: int) -> Iterator[Trail]:
            self._visits_left -= 1
            if self._visits_left <= 0:
                return
            if len(path) > len(hops):
                if worst == weakest:
                    yield Trail(path, weakest)
                return
            for id_, grade in hops[len(path) - 1].get(path[-1], ()):
                if id_ not in path:
                    yield from follow((*path, id_), max(worst, grade))

        return follow((self._start,), 0)


def _no_weaker(hops: Hops, weakest: int, end: str) -> Hops:
    """The hops no weaker than that which still lead to the end."""
    kept: Hops = []
    ahead = {end}
    for hop in reversed(hops):
        strong = {
            id_: chosen
            for id_, nexts in hop.items()
            if (chosen := [(n, grade) for n, grade in nexts if grade <= weakest and n in ahead])
        }
        kept.append(strong)
        ahead = set(strong)
    return kept[::-1]


def grade_of(weakest: int) -> int | None:
    """The packed grade of a weakest hop, None where it has none."""
    return None if weakest == UNGRADED else weakest
