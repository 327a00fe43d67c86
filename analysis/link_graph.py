"""The links that may tie people and organisations, whole, in arrays that never change; who may see them is a mask.

Nodes are people, organisations and what they may share, in the order of their ids; edges are links, each once, by its
start, and by its end through `back`. What a viewer may not see is in it too: nothing is answered but by `visible`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from analysis.network import TYPES, UNDATED, UNGRADED, Ints, Longs, runs
from analysis.scope import PARTIES, SHAREABLE
from graph.ids import SHORT, ordered_numbers

if TYPE_CHECKING:
    import networkx as nx

Bools = NDArray[np.bool_]
KINDS = (*PARTIES, *SHAREABLE)
ASSOCIATED = TYPES.index("ASSOCIATED_WITH")
# What the roles of links are to a network; "" is any that none of these is.
ROLES = ("", "CALLER", "CALLED", "VICTIM", "WITNESS", "REPORTING")
# The record of an end that names none.
NO_RECORD = -1
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


@dataclass(frozen=True)
class Things(Columns):
    """Nodes as they were read: ids, place in `KINDS`, marking number (-1: a value), `at`, fruitless searches."""

    ids: NDArray[np.bytes_]
    kind: NDArray[np.int8]
    mk: Ints
    at: Longs
    fruitless: Bools


@dataclass(frozen=True)
class Links(Columns):
    """Edges as they were read: 60 bits of both ends, row and records, and what is said of each."""

    origin: Longs
    target: Longs
    type: NDArray[np.int8]
    role: NDArray[np.int8]
    mk: Ints
    grade: NDArray[np.int16]
    dated: Longs
    row: Longs
    place: Ints
    record: Longs
    other: Longs


def keys_of(ids: NDArray[np.bytes_]) -> Longs:
    """The 60 bits of each id, in the order that they have as text."""
    if not len(ids):
        return np.zeros(0, np.int64)
    characters = np.ascontiguousarray(ids).view(np.uint8).reshape(len(ids), -1)
    return ordered_numbers(characters[:, 2 : 2 + SHORT].tobytes().decode("ascii"))


@dataclass(frozen=True)
class LinkGraph:
    """The arrays. Edges are by start, end, row and place; `grade` is 999 where there is none, `dates` reads `dated`.

    `other` is the record at the end of associations alone, whose edges `associated` lists. `moment` names the state of
    the database that it was read from.
    """

    moment: tuple[str, int]
    things: Things
    key: Longs
    start: Ints
    source: Ints
    target: Ints
    back_start: Ints
    back: Ints
    type: NDArray[np.int8]
    role: NDArray[np.int8]
    mk: NDArray[np.signedinteger]
    grade: NDArray[np.int16]
    dated: NDArray[np.signedinteger]
    row: Longs
    place: NDArray[np.signedinteger]
    record: Longs
    associated: Ints
    other: Longs

    @property
    def count(self) -> int:
        """The number of edges."""
        return len(self.target)

    @property
    def size(self) -> int:
        """The number of nodes."""
        return len(self.key)

    @property
    def structure_bytes(self) -> int:
        """What the ends of all edges take, both directions together."""
        return sum(each.nbytes for each in (self.start, self.source, self.target, self.back_start, self.back))

    @cached_property
    def held_bytes(self) -> int:
        """What all of it takes."""
        own = (getattr(self, each.name) for each in fields(self))
        things = (getattr(self.things, each.name) for each in fields(self.things))
        return sum(each.nbytes for each in (*own, *things) if isinstance(each, np.ndarray))

    @cached_property
    def party(self) -> Bools:
        """Which nodes are people and organisations."""
        return self.things.kind < len(PARTIES)

    def visible(self, allowed: Collection[int], edges: Ints) -> Bools:
        """Which of these edges somebody sees who is allowed these marking numbers."""
        visible: Bools = self._shown(allowed)[self.mk[edges]]
        return visible

    def people(self, allowed: Collection[int]) -> Ints:
        """The people and organisations whom somebody sees who is allowed these marking numbers."""
        nodes = np.flatnonzero(self.party).astype(np.int32)
        return nodes[self._shown(allowed)[self.things.mk[nodes]]]

    def _shown(self, allowed: Collection[int]) -> Bools:
        shown = np.zeros(self._most_marking + 1, bool)
        shown[[mk for mk in allowed if mk <= self._most_marking]] = True
        return shown

    @cached_property
    def _most_marking(self) -> int:
        return max(int(self.mk.max(initial=0)), int(self.things.mk.max(initial=0)))

    def numbers(self, ids: Collection[str]) -> Ints:
        """The nodes of these ids, sorted; what is none is left out."""
        wanted = np.array(sorted(id_.encode() for id_ in ids), self.things.ids.dtype)
        place = np.searchsorted(self.things.ids, wanted)
        found = place < self.size
        found[found] = self.things.ids[place[found]] == wanted[found]
        return place[found].astype(np.int32)

    def id_of(self, node: int) -> str:
        """The id of a node."""
        return str(self.things.ids[node].decode("ascii"))

    def out_of(self, nodes: Ints) -> Ints:
        """The edges that start at these nodes, which are sorted and each there once."""
        return spans(self.start, nodes, self.count)

    def into(self, nodes: Ints) -> Ints:
        """The edges that end at these nodes, which are sorted and each there once."""
        return self.back[spans(self.back_start, nodes, self.count)]

    def dates(self, edges: Ints) -> Longs:
        """The dates of these edges, epoch seconds, -2**62 where there is none."""
        found = self.dated[edges].astype(np.int64)
        return found if self.dated.dtype == np.int64 else np.where(found == -_NEVER, UNDATED, found)

    def other_records(self, edges: Ints) -> Longs:
        """The records at the ends of these associations."""
        return self.other[np.searchsorted(self.associated, edges)]

    def to_networkx(self, allowed: Collection[int]) -> nx.MultiDiGraph:
        """What somebody sees of it who is allowed these marking numbers, as an `nx.MultiDiGraph`.

        Nodes by id with `kind`; edges with `type`, `role`, `grade` (packed or None) and `dated` (epoch or None).
        """
        import networkx as nx

        made = nx.MultiDiGraph()
        edges = np.arange(self.count, dtype=np.int32)
        edges = edges[self.visible(allowed, edges)]
        nodes = np.unique(np.concatenate([self.people(allowed), self.source[edges], self.target[edges]]))
        for node in nodes.tolist():
            made.add_node(self.id_of(node), kind=KINDS[self.things.kind[node]])
        dates = self.dates(np.arange(self.count, dtype=np.int32))
        for edge in edges.tolist():
            grade, dated = int(self.grade[edge]), int(dates[edge])
            made.add_edge(
                self.id_of(self.source[edge]),
                self.id_of(self.target[edge]),
                type=TYPES[self.type[edge]],
                role=ROLES[self.role[edge]] or None,
                grade=None if grade == UNGRADED else grade,
                dated=None if dated == UNDATED else dated,
            )
        return made

    def patched(self, moment: tuple[str, int], touched: Sequence[str], things: Things, links: Links) -> LinkGraph:
        """The same with these things, and all their links, as they are now; a new one, this stays."""
        stale = np.zeros(self.size, bool)
        stale[self.numbers(touched)] = True
        known = stale.copy()
        known[self.numbers([id_.decode("ascii") for id_ in things.ids.tolist()])] = True
        links_before = self._links(~(stale[self.source] | stale[self.target]))
        return link_graph(
            moment, Things.joined([self.things.only(~known), things]), Links.joined([links_before, links])
        )

    def _links(self, kept: Bools) -> Links:
        edges = np.flatnonzero(kept).astype(np.int32)
        other = np.full(len(edges), NO_RECORD, np.int64)
        ties = self.type[edges] == ASSOCIATED
        other[ties] = self.other_records(edges[ties])
        return Links(
            self.key[self.source[edges]],
            self.key[self.target[edges]],
            self.type[edges],
            self.role[edges],
            self.mk[edges].astype(np.int32),
            self.grade[edges],
            self.dates(edges),
            self.row[edges],
            self.place[edges].astype(np.int32),
            self.record[edges],
            other,
        )


def link_graph(moment: tuple[str, int], things: Things, links: Links) -> LinkGraph:
    """The arrays of what was read, in an order of their own: equal contents give equal arrays.

    Links of which an end is not there are left out, and so is what may be shared but nobody has.
    """
    order: Longs = np.argsort(things.ids).astype(np.int64)
    things = things.only(order)
    key = keys_of(things.ids)
    source, origin_there = _found(key, links.origin)
    target, target_there = _found(key, links.target)
    there = origin_there & target_there
    links, source, target = links.only(there), source[there], target[there]
    used = things.kind < len(PARTIES)
    used[source] = used[target] = True
    place = np.cumsum(used, dtype=np.int32) - 1
    things, key, source, target = things.only(used), key[used], place[source], place[target]
    order = np.lexsort((links.place, links.row, target, source)).astype(np.int64)
    links, source, target = links.only(order), source[order], target[order]
    back = np.argsort(target, kind="stable").astype(np.int32)
    associated = np.flatnonzero(links.type == ASSOCIATED).astype(np.int32)
    return LinkGraph(
        moment,
        things,
        key,
        _starts(source, len(key)),
        source,
        target,
        _starts(target, len(key)),
        back,
        links.type,
        links.role,
        _least(links.mk),
        links.grade,
        _dates(links.dated),
        links.row,
        _least(links.place),
        links.record,
        associated,
        links.other[associated],
    )


def spans(start: Ints, nodes: Ints, count: int) -> Ints:
    """The places of all that these nodes have, one node after another, where `start` says where each begins."""
    if len(nodes) == len(start) - 1:
        return np.arange(count, dtype=np.int32)
    return runs(start[nodes], start[nodes + 1] - start[nodes]).astype(np.int32)


def _found(key: Longs, wanted: Longs) -> tuple[Ints, Bools]:
    place = np.searchsorted(key, wanted).astype(np.int32)
    there = place < len(key)
    there[there] = key[place[there]] == wanted[there]
    return place, there


def _starts(ends: Ints, size: int) -> Ints:
    return np.concatenate([[0], np.cumsum(np.bincount(ends, minlength=size))]).astype(np.int32)


def _least(values: Ints) -> NDArray[np.signedinteger]:
    """The same in the fewest bytes that hold them."""
    most = int(np.abs(values).max(initial=0))
    kept = next(each for each in (np.int8, np.int16, np.int32) if most <= np.iinfo(each).max)
    return values.astype(kept)


def _dates(values: Longs) -> NDArray[np.signedinteger]:
    """Moments, in four bytes each as long as all are between 1901 and 2038."""
    known = values != UNDATED
    if np.abs(values[known]).max(initial=0) >= _NEVER:
        return values
    return np.where(known, values, -_NEVER).astype(np.int32)
