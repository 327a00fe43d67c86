"""Records and decisions: what one source says about one thing, and what was decided about two of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.answer import Page, RecordView
from graph.ids import is_id
from graph.open import Graph
from graph.read.entity import entity_ids
from graph.read.page import Window
from graph.read.projection import record_view
from security.viewer import Viewer


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A word on two records: verdict SAME_AS, DIFFERENT_FROM or POSSIBLY_SAME, basis RULE, MODEL or ANALYST."""

    id: str
    a: str
    b: str
    verdict: str
    basis: str
    by: str
    at: int
    reason: str | None
    mk: int
    retracted_at: int | None
    model: str | None
    score: float | None
    retracted_by: str | None
    retracted_reason: str | None


def record(graph: Graph, viewer: Viewer, id: str) -> RecordView | None:  # noqa: A002 - the contract's name
    """The record of an id, a keyed entity being its own; None where hidden or absent."""
    return records_by_id(graph, viewer, [id]).get(id)


def records_by_id(graph: Graph, viewer: Viewer, ids: Iterable[str]) -> dict[str, RecordView]:
    """The visible records of these record ids."""
    wanted = [id_ for id_ in dict.fromkeys(ids) if is_id(id_, "r_")]
    rows = graph.store.read(viewer, "entity/record", ids=wanted) if wanted else []
    return {row["asked"]: record_view(row["node"], row["entity"]) for row in rows}


def records(
    graph: Graph, viewer: Viewer, entity_id: str, first: int = 20, after: str | None = None
) -> Page[RecordView]:
    """The visible records of an entity, newest `recorded_at` first, then by id."""
    window = Window(graph, viewer, f"records:{entity_id}", first, after)
    before, after_id = window.position or (None, None)
    rows = graph.store.read(
        viewer, "entity/records", id=entity_id, before=before, after_id=after_id, limit=window.limit
    )
    return window.page(
        rows,
        lambda row: record_view(row["node"], row["entity"]),
        lambda row: [row["node"]["recorded_at"], row["node"]["id"]],
    )


def count_records(graph: Graph, viewer: Viewer, entity_id: str) -> int:
    """How many visible records an entity has."""
    return len(records_of(graph, viewer, [entity_id]).get(entity_id, ()))


def records_of(graph: Graph, viewer: Viewer, ids: Iterable[str]) -> dict[str, tuple[RecordView, ...]]:
    """Every visible record of each of these entities, in the order of `records`."""
    wanted = entity_ids(ids)
    rows = graph.store.read(viewer, "entity/records_of", ids=wanted) if wanted else []
    found: dict[str, list[RecordView]] = {}
    for row in rows:
        found.setdefault(row["entity"], []).append(record_view(row["node"], row["entity"]))
    return {id_: tuple(views) for id_, views in found.items()}


def decision(graph: Graph, viewer: Viewer, id: str) -> DecisionView | None:  # noqa: A002
    """The decision of an id; None where it or one of its records is hidden or absent."""
    rows = graph.store.read(viewer, "entity/decision", id=id)
    if not rows:
        return None
    return decision_view(rows[0]["decision"])


def decisions_about(graph: Graph, viewer: Viewer, ids: Iterable[str]) -> tuple[DecisionView, ...]:
    """What was decided about these records and may be seen, newest first, then by id; retracted words too."""
    wanted = [id_ for id_ in dict.fromkeys(ids) if is_id(id_, "r_")]
    rows = graph.store.read(viewer, "entity/decisions_about", ids=wanted) if wanted else []
    return tuple(decision_view(row["decision"]) for row in rows)


def decision_view(found: Mapping[str, Any]) -> DecisionView:
    """The decision of a node's properties."""
    given: dict[str, Any] = {name: found.get(name) for name in DecisionView.__slots__}
    return DecisionView(**given)
