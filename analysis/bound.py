"""What bounds a question: an area, and so many days."""

from __future__ import annotations

from collections.abc import Sequence

from graph.answer import iso
from graph.errors import BadInput, NotFound, TooCostly
from graph.open import Graph
from graph.read.entity import entity
from security.viewer import Viewer

DAY_S = 86_400
MOST_DAYS = 3_660
# What a network is refused for, where it has too many of it.
PARTIES, LINKS, PAIRS = "parties", "links", "pairs of links that tie two of them"
LOCALITIES = ("Area", "Postcode", "Place", "Address")


def moment_of(graph: Graph, as_of: int | None) -> int:
    """The moment (epoch) that a question is asked of: now, or an earlier one. Raises BadInput for one to come."""
    now = graph.clock()
    if as_of is not None and as_of > now:
        raise BadInput(f"asOf: {iso(as_of)} is still to come; leave it out for now")
    return now if as_of is None else as_of


def area_id(graph: Graph, viewer: Viewer, id_: str | None, kinds: Sequence[str] = LOCALITIES) -> str | None:
    """The id that an area of one of these kinds goes by, None for None.

    Raises NotFound for what is hidden or absent, BadInput for what is no such area.
    """
    if id_ is None:
        return None
    area = entity(graph, viewer, id_)
    if area is None:
        raise NotFound(f"area: nothing by the id {id_!r}")
    if area.kind not in kinds:
        raise BadInput(f"area: {id_!r} is a {area.kind}; give one of {', '.join(kinds)}")
    return area.id


def few(count: int, what: str, most: int) -> None:
    """Nothing; raises TooCostly where a network has more of something than is measured."""
    if count > most:
        raise TooCostly(
            f"scope: the network has more than {most:,} {what}; take fewer hops or kinds, a smaller area, a better "
            "minGrade or a shorter time"
        )
