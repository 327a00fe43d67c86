"""Networks: what lies within some hops of some things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.answer import EntityView, LinkFilter, NetworkView, Truncation
from graph.errors import BadInput
from graph.open import Graph
from graph.read.entity import entities_by_id
from graph.read.link import NO_FILTER, filter_params
from graph.read.projection import entity_view
from graph.read.walk import MOST_STARTS, Step, among, check_hops, frontier, joined, nodes, not_passed
from security.viewer import Viewer

MOST_NODES = 2_000


@dataclass(slots=True)
class _Spread:
    """What spreading out has reached: ids without the starts, nearest first, and what was left out."""

    kept: list[str] = field(default_factory=list)
    closed: list[Step] = field(default_factory=list)
    suppressed: int = 0


def expand(
    graph: Graph,
    viewer: Viewer,
    ids: Sequence[str],
    hops: int = 1,
    where: LinkFilter = NO_FILTER,
    limit: int = 200,
) -> NetworkView:
    """The things within `hops` (1 to 6) of these, and the links that pass the filter among them.

    Nodes: the starts in the order asked, then at most `limit` (1 to 2,000) others, nearest first, then by id. Links by
    id. Where the limit cuts, the hop that it cuts is counted and no further one is walked. Ids that are unknown or
    hidden are absent. Raises BadInput for hops, limit or names out of range.
    """
    _check(ids, hops, limit)
    filter_params(where)
    starts = starts_of(graph, viewer, ids)
    if not starts:
        return NetworkView((), ())
    spread = _spread(graph, viewer, list(starts), hops, where, limit)
    found = nodes(graph, viewer, [*starts, *spread.kept])
    links, links_cut = among(graph, viewer, found, where)
    views = {id_: entity_view(node) for id_, node in found.items()} | starts
    shown = tuple(views[id_] for id_ in (*starts, *spread.kept) if id_ in views)
    limit_cut = Truncation(f"limit {limit} reached", spread.suppressed) if spread.suppressed else None
    return NetworkView(shown, links, joined([limit_cut, not_passed(spread.closed, views), links_cut]))


def _check(ids: Sequence[str], hops: int, limit: int) -> None:
    check_hops("hops", hops)
    if not 1 <= limit <= MOST_NODES:
        raise BadInput(f"limit: {limit} is not between 1 and {MOST_NODES}; filter by types, kinds or dates instead")
    if len(ids) > MOST_STARTS:
        raise BadInput(f"ids: {len(ids)} are more than {MOST_STARTS}; ask in several questions")


def starts_of(graph: Graph, viewer: Viewer, ids: Sequence[str]) -> dict[str, EntityView]:
    """The visible things of these ids in their order, each once, by the ids they go by."""
    by_asked = entities_by_id(graph, viewer, ids)
    starts: dict[str, EntityView] = {}
    for view in (by_asked[id_] for id_ in ids if id_ in by_asked):
        starts.setdefault(view.id, view)
    return starts


def _spread(graph: Graph, viewer: Viewer, starts: list[str], hops: int, where: LinkFilter, limit: int) -> _Spread:
    spread, seen, layer = _Spread(), set(starts), starts
    for _ in range(hops):
        steps = frontier(graph, viewer, layer, where, starts)
        spread.closed += [step for step in steps.values() if step.unread]
        layer = sorted({id_ for step in steps.values() for id_, _ in step.neighbours} - seen)
        room = limit - len(spread.kept)
        spread.kept += layer[:room]
        spread.suppressed = len(layer) - len(layer[:room])
        seen.update(layer)
        if spread.suppressed or not layer:
            break
    return spread
