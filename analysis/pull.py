"""The network of a scope as a viewer may see it: pulled from the database in a few statements for each hop.

Where this process keeps a link graph of the present (`kept_links.py`), links are taken from that: the same network.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence, Sized
from itertools import product
from typing import Any, TypeVar

import numpy as np

from analysis import bound
from analysis.bound import area_id, few
from analysis.kept_links import present
from analysis.link_graph import LinkGraph
from analysis.network import End, Ints, Network, Support, in_order, network_of, pairs_of
from analysis.part import Part
from analysis.scope import HOLDING, PARTIES, SHAREABLE, Scope
from graph.answer import LinkFilter, Truncation
from graph.batch import batched
from graph.open import Graph
from graph.read.denied import NOTHING_FOUND, WITHHELD_ROLES
from graph.read.entity import entities_by_id
from graph.read.link import filter_params
from graph.read.walk import GENERIC_HOLDERS
from security.viewer import Viewer

# What the measures of a network take within seconds; what is larger is refused, never cut.
MOST_PARTIES = 10_000
MOST_LINKS = 100_000
MOST_SUPPORTS = 400_000
# So many times as much is measured where links are kept and the measure takes it.
LARGER = 5
_AT_ONCE = 2_000
_EVERYBODY = "network/everybody"


def pull(graph: Graph, viewer: Viewer, scope: Scope, *, large: bool = False) -> Network:
    """The network of a scope; empty where its ids are hidden or absent.

    `large`: what measures it takes hardly longer than in proportion, so that one may be five times as large where links
    are kept. Raises BadInput for a scope that names no network, NotFound for an area that is hidden or absent, and
    TooCostly for more than 10,000 parties, 100,000 links or 400,000 pairs of links that tie two of them.
    """
    scope.check()
    return _of(graph, viewer, scope, present(graph), LARGER if large else 1).network()


def surroundings(graph: Graph, viewer: Viewer, ids: Sequence[str], until: int | None = None) -> Network:
    """Who is associated with these within two ties, and who shares anything with them; raises as `pull`.

    All ties of whoever is associated with these, and all who hold what these hold, are in it; what is dated after
    `until` is not.
    """
    tied = Scope(ids=tuple(ids), hops=2, types=("ASSOCIATED_WITH",), until=until)
    sharing = Scope(ids=tuple(ids), hops=1, types=HOLDING, kinds=SHAREABLE, until=until)
    links = present(graph)
    if links is not None:
        return _Taken(graph, viewer, tied, links).joined_taken(_Taken(graph, viewer, sharing, links), ids)
    return _Pull(graph, viewer, tied).joined(_Pull(graph, viewer, sharing), ids)


def parties(graph: Graph, viewer: Viewer, area: str | None) -> set[str]:
    """Everybody in an area, or everybody; raises as `pull`."""
    return set(pull(graph, viewer, Scope(area=area)).ids)


def left_out(network: Network) -> Truncation | None:
    """What does not tie anybody because too many hold it."""
    if not network.generic:
        return None
    reason = f"{len(network.generic)} things that more than {GENERIC_HOLDERS} hold tie nobody to anybody"
    return Truncation(reason, len(network.generic))


def _of(graph: Graph, viewer: Viewer, scope: Scope, links: LinkGraph | None, times: int) -> _Pull:
    # What was known once is in the database alone.
    if links is None or scope.known_at is not None:
        return _Pull(graph, viewer, scope)
    return _Taken(graph, viewer, scope, links, times)


T = TypeVar("T", bound=Sized)


class _Pull:
    def __init__(self, graph: Graph, viewer: Viewer, scope: Scope) -> None:
        self._graph, self._viewer, self._scope = graph, viewer, scope
        where = filter_params(LinkFilter(since=scope.since, until=scope.until, grade=scope.grade))
        self._filter = {name: where[name] for name in ("since", "until", "grade_source", "grade_letter")}
        self._supports: dict[Support, None] = {}
        self._kinds: dict[str, str] = {}
        self._generic: set[str] = set()

    def joined(self, other: _Pull, ids: Sequence[str]) -> Network:
        """The network of both, where the other is what these share."""
        near = self.network()
        other._read(set(ids), None)
        held = {end.party for support in other._supports for end in (support.one, support.other)}
        self._supports |= other._supports
        self._kinds |= other._kinds
        self._generic |= other._generic
        return self._made({*near.ids, *held})

    def network(self) -> Network:
        area = None if self._scope.area is None else self._in_area(self._scope.area)
        if self._scope.ids is None:
            return self._among(self._everybody() if area is None else area)
        seen = layer = self._starts(self._scope.ids)
        for _ in range(self._scope.hops):
            self._read(layer, None)
            layer = self._tied(layer) - seen
            seen = _few(seen | layer, bound.PARTIES, MOST_PARTIES)
        # Those of the last layer may be tied among themselves.
        self._read(layer, seen)
        return self._made(seen if area is None else seen & area)

    def _tied(self, parties: set[str]) -> set[str]:
        """Those who are tied to one of these by what was read; a thing brings ties among others too."""
        pairs = {(each.one.party, each.other.party) for each in self._supports}
        return {b for a, b in pairs if a in parties} | {a for a, b in pairs if b in parties}

    def _among(self, parties: set[str]) -> Network:
        self._read(parties, parties)
        return self._made(parties)

    def _made(self, parties: set[str]) -> Network:
        return network_of(parties, list(self._supports), self._kinds, self._generic)

    def _starts(self, ids: tuple[str, ...]) -> set[str]:
        views = {view.id: view for view in entities_by_id(self._graph, self._viewer, ids).values()}
        others = sorted(id_ for id_, view in views.items() if view.kind not in PARTIES)
        parties = {id_ for id_, view in views.items() if view.kind in PARTIES}
        if others:
            parties |= {row["id"] for row in self._rows("network/beside", ids=others, most=MOST_PARTIES + 1)}
        return _few(parties, bound.PARTIES, MOST_PARTIES)

    def _in_area(self, id_: str) -> set[str]:
        area = area_id(self._graph, self._viewer, id_)
        span = {"since": self._scope.since, "until": self._scope.until}
        rows = self._rows("network/in_area", area=area, most=MOST_PARTIES + 1, **span)
        return _few({row["id"] for row in rows}, bound.PARTIES, MOST_PARTIES)

    def _everybody(self) -> set[str]:
        rows = self._rows(_EVERYBODY, most=MOST_PARTIES + 1)
        return _few({row["id"] for row in rows}, bound.PARTIES, MOST_PARTIES)

    def _read(self, parties: Collection[str], within: Collection[str] | None) -> None:
        """Read what ties these; `within`: to whom, None anybody."""
        for chunk in batched(sorted(parties), _AT_ONCE):
            if self._scope.associations:
                self._associations(chunk, within)
            if self._scope.kinds and self._scope.holding:
                self._shared(chunk)
            if self._scope.calls:
                self._called(chunk)

    def _associations(self, ids: list[str], within: Collection[str] | None) -> None:
        given = {"within": None if within is None else sorted(within), "most": 2 * MOST_LINKS + 1}
        (row,) = self._rows("network/associations", ids=ids, **given, **self._filter)
        for origin, target, line, place, grade, dated, a, b in _few(row["found"], bound.LINKS, 2 * MOST_LINKS):
            said = ("ASSOCIATED_WITH", line, place, grade, dated)
            one, other = End(origin, *said, a, target, b), End(target, *said, b, origin, a, last=True)
            self._add([Support(one, other, None, dated)])

    def _shared(self, ids: list[str]) -> None:
        given = {"kinds": list(self._scope.kinds), "types": self._scope.holding, "generic": GENERIC_HOLDERS}
        denied = {"withheld": WITHHELD_ROLES, "nothing": NOTHING_FOUND}
        rows = self._rows("network/shared", ids=ids, most=MOST_LINKS + 1, **given, **denied, **self._filter)
        for row in _few(rows, bound.LINKS, MOST_LINKS):
            self._kinds[row["thing"]] = row["kind"]
            if row["held"]:
                self._add(pairs_of(row["thing"], [End(*held)._replace(far=row["thing"]) for held in row["held"]]))
            else:
                self._generic.add(row["thing"])

    def _called(self, ids: list[str]) -> None:
        given = {"generic": GENERIC_HOLDERS, "most": MOST_LINKS + 1}
        for row in _few(self._rows("network/called", ids=ids, **given, **self._filter), bound.LINKS, MOST_LINKS):
            phones = (row["one"], row["other"])
            self._generic.update(id_ for id_, held in zip(phones, (row["here"], row["there"]), strict=True) if not held)
            # One channel whichever phone it is met from, dated by its last call.
            channel = " ".join(sorted(phones))
            self._kinds[channel] = "Call"
            here, there = (
                [End(who, "USES", *said)._replace(far=phone) for who, *said in row[side]]
                for phone, side in zip(phones, ("here", "there"), strict=True)
            )
            pairs = (sorted(pair, key=in_order) for pair in product(here, there))
            self._add(Support(a, b, channel, row["last"]) for a, b in pairs if a.party != b.party)

    def _add(self, supports: Iterable[Support]) -> None:
        self._supports |= dict.fromkeys(supports)
        _few(self._supports, bound.PAIRS, MOST_SUPPORTS)

    def _rows(self, name: str, **params: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - what Bolt carries
        known_at = self._scope.known_at
        if known_at is None or name == _EVERYBODY:
            return self._graph.store.read(self._viewer, name, **params)
        # Retracted links are met only where the question is what was known then.
        return self._graph.store.read(self._viewer, f"{name}_known", known_at=known_at, **params)


class _Taken(_Pull):
    """The same, its links taken from a link graph of the present; whom it starts from is asked of the database."""

    def __init__(self, graph: Graph, viewer: Viewer, scope: Scope, links: LinkGraph, times: int = 1) -> None:
        super().__init__(graph, viewer, scope)
        self._links = links
        self._most = times * MOST_PARTIES
        self._part = Part(links, viewer.allowed, scope, times * MOST_SUPPORTS)

    def network(self) -> Network:
        seen, _, kept = self._whom()
        return self._part.network(kept, self._part.found(seen, kept))

    def joined_taken(self, other: _Taken, ids: Sequence[str]) -> Network:
        """As `joined`."""
        seen, inner, near = self._whom()
        own = self._links.numbers(ids)
        kept = np.union1d(near, other._part.met(own))
        # Of the outermost only the ties among themselves are looked at, as there.
        tied = self._part.found(inner, kept).and_(self._part.found(seen, near))
        return self._part.network(kept, tied.and_(other._part.found(own, kept)))

    def _whom(self) -> tuple[Ints, Ints, Ints]:
        """Whose links are looked at, all of them but the outermost, and who is in the network; sorted."""
        area = None if self._scope.area is None else self._links.numbers(self._in_area(self._scope.area))
        if self._scope.ids is None:
            everybody = self._part.everybody() if area is None else area
            few(len(everybody), bound.PARTIES, self._most)
            return everybody, everybody, everybody
        seen = layer = self._links.numbers(self._starts(self._scope.ids))
        for _ in range(self._scope.hops):
            layer = np.setdiff1d(self._part.tied(layer), seen, assume_unique=True)
            seen = np.union1d(seen, layer)
            few(len(seen), bound.PARTIES, self._most)
        return seen, np.setdiff1d(seen, layer), seen if area is None else np.intersect1d(seen, area)


def _few(found: T, what: str, most: int) -> T:
    few(len(found), what, most)
    return found
