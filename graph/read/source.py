"""Sources and how they stand, counting only what the viewer may see."""

from __future__ import annotations

from dataclasses import dataclass

from graph.answer import SourceView
from graph.open import Graph
from security.viewer import Viewer


@dataclass(frozen=True, slots=True)
class SourceStatusView:
    """A source with its visible records (keyed things included), links and rejected rows; epoch of its last load."""

    source: SourceView
    records: int
    links: int
    rejected: int
    last_loaded_at: int | None


def sources(graph: Graph, viewer: Viewer) -> list[SourceStatusView]:
    """Every source of which something visible exists, by its id."""
    records = {row["source"]: row["count"] for row in graph.store.read(viewer, "entity/source_records")}
    links = {row["source"]: row["count"] for row in graph.store.read(viewer, "link/source_links")}
    status = {row["source"]: row for row in graph.store.read(viewer, "entity/source_status")}
    found = []
    for n in records.keys() | links.keys() | status.keys():
        said = status.get(n, {"rejected": 0, "last_loaded_at": None})
        counts = records.get(n, 0), links.get(n, 0), said["rejected"] or 0
        found.append(SourceStatusView(graph.catalogue.source(n), *counts, said["last_loaded_at"]))
    return sorted(found, key=lambda view: view.source.id)
