"""The parish, and the application over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from graph.open import Graph
from graph.settings import Settings
from tests.decide.parish import STRANGERS, Parish


@pytest.fixture
def empty(graph: Graph, tmp_path: Path) -> Iterator[Parish]:
    """Nobody yet."""
    with TestClient(create_app(Settings(), graph), base_url="http://127.0.0.1") as client:
        yield Parish(graph, client, tmp_path)


@pytest.fixture
def parish(empty: Parish) -> Parish:
    """Strangers only."""
    empty.deliver(STRANGERS)
    return empty
