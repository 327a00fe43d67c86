"""What a question sent to the database, sent again by a bare driver."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, LiteralString

import neo4j

from graph.open import Graph
from graph.store import Rows, Store

Sent = tuple[LiteralString, dict[str, Any]]


class RecordingStore(Store):
    """A store that keeps what it was asked while `kept` is a list."""

    kept: list[Sent] | None = None

    def _query(self, name: str, text: LiteralString, params: Mapping[str, Any], timeout_s: float | None) -> Rows:
        if self.kept is not None:
            self.kept.append((text, dict(params)))
        return super()._query(name, text, params, timeout_s)


@contextmanager
def recorded(graph: Graph) -> Iterator[tuple[Graph, RecordingStore]]:
    """The same graph through a store that keeps what it is asked."""
    store = RecordingStore(graph.store.connection, timeout_s=graph.store.timeout_s)
    with store:
        yield replace(graph, store=store), store


@contextmanager
def bare(store: Store) -> Iterator[neo4j.Session]:
    """A session of a driver as it comes."""
    to = store.connection
    with (
        neo4j.GraphDatabase.driver(to.uri, auth=(to.user, to.password), notifications_min_severity="OFF") as driver,
        driver.session(database=to.database, default_access_mode=neo4j.READ_ACCESS) as session,
    ):
        yield session
