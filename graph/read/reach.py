"""Which events lie within a few hops of a thing, and how strongly they are tied to it.

A way leads through people, organisations, vehicles, phones, places and the like, never through another event. Whatever
lies on it ties what it joins the less, the more it is joined to: a way's strength is the product of 1 / log2(number of
visible neighbours) of the things on it, and several ways of the least length add up as independent chances do.

Source: Adamic and Adar, Friends and neighbors on the Web, Social Networks 25 (2003), weight of a shared neighbour.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from graph.model import EVENTS
from graph.read.surroundings import Surroundings

MOST_HOPS = 4
_MOST_WAYS = 20

Kinds = Callable[[list[str]], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Reached:
    """How a node is reached: hops, strength (0..1), the packed grade of the weakest hop of its strongest way.

    `before`: the neighbours by which it is reached in that many hops, strongest way first, then by id, at most 20.
    """

    hops: int
    strength: float
    weakest: int
    before: tuple[str, ...]


class Reach:
    """Spreads out from a start; `kinds` gives the kind of each node."""

    def __init__(self, surroundings: Surroundings, start: str, kinds: Kinds) -> None:
        self._surroundings = surroundings
        self._kinds = kinds
        self._reached = {start: Reached(0, 1.0, 0, ())}
        self.events: dict[str, Reached] = {}
        self._spread([start])

    def way(self, event: str) -> list[str]:
        """The nodes of the strongest way to an event, from the start to it."""
        nodes, at = [event], self.events[event]
        while at.before:
            nodes.append(at.before[0])
            at = self._reached[at.before[0]]
        return nodes[::-1]

    def _spread(self, layer: list[str]) -> None:
        for hops in range(1, MOST_HOPS + 1):
            self._surroundings.read(layer)
            found = self._beyond(layer, hops)
            kinds = self._kinds(sorted(found))
            self.events |= {id_: one for id_, one in found.items() if kinds.get(id_) in EVENTS}
            others = {id_: one for id_, one in found.items() if id_ in kinds and kinds[id_] not in EVENTS}
            self._reached |= others
            layer = sorted(others)

    def _beyond(self, layer: Iterable[str], hops: int) -> dict[str, Reached]:
        """What is reached from a layer and was not before."""
        ways: defaultdict[str, list[tuple[float, int, str]]] = defaultdict(list)
        for id_ in layer:
            at = self._reached[id_]
            strength = at.strength * (self._share(id_) if hops > 1 else 1.0)
            for other, grade in self._surroundings.around(id_):
                if other not in self._reached and other not in self.events:
                    ways[other].append((-strength, max(at.weakest, grade), id_))
        return {id_: _joined(hops, sorted(some)) for id_, some in ways.items()}

    def _share(self, id_: str) -> float:
        return 1 / math.log2(max(2, len(self._surroundings.around(id_))))


def _joined(hops: int, ways: list[tuple[float, int, str]]) -> Reached:
    missed = math.prod(1 + strength for strength, _, _ in ways)
    return Reached(hops, 1 - missed, ways[0][1], tuple(before for _, _, before in ways[:_MOST_WAYS]))
