"""Connected components of many pairs at once."""

from __future__ import annotations

import numpy as np

from resolution.column import Ints


def components(size: int, left: Ints, right: Ints) -> Ints:
    """Return for each of `size` places the least place that pairs lead to.

    Each round hangs the greater root of every pair below the lesser and then shortens all paths, so that the number of
    rounds grows with the logarithm of the longest chain. Source: Shiloach and Vishkin, An O(log n) parallel
    connectivity algorithm, Journal of Algorithms 1982.
    """
    root = np.arange(size)
    while len(left):
        a, b = root[left], root[right]
        apart = a != b
        if not apart.any():
            break
        left, right, a, b = left[apart], right[apart], a[apart], b[apart]
        np.minimum.at(root, np.maximum(a, b), np.minimum(a, b))
        while True:
            shorter = root[root]
            if (shorter == root).all():
                break
            root = shorter
    return root
