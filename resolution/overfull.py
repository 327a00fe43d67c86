"""Keys with more holders than may meet by them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from resolution.column import Ints
from resolution.table import Table


def overfull(table: Table, caps: Mapping[str, int]) -> Iterator[tuple[str, Ints, Ints]]:
    """Yield for each family of keys those that bring no pairs together in a compartment, and their holders.

    Both are arrays of one length: (key, record) for every holder, by key.
    """
    for family in table.space.families:
        if family not in caps:
            continue
        keys, records = table.family(family)
        cap = caps[family]
        # Keys are sorted: one that is the same so many places on has too many holders in all compartments together.
        long = np.unique(keys[:-cap][keys[cap:] == keys[:-cap]])
        if not len(long):
            continue
        held = np.isin(keys, long)
        keys, records = keys[held], records[held]
        places = np.stack((keys, table.mks[records].astype(np.int64)))
        found, sizes = np.unique(places, axis=1, return_counts=True)
        crowded = np.isin(keys, found[0][sizes > cap])
        if crowded.any():
            yield family, keys[crowded], records[crowded]


def overfull_count(table: Table, caps: Mapping[str, int]) -> int:
    """Return how many keys bring no pairs together in a compartment."""
    return sum(len(np.unique(keys)) for _, keys, _ in overfull(table, caps))
