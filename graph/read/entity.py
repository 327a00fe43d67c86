"""Entities by id, their groups and degrees. Hidden and absent look the same; old ids answer with today's holder."""

from __future__ import annotations

from collections.abc import Iterable

from graph.answer import EntityView
from graph.ids import is_id
from graph.open import Graph
from graph.read.projection import entity_view
from security.viewer import Viewer


def entity(graph: Graph, viewer: Viewer, id: str) -> EntityView | None:  # noqa: A002 - the contract's name
    """The entity of an id, or the one that holds its record now (`moved_from` set); None where hidden or absent."""
    return entities_by_id(graph, viewer, [id]).get(id)


def entities_by_id(graph: Graph, viewer: Viewer, ids: Iterable[str]) -> dict[str, EntityView]:
    """The visible entities by the id that was asked for; a value is visible where a visible link touches it."""
    wanted = entity_ids(ids)
    rows = graph.store.read(viewer, "entity/by_id", ids=wanted) if wanted else []
    return {row["asked"]: entity_view(row["node"], row["asked"]) for row in rows}


def degree(graph: Graph, viewer: Viewer, ids: Iterable[str]) -> dict[str, int]:
    """How many visible links each of these entities has; 0 for what is hidden or absent."""
    wanted = entity_ids(ids)
    rows = graph.store.read(viewer, "entity/degree", ids=wanted) if wanted else []
    return dict.fromkeys(wanted, 0) | {row["id"]: row["degree"] for row in rows}


def groups(graph: Graph, viewer: Viewer, ids: Iterable[str]) -> dict[str, tuple[EntityView, ...]]:
    """For each visible id its group, itself included, by id: visible SAME_IDENTITY links, at most 4 hops."""
    wanted = entity_ids(ids)
    rows = graph.store.read(viewer, "entity/group", ids=wanted) if wanted else []
    found: dict[str, list[EntityView]] = {}
    for row in rows:
        own = row["node"]["id"] == row["start"]
        found.setdefault(row["asked"], []).append(entity_view(row["node"], row["asked"] if own else None))
    return {asked: tuple(members) for asked, members in found.items()}


def group(graph: Graph, viewer: Viewer, id: str) -> tuple[EntityView, ...]:  # noqa: A002
    """The group of an entity, itself included, by id; empty where it is hidden or absent."""
    return groups(graph, viewer, [id]).get(id, ())


def same_identity(graph: Graph, viewer: Viewer, id: str) -> tuple[EntityView, ...]:  # noqa: A002
    """The group of an entity without itself, by id."""
    return tuple(view for view in group(graph, viewer, id) if id not in (view.id, view.moved_from))


def markings(graph: Graph, view: EntityView) -> list[str]:
    """The canonical texts of an entity's markings; a value carries none."""
    return [] if view.mk is None else [graph.catalogue.marking(view.mk).text]


def entity_ids(ids: Iterable[str]) -> list[str]:
    """The well-formed entity ids among these, each once, in their order."""
    return [id_ for id_ in dict.fromkeys(ids) if is_id(id_, "e_")]
