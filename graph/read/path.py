"""Paths: how two things are joined, shortest and best attested first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.answer import EntityView, LinkFilter, LinkView, Truncation
from graph.errors import BadInput
from graph.open import Graph
from graph.read.entity import entities_by_id
from graph.read.link import NO_FILTER, filter_params
from graph.read.projection import entity_view
from graph.read.surroundings import used_up
from graph.read.trail import Trail, Trails, grade_of
from graph.read.walk import Step, among, check_hops, frontier, joined, nodes, not_passed
from security.viewer import Viewer

MOST_PATHS = 50


@dataclass(frozen=True, slots=True)
class PathView:
    """A path: its hops, nodes in order, links hop by hop (parallel ones by id), packed weakest grade, distinct sources.

    A hop is as strong as its best link, a path as weak as its weakest hop; None where that hop is ungraded.
    """

    length: int
    nodes: tuple[EntityView, ...]
    links: tuple[LinkView, ...]
    weakest: int | None
    independent_sources: int


@dataclass(frozen=True, slots=True)
class PathsView:
    """The paths found, what was left out, and the things, ends apart, that every one of these paths goes through."""

    paths: tuple[PathView, ...]
    truncated: Truncation | None = None
    bridges: tuple[EntityView, ...] = ()


def paths(
    graph: Graph,
    viewer: Viewer,
    origin: str,
    target: str,
    max_hops: int = 6,
    first: int = 5,
    where: LinkFilter = NO_FILTER,
) -> PathsView:
    """The first paths between two things: by length, then the best weakest grade (ungraded last), then node ids.

    A path is a sequence of different nodes. Its inner nodes keep to the rules of walking (`graph.read.walk`); its ends
    are taken as they are. Empty where an end is unknown or hidden. Raises BadInput where `max_hops` is not 1 to 6,
    `first` not 1 to 50, or the ends are one thing.
    """
    check_hops("maxHops", max_hops)
    if not 1 <= first <= MOST_PATHS:
        raise BadInput(f"first: {first} is not between 1 and {MOST_PATHS}; exclude ids or kinds to see other paths")
    filter_params(where)
    found = entities_by_id(graph, viewer, [origin, target])
    start, end = found.get(origin), found.get(target)
    if origin == target or (start and end and start.id == end.id):
        raise BadInput(f"to: {target!r} is the same thing as `from`; a path needs two")
    if start is None or end is None:
        return PathsView(())
    ends = {start.id: start, end.id: end}

    def steps(ids: list[str]) -> dict[str, Step]:
        return frontier(graph, viewer, ids, where, list(ends))

    search = Trails(steps, start.id, end.id)
    trails = search.find(max_hops, first + 1)
    return _shown(graph, viewer, where, search, trails, first, ends)


def _shown(
    graph: Graph,
    viewer: Viewer,
    where: LinkFilter,
    search: Trails,
    trails: list[Trail],
    first: int,
    ends: dict[str, EntityView],
) -> PathsView:
    shown = trails[:first]
    on_them = sorted({id_ for trail in shown for id_ in trail.nodes})
    named = [*on_them, *search.surroundings.most_crowded]
    stored = nodes(graph, viewer, named) if named else {}
    views = {id_: entity_view(node) for id_, node in stored.items()} | ends
    links, links_cut = among(graph, viewer, {id_: stored[id_] for id_ in on_them}, where) if shown else ((), None)
    between = by_hop(links)
    cut = joined([*_cuts(search, len(trails) - len(shown)), not_passed(search.surroundings.closed, views), links_cut])
    found = tuple(path_along(trail.nodes, trail.weakest, views, between) for trail in shown)
    return PathsView(found, cut, _bridges(shown, views))


def _cuts(search: Trails, beyond: int) -> list[Truncation]:
    cuts = []
    if beyond:
        cuts.append(Truncation("more paths than `first` exist", beyond))
    if cut := used_up(search.surroundings):
        cuts.append(cut)
    if search.tired:
        cuts.append(Truncation("too many ways to count off; longer paths were not looked for", 1))
    return cuts


def by_hop(links: Iterable[LinkView]) -> Mapping[frozenset[str], list[LinkView]]:
    """Links by the two things that they join."""
    between: dict[frozenset[str], list[LinkView]] = defaultdict(list)
    for link in links:
        between[frozenset((link.origin.id, link.target.id))].append(link)
    return between


def path_along(
    ids: Sequence[str],
    weakest: int,
    views: Mapping[str, EntityView],
    between: Mapping[frozenset[str], Sequence[LinkView]],
) -> PathView:
    """The path of these nodes; `weakest` is the grade of its weakest hop, `between` its links by the ends of a hop."""
    links = tuple(link for hop in pairwise(ids) for link in between.get(frozenset(hop), ()))
    sources = {link.source for link in links if link.source is not None}
    return PathView(len(ids) - 1, tuple(views[id_] for id_ in ids), links, grade_of(weakest), len(sources))


def _bridges(trails: list[Trail], views: dict[str, EntityView]) -> tuple[EntityView, ...]:
    inner = [set(trail.nodes[1:-1]) for trail in trails]
    return tuple(views[id_] for id_ in sorted(set.intersection(*inner))) if inner else ()
