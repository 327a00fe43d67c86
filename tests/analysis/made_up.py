"""An analytic that nobody may make: it reads all that is denied, itself and through what everybody reads with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.open import Graph
from graph.read.event import recent_events
from security.viewer import Viewer


def picked(graph: Graph, viewer: Viewer, people: list[Any], row: Mapping[str, Any], id_: str) -> list[Any]:
    """Whoever is of an age, of a sex and born somewhere, and those around them."""
    born = graph.store.read(viewer, "network/characteristics", ids=[id_])
    some = [person for person in people if person.gender == "1" and row["place_of_birth"]]
    tied = graph.store.read(viewer, "network/shared", ids=[id_], withheld=("CALLER",), **{"nothing": "."})
    return [*some, *tied, *born, *recent_events(graph, viewer, [id_], 5)]
