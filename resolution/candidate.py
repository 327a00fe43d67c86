"""Candidate pairs: records that share a blocking key.

A key with too many holders gives none, counted in each compartment apart: pairs inside one marking come from its own
holders, pairs across two from the holders in each. So what one compartment holds never changes the pairs of another.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from resolution.abreast import all_of
from resolution.column import Flags, Ints
from resolution.key import CAPS
from resolution.table import Table


def candidates(
    table: Table, caps: Mapping[str, int] = CAPS, ends: Flags | None = None, counting: Flags | None = None
) -> tuple[Ints, Ints]:
    """Return the candidate pairs as places in the table, the lesser first, each once, in ascending order.

    `caps`: the most holders of one key of each family in one compartment; `ends`: the records of which a pair must have
    one, `counting`: those that count as holders; all where it is not given.
    """
    n = max(len(table), 1)
    families = [family for family in table.space.families if family in caps]
    packed = all_of(lambda family: _pairs(table, family, caps[family], n, ends, counting), families, len(table))
    # Of millions of pairs each copy is seen in the peak of memory: they are put in order and taken apart in place.
    found = np.concatenate(packed)
    packed.clear()
    found = _distinct(found)
    left = found // n
    return left, np.remainder(found, n, out=found)


def _pairs(table: Table, family: str, cap: int, n: int, ends: Flags | None, counting: Flags | None) -> Ints:
    keys, records = table.family(family)
    if ends is not None:
        met = np.isin(keys, keys[ends[records]])
        keys, records = keys[met], records[met]
    if not len(keys):
        return np.zeros(0, np.int64)
    # Most keys have one holder: they are left out before the rest is looked at closely.
    again = keys[1:] == keys[:-1]
    shared = np.append(again, False) | np.append(False, again)
    keys, records = keys[shared], records[shared]
    if not len(keys):
        return np.zeros(0, np.int64)
    # By key, compartment and record in one number, which is sorted in a tenth of the time of three.
    spread = 1 + int(table.mks.max(initial=0))
    key = np.cumsum(np.append(True, keys[1:] != keys[:-1]))
    packed = np.sort((key * spread + table.mks[records]) * n + records)
    place = packed // n
    records = packed - place * n
    starts = np.nonzero(np.append(True, place[1:] != place[:-1]))[0]
    sizes = np.diff(np.append(starts, len(records)))
    few = (sizes if counting is None else np.add.reduceat(counting[records].astype(np.int64), starts)) <= cap
    starts, sizes = starts[few], sizes[few]
    group = place[starts] // spread
    parts = [_inside(records, starts, sizes, n)]
    # The groups of one key lie side by side, one a compartment: each meets the next, the one after, and so on.
    for step in range(1, len(starts)):
        same = np.nonzero(group[step:] == group[:-step])[0]
        if not len(same):
            break
        parts.append(_between(records, starts, sizes, same, same + step, n))
    found = np.concatenate(parts)
    return found if ends is None else found[ends[found // n] | ends[found % n]]


def _distinct(packed: Ints) -> Ints:
    """Return each once, in ascending order, into which `packed` is put; `np.unique` hashes, in three times the time."""
    packed.sort()
    new = np.ones(len(packed), bool)
    np.not_equal(packed[1:], packed[:-1], out=new[1:])
    return packed[new]


def _inside(records: Ints, starts: Ints, sizes: Ints, n: int) -> Ints:
    """Return all pairs inside each group, packed as lesser * n + greater."""
    parts = [np.zeros(0, np.int64)]
    for size in np.unique(sizes[sizes > 1]):
        members = records[starts[sizes == size][:, None] + np.arange(size)]
        i, j = np.triu_indices(int(size), 1)
        parts.append(_packed(members[:, i].ravel(), members[:, j].ravel(), n))
    return np.concatenate(parts)


def _between(records: Ints, starts: Ints, sizes: Ints, first: Ints, second: Ints, n: int) -> Ints:
    """Return all pairs of a member of one group and one of another, packed."""
    counts = sizes[first] * sizes[second]
    pair = np.repeat(np.arange(len(first)), counts)
    within = np.arange(len(pair)) - np.repeat(np.cumsum(counts) - counts, counts)
    width = sizes[second][pair]
    a, b = records[starts[first][pair] + within // width], records[starts[second][pair] + within % width]
    return _packed(a, b, n)


def _packed(a: Ints, b: Ints, n: int) -> Ints:
    different = a != b
    low, high = np.minimum(a, b)[different], np.maximum(a, b)[different]
    return np.asarray(low * n + high, np.int64)
