"""A load's own notes: they never stand in the way of the load."""

from __future__ import annotations

import socket

from graph.catalogue import Catalogue
from graph.ids import Ids
from graph.managed.instance import Connection
from graph.open import Graph
from graph.store import Store
from loaders.run import Run, RunLog
from tests.conftest import KEY, NOW


def test_progress_is_not_noted_while_the_database_is_gone() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        # Bound, and nobody listens: the connection is refused.
        with Store(Connection(f"bolt://127.0.0.1:{taken.getsockname()[1]}", "neo4j", "gone")) as store:
            graph = Graph(store, Ids(KEY), Catalogue(store), lambda: NOW)
            RunLog(graph, Run("20260301T101500Z-9f3a1c", NOW)).note("waiting for the database", 1, None)
