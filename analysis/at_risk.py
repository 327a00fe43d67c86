"""Who in a network is marked as vulnerable, how far from its middle, and by what they are tied to offenders.

It says where to look for somebody who may need help: no score of anybody, and nothing about what somebody will do.
Whoever was harmed by an offender is not tied to them by that crime alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.bound import moment_of
from analysis.network import TYPES, Network
from analysis.pull import left_out, pull
from analysis.scope import MOST, Scope, group_of
from graph.answer import EntityView, LinkView
from graph.model import EVENTS, KINDS
from graph.open import Graph
from graph.read.denied import NOTHING_FOUND
from graph.read.event import ACCUSED_ROLES, Listed
from graph.read.link import NO_FILTER, view_of
from graph.read.page import cut_to, within
from graph.read.profile import WarningView, holds, marker_warning
from graph.read.projection import entity_view
from graph.read.walk import among, joined, nodes
from security.viewer import Viewer

MOST_HOPS = 4
# What is shared closely enough to reach a child or an adult at risk through it.
SHARED = ("Address", "Phone", "Vehicle", *EVENTS)
_LIVES_AT = TYPES.index("LIVES_AT")
_ASSOCIATED = "ASSOCIATED_WITH"
# By what two are tied: the kind of what they share, with its id (of a call the two phones'), or an association.
_By = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class OffenderTieView:
    """An offender to whom somebody at risk is tied: by which kinds of thing, and whether both live at one address."""

    entity: EntityView
    by: tuple[str, ...]
    lives_together: bool


@dataclass(frozen=True, slots=True)
class AtRiskView:
    """Somebody marked as vulnerable: the markers, the parties on a shortest way from the subject, both ends included.

    `offenders`: those tied to them, who lives with them first, then by id; `evidence`: the links that tie them.
    """

    entity: EntityView
    markers: tuple[WarningView, ...]
    hops: int
    path: tuple[EntityView, ...]
    offenders: tuple[OffenderTieView, ...]
    evidence: tuple[LinkView, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class _Found:
    """Somebody at risk, by numbers: the way from the subject, and what ties each offender."""

    node: int
    path: tuple[int, ...]
    offenders: Mapping[int, frozenset[_By]]
    homes: Mapping[int, bool]

    @property
    def order(self) -> tuple[bool, int, int, int]:
        """Who lives with an offender first, then who is nearest, then who is tied to most of them, then by id."""
        return not any(self.homes.values()), len(self.path), -len(self.offenders), self.node


def vulnerable_in_network(
    graph: Graph,
    viewer: Viewer,
    id: str,  # noqa: A002 - the contract's name
    hops: int = 2,
    first: int = 20,
    as_of: int | None = None,
) -> Listed[AtRiskView]:
    """Everybody marked as vulnerable so many ties from a person or organisation, and the offenders tied to them.

    By what had happened until `as_of` (epoch) or now, and the markers that held then; undated links pass.
    Raises NotFound for what is hidden or absent, BadInput for another kind, for a moment to come, where `hops` is
    not 1 to 4 and where `first` is not 1 to 100, TooCostly as `pull`.
    """
    within("first", first, 1, MOST)
    within("hops", hops, 1, MOST_HOPS)
    own = group_of(graph, viewer, id, "vulnerableInNetwork")
    now = moment_of(graph, as_of)
    network = pull(graph, viewer, Scope(ids=tuple(own), hops=hops, kinds=SHARED, until=as_of))
    marked = _marked(graph, viewer, network, now)
    given = {"roles": list(ACCUSED_ROLES), "nothing": NOTHING_FOUND, "until": as_of}
    accused = [row["id"] for row in _of(graph, viewer, "network/accused", network, **given)]
    found = sorted(_found(network, own, marked, accused), key=lambda each: each.order)
    shown, cut = cut_to(found, first)
    stored = nodes(graph, viewer, sorted({id_ for each in shown for id_ in _ids(network, each)})) if shown else {}
    views = {id_: entity_view(node) for id_, node in stored.items()}
    links, beyond = among(graph, viewer, stored, NO_FILTER) if shown else ((), None)
    items = tuple(_view(network, each, marked, views, links) for each in shown)
    return Listed(items, joined([cut, left_out(network), beyond]))


def _of(graph: Graph, viewer: Viewer, name: str, network: Network, **params: object) -> list[dict[str, Any]]:
    return graph.store.read(viewer, name, ids=list(network.ids), **params) if network.ids else []


def _marked(graph: Graph, viewer: Viewer, network: Network, now: int) -> dict[str, tuple[WarningView, ...]]:
    """The markers of vulnerability that hold at a moment, by whose they are, each once."""
    found = defaultdict[str, dict[str, WarningView]](dict)
    for row in _of(graph, viewer, "network/at_risk", network):
        link = view_of(row)
        if holds(link, now):
            found[row["id"]].setdefault(link.target.id, marker_warning(link))
    return {id_: tuple(markers.values()) for id_, markers in found.items()}


def _found(
    network: Network, own: Sequence[str], marked: Mapping[str, object], accused: Sequence[str]
) -> Iterator[_Found]:
    paths = _shortest(network, [network.number[id_] for id_ in own if id_ in network.number])
    suspects = {network.number[id_] for id_ in accused}
    weak = {network.number[id_] for id_ in marked}
    by: defaultdict[int, defaultdict[int, set[_By]]] = defaultdict(lambda: defaultdict(set))
    homes: defaultdict[int, dict[int, bool]] = defaultdict(dict)
    for one, other, how, home in _supports(network):
        for node, suspect in ((one, other), (other, one)):
            if node in weak and suspect in suspects:
                by[node][suspect].add(how)
                homes[node][suspect] = homes[node].get(suspect, False) or home
    for node in sorted(weak & paths.keys()):
        tied = {suspect: frozenset(how) for suspect, how in by[node].items()}
        yield _Found(node, paths[node], tied, homes[node])


def _shortest(network: Network, starts: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """A shortest way from one of the starts to each node that is reached, of several the first by ids."""
    paths: dict[int, tuple[int, ...]] = {node: (node,) for node in sorted(starts)}
    layer = list(paths)
    while layer:
        reached = []
        for node in layer:
            for beside in network.ties.around(node).tolist():
                if beside not in paths:
                    paths[beside] = (*paths[node], beside)
                    reached.append(beside)
        layer = reached
    return paths


def _supports(network: Network) -> Iterator[tuple[int, int, _By, bool]]:
    """Both parties of each support, by what it ties them, and whether both live there."""
    kinds = network.kinds or {}
    type_ = network.type[network.link]
    home = (type_[network.one] == _LIVES_AT) & (type_[network.other] == _LIVES_AT)
    columns = (network.party[network.one], network.party[network.other], network.thing, home)
    for one, other, thing, lives in zip(*(column.tolist() for column in columns), strict=True):
        id_ = None if thing < 0 else network.things[thing]
        yield one, other, (_ASSOCIATED if id_ is None else KINDS[kinds[id_]].enum, id_), lives


def _ids(network: Network, found: _Found) -> set[str]:
    """Whoever and whatever is shown or is evidence."""
    people = {*found.path, *found.offenders}
    things = {id_ for how in found.offenders.values() for _, id_ in how if id_ is not None}
    return {network.ids[node] for node in people} | {part for id_ in things for part in id_.split()}


def _view(
    network: Network,
    found: _Found,
    marked: Mapping[str, tuple[WarningView, ...]],
    views: Mapping[str, EntityView],
    links: Sequence[LinkView],
) -> AtRiskView:
    id_ = network.ids[found.node]
    offenders = tuple(
        OffenderTieView(
            views[network.ids[node]], tuple(sorted({kind for kind, _ in found.offenders[node]})), found.homes[node]
        )
        for node in sorted(found.offenders, key=lambda node: (not found.homes[node], node))
    )
    between = _ids(network, found) - {network.ids[node] for node in found.path} | {id_}
    between |= {network.ids[node] for node in found.offenders}
    evidence = tuple(link for link in links if link.origin.id in between and link.target.id in between)
    path = tuple(views[network.ids[node]] for node in found.path)
    return AtRiskView(
        views[id_], marked[id_], len(found.path) - 1, path, offenders, evidence, _sentence(views[id_], offenders)
    )


def _sentence(view: EntityView, offenders: Sequence[OffenderTieView]) -> str:
    together = sum(each.lives_together for each in offenders)
    told = f"{view.label}, who is marked as vulnerable, "
    if not offenders:
        return told + "is tied to nobody in this network who has an offender's role."
    who = "one person" if len(offenders) == 1 else f"{len(offenders)} people"
    living = "" if not together else ", and lives with them" if len(offenders) == 1 else f", and lives with {together}"
    return f"{told}is tied to {who} with an offender's role{living}."
