"""The smallest network found that joins some things."""

from __future__ import annotations

from collections.abc import Sequence

from graph.answer import LinkFilter, NetworkView, Truncation
from graph.errors import BadInput
from graph.open import Graph
from graph.read.joining import Joining
from graph.read.link import NO_FILTER, filter_params
from graph.read.network import starts_of
from graph.read.projection import entity_view
from graph.read.surroundings import used_up
from graph.read.walk import Step, among, check_hops, frontier, joined, nodes, not_passed
from security.viewer import Viewer

MOST_SUBJECTS = 20


def connect(
    graph: Graph, viewer: Viewer, ids: Sequence[str], max_hops: int = 4, where: LinkFilter = NO_FILTER
) -> NetworkView:
    """A small network that joins these things, and the links that pass the filter among its nodes.

    Each is at most `max_hops` (1 to 6) from the next; things that nothing joins stand alone, and `truncated` says into
    how many parts the network falls. Nodes: the things in the order asked, then what joins them, by id; links by id.
    Ids that are unknown or hidden are absent. Raises BadInput for hops or names out of range, and for fewer than two
    ids or more than 20.
    """
    check_hops("maxHops", max_hops)
    if not 2 <= len(set(ids)) <= MOST_SUBJECTS:
        raise BadInput(f"ids: {len(set(ids))} different ones; connect joins 2 to {MOST_SUBJECTS}")
    filter_params(where)
    starts = starts_of(graph, viewer, ids)
    if not starts:
        return NetworkView((), ())

    def steps(asked: list[str]) -> dict[str, Step]:
        return frontier(graph, viewer, asked, where, list(starts))

    search = Joining(steps, starts)
    between = sorted(search.find(max_hops))
    found = nodes(graph, viewer, [*starts, *between])
    links, links_cut = among(graph, viewer, found, where)
    views = {id_: entity_view(node) for id_, node in found.items()} | starts
    closed = not_passed(search.surroundings.closed, views)
    cut = joined([_apart(search.networks, max_hops), used_up(search.surroundings), closed, links_cut])
    return NetworkView(tuple(views[id_] for id_ in (*starts, *between)), links, cut)


def _apart(networks: int, max_hops: int) -> Truncation | None:
    if networks < 2:
        return None
    return Truncation(f"{networks} parts: no way of at most {max_hops} hops was found from one to another", 0)
