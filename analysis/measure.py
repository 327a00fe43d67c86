"""What a node is worth in a network, by measures that networkx has too: the same names, the same values.

Every function takes `Ties` and gives an array by node. Source of what is not named at the function: Newman, Networks
(Oxford, 2018), chapter 7.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast

import numpy as np
import rustworkx as rx
from scipy import sparse
from scipy.sparse.csgraph import connected_components as _connected
from scipy.sparse.linalg import ArpackNoConvergence, eigsh

from analysis.beside import betweenness, graph_of
from analysis.network import Floats, Ints, Longs, Ties, runs

_DAMPING = 0.85
_TOLERANCE = 1e-12
# Below it the dense solver is as fast, and needs no start.
_SMALL = 32
# Pairs of neighbours that are looked at together, and the marks that tell ties from what is none; a power of 2.
_WEDGES, _MARKS = 4_000_000, 1 << 24
# Parts of which the one is stronger than the other by less are equally strong.
_EQUAL = 1e-8


def connected_components(ties: Ties) -> Ints:
    """The component of each node; components are numbered by their first node."""
    if ties.size == 0:
        return np.zeros(0, np.int32)
    _, labels = cast("tuple[int, Ints]", _connected(ties.matrix, directed=False))
    first = np.unique(labels, return_index=True)[1]
    return np.asarray(np.unique(first[labels], return_inverse=True)[1], np.int32)


def degree(ties: Ties) -> Ints:
    """The number of neighbours."""
    return np.diff(ties.start).astype(np.int32)


def core_number(ties: Ties) -> Ints:
    """The greatest k for which the node is in a part where everybody has k neighbours.

    Whoever has k or fewer neighbours left is taken away, all of them at once, until nobody is.
    Source: Batagelj and Zaversnik, An O(m) algorithm for cores decomposition of networks, arXiv cs/0310049 (2003).
    """
    left, cores = degree(ties), np.zeros(ties.size, np.int32)
    there = np.ones(ties.size, bool)
    nodes, k = np.arange(ties.size, dtype=np.int32), 0
    while len(nodes):
        k = max(k, int(left[nodes].min()))
        layer = nodes[left[nodes] <= k]
        while len(layer):
            cores[layer], there[layer] = k, False
            around = ties.neighbours[_places(ties, layer)[1]]
            near, many = np.unique(around[there[around]], return_counts=True)
            left[near] -= many.astype(np.int32)
            layer = near[left[near] <= k]
        nodes = nodes[there[nodes]]
    return cores


def triangles(ties: Ties) -> Ints:
    """The number of pairs of neighbours that are neighbours themselves.

    Source: Chiba and Nishizeki, Arboricity and subgraph listing algorithms, SIAM J. Comput. 14 (1985).
    """
    # Each tie is kept where it leads to the node of more neighbours: then nobody keeps more than sqrt(2 * ties).
    rank = np.argsort(np.argsort(degree(ties), kind="stable")).astype(np.int64)
    ends = rank[ties.low], rank[ties.high]
    keys = np.sort(np.minimum(*ends) * ties.size + np.maximum(*ends))
    low, high = np.divmod(keys, max(ties.size, 1))
    marked = np.zeros(_MARKS, bool)
    marked[_mark(keys)] = True
    later = np.searchsorted(low, low, side="right") - np.arange(len(low)) - 1
    found = np.zeros(ties.size, np.int64)
    for first, last in _portions(later, _WEDGES):
        one = np.repeat(np.arange(first, last), later[first:last])
        other = runs(np.arange(first, last) + 1, later[first:last])
        sides = high[one] * ties.size + high[other]
        # Most sides are no tie, which a mark tells sooner than a search.
        likely = np.flatnonzero(marked[_mark(sides)])
        sides, one, other = sides[likely], one[likely], other[likely]
        closed = keys[np.minimum(np.searchsorted(keys, sides), len(keys) - 1)] == sides
        for corner in (low[one[closed]], high[one[closed]], high[other[closed]]):
            found += np.bincount(corner, minlength=ties.size)
    return found[rank].astype(np.int32)


def _mark(keys: Longs) -> Longs:
    # Knuth's multiplier, whose upper bits are well spread.
    marks: Longs = (keys * 2_654_435_761 >> 11) & (_MARKS - 1)
    return marks


def _portions(sizes: Longs, most: int) -> Iterator[tuple[int, int]]:
    """Runs of places, of so much together at most, or one place each."""
    ends, first = np.cumsum(sizes), 0
    while first < len(sizes):
        before = int(ends[first - 1]) if first else 0
        last = max(int(np.searchsorted(ends, before + most, side="right")), first + 1)
        yield first, last
        first = last


def pagerank(ties: Ties) -> Floats:
    """How often somebody who follows ties at random, and one time in seven begins anew anywhere, is there; sum 1."""
    if ties.size == 0:
        return np.zeros(0)
    around = np.diff(ties.start)
    share = np.divide(1.0, around, out=np.zeros(ties.size), where=around > 0)
    there = np.full(ties.size, 1 / ties.size)
    for _ in range(1_000):
        lost = there[around == 0].sum()
        then = _DAMPING * (ties.matrix @ (there * share) + lost / ties.size) + (1 - _DAMPING) / ties.size
        if np.abs(then - there).sum() < _TOLERANCE * ties.size:
            return np.asarray(then)
        there = then
    return there


def eigenvector_centrality(ties: Ties) -> Floats:
    """In proportion to the sum of the neighbours' own; of length 1; where parts have no tie, the strongest part's.

    Parts are solved one by one: where several are as strong, a solver of the whole would mix them as it comes.
    """
    if ties.count == 0:
        return np.full(ties.size, 1 / np.sqrt(ties.size)) if ties.size else np.zeros(0)
    matrix, labels = ties.matrix.astype(np.float64).tocsr(), connected_components(ties)
    parts = np.split(np.argsort(labels, kind="stable"), np.cumsum(np.bincount(labels))[:-1])
    # No part is stronger than its greatest degree: once that is below what was found, nothing better follows.
    bounds = np.array([degree(ties)[part].max() for part in parts])
    strongest: list[tuple[float, Ints, Floats]] = []
    for place in np.argsort(-bounds, kind="stable").tolist():
        if strongest and bounds[place] < strongest[0][0] - _EQUAL:
            break
        value, vector = _leading(matrix[parts[place]][:, parts[place]])
        if strongest and value > strongest[0][0] + _EQUAL:
            strongest = []
        if not strongest or value > strongest[0][0] - _EQUAL:
            strongest.append((value, parts[place], vector))
    found = np.zeros(ties.size)
    for _, part, vector in strongest:
        found[part] = vector * vector.sum()
    return np.asarray(found / np.linalg.norm(found))


def _leading(matrix: sparse.csr_matrix) -> tuple[float, Floats]:
    """The greatest eigenvalue of a connected part and its vector, of length 1, nowhere negative."""
    size = matrix.shape[0]
    if size < _SMALL:
        values, vectors = np.linalg.eigh(matrix.toarray())
        return float(values[-1]), np.abs(vectors[:, -1])
    start = np.full(size, 1 / np.sqrt(size))
    try:
        values, vectors = eigsh(matrix, k=1, which="LA", v0=start, tol=1e-10)
    except ArpackNoConvergence as error:  # pragma: no cover - a very long chain, along which nobody differs much
        values, vectors = error.eigenvalues, error.eigenvectors
    if not len(values):  # pragma: no cover
        return float(start @ matrix @ start), start
    return float(values[0]), np.abs(vectors[:, 0])


def closeness_centrality(ties: Ties) -> Floats:
    """How near everybody is who can be reached, by the share of the network that they are."""
    found = rx.closeness_centrality(graph_of(ties.size, ties.low, ties.high))
    return np.fromiter((found[node] for node in range(ties.size)), np.float64, ties.size)


def betweenness_centrality(ties: Ties) -> Floats:
    """Of all pairs of others, how many shortest ways lead through the node; unordered pairs, not normalised.

    Source: Brandes, A faster algorithm for betweenness centrality, J. Math. Sociol. 25 (2001).
    """
    return betweenness(ties.size, ties.low, ties.high)


def sampled_betweenness(
    ties: Ties, sources: int, seed: int = 1, *, check: Callable[[], None] = lambda: None
) -> tuple[Floats, Floats]:
    """Betweenness estimated from the ways out of some nodes drawn at random, and the standard error of each estimate.

    `check` is called before each of them, and may raise.

    What a source adds is skewed: seven in eight of the true values lie within two standard errors.
    Source: Brandes and Pich, Centrality estimation in large networks, Int. J. Bifurcation Chaos 17 (2007).
    """
    drawn = np.random.default_rng(seed).choice(ties.size, min(sources, ties.size), replace=False)
    total, squares = np.zeros(ties.size), np.zeros(ties.size)
    for source in drawn.tolist():
        check()
        through = _dependency(ties, source)
        total += through
        squares += through * through
    mean = total / len(drawn)
    spread = np.sqrt(np.maximum(squares / len(drawn) - mean**2, 0) / max(len(drawn) - 1, 1))
    rest = np.sqrt(1 - len(drawn) / ties.size)
    return mean * ties.size / 2, spread * rest * ties.size / 2


def _dependency(ties: Ties, source: int) -> Floats:
    """The share of the shortest ways from a source to everybody that lead through each node."""
    hops = np.full(ties.size, -1, np.int32)
    ways = np.zeros(ties.size)
    hops[source], ways[source], far = 0, 1.0, 0
    layer, steps = np.array([source], np.int32), []
    while len(layer):
        nearer, places = _places(ties, layer)
        further = ties.neighbours[places]
        onward = hops[further] < 0
        nearer, further, far = nearer[onward], further[onward], far + 1
        hops[further] = far
        ways += np.bincount(further, ways[nearer], ties.size)
        steps.append((nearer, further))
        # Looking through all is sooner done than sorting those just reached.
        layer = np.flatnonzero(hops == far).astype(np.int32)
    through = np.zeros(ties.size)
    for nearer, further in reversed(steps):
        share = (1 + through) / np.maximum(ways, 1)
        through += ways * np.bincount(nearer, share[further], ties.size)
    through[source] = 0
    return through


def _places(ties: Ties, nodes: Ints) -> tuple[Ints, Longs]:
    """Each of these nodes as often as it has neighbours, and where these stand among the neighbours of all."""
    begins = ties.start[nodes]
    many = ties.start[nodes + 1] - begins
    return np.repeat(nodes, many), runs(begins, many)
