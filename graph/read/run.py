"""Loads on record, as far as one viewer may see: a load with a row that he may not see is absent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from graph.open import Graph
from security.viewer import Viewer


@dataclass(frozen=True, slots=True)
class RunView:
    """A load: how it stands, of which sources, when it began and ended (epoch), how far it is, what it reported."""

    id: str
    state: str
    sources: tuple[str, ...]
    began_at: int
    ended_at: int | None
    progress: Mapping[str, Any]
    report: Mapping[str, Any]
    error: str | None

    def as_json(self) -> dict[str, Any]:
        """The load as commands and routes give it out."""
        return {
            "id": self.id,
            "state": self.state,
            "sources": list(self.sources),
            "began_at": self.began_at,
            "ended_at": self.ended_at,
            "progress": self.progress,
            "report": self.report,
            "error": self.error,
        }


def runs(graph: Graph, viewer: Viewer, first: int) -> list[RunView]:
    """The newest loads, the newest first."""
    return [_view(row) for row in graph.store.read(viewer, "run/newest", limit=first)]


def run(graph: Graph, viewer: Viewer, id_: str) -> RunView | None:
    """One load; None where there is none that the viewer may see."""
    rows = graph.store.read(viewer, "run/by_id", id=id_)
    return _view(rows[0]) if rows else None


def _view(row: Mapping[str, Any]) -> RunView:
    return RunView(
        row["id"],
        row["state"],
        tuple(row["sources"]),
        row["began_at"],
        row["ended_at"],
        orjson.loads(row["progress"] or "{}"),
        orjson.loads(row["report"] or "{}"),
        row["error"],
    )
