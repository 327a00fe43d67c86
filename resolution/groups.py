"""Entities gathered by their ties across compartments."""

from __future__ import annotations

from graph.open import Graph


def tied_groups(graph: Graph, kind: str) -> dict[str, str]:
    """For each entity of a kind that is tied to another, the least entity id that ties lead to."""
    root: dict[str, str] = {}

    def find(entity: str) -> str:
        while root.setdefault(entity, entity) != entity:
            entity = root[entity]
        return entity

    for tie in graph.store.stream("resolve/same_identity", kind=kind):
        low, high = sorted((find(tie["from"]), find(tie["to"])))
        root[high] = low
    return {entity: find(entity) for entity in list(root)}
