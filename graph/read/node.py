"""Anything by its id: the prefix says what it is."""

from __future__ import annotations

from graph.answer import EntityView, LinkView, RecordView
from graph.open import Graph
from graph.read.entity import entity
from graph.read.link import link
from graph.read.record import DecisionView, decision, record
from security.viewer import Viewer

NodeView = EntityView | RecordView | LinkView | DecisionView


def node(graph: Graph, viewer: Viewer, id: str) -> NodeView | None:  # noqa: A002 - the contract's name
    """The entity, record, link or decision of an id; None where it is hidden, absent or no id."""
    match id[:2]:
        case "e_":
            return entity(graph, viewer, id)
        case "r_":
            return record(graph, viewer, id)
        case "l_":
            return link(graph, viewer, id)
        case "d_":
            return decision(graph, viewer, id)
    return None
