"""The application over a small world, asked through its routes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.limit import Limits
from graph.catalogue import Catalogue
from graph.ids import Ids
from graph.open import Graph
from graph.settings import Settings
from graph.store import Store
from tests.api.town import Asker, Town
from tests.conftest import KEY, NOW
from tests.read.world import World

ADDRESS = "http://127.0.0.1"


@pytest.fixture
def served(store: Store, emptied: None) -> Graph:
    """The run's graph as this file's tests have left it, opened by the application; only `town` empties it again."""
    return Graph(store, Ids(KEY), Catalogue(store), lambda: NOW)


@pytest.fixture
def client(served: Graph) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(), served), base_url=ADDRESS, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def ask(client: TestClient) -> Asker:
    return Asker(client)


@pytest.fixture
def small(served: Graph) -> Iterator[Asker]:
    """The application with limits that a test can pass."""
    limits = Limits(body_bytes=2_000, database_reads=3)
    with TestClient(create_app(Settings(), served, limits), base_url=ADDRESS) as client:
        yield Asker(client)


@pytest.fixture
def town(graph: Graph) -> Town:
    return Town(World(graph))
