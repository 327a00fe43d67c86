"""The people-and-organisations graph in arrays: nodes, the links that tie them, and each pair that is tied, once.

A **link** is a statement of a row. Its **ends** are who is at it: two of an association, one of a link to something
shared. A **support** is two ends that tie two different parties: of one association, or of two links to one thing.
Parties are numbered in the order of their ids, links by their ends and what they say, so that equal graphs give equal
arrays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from graph.model import LINKS

if TYPE_CHECKING:
    import networkx as nx

Ints: TypeAlias = NDArray[np.int32]
Longs: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]

TYPES = tuple(LINKS)
_PLACE = {name: n for n, name in enumerate(TYPES)}
# Above every packed grade, and before every date.
UNGRADED = 999
UNDATED = -(2**62)


class End(NamedTuple):
    """One party's end of a link: who, by which type, the row and place that say so, grade, date, and the record.

    `far` is who or what is at the other end, `far_record` the record there of an association; `last` says that the link
    leads here.
    """

    party: str
    type: str
    row: str
    place: int
    grade: int | None
    dated: int | None
    record: str | None
    far: str = ""
    far_record: str | None = None
    last: bool = False


class Support(NamedTuple):
    """Two ends that tie two parties, the thing that they share (None: an association ties them), the last date."""

    one: End
    other: End
    thing: str | None
    dated: int | None


@dataclass(frozen=True)
class Network:
    """Arrays over parties (`ids`, sorted), links, ends and supports.

    Of links: `grade` (packed, 999 none), `type` (place in `TYPES`). Of ends: `link`, `party`, `record` (numbered among
    all records of ends). Of supports: `one` and `other` (ends), `thing` (place in `things`, -1 none), `dated` (epoch,
    -2**62 none). `kinds` gives the kind of each thing; `generic` the things that too many hold to tie anybody.
    """

    ids: tuple[str, ...]
    grade: Ints
    type: Ints
    link: Ints
    party: Ints
    record: Ints
    one: Ints
    other: Ints
    thing: Ints
    dated: Longs
    things: tuple[str, ...] = ()
    kinds: Mapping[str, str] | None = None
    generic: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """The number of parties."""
        return len(self.ids)

    @cached_property
    def number(self) -> dict[str, int]:
        """The number of each party by id."""
        return {id_: n for n, id_ in enumerate(self.ids)}

    @cached_property
    def holders(self) -> dict[str, int]:
        """How many hold each thing, by its id."""
        things, parties = np.concatenate([self.thing, self.thing]), self.party[np.concatenate([self.one, self.other])]
        held = np.unique(np.stack([things, parties]), axis=1)[0]
        counts = np.bincount(held[held >= 0], minlength=len(self.things))
        return dict(zip(self.things, counts.tolist(), strict=True))

    @cached_property
    def ties(self) -> Ties:
        """Each pair of parties that something ties, once."""
        return ties_of(self.size, self.party[self.one], self.party[self.other])

    @cached_property
    def tie_of_support(self) -> Ints:
        """The tie that each support is of, by its place in `ties`."""
        low = np.minimum(self.party[self.one], self.party[self.other]).astype(np.int64)
        high = np.maximum(self.party[self.one], self.party[self.other]).astype(np.int64)
        keys = self.ties.low.astype(np.int64) * self.size + self.ties.high
        return np.searchsorted(keys, low * self.size + high).astype(np.int32)

    @cached_property
    def tie_grade(self) -> Ints:
        """The best grade of each tie: of a support the worse of its two links, of a tie the best of its supports."""
        worst = np.maximum(self.grade[self.link[self.one]], self.grade[self.link[self.other]])
        best = np.full(self.ties.count, UNGRADED, np.int32)
        np.minimum.at(best, self.tie_of_support, worst)
        return best

    @cached_property
    def tie_dated(self) -> Longs:
        """The newest date of each tie."""
        newest = np.full(self.ties.count, UNDATED, np.int64)
        np.maximum.at(newest, self.tie_of_support, self.dated)
        return newest

    def to_networkx(self) -> nx.Graph:
        """The same as an `nx.Graph`: nodes by id, edges with `grade` (packed or None), `dated` (epoch or None)."""
        import networkx as nx

        made = nx.Graph()
        made.add_nodes_from(self.ids)
        columns = (self.ties.low, self.ties.high, self.tie_grade, self.tie_dated)
        for low, high, grade, dated in zip(*(column.tolist() for column in columns), strict=True):
            known = {"grade": None if grade == UNGRADED else grade, "dated": None if dated == UNDATED else dated}
            made.add_edge(self.ids[low], self.ids[high], **known)
        return made


@dataclass(frozen=True)
class Ties:
    """Pairs of `size` nodes, `low` < `high`, sorted, each once; and the same in both directions as rows of a matrix."""

    size: int
    low: Ints
    high: Ints

    @property
    def count(self) -> int:
        """The number of ties."""
        return len(self.low)

    @cached_property
    def matrix(self) -> sparse.csr_array:
        """The symmetric adjacency matrix: ones of a byte, int32 indices sorted in each row."""
        ends = np.concatenate([self.low, self.high]), np.concatenate([self.high, self.low])
        made = sparse.csr_array((np.ones(2 * self.count, np.int8), ends), shape=(self.size, self.size))
        made.sort_indices()
        return made

    @property
    def start(self) -> Ints:
        """Where each node's neighbours begin in `neighbours`; one more entry than nodes."""
        return self.matrix.indptr  # type: ignore[no-any-return]

    @property
    def neighbours(self) -> Ints:
        """The neighbours of all nodes, node after node, sorted."""
        return self.matrix.indices  # type: ignore[no-any-return]

    def around(self, node: int) -> Ints:
        """The neighbours of one node, sorted."""
        return self.neighbours[self.start[node] : self.start[node + 1]]

    def among(self, nodes: Ints) -> Ties:
        """The ties among some nodes, which are numbered anew in their order."""
        place = np.full(self.size, -1, np.int32)
        place[nodes] = np.arange(len(nodes), dtype=np.int32)
        kept = (place[self.low] >= 0) & (place[self.high] >= 0)
        return ties_of(len(nodes), place[self.low[kept]], place[self.high[kept]])


def ties_of(size: int, one: Ints, other: Ints) -> Ties:
    """The ties between these nodes, each pair once however often and in whichever direction; none to itself."""
    low, high = np.minimum(one, other).astype(np.int64), np.maximum(one, other).astype(np.int64)
    keys = np.unique((low * size + high)[low != high]) if size else np.zeros(0, np.int64)
    return Ties(size, (keys // max(size, 1)).astype(np.int32), (keys % max(size, 1)).astype(np.int32))


def runs(begins: Ints | Longs, many: Ints | Longs) -> Longs:
    """`many` places from each beginning on, one run after another."""
    ends: Longs = np.cumsum(many)
    total = int(ends[-1]) if len(ends) else 0
    places: Longs = np.arange(total) + np.repeat(begins - (ends - many), many)
    return places


def network_of(
    parties: Iterable[str], supports: Sequence[Support], kinds: Mapping[str, str], generic: Iterable[str] = ()
) -> Network:
    """The network of these parties; supports with an end outside are left out. `kinds` of the things by id."""
    ids = tuple(sorted(set(parties)))
    number = {id_: n for n, id_ in enumerate(ids)}
    inside = [each for each in supports if each.one.party in number and each.other.party in number]
    inside.sort(key=lambda each: (each.thing or "", in_order(each.one), in_order(each.other)))
    ends = sorted({end for each in inside for end in (each.one, each.other)}, key=in_order)
    place = {end: n for n, end in enumerate(ends)}
    links = list(dict.fromkeys((end.row, end.place) for end in ends))
    link_place = {link: n for n, link in enumerate(links)}
    told = {(end.row, end.place): end for end in ends}
    records = {key: n for n, key in enumerate(sorted({(end.party, end.record or "") for end in ends}))}
    things = tuple(sorted({each.thing for each in inside if each.thing is not None}))
    thing_place = {id_: n for n, id_ in enumerate(things)}
    said = [told[link] for link in links]
    return Network(
        ids,
        grade=_ints(UNGRADED if end.grade is None else end.grade for end in said),
        type=_ints(_PLACE[end.type] for end in said),
        link=_ints(link_place[end.row, end.place] for end in ends),
        party=_ints(number[end.party] for end in ends),
        record=_ints(records[end.party, end.record or ""] for end in ends),
        one=_ints(place[each.one] for each in inside),
        other=_ints(place[each.other] for each in inside),
        thing=_ints(-1 if each.thing is None else thing_place[each.thing] for each in inside),
        dated=np.array([UNDATED if each.dated is None else each.dated for each in inside], np.int64),
        things=things,
        kinds={id_: kinds[id_] for id_ in things if id_ in kinds},
        generic=tuple(sorted(generic)),
    )


def pairs_of(thing: str, ends: Sequence[End]) -> list[Support]:
    """The supports that one thing gives: every two ends of different parties."""
    return [
        Support(a, b, thing, _later(a.dated, b.dated))
        for a, b in combinations(sorted(ends, key=in_order), 2)
        if a.party != b.party
    ]


def _later(one: int | None, other: int | None) -> int | None:
    return max((dated for dated in (one, other) if dated is not None), default=None)


def in_order(end: End) -> tuple[str, str, int, str, str, int, int, str, int, bool]:
    """By what ends are sorted: where their link starts, where it ends, and what it says.

    Of equal links each may stand for the other, so that what is kept need not hold their rows.
    """
    near, far = (end.party, end.record or ""), (end.far, end.far_record or "")
    (origin, one), (target, other) = (far, near) if end.last else (near, far)
    dated, grade = (none if said is None else said for said, none in ((end.dated, UNDATED), (end.grade, UNGRADED)))
    return origin, target, dated, one, other, _PLACE[end.type], grade, end.row, end.place, end.last


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, np.int32)
