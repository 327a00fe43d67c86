"""Which groups a network falls into."""

from __future__ import annotations

import graspologic_native
import numpy as np

from analysis.network import Ints, Ties

_SEED = 1
_ITERATIONS = 4


def leiden(ties: Ties) -> Ints:
    """The community of each node, by modularity; the largest is 0, then by their first node. Same ties, same answer.

    Nobody of a community is cut off from the rest of it. Source: Traag, Waltman and van Eck, From Louvain to Leiden:
    guaranteeing well-connected communities, Sci. Rep. 9 (2019).
    """
    if ties.count == 0:
        return np.arange(ties.size, dtype=np.int32)
    matrix = ties.matrix
    _, found = graspologic_native.leiden_csr(
        matrix.indptr.astype(np.int64),
        matrix.indices.astype(np.int32),
        matrix.data.astype(np.float64),
        ties.size,
        seed=_SEED,
        iterations=_ITERATIONS,
    )
    return numbered(np.fromiter((found[node] for node in range(ties.size)), np.int32, ties.size))


def numbered(labels: Ints) -> Ints:
    """The same communities numbered by size, largest first, then by their first node."""
    _, first, part, size = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -size))
    place = np.empty(len(order), np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    return place[part]


def modularity(ties: Ties, labels: Ints) -> float:
    """How many more ties lie within communities than by chance, as a share of all: below 1."""
    if ties.count == 0:
        return 0.0
    inside = np.bincount(labels[ties.low][labels[ties.low] == labels[ties.high]], minlength=labels.max() + 1)
    degree = np.bincount(labels, np.diff(ties.start), minlength=labels.max() + 1)
    return float((inside / ties.count - (degree / (2 * ties.count)) ** 2).sum())
