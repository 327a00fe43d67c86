"""The network of a scope as a viewer may see it, taken from a link graph: the arrays that `pull` makes of the database.

What ties two is found as there: `network/associations`, `network/shared` and `network/called` say it in Cypher, this
module over columns; a test holds each against the other.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields

import numpy as np

from analysis.bound import PAIRS, few
from analysis.link_column import Bools
from analysis.link_graph import ASSOCIATED, KINDS, ROLES, LinkGraph
from analysis.network import TYPES, UNDATED, UNGRADED, Ints, Longs, Network, runs
from analysis.part_column import NO_NODES, Channels, Users, counted, numbered, pairs
from analysis.scope import Scope
from graph.read.denied import WITHHELD_ROLES
from graph.read.walk import GENERIC_HOLDERS

_USES, _INVOLVED = TYPES.index("USES"), TYPES.index("INVOLVED_IN")
_PHONE, _CALL = KINDS.index("Phone"), KINDS.index("Call")
_WITHHELD = np.array([role in WITHHELD_ROLES for role in ROLES])
_SIDES = 2


@dataclass(frozen=True)
class Found:
    """Supports: two ends, each twice its edge and one more where it is the edge's end, what ties them, the last date.

    `thing` is a node, -1 for an association; `beside` is the other phone of a channel, else -1. `generic` are the nodes
    that too many hold to tie anybody.
    """

    one: Longs
    other: Longs
    thing: Ints
    beside: Ints
    dated: Longs
    generic: Ints

    def and_(self, more: Found) -> Found:
        """Both, each support once."""
        both = Found(*(np.concatenate([getattr(self, each.name), getattr(more, each.name)]) for each in fields(self)))
        columns = (both.beside, both.thing, both.other, both.one)
        order = np.lexsort(columns)
        new = np.ones(len(order), bool)
        new[1:] = np.any([each[order][1:] != each[order][:-1] for each in columns], axis=0)
        kept = order[new]
        return Found(
            both.one[kept], both.other[kept], both.thing[kept], both.beside[kept], both.dated[kept], both.generic
        )


class Part:
    """What one viewer sees of a link graph within a scope; TooCostly where more than `most` pairs of links tie two."""

    def __init__(self, links: LinkGraph, allowed: Collection[int], scope: Scope, most: int) -> None:
        self._links, self._allowed, self._scope, self._most = links, allowed, scope, most
        self._kinds = np.isin(np.arange(len(KINDS)), [KINDS.index(name) for name in scope.kinds])
        self._dated = scope.since is not None or scope.until is not None
        # Of each thing that links say, so that a link is judged by one look.
        sayings, passing = links.sayings, self._passing()
        holding = np.isin(sayings.type, [TYPES.index(name) for name in scope.holding])
        self._associating = passing & (sayings.type == ASSOCIATED)
        self._holding = passing & holding & ~_WITHHELD[sayings.role]
        self._using = passing & (sayings.type == _USES)
        self._calling = passing & (sayings.type == _INVOLVED)

    def _passing(self) -> Bools:
        """Which sayings the viewer sees that are attested well enough."""
        passing = self._links.shown(self._allowed)
        if self._scope.grade is not None:
            source, letter = self._scope.grade
            grade = self._links.sayings.grade
            passing &= (grade != UNGRADED) & (grade // 100 <= source) & (grade // 10 % 10 <= letter)
        return passing

    def everybody(self) -> Ints:
        """All people and organisations that the viewer may see."""
        return self._links.people(self._allowed)

    def tied(self, layer: Ints) -> Ints:
        """These and who is tied to one of them; sorted."""
        return np.unique(np.concatenate([layer, *self._near(layer), *self._reached(layer, back=False)]))

    def met(self, layer: Ints) -> Ints:
        """Whom what these have ties: themselves where it ties them to anybody, and all beside them; sorted."""
        others = np.setdiff1d(np.unique(np.concatenate([*self._near(layer), *self._reached(layer, back=True)])), layer)
        own = [node for node in layer if len(self.tied(node.reshape(1))) > 1]
        return np.union1d(others, np.array(own, np.int32))

    def _near(self, layer: Ints) -> list[Ints]:
        """The ends of what associates these, and who shares anything with them."""
        links = self._links
        near = [side[edges] for edges in self._associations(layer) for side in (links.source, links.target)]
        return [*near, links.source[self._held(layer)[0]]] if self._shares else [*near, NO_NODES]

    def _reached(self, layer: Ints, *, back: bool) -> list[Ints]:
        """Who uses the phones that those of these were in calls with; `back`: and who uses the same phones as these."""
        if not self._scope.calls:
            return []
        links = self._links
        channels, users = self._channels(layer)
        channels = channels.only(users.few(channels.low) & users.few(channels.high))
        phone, user = links.target[users.edges], links.source[users.edges]
        ours = np.unique(phone[np.isin(user, layer)])
        far = [channels.high[np.isin(channels.low, ours) | back], channels.low[np.isin(channels.high, ours) | back]]
        return [user[np.isin(phone, np.concatenate(far))]]

    def found(self, layer: Ints, kept: Ints) -> Found:
        """What ties any of `kept` that is read from `layer`: all that it is tied by, and all who have what it has."""
        inside = np.zeros(self._links.size, bool)
        inside[kept] = True
        found = self._associated(layer, inside)
        if self._shares:
            found = found.and_(self._shared(layer, inside))
        if self._scope.calls:
            found = found.and_(self._called(layer, inside))
        return found

    @property
    def _shares(self) -> bool:
        return bool(self._scope.kinds and self._scope.holding)

    def _in_span(self, dates: Longs) -> Bools:
        since, until = self._scope.since, self._scope.until
        fits = np.ones(len(dates), bool)
        if since is not None:
            fits &= (dates == UNDATED) | (dates >= since)
        if until is not None:
            fits &= (dates == UNDATED) | (dates <= until)
        return fits

    def _associations(self, layer: Ints) -> tuple[Ints, ...]:
        """The associations that start at these, and those that end at them."""
        if not self._scope.associations:
            return ()
        links = self._links
        found = []
        for edges in (links.out_of(layer), links.into(layer)):
            edges = edges[self._associating[links.said[edges]]]
            edges = edges[links.source[edges] != links.target[edges]]
            found.append(edges[self._in_span(links.dates(edges))] if self._dated else edges)
        return tuple(found)

    def _associated(self, layer: Ints, inside: Bools) -> Found:
        links = self._links
        edges = np.unique(np.concatenate([np.zeros(0, np.int32), *self._associations(layer)]))
        edges = edges[inside[links.source[edges]] & inside[links.target[edges]]].astype(np.int64)
        few(len(edges), PAIRS, self._most)
        nothing = np.full(len(edges), -1, np.int32)
        return Found(
            edges * _SIDES, edges * _SIDES + 1, nothing, nothing, links.dates(edges.astype(np.int32)), NO_NODES
        )

    def _dates(self, edges: Ints) -> Longs:
        """When somebody had a thing, or a part in an event."""
        own = self._links.dates(edges)
        return np.where(own == UNDATED, self._links.happened(self._links.target[edges]), own)

    def _sharing(self, edges: Ints) -> Bools:
        """By which of these edges something is held that may tie its holder to others."""
        links, target = self._links, self._links.target[edges]
        sharing: Bools = (
            self._holding[links.said[edges]]
            & self._kinds[links.things.kind[target]]
            & ~links.things.fruitless[target]
            & links.party[links.source[edges]]
        )
        if self._dated:
            sharing &= self._in_span(self._dates(edges))
        return sharing

    def _held(self, layer: Ints) -> tuple[Ints, Ints]:
        """The edges to what these share, by thing and holder; and the things that too many hold."""
        links = self._links
        edges = links.out_of(layer)
        things = np.unique(links.target[edges[self._sharing(edges)]])
        edges = links.into(things)
        edges = edges[self._sharing(edges)]
        holders = counted(links, edges)
        many = holders.at(links.target[edges])
        return edges[(many > 1) & (many <= GENERIC_HOLDERS)], holders.too_many()

    def _shared(self, layer: Ints, inside: Bools) -> Found:
        links = self._links
        edges, generic = self._held(layer)
        edges = edges[inside[links.source[edges]]]
        here, there = pairs(links.target[edges], self._most)
        one, other = edges[here], edges[there]
        apart = links.source[one] != links.source[other]
        one, other = one[apart], other[apart]
        dated = np.maximum(self._dates(one), self._dates(other))
        thing = links.target[one]
        return Found(*_ends(one, other), thing, np.full(len(thing), -1, np.int32), dated, generic)

    def _channels(self, layer: Ints) -> tuple[Channels, Users]:
        """The pairs of phones in calls of which one is used by these, both by somebody, and who uses all of them."""
        links = self._links
        edges = links.out_of(layer)
        used = edges[self._using[links.said[edges]] & (links.things.kind[links.target[edges]] == _PHONE)]
        phones = np.unique(links.target[used])
        near = self._parts(links.out_of(phones))
        calls = np.unique(links.target[near])
        far = self._parts(links.into(calls))
        begins = np.searchsorted(links.target[far], links.target[near])
        many = np.searchsorted(links.target[far], links.target[near], side="right") - begins
        here, there = np.repeat(near, many), far[runs(begins, many)]
        role = links.sayings.role
        kept = (role[links.said[here]] != role[links.said[there]]) & (links.source[here] != links.source[there])
        here, there = here[kept], there[kept]
        low = np.minimum(links.source[here], links.source[there])
        high = np.maximum(links.source[here], links.source[there])
        channels = Channels(low, high, links.happened(links.target[here])).last()
        users = self._users(np.unique(np.concatenate([channels.low, channels.high])))
        return channels.only((users.count.at(channels.low) > 0) & (users.count.at(channels.high) > 0)), users

    def _parts(self, edges: Ints) -> Ints:
        """Those of these edges by which phones were in calls of the span."""
        links = self._links
        edges = edges[self._calling[links.said[edges]] & (links.things.kind[links.target[edges]] == _CALL)]
        edges = edges[links.things.kind[links.source[edges]] == _PHONE]
        parts: Ints = edges[self._in_span(links.happened(links.target[edges]))]
        return parts

    def _users(self, phones: Ints) -> Users:
        links = self._links
        edges = links.into(phones)
        edges = edges[self._using[links.said[edges]] & links.party[links.source[edges]]]
        count = counted(links, edges)
        return Users(edges[count.at(links.target[edges]) <= GENERIC_HOLDERS], count, links)

    def _called(self, layer: Ints, inside: Bools) -> Found:
        links = self._links
        channels, users = self._channels(layer)
        met = np.unique(np.concatenate([channels.low, channels.high]))
        generic = np.intersect1d(met, users.count.too_many())
        users = users.within(inside)
        low, many_low = users.of_each(channels.low)
        high, many_high = users.of_each(channels.high)
        many = many_low * many_high
        few(int(many.sum()), PAIRS, self._most)
        channel = np.repeat(np.arange(len(many)), many)
        within = runs(np.zeros(len(many), np.int64), many)
        one = users.edges[low[channel] + within // np.maximum(many_high[channel], 1)]
        other = users.edges[high[channel] + within % np.maximum(many_high[channel], 1)]
        apart = links.source[one] != links.source[other]
        one, other, channel = one[apart], other[apart], channel[apart]
        return Found(
            *_ends(one, other), channels.low[channel], channels.high[channel], channels.dated[channel], generic
        )

    def network(self, kept: Ints, found: Found) -> Network:
        """The network of these parties, sorted, tied by what was found."""
        links = self._links
        ends = np.unique(np.concatenate([found.one, found.other]))
        edges = (ends // _SIDES).astype(np.int32)
        party, record = self._at(edges, ends % _SIDES == 1, kept)
        # The two ends of an association are in its direction, all others in their own order.
        turned = (found.thing >= 0) & (found.one > found.other)
        one, other = np.where(turned, found.other, found.one), np.where(turned, found.one, found.other)
        order = np.lexsort((other, one, found.beside, found.thing))
        one, other = (np.searchsorted(ends, each[order]).astype(np.int32) for each in (one, other))
        thing, things, kinds = self._things(found.thing[order], found.beside[order])
        new = np.ones(len(ends), bool)
        new[1:] = edges[1:] != edges[:-1]
        said = links.said[edges[new]]
        return Network(
            tuple(links.ids(kept)),
            grade=links.sayings.grade[said].astype(np.int32),
            type=links.sayings.type[said].astype(np.int32),
            link=(np.cumsum(new) - 1).astype(np.int32),
            party=party,
            record=numbered(party, record),
            one=one,
            other=other,
            thing=thing,
            dated=found.dated[order],
            things=things,
            kinds=kinds,
            generic=tuple(links.ids(np.unique(found.generic))),
        )

    def _at(self, edges: Ints, far: Bools, kept: Ints) -> tuple[Ints, Longs]:
        """Who is at these ends of edges, by their places in `kept`, and which of their records they are."""
        links = self._links
        record = np.where(far, links.other[edges], links.record[edges]).astype(np.int64)
        party = np.searchsorted(kept, np.where(far, links.target[edges], links.source[edges]))
        return party.astype(np.int32), record

    def _things(self, thing: Ints, beside: Ints) -> tuple[Ints, tuple[str, ...], dict[str, str]]:
        """The number of what each support shares, in the order of the supports; the ids and kinds of these."""
        links = self._links
        new = thing >= 0
        new[1:] &= (thing[1:] != thing[:-1]) | (beside[1:] != beside[:-1])
        number = np.where(thing >= 0, np.cumsum(new) - 1, -1).astype(np.int32)
        names, beside_them = links.ids(thing[new]), beside[new]
        channel = beside_them >= 0
        far = dict(zip(np.flatnonzero(channel).tolist(), links.ids(beside_them[channel]), strict=True))
        ids = tuple(f"{id_} {far[n]}" if n in far else id_ for n, id_ in enumerate(names))
        kinds = np.where(channel, _CALL, links.things.kind[thing[new]])
        return number, ids, {id_: KINDS[kind] for id_, kind in zip(ids, kinds.tolist(), strict=True)}


def _ends(one: Ints, other: Ints) -> tuple[Longs, Longs]:
    return one.astype(np.int64) * _SIDES, other.astype(np.int64) * _SIDES
