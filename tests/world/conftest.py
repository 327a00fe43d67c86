"""Two small worlds, made once: a town of 2,000 people and a hamlet of 50."""

from pathlib import Path

import pytest

from loaders.world import WorldSummary, generate


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> WorldSummary:
    """A world of 2,000 people."""
    return generate(Path(tmp_path_factory.mktemp("town")), 2000, 7)


@pytest.fixture(scope="session")
def hamlet(tmp_path_factory: pytest.TempPathFactory) -> WorldSummary:
    """A world of 50 people."""
    return generate(Path(tmp_path_factory.mktemp("hamlet")), 50, 7)
