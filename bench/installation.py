"""An installation of a benchmark's own, which is thrown away."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from graph import schema
from graph.open import Clock, Graph, managed, open_graph
from graph.settings import Settings
from resolution.key import INDEXED
from security.marking import FLOOR

_BATCH = 10_000


@contextmanager
def thrown_away() -> Iterator[tuple[Settings, Path]]:
    """Settings of an installation with its own server, and a folder for files beside it; both are gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="polegraph-bench-"))
    settings = Settings(data_dir=folder / "data", markings_file=None)
    try:
        yield settings, folder
    finally:
        managed(settings).stop()
        shutil.rmtree(folder, ignore_errors=True)


def prepared(settings: Settings, clock: Clock) -> Graph:
    """The installation's graph, empty but for its schema and the lowest marking, with a clock of its own."""
    graph = open_graph(settings, clock=clock)
    schema.apply(graph.store, graph.ids, INDEXED, [FLOOR])
    graph.catalogue.refresh()
    return graph


def put_events(graph: Graph, rows: Sequence[Mapping[str, Any]]) -> None:
    """Put nodes of events into the graph as they are given, each of the `kind` that it says."""
    for begin in range(0, len(rows), _BATCH):
        some = {"rows": rows[begin : begin + _BATCH]}
        graph.store.write(
            lambda transaction, some=some: transaction.run_text(  # type: ignore[misc]
                "UNWIND $rows AS row CREATE (e:Entity:Event:$(row.kind)) SET e = row", some
            )
        )
