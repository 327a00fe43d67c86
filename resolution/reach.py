"""People and organisations that a merge would bring within reach of each other, through the thing that comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.answer import EntityView, LinkFilter, LinkView, Truncation
from graph.open import Graph
from graph.read.path import PathView
from graph.read.projection import entity_view
from graph.read.trail import Trails, grade_of
from graph.read.walk import Step, among, frontier, nodes
from security.viewer import Viewer

# Only people and organisations are told: that two phones have one user is what the merge says anyway.
_PARTIES = frozenset({"Person", "Organisation"})
_REACH = 2
# Of each side so many of the nearest are looked at, of their pairs so many are followed, so many paths are told.
_NEAREST, _FOLLOWED, _TOLD = 12, 60, 10
_SPREAD, _MET = 300, 5_000
_PAIRS = 20_000
_ANY = LinkFilter()


@dataclass(frozen=True, slots=True)
class _Way:
    """How somebody is reached from an entity: the nodes between, outermost first, then the entity; weakest grade."""

    nodes: tuple[str, ...]
    weakest: int


class _Steps:
    """The steps of a walk, each read once; the entities that would be one are always passed through."""

    def __init__(self, graph: Graph, viewer: Viewer, ends: Sequence[str]) -> None:
        self._graph, self._viewer, self._ends = graph, viewer, ends
        self._known: dict[str, Step] = {}

    def __call__(self, ids: Iterable[str]) -> dict[str, Step]:
        wanted = list(ids)
        missing = [id_ for id_ in wanted if id_ not in self._known]
        if missing:
            self._known |= frontier(self._graph, self._viewer, missing, _ANY, self._ends)
        return {id_: self._known[id_] for id_ in wanted}


def new_paths(
    graph: Graph, viewer: Viewer, left: Sequence[str], right: Sequence[str]
) -> tuple[list[PathView], Truncation | None]:
    """The shortest paths of at most four hops, through what would be one, between parties that none joins now.

    `left`, `right`: the entities of the two sides. By length, then the best weakest grade, then ids; at most ten, of
    the pairs of the twelve nearest parties of each side, and what was left out.
    """
    steps = _Steps(graph, viewer, sorted({*left, *right}))
    ways = [_near(graph, viewer, steps, side, {*left, *right}) for side in (left, right)]
    pairs = sorted(_pairs(*ways), key=_rank)
    fresh = [pair for pair in pairs[:_FOLLOWED] if not _joined(steps, pair)]
    paths = _shown(graph, viewer, fresh[:_TOLD])
    left_out = max(len(fresh) - _TOLD, 0) + max(len(pairs) - _FOLLOWED, 0)
    reason = f"the {_TOLD} shortest of the new paths among the {_FOLLOWED} nearest pairs are shown"
    return paths, Truncation(reason, left_out) if left_out else None


def _near(graph: Graph, viewer: Viewer, steps: _Steps, start: Sequence[str], apart: set[str]) -> list[_Way]:
    """The best way to each of the nearest parties within two hops of these entities."""
    ways = {id_: _Way((id_,), 0) for id_ in start}
    layer = sorted(ways)
    for _ in range(_REACH):
        found: dict[str, _Way] = {}
        for id_, step in sorted(steps(layer[:_SPREAD]).items()):
            for there, grade in step.neighbours if step.passed else ():
                way = _Way((there, *ways[id_].nodes), max(grade, ways[id_].weakest))
                if there not in ways and there not in apart and _better(way, found.get(there)):
                    found[there] = way
        layer = sorted(found, key=lambda id_: (found[id_].weakest, id_))[:_MET]
        ways |= {id_: found[id_] for id_ in layer}
    kinds = {id_: node["kind"] for id_, node in nodes(graph, viewer, sorted(ways.keys() - apart)).items()}
    parties = [way for id_, way in ways.items() if kinds.get(id_) in _PARTIES]
    return sorted(parties, key=lambda way: (len(way.nodes), way.weakest, way.nodes))[:_NEAREST]


def _better(way: _Way, known: _Way | None) -> bool:
    return known is None or (way.weakest, way.nodes) < (known.weakest, known.nodes)


def _pairs(left: Sequence[_Way], right: Sequence[_Way]) -> Iterator[tuple[_Way, _Way]]:
    """Two ways that share no node; who is near both sides is joined to everybody already."""
    both = {way.nodes[0] for way in left} & {way.nodes[0] for way in right}
    for a in left:
        for b in right:
            if both.isdisjoint((a.nodes[0], b.nodes[0])) and {*a.nodes}.isdisjoint(b.nodes):
                yield a, b


def _rank(pair: tuple[_Way, _Way]) -> tuple[int, int, tuple[str, ...], tuple[str, ...]]:
    a, b = pair
    return _length(a, b), max(a.weakest, b.weakest), a.nodes, b.nodes


def _length(a: _Way, b: _Way) -> int:
    return len(a.nodes) + len(b.nodes) - 2


def _joined(steps: _Steps, pair: tuple[_Way, _Way]) -> bool:
    """Whether a path that is no longer joins the two already; one that is too costly to look for counts as none."""
    search = Trails(lambda ids: steps(ids), pair[0].nodes[0], pair[1].nodes[0], _PAIRS)
    return bool(search.find(_length(*pair), 1))


def _shown(graph: Graph, viewer: Viewer, pairs: Sequence[tuple[_Way, _Way]]) -> list[PathView]:
    """The paths of these pairs; where the two sides meet stands the first side's entity."""
    ids = sorted({id_ for pair in pairs for way in pair for id_ in way.nodes})
    found = nodes(graph, viewer, ids) if pairs else {}
    views = {id_: entity_view(node) for id_, node in found.items()}
    links, _ = among(graph, viewer, {id_: found[id_] for id_ in ids}, _ANY) if pairs else ((), None)
    return [_path(a, b, views, links) for a, b in pairs if all(id_ in views for id_ in (*a.nodes, *b.nodes))]


def _path(a: _Way, b: _Way, views: dict[str, EntityView], links: Sequence[LinkView]) -> PathView:
    hops = [frozenset(hop) for way in (a.nodes, b.nodes[::-1]) for hop in pairwise(way)]
    on_it = tuple(link for hop in hops for link in links if {link.origin.id, link.target.id} == hop)
    sources = {link.source for link in on_it if link.source is not None}
    through = [views[id_] for id_ in (*a.nodes, *b.nodes[-2::-1])]
    return PathView(_length(a, b), tuple(through), on_it, grade_of(max(a.weakest, b.weakest)), len(sources))
