"""Columns of links in few bytes: what is said of a link is a number, and so is the record behind an end of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from analysis.network import UNDATED, Ints, Longs
from graph.ids import REST, SHORT, ordered_numbers, ordered_texts

Bools: TypeAlias = NDArray[np.bool_]
Small: TypeAlias = NDArray[np.integer[Any]]
# The record of an end that names none.
NO_RECORD = -1
# Type, grade, role and marking number from the highest bits down.
_TYPE, _GRADE, _ROLE, _MARKING = 48, 38, 32, 0
_E = np.frombuffer(b"e_", np.uint8)
_PREFIX, _REST_BYTES = len(_E), 5
# Of so many numbers one is in use where they are looked up in a table: 64 bytes for each that is.
_DENSE = 16
# Moments of four bytes are nearer to 1970 than this; the least of them is none.
_NEVER = 2**31 - 1


@dataclass(frozen=True)
class Columns:
    """Columns of one length: the fields of whatever kind it is."""

    def only(self, kept: Bools | Longs) -> Self:
        """Some of them."""
        return type(self)(*(column[kept] for column in self._columns()))

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """All of these."""
        return cls(*map(np.concatenate, zip(*(part._columns() for part in parts), strict=True)))

    def _columns(self) -> Iterator[NDArray[Any]]:
        return (getattr(self, each.name) for each in fields(self))

    @property
    def nbytes(self) -> int:
        """What they take."""
        return sum(column.nbytes for column in self._columns())


def named(ids: Sequence[str]) -> tuple[Longs, NDArray[np.uint8]]:
    """The first 60 bits of ids of things, and the last 40 in five bytes each."""
    texts = np.array(ids, f"S{_PREFIX + SHORT + REST}").view(np.uint8).reshape(len(ids), _PREFIX + SHORT + REST)
    first, last = texts[:, _PREFIX : _PREFIX + SHORT], texts[:, _PREFIX + SHORT :]
    rest = ordered_numbers(last.tobytes().decode("ascii"), REST).astype(">i8").view(np.uint8).reshape(-1, 8)
    return ordered_numbers(first.tobytes().decode("ascii")), rest[:, -_REST_BYTES:].copy()


def names(key: Longs, rest: NDArray[np.uint8]) -> list[str]:
    """The ids of things that `named` gives these bits."""
    padded = np.zeros((len(key), 8), np.uint8)
    padded[:, -_REST_BYTES:] = rest
    last = ordered_texts(padded.view(">i8").ravel().astype(np.int64), REST)
    texts = np.concatenate([np.tile(_E, (len(key), 1)), ordered_texts(key), last], axis=1)
    return texts.view(f"S{texts.shape[1]}").ravel().astype(str).tolist()


def packed(type_: Small, grade: Small, role: Small, mk: Small) -> Longs:
    """What links say in 64 bits each, which have the order of type, grade, role and marking number."""
    parts = ((type_, _TYPE), (grade, _GRADE), (role, _ROLE), (mk, _MARKING))
    found: Longs = sum((part.astype(np.int64) << bits for part, bits in parts), np.zeros(len(mk), np.int64))
    return found


@dataclass(frozen=True)
class Sayings(Columns):
    """What links say, each once, sorted; links have the place of theirs."""

    packed: Longs

    @cached_property
    def type(self) -> Longs:
        """The place of each one's type in `TYPES`."""
        return self.packed >> _TYPE

    @cached_property
    def grade(self) -> Longs:
        """The packed grade of each, 999 where there is none."""
        return self.packed >> _GRADE & (1 << _TYPE - _GRADE) - 1

    @cached_property
    def role(self) -> Longs:
        """The place of each one's role in `ROLES`."""
        return self.packed >> _ROLE & (1 << _GRADE - _ROLE) - 1

    @cached_property
    def mk(self) -> Longs:
        """The marking number of each."""
        return self.packed & (1 << _ROLE) - 1


def sayings(said: Longs) -> tuple[Sayings, Small]:
    """What is said, each once, and the place there of what each link says."""
    once = np.unique(said)
    return Sayings(once), least(np.searchsorted(once, said))


@dataclass(frozen=True)
class Records:
    """The records of nodes that have another than the one that made them: of `nodes`, from `start` on, each's sorted.

    Of an end is kept which of its node's records it is; of most nodes there is one, and it needs no place here.
    """

    nodes: Ints
    start: Ints
    key: Longs

    def of(self, seeds: Longs, nodes: Ints, number: Small) -> Longs:
        """The 60 bits of the records of these numbers of these nodes; `seeds` of all nodes."""
        first = np.full(len(seeds), -1, np.int32)
        first[self.nodes] = self.start
        found, place = seeds[nodes], first[nodes]
        several = place >= 0
        found[several] = self.key[place[several] + number[several]]
        return found

    @property
    def nbytes(self) -> int:
        """What it takes."""
        return self.nodes.nbytes + self.start.nbytes + self.key.nbytes


def records_of(seeds: Longs, nodes: Ints, record: Longs) -> tuple[Records, Ints]:
    """The records of nodes, and the number of each of these `record`s among its node's; `seeds` of all nodes."""
    several = np.zeros(len(seeds), bool)
    several[nodes[record != seeds[nodes]]] = True
    asked = np.flatnonzero(several[nodes])
    order = asked[np.lexsort((record[asked], nodes[asked]))]
    node, key = nodes[order], record[order]
    new = np.ones(len(order), bool)
    new[1:] = (node[1:] != node[:-1]) | (key[1:] != key[:-1])
    holders, start = np.unique(node[new], return_index=True)
    number = np.zeros(len(nodes), np.int32)
    number[order] = np.cumsum(new) - 1 - start[np.searchsorted(holders, node)]
    return Records(holders.astype(np.int32), start.astype(np.int32), key[new]), number


def least(values: Small) -> Small:
    """The same in the fewest bytes that hold them; none is below -1."""
    most = int(values.max(initial=0))
    signed = int(values.min(initial=0)) < 0
    widths = (np.int8, np.int16, np.int32) if signed else (np.uint8, np.uint16, np.int32)
    return values.astype(next(each for each in widths if most <= np.iinfo(each).max))


def moments(values: Longs) -> NDArray[np.signedinteger[Any]]:
    """Moments, in four bytes each as long as all are between 1901 and 2038."""
    known = values != UNDATED
    if np.abs(values[known]).max(initial=0) >= _NEVER:
        return values
    return np.where(known, values, -_NEVER).astype(np.int32)


def epochs(kept: NDArray[np.signedinteger[Any]]) -> Longs:
    """These of `moments`, -2**62 where there is none."""
    found = kept.astype(np.int64)
    return found if kept.dtype == np.int64 else np.where(found == -_NEVER, UNDATED, found)


def places(known_by: Longs, wanted: Longs) -> tuple[Ints, Bools]:
    """Where each of these is among all, and whether it is there."""
    if not len(known_by) or not len(wanted):
        return np.zeros(len(wanted), np.int32), np.zeros(len(wanted), bool)
    last = int(known_by.max())
    if last < _DENSE * len(known_by):
        # Numbers that lie close are looked up, which takes an eighth of the time of a search.
        table = np.full(last + 2, -1, np.int32)
        table[known_by] = np.arange(len(known_by), dtype=np.int32)
        place = table[np.where((wanted < 0) | (wanted > last), last + 1, wanted)]
        return place, place >= 0
    order = np.argsort(known_by, kind="stable")
    place, there = sorted_places(known_by[order], wanted)
    return order[place].astype(np.int32), there


def sorted_places(known_by: Longs, wanted: Longs) -> tuple[Ints, Bools]:
    """As `places`, where these are sorted: few are found among very many without a look at all."""
    if not len(known_by):
        return np.zeros(len(wanted), np.int32), np.zeros(len(wanted), bool)
    place = np.minimum(np.searchsorted(known_by, wanted), len(known_by) - 1).astype(np.int32)
    return place, known_by[place] == wanted
