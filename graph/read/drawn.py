"""What is drawn: things that somebody chose, and the links among them."""

from __future__ import annotations

from collections.abc import Sequence

from graph.answer import LinkFilter, NetworkView
from graph.errors import TooCostly
from graph.open import Graph
from graph.read.link import NO_FILTER, filter_params
from graph.read.network import MOST_NODES, starts_of
from graph.read.projection import entity_view
from graph.read.walk import among, nodes
from security.viewer import Viewer


def drawn(graph: Graph, viewer: Viewer, ids: Sequence[str], where: LinkFilter = NO_FILTER) -> NetworkView:
    """These things in their order, each once, and the links that pass the filter among them, by id.

    Ids that are unknown or hidden are absent. Raises BadInput for names out of range, TooCostly for more than 2,000.
    """
    if len(ids) > MOST_NODES:
        raise TooCostly(f"ids: {len(ids)} are more than {MOST_NODES}; draw less")
    filter_params(where)
    starts = starts_of(graph, viewer, ids)
    if not starts:
        return NetworkView((), ())
    found = nodes(graph, viewer, list(starts))
    links, cut = among(graph, viewer, found, where)
    # As they were asked for, where they go by another id by now.
    shown = tuple(view if view.moved_from else entity_view(found[id_]) for id_, view in starts.items() if id_ in found)
    return NetworkView(shown, links, cut)
