"""The links that may tie people and organisations, whole, in arrays that never change; who may see them is a mask.

Nodes are people, organisations and what they may share, in the order of their ids; edges are links, each once, by its
start, and by its end through `back`. What a viewer may not see is in it too: nothing is answered but by `shown`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from analysis.link_column import (
    NO_RECORD,
    Bools,
    Columns,
    Records,
    Sayings,
    Small,
    epochs,
    least,
    moments,
    named,
    names,
    places,
    records_of,
    sayings,
    sorted_places,
)
from analysis.network import TYPES, UNDATED, UNGRADED, Ints, Longs, runs
from analysis.scope import PARTIES, SHAREABLE
from graph.ids import is_id

if TYPE_CHECKING:
    import networkx as nx

KINDS = (*PARTIES, *SHAREABLE)
ASSOCIATED = TYPES.index("ASSOCIATED_WITH")
# What the roles of links are to a network; "" is any that none of these is.
ROLES = ("", "CALLER", "CALLED", "VICTIM", "WITNESS", "REPORTING")
_IN_CALLS = np.array([role in ("CALLER", "CALLED") for role in ROLES])
_PHONE, _CALL = KINDS.index("Phone"), KINDS.index("Call")
_END_BITS = 32


@dataclass(frozen=True)
class Things(Columns):
    """Nodes: their ids in 60 and 40 bits (`named`), place in `KINDS`, marking number (-1: a value), `at`, fruitless."""

    key: Longs
    rest: NDArray[np.uint8]
    kind: NDArray[np.int8]
    mk: Small
    at: NDArray[np.signedinteger[Any]]
    fruitless: Bools

    def kept(self) -> Things:
        """The same in fewer bytes."""
        return replace(self, mk=least(self.mk), at=moments(self.at))

    def read(self) -> Things:
        """The same as it was read."""
        return replace(self, mk=self.mk.astype(np.int32), at=epochs(self.at))


@dataclass(frozen=True)
class Links(Columns):
    """Edges as they were read: the names of both ends, what is said (`packed`), the date, 60 bits of both records.

    Names are the 60 bits of ids, or what else each thing is known by. `other` is of associations alone.
    """

    origin: Longs
    target: Longs
    said: Longs
    dated: Longs
    record: Longs
    other: Longs


@dataclass(frozen=True)
class LinkGraph:
    """The arrays. Edges are by start, end, date (the end's where they have none), records and what they say.

    `said` is a place in `sayings`; `dates` reads `dated`. Which of the start's `records` an edge is from is `record`,
    and which of the end's is `other`, of associations alone. `moment` names the state of the database that it was read
    from. Rows are not held: of links that say the same, each may stand for the other.
    """

    moment: tuple[str, int]
    things: Things
    start: Ints
    source: Ints
    target: Ints
    back_start: Ints
    back: Ints
    sayings: Sayings
    said: Small
    dated: NDArray[np.signedinteger[Any]]
    records: Records
    record: Small
    other: Small

    @property
    def count(self) -> int:
        """The number of edges."""
        return len(self.target)

    @property
    def size(self) -> int:
        """The number of nodes."""
        return len(self.things.key)

    @property
    def structure_bytes(self) -> int:
        """What the ends of all edges take, both directions together."""
        return sum(each.nbytes for each in (self.start, self.source, self.target, self.back_start, self.back))

    @cached_property
    def held_bytes(self) -> int:
        """What all of it takes."""
        return sum(getattr(self, each.name).nbytes for each in fields(self) if each.name != "moment")

    @cached_property
    def party(self) -> Bools:
        """Which nodes are people and organisations."""
        return self.things.kind < len(PARTIES)

    def shown(self, allowed: Collection[int]) -> Bools:
        """Which of `sayings` somebody sees who is allowed these marking numbers."""
        return np.isin(self.sayings.mk, list(allowed))

    def people(self, allowed: Collection[int]) -> Ints:
        """The people and organisations whom somebody sees who is allowed these marking numbers."""
        nodes = np.flatnonzero(self.party).astype(np.int32)
        return nodes[np.isin(self.things.mk[nodes], list(allowed))]

    def numbers(self, ids: Collection[str]) -> Ints:
        """The nodes of these ids, sorted; what is none is left out."""
        key, rest = named(sorted(id_ for id_ in ids if is_id(id_, "e_")))
        place, found = sorted_places(self.things.key, key)
        found[found] = np.all(self.things.rest[place[found]] == rest[found], axis=1)
        return place[found]

    def ids(self, nodes: Ints) -> list[str]:
        """The ids of these nodes."""
        return names(self.things.key[nodes], self.things.rest[nodes])

    def id_of(self, node: int) -> str:
        """The id of a node."""
        return self.ids(np.array([node], np.int32))[0]

    def out_of(self, nodes: Ints) -> Ints:
        """The edges that start at these nodes, which are sorted and each there once."""
        return spans(self.start, nodes, self.count)

    def into(self, nodes: Ints) -> Ints:
        """The edges that end at these nodes, which are sorted and each there once."""
        return self.back[spans(self.back_start, nodes, self.count)]

    def dates(self, edges: Ints) -> Longs:
        """The dates of these edges, epoch seconds, -2**62 where there is none."""
        return epochs(self.dated[edges])

    def happened(self, nodes: Ints) -> Longs:
        """When these things happened, epoch seconds, -2**62 where that is not said."""
        return epochs(self.things.at[nodes])

    def to_networkx(self, allowed: Collection[int]) -> nx.MultiDiGraph:
        """What somebody sees of it who is allowed these marking numbers, as an `nx.MultiDiGraph`.

        Nodes by id with `kind`; edges with `type`, `role`, `grade` (packed or None) and `dated` (epoch or None).
        """
        import networkx as nx

        made = nx.MultiDiGraph()
        edges = np.flatnonzero(self.shown(allowed)[self.said]).astype(np.int32)
        nodes = np.unique(np.concatenate([self.people(allowed), self.source[edges], self.target[edges]]))
        ids = dict(zip(nodes.tolist(), self.ids(nodes), strict=True))
        for node, id_ in ids.items():
            made.add_node(id_, kind=KINDS[self.things.kind[node]])
        columns = (self.source[edges], self.target[edges], self.said[edges], self.dates(edges))
        for source, target, said, dated in zip(*(column.tolist() for column in columns), strict=True):
            grade = int(self.sayings.grade[said])
            made.add_edge(
                ids[source],
                ids[target],
                type=TYPES[self.sayings.type[said]],
                role=ROLES[self.sayings.role[said]] or None,
                grade=None if grade == UNGRADED else grade,
                dated=None if dated == UNDATED else dated,
            )
        return made

    def patched(self, moment: tuple[str, int], touched: Sequence[str], things: Things, links: Links) -> LinkGraph:
        """The same with these things, and all their links, as they are now; a new one, this stays."""
        stale = np.zeros(self.size, bool)
        stale[self.numbers(touched)] = True
        number, there = sorted_places(self.things.key, things.key)
        known = stale.copy()
        known[number[there]] = True
        number[~there] = self.size + np.arange(np.count_nonzero(~there))
        links_before = self._links(np.flatnonzero(~(stale[self.source] | stale[self.target])))
        things_before, before = self.things.only(~known).read(), np.flatnonzero(~known)
        origin, target = (self._named(each, things.key, number) for each in (links.origin, links.target))
        return link_graph(
            moment,
            Things.joined([things_before, things]),
            Links.joined([links_before, replace(links, origin=origin, target=target)]),
            np.concatenate([before, number]).astype(np.int64),
        )

    def _named(self, ends: Longs, key: Longs, number: Ints) -> Longs:
        """The numbers of these ends: what they have, else the one of the thing that has such a key; -1 of others."""
        found, there = sorted_places(self.things.key, ends)
        new, among = places(key, ends)
        own = np.where(there, found, -1)
        own[among] = number[new[among]]
        return own.astype(np.int64)

    def _links(self, edges: Longs) -> Links:
        """These as they were read, but that they name their ends by their numbers."""
        source, target, said = self.source[edges], self.target[edges], self.said[edges]
        other = np.full(len(edges), NO_RECORD, np.int64)
        ties = self.sayings.type[said] == ASSOCIATED
        other[ties] = self.records.of(self.things.key, target[ties], self.other[edges[ties]])
        return Links(
            source.astype(np.int64),
            target.astype(np.int64),
            self.sayings.packed[said],
            epochs(self.dated[edges]),
            self.records.of(self.things.key, source, self.record[edges]),
            other,
        )


def link_graph(moment: tuple[str, int], things: Things, links: Links, known_by: Longs | None = None) -> LinkGraph:
    """The arrays of what was read, in an order of their own: equal contents give equal arrays.

    `known_by`: by what links name each thing; without it by the 60 bits. What may be shared but nobody has is left out,
    and so are links of which an end is not there and what phones have but calls.
    """
    order: Longs = np.argsort(things.key).astype(np.int64)
    things, known_by = things.only(order), (things.key if known_by is None else known_by)[order]
    things, links, source, target = _used(things, known_by, links)
    order = _order(links, source, target, np.where(links.dated == UNDATED, things.at[target], links.dated))
    links, source, target = links.only(order), source[order], target[order]
    said, number = sayings(links.said)
    ties = np.flatnonzero(said.type[number] == ASSOCIATED)
    records, ranks = records_of(
        things.key, np.concatenate([source, target[ties]]), np.concatenate([links.record, links.other[ties]])
    )
    other = np.zeros(len(source), np.int32)
    other[ties] = ranks[len(source) :]
    return LinkGraph(
        moment,
        things.kept(),
        _starts(source, len(things.key)),
        source,
        target,
        _starts(target, len(things.key)),
        np.argsort(target, kind="stable").astype(np.int32),
        said,
        number,
        moments(links.dated),
        records,
        least(ranks[: len(source)]),
        least(other),
    )


def _used(things: Things, known_by: Longs, links: Links) -> tuple[Things, Links, Ints, Ints]:
    """The things that are in it, the links that tie them, and where each of these starts and ends."""
    (source, origin_there), (target, target_there) = (places(known_by, each) for each in (links.origin, links.target))
    there = origin_there & target_there
    there[there] = _tying(things.kind[source[there]], things.kind[target[there]], Sayings(links.said[there]).role)
    links, source, target = links.only(there), source[there], target[there]
    used = things.kind < len(PARTIES)
    used[source] = used[target] = True
    place = np.cumsum(used, dtype=np.int32) - 1
    return things.only(used), links, place[source], place[target]


def _tying(kind: Small, led_to: Small, role: Small) -> Bools:
    """Which links from things of a kind to others may tie: those of people and organisations, and phones' calls."""
    tying: Bools = (kind < len(PARTIES)) | ((kind == _PHONE) & (led_to == _CALL) & _IN_CALLS[role])
    return tying


def _order(links: Links, source: Ints, target: Ints, told: Longs) -> Longs:
    """The order of edges: by their ends, and only of the few that have the same ends by all that is said."""
    ends = source.astype(np.int64) << _END_BITS | target
    order: Longs = np.argsort(ends, kind="stable").astype(np.int64)
    again = ends[order[1:]] == ends[order[:-1]]
    several = np.flatnonzero(np.append(again, False) | np.append(False, again)[: len(order)])
    some = order[several]
    columns = (links.dated, links.said, links.other, links.record, told, ends)
    order[several] = some[np.lexsort([column[some] for column in columns])]
    return order


def spans(start: Ints, nodes: Ints, count: int) -> Ints:
    """The places of all that these nodes have, one node after another, where `start` says where each begins."""
    if len(nodes) == len(start) - 1:
        return np.arange(count, dtype=np.int32)
    return runs(start[nodes], start[nodes + 1] - start[nodes]).astype(np.int32)


def _starts(ends: Ints, size: int) -> Ints:
    return np.concatenate([[0], np.cumsum(np.bincount(ends, minlength=size))]).astype(np.int32)
