"""Paths: how two things are joined, shortest and best attested first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from graph.answer import EntityView, LinkFilter, LinkView, Truncation
from graph.errors import BadInput
from graph.ids import parse_link_id
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


class PathOrder(StrEnum):
    """What comes first of paths."""

    LENGTH = "LENGTH"
    STRENGTH = "STRENGTH"


@dataclass(frozen=True, slots=True)
class PathsView:
    """The paths found, what was left out, and what every one of these paths needs.

    `bridges`: the things, ends apart, that all go through. `bridge_links`: the links of each statement (a row of a
    source) without which a hop of every path would be gone. `complete`: there are no other paths of so many hops.
    """

    paths: tuple[PathView, ...]
    truncated: Truncation | None = None
    bridges: tuple[EntityView, ...] = ()
    bridge_links: tuple[LinkView, ...] = ()
    complete: bool = True


def paths(
    graph: Graph,
    viewer: Viewer,
    origin: str,
    target: str,
    max_hops: int = 6,
    first: int = 5,
    where: LinkFilter = NO_FILTER,
    order: PathOrder = PathOrder.LENGTH,
) -> PathsView:
    """The first paths between two things: by length, then the best weakest grade (ungraded last), then node ids.

    By strength the best weakest grade comes before the length.

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
    find = search.find if order is PathOrder.LENGTH else search.find_strongest
    trails = find(max_hops, first + 1)
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
    return PathsView(found, cut, _bridges(shown, views), _bridge_links(found), cut is None)


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


def _bridge_links(paths: Sequence[PathView]) -> tuple[LinkView, ...]:
    """The links of every statement without which each path would lose a hop, by id."""
    needed = [_needed(path) for path in paths]
    rows = set.intersection(*needed) if needed else set()
    links = {link.id: link for path in paths for link in path.links if _row_of(link) in rows}
    return tuple(links[id_] for id_ in sorted(links))


def _needed(path: PathView) -> set[str]:
    """The statements of a path that alone say one of its hops."""
    between = by_hop(path.links)
    said = [{_row_of(link) for link in between[frozenset((a.id, b.id))]} for a, b in pairwise(path.nodes)]
    return {row for rows in said if len(rows) == 1 for row in rows}


def _row_of(link: LinkView) -> str:
    """The statement that a link is of: the row that says it; a SAME_IDENTITY stands for itself."""
    stated = parse_link_id(link.id)
    return link.id if stated is None or link.type == "SAME_IDENTITY" else stated[0]
