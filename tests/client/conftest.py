"""A small world, served once for all tests that ask it by the client."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from api.limit import Limits
from client import Client
from graph.catalogue import Catalogue
from graph.ids import Ids
from graph.open import Graph
from graph.store import Store
from tests.api.test_subscription import serving
from tests.api.town import Town
from tests.conftest import KEY, NOW, prepare
from tests.read.world import World


@pytest.fixture(scope="module")
def town(store: Store) -> Town:
    prepare(store)
    return Town(World(Graph(store, Ids(KEY), Catalogue(store), lambda: NOW)))


@pytest.fixture(scope="module")
def address(town: Town) -> Iterator[str]:
    with serving(town.world.graph, Limits(quiet_s=0.3, stream_s=1.0)) as address:
        yield address


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[Client]:
    with Client(address, purpose="TEST") as client:
        yield client
