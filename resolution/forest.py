"""Clusters of records that grow together, and what speaks for and against each merge."""

from __future__ import annotations

import numpy as np

from resolution.column import Ints

_STRONGEST = 16.0  # bits beyond which a pair says no more about the coherence of two clusters


class _Forest:
    """Disjoint sets of places, each at first below the one that is given."""

    def __init__(self, parent: list[int]) -> None:
        self.parent = parent

    def find(self, place: int) -> int:
        """Return the representative of a place."""
        parent = self.parent
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place


class Clusters:
    """Clusters that know what speaks for and against each merge."""

    def __init__(self, parent: list[int], coherence: float) -> None:
        self._forest = _Forest(parent)
        self.find = self._forest.find
        self._coherence = coherence
        self._between: dict[int, dict[int, tuple[float, int, bool]]] = {}
        self._apart: dict[int, set[int]] = {}

    def roots(self) -> Ints:
        """Return the representative of every place."""
        root = np.array(self._forest.parent, np.int64)
        while not np.array_equal(shorter := root[root], root):
            root = shorter
        return root

    def relate(self, a: int, b: int, bits: float, veto: bool) -> None:
        """Take note of one compared pair."""
        strength = max(-_STRONGEST, min(_STRONGEST, bits))
        self._between.setdefault(a, {})[b] = self._between.setdefault(b, {})[a] = (strength, 1, veto)

    def part(self, a: int, b: int) -> None:
        """Hold two records apart for good."""
        a, b = self.find(a), self.find(b)
        if a != b:
            self._apart.setdefault(a, set()).add(b)
            self._apart.setdefault(b, set()).add(a)

    def parted(self, a: int, b: int) -> bool:
        """Return whether analysts hold the clusters of two records apart."""
        return self.find(b) in self._apart.get(self.find(a), ())

    def fits(self, a: int, b: int) -> bool:
        """Return whether no two records of these two clusters are in hard conflict, and they cohere."""
        return not self._compared(a, b)[2] and self.coheres(a, b)

    def coheres(self, a: int, b: int) -> bool:
        """Return whether the compared pairs of the clusters of two records speak for one person on average."""
        total, count, _ = self._compared(a, b)
        return count == 0 or total / count >= self._coherence

    def _compared(self, a: int, b: int) -> tuple[float, int, bool]:
        """Return the bits of all compared pairs of two clusters, how many they are, and whether one is in conflict."""
        return self._between.get(self.find(a), {}).get(self.find(b), (0.0, 0, False))

    def merge(self, a: int, b: int) -> None:
        """Make the clusters of two records one."""
        a, b = self.find(a), self.find(b)
        if a == b:
            return
        if len(self._between.get(a, ())) < len(self._between.get(b, ())):
            a, b = b, a
        self._forest.parent[b] = a
        self._merge_between(a, b)
        for other in self._apart.pop(b, set()):
            self._apart[other].discard(b)
            self._apart[other].add(a)
            self._apart.setdefault(a, set()).add(other)

    def _merge_between(self, a: int, b: int) -> None:
        mine = self._between.setdefault(a, {})
        mine.pop(b, None)
        for other, (total, count, veto) in self._between.pop(b, {}).items():
            if other == a:
                continue
            before, pairs, vetoed = mine.get(other, (0.0, 0, False))
            joined = (before + total, pairs + count, vetoed or veto)
            mine[other] = joined
            theirs = self._between[other]
            theirs.pop(b, None)
            theirs[a] = joined
