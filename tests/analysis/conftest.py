"""A world of the test's own in the graph of the session."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.open import Graph
from tests.read.world import World


@pytest.fixture
def world(graph: Graph) -> Iterator[World]:
    world = World(graph)
    yield world
    world.remove()
