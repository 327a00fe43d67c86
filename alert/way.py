"""New ways: paths between two of the watched that were not there before their last hop came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, pairwise

from alert.fact import Fact, loaded_at, row_of
from alert.watch import WatchPattern, WatchView
from graph.open import Graph
from graph.read.path import PathView, by_hop, paths
from resolution.change import Owners
from security.viewer import Viewer

# The first of so many ways between two: who is joined in more ways is told of the shortest.
WAYS = 20


def ways(graph: Graph, viewer: Viewer, owners: Owners, watch: WatchView) -> Iterator[Fact]:
    """Every way of at most so many hops between two of the watched, whole since its last hop came; in no order."""
    found = [
        path
        for one, other in combinations(sorted({own for owning in owners.values() for own in owning}), 2)
        for path in paths(graph, viewer, one, other, watch.max_hops, WAYS).paths
    ]
    told = loaded_at(graph, viewer, (row for path in found for link in path.links if (row := row_of(link))))
    for path in found:
        start, *between, end = (node.label for node in path.nodes)
        through = f" through {', '.join(between)}" if between else ""
        yield Fact(
            _whole_since(path, told),
            WatchPattern.PATH,
            "PATH",
            ":".join(node.id for node in path.nodes),
            f"{start} and {end} are newly joined in {path.length} hop{'s' if path.length > 1 else ''}{through}.",
            (path.nodes[0], path.nodes[-1]),
            links=path.links,
            path=path,
        )


def _whole_since(path: PathView, told: Mapping[str, int]) -> int:
    """When the last of its hops came; each is there since the first of its links came."""
    between = by_hop(path.links)
    hops = [between.get(frozenset((one.id, other.id)), ()) for one, other in pairwise(path.nodes)]
    return max(min((told.get(row_of(link), 0) for link in hop), default=0) for hop in hops)
