"""Whom to take out so that the others reach each other the least, and whom to tell so that most hear of it.

Both choose a set: two who are strongest alone may do the same work twice.
Source: Borgatti, Identifying sets of key players in a social network, Comput. Math. Organ. Theory 12 (2006).
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.measure import connected_components
from analysis.network import Floats, Ints, Ties

REACH_STEPS = 2


@dataclass(frozen=True, slots=True)
class Picked:
    """Nodes in the order they were picked, what each adds to those before it (0..1), the most that any set gives."""

    nodes: tuple[int, ...]
    gains: Floats
    bound: float


def fragmenting(ties: Ties, count: int) -> Picked:
    """So many nodes, each taken out where it parts most pairs of those that still reach each other.

    A gain is the share of all pairs that no longer reach each other, the pairs of the node itself among them. Of equal
    ones the node of more ties, then the first. The first is the best there is; `bound` is what no so many part.
    """
    search = _Removal(ties)
    together = _together(ties)
    nodes, parted = [], []
    for _ in range(min(count, ties.size)):
        node = search.best()
        nodes.append(node)
        parted.append(search.gain[node])
        search.remove(node)
    most = parted[0] if len(parted) == 1 else together - _left(ties, len(parted))
    return Picked(tuple(nodes), np.array(parted) / _pairs(ties.size), max(most, sum(parted)) / _pairs(ties.size))


def _together(ties: Ties) -> int:
    """How many pairs reach each other."""
    return sum(_within(size) for size in np.bincount(connected_components(ties)).tolist())


def _left(ties: Ties, count: int) -> int:
    """A number of pairs that reach each other still, whichever so many nodes are taken out.

    Whoever has d ties takes d of them along and leaves at most d - 1 parts more than there were. So many ties are left
    at least, each of a pair; and so many parts at most, of which as few pairs as can be are within if they are even.
    """
    degree = np.sort(np.diff(ties.start))[::-1][:count].astype(int)
    parts = len(np.unique(connected_components(ties))) + int(np.maximum(degree - 1, 0).sum())
    nodes = ties.size - count
    even, more = divmod(nodes, max(min(parts, nodes), 1))
    split = (max(min(parts, nodes), 1) - more) * _within(even) + more * _within(even + 1)
    return max(ties.count - int(degree.sum()), split, 0)


def fragmented(ties: Ties, nodes: Sequence[int]) -> Floats:
    """What each of these adds to the fragmentation of a network when they are taken out in this order."""
    gone = np.zeros(ties.size, bool)
    gone[list(nodes)] = True
    kept = ~(gone[ties.low] | gone[ties.high])
    labels = connected_components(Ties(ties.size, ties.low[kept], ties.high[kept]))
    leader = list(range(ties.size))
    size = np.bincount(labels, minlength=ties.size).tolist()
    # Put back last first, so that parts only grow.
    parted = []
    for node in reversed(nodes):
        gone[node] = False
        around = {_leader(leader, int(labels[other])) for other in ties.around(node) if not gone[other]}
        around.discard(mine := _leader(leader, int(labels[node])))
        before = sum(_within(size[part]) for part in around) + _within(size[mine])
        for part in around:
            leader[part] = mine
            size[mine] += size[part]
        parted.append(_within(size[mine]) - before)
    return np.array(parted[::-1]) / _pairs(ties.size)


def reaching(ties: Ties, count: int) -> Picked:
    """So many nodes, each adding the most of those whom nobody before it reaches within two ties; itself among them.

    What they reach together is at least 63 % of the most that any so many reach; `bound` is a tighter limit.
    Source: Leskovec and others, Cost-effective outbreak detection in networks, KDD 2007, section 4.
    """
    near = [_near(ties, node) for node in range(ties.size)]
    queue = [(-len(found), node, 0) for node, found in enumerate(near)]
    heapq.heapify(queue)
    told = np.zeros(ties.size, bool)
    nodes: list[int] = []
    gains: list[int] = []
    while queue and len(nodes) < count:
        gain, node, at = heapq.heappop(queue)
        if at == len(nodes):
            nodes.append(node)
            gains.append(-gain)
            told[near[node]] = True
        else:
            heapq.heappush(queue, (-int((~told[near[node]]).sum()), node, len(nodes)))
    left = sorted((int((~told[near[node]]).sum()) for _, node, _ in queue), reverse=True)
    most = min(ties.size, sum(gains) + sum(left[:count]))
    return Picked(tuple(nodes), np.array(gains) / max(ties.size, 1), most / max(ties.size, 1))


def reached(ties: Ties, nodes: Sequence[int]) -> Floats:
    """What share of a network each of these reaches within two ties beyond those before it."""
    told = np.zeros(ties.size, bool)
    gains = []
    for node in nodes:
        near = _near(ties, node)
        gains.append(int((~told[near]).sum()))
        told[near] = True
    return np.array(gains) / max(ties.size, 1)


class _Removal:
    """The network that is left, and for each of its nodes how many pairs its removal would part."""

    def __init__(self, ties: Ties) -> None:
        self._around = [ties.around(node).tolist() for node in range(ties.size)]
        self._degree = [len(around) for around in self._around]
        self._gone = [False] * ties.size
        self.gain = [0] * ties.size
        self._weigh(range(ties.size))

    def best(self) -> int:
        """The node whose removal parts most."""
        left = (node for node, gone in enumerate(self._gone) if not gone)
        return max(left, key=lambda node: (self.gain[node], self._degree[node], -node))

    def remove(self, node: int) -> None:
        """Take a node out and weigh anew what is left of its part."""
        self._gone[node] = True
        self._weigh(self._around[node])

    def _weigh(self, nodes: Sequence[int]) -> None:
        done: set[int] = set()
        for node in nodes:
            if node not in done and not self._gone[node]:
                done |= self._weigh_part(node)

    def _weigh_part(self, root: int) -> set[int]:
        """Weigh every node of a part by one walk through it; the nodes of it.

        Source: Hopcroft and Tarjan, Algorithm 447: efficient algorithms for graph manipulation, CACM 16 (1973).
        """
        found = {root: 0}
        low, size, parts = {root: 0}, {root: 1}, {root: list[int]()}
        stack = [(root, -1, iter(self._around[root]))]
        while stack:
            node, before, others = stack[-1]
            for other in others:
                if self._gone[other] or other == before:
                    continue
                if other in found:
                    low[node] = min(low[node], found[other])
                    continue
                found[other] = low[other] = len(found)
                size[other], parts[other] = 1, []
                stack.append((other, node, iter(self._around[other])))
                break
            else:
                stack.pop()
                if stack:
                    above = stack[-1][0]
                    size[above] += size[node]
                    low[above] = min(low[above], low[node])
                    if low[node] >= found[above]:
                        parts[above].append(size[node])
        whole = size[root]
        for node, cut in parts.items():
            rest = whole - 1 - sum(cut)
            self.gain[node] = _within(whole) - _within(rest) - sum(_within(part) for part in cut)
        return set(found)


def _near(ties: Ties, node: int) -> Ints:
    """The nodes within two ties, the node itself among them."""
    around = ties.around(node)
    further = [ties.around(other) for other in around.tolist()]
    return np.unique(np.concatenate([np.array([node], np.int32), around, *further]))


def _leader(leader: list[int], part: int) -> int:
    while leader[part] != part:
        part = leader[part]
    return part


def _within(size: int) -> int:
    return size * (size - 1) // 2


def _pairs(size: int) -> int:
    return max(_within(size), 1)
