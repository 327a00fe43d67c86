"""Columns that a part of a link graph is worked out with: who has what, who was in calls with whom, runs and pairs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.bound import PAIRS, few
from analysis.link_column import Bools
from analysis.link_graph import LinkGraph
from analysis.network import Ints, Longs, runs
from graph.read.walk import GENERIC_HOLDERS


@dataclass(frozen=True)
class Channels:
    """Pairs of phones, the lesser node first, and when they were in a call."""

    low: Ints
    high: Ints
    dated: Longs

    def last(self) -> Channels:
        """Each pair once, with its last call."""
        order = np.lexsort((self.dated, self.high, self.low))
        low, high, dated = self.low[order], self.high[order], self.dated[order]
        last = np.ones(len(low), bool)
        last[:-1] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
        return Channels(low[last], high[last], dated[last])

    def only(self, kept: Bools) -> Channels:
        """Some of them."""
        return Channels(self.low[kept], self.high[kept], self.dated[kept])


@dataclass(frozen=True)
class Counts:
    """How many have each of these nodes, which are sorted."""

    nodes: Ints
    many: Ints

    def at(self, nodes: Ints) -> Ints:
        """How many have these; 0 of what is not counted."""
        if not len(self.nodes):
            return np.zeros(len(nodes), np.int32)
        place = np.minimum(np.searchsorted(self.nodes, nodes), len(self.nodes) - 1)
        return np.where(self.nodes[place] == nodes, self.many[place], 0)

    def too_many(self) -> Ints:
        """The nodes that more have than tie anybody."""
        return self.nodes[self.many > GENERIC_HOLDERS]


@dataclass(frozen=True)
class Users:
    """The edges by which phones that not too many use are used, by phone; how many use each phone."""

    edges: Ints
    count: Counts
    links: LinkGraph

    def few(self, phones: Ints) -> Bools:
        """Which of these phones not too many use."""
        return self.count.at(phones) <= GENERIC_HOLDERS

    def within(self, inside: Bools) -> Users:
        """Those of some parties."""
        return Users(self.edges[inside[self.links.source[self.edges]]], self.count, self.links)

    def of_each(self, phones: Ints) -> tuple[Longs, Longs]:
        """Where the edges of each phone begin, and how many they are."""
        phone = self.links.target[self.edges]
        begins = np.searchsorted(phone, phones)
        return begins, np.searchsorted(phone, phones, side="right") - begins


def counted(links: LinkGraph, edges: Ints) -> Counts:
    """From how many different nodes these edges, which are in the order of `into`, lead to each."""
    source, target = links.source[edges], links.target[edges]
    new = np.ones(len(edges), bool)
    new[1:] = (source[1:] != source[:-1]) | (target[1:] != target[:-1])
    nodes, many = np.unique(target[new], return_counts=True)
    return Counts(nodes, many.astype(np.int32))


NO_NODES = np.zeros(0, np.int32)


def pairs(group: Ints, most: int) -> tuple[Longs, Longs]:
    """The places of every two that are of one group; groups stand together."""
    ends = np.searchsorted(group, group, side="right")
    places = np.arange(len(group))
    later = ends - places - 1
    few(int(later.sum()), PAIRS, most)
    return np.repeat(places, later), runs(places + 1, later)


def numbered(party: Ints, record: Longs) -> Ints:
    """Each pair of party and record by its place among all such pairs."""
    order = np.lexsort((record, party))
    party, record = party[order], record[order]
    new = np.zeros(len(order), np.int32)
    new[1:] = (party[1:] != party[:-1]) | (record[1:] != record[:-1])
    found = np.empty(len(order), np.int32)
    found[order] = np.cumsum(new)
    return found
