"""Records of a thing that say the same, and enough, are one before anything is compared.

A thing has few contents and many records: of one car's five hundred sightings all say its mark and nothing else. One
record stands for each content, in each compartment; a key's cap counts contents.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from resolution.candidate import candidates
from resolution.column import Flags, Ints
from resolution.key import NO_KEY
from resolution.space import CONTENT, PERSON
from resolution.table import Table


@dataclass(frozen=True, slots=True)
class Met:
    """Pairs of places to be compared, and those that say the same, the record that stands for them first."""

    left: Ints
    right: Ints
    same: tuple[Ints, Ints]


def met(table: Table, caps: Mapping[str, int], ends: Flags | None = None, apart: Collection[int] = frozenset()) -> Met:
    """Return the pairs of a table whose records are in the order of their ids, as `candidates` does.

    `apart`: places of records that analysts hold apart from others: each of them stands for itself.
    """
    if table.kind == PERSON:
        nobody = np.zeros(0, np.int64)
        return Met(*candidates(table, caps, ends), (nobody, nobody))
    first = _standing(table)
    counting = first == np.arange(len(table))
    alone = np.array(sorted(apart), np.int64)
    first[alone] = alone
    kept = np.unique(first)
    told = None if ends is None else _any(first, ends)[kept]
    left, right = candidates(table.taken(kept), caps, told, counting[kept])
    others = np.nonzero(first != np.arange(len(table)))[0]
    return Met(kept[left], kept[right], (first[others], others))


def contents(table: Table) -> Table:
    """Return the table of the records that stand for what is said; of persons, who count each, all."""
    if table.kind == PERSON:
        return table
    return table.taken(np.unique(_standing(table)))


def _standing(table: Table) -> Ints:
    """Return for each record the first of its compartment that says the same; itself where it says too little."""
    (slot,) = table.space.slots(CONTENT)
    content, first = table.keys[:, slot], np.arange(len(table))
    known = np.nonzero(content != NO_KEY)[0]
    order = known[np.lexsort((known, table.mks[known], content[known]))]
    head = np.ones(len(order), bool)
    head[1:] = (np.diff(content[order]) != 0) | (np.diff(table.mks[order]) != 0)
    first[order] = order[head][np.cumsum(head) - 1]
    return first


def _any(first: Ints, ends: Flags) -> Flags:
    """Return which places stand for a record that is an end."""
    found = np.zeros(len(first), bool)
    found[first[ends]] = True
    return found
