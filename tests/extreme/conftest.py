"""A server over a graph of the module's own: empty, until a module puts something into it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from api.serve import background
from graph.catalogue import Catalogue
from graph.ids import Ids
from graph.open import Graph
from graph.settings import Settings
from graph.store import Store
from tests.conftest import KEY, prepare
from tests.web.conftest import Served, browser, desk, free_port, opening, phone

__all__ = ["browser", "desk", "opening", "phone"]


@pytest.fixture(scope="module")
def served(store: Store) -> Iterator[Served]:
    prepare(store)
    graph = Graph(store, Ids(KEY), Catalogue(store), lambda: int(datetime.now(UTC).timestamp()))
    settings = Settings()
    with background(settings, graph, port=free_port()) as address:
        yield Served(address, graph, settings)
