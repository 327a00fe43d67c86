"""Who a subject is tied to, how strongly, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.answer import EntityView, LinkView, Page
from graph.open import Graph
from graph.read.denied import NOTHING_FOUND, WITHHELD_ROLES
from graph.read.event import members
from graph.read.link import view_of
from graph.read.page import COUNTED, Window
from graph.read.projection import entity_view
from graph.read.walk import GENERIC_HOLDERS
from security.viewer import Viewer

# Points are whole numbers inside the database, so that a sum does not depend on the order of its parts.
_UNIT = 1_000_000
_DENIED = {"withheld": WITHHELD_ROLES, "nothing": NOTHING_FOUND}


@dataclass(frozen=True, slots=True)
class AssociateView:
    """Somebody tied to the subject, why, in how many events together, and the latest date of that (epoch)."""

    entity: EntityView
    score: float
    because: tuple[LinkView, ...]
    shared_events: int
    last_seen: int | None


def associates(
    graph: Graph,
    viewer: Viewer,
    id: str,  # noqa: A002
    first: int = 20,
    after: str | None = None,
) -> Page[AssociateView]:
    """The people and organisations tied to a subject, highest score first, then by id.

    The score counts 1 for each source that states an association, and for each event, address, phone, document, vehicle
    or other thing that both have a link to, 1 / (number of others who have it too): what two share with nobody else
    ties them most. What more than 100 others share does not count, nor a part as a victim, witness or caller, nor a
    search that found nothing. All counted over what the viewer may see.
    Source: Newman, Scientific collaboration networks II, Phys. Rev. E 64 (2001) 016132, weight of a shared paper.
    """
    window = Window(graph, viewer, f"associates:{id}", first, after)
    own = members(graph, viewer, [id])
    rows = _associate_rows(graph, viewer, own, window.position, window.limit)
    because = _because(graph, viewer, own, [row["id"] for row in rows[: window.first]])
    return window.page(rows, lambda row: _associate(row, because), lambda row: [row["points"], row["id"]])


def count_associates(graph: Graph, viewer: Viewer, id: str) -> tuple[int, bool]:  # noqa: A002
    """How many associates a subject has, and whether there are more than the 10,000 that are counted."""
    found = len(_associate_rows(graph, viewer, members(graph, viewer, [id]), None, COUNTED + 1))
    return min(found, COUNTED), found > COUNTED


def _associate_rows(
    graph: Graph, viewer: Viewer, own: list[str], position: list[Any] | None, limit: int
) -> list[dict[str, Any]]:
    before, after_id = position or (None, None)
    return graph.store.read(
        viewer,
        "subject/associates",
        ids=own,
        unit=_UNIT,
        generic=GENERIC_HOLDERS,
        **_DENIED,
        before=before,
        after_id=after_id,
        limit=limit,
    )


def _because(graph: Graph, viewer: Viewer, own: list[str], others: list[str]) -> dict[str, tuple[LinkView, ...]]:
    if not others:
        return {}
    rows = graph.store.read(viewer, "subject/because", ids=own, others=others, generic=GENERIC_HOLDERS, **_DENIED)
    found: dict[str, list[LinkView]] = defaultdict(list)
    for row in rows:
        found[row["other"]].append(view_of(row))
    return {other: tuple(links) for other, links in found.items()}


def _associate(row: Mapping[str, Any], because: Mapping[str, tuple[LinkView, ...]]) -> AssociateView:
    view = entity_view(row["node"])
    return AssociateView(view, row["points"] / _UNIT, because.get(view.id, ()), row["events"], row["last"])
