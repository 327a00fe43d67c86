"""The demo city and a small export of another force, whose files no vocabulary was written for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from loaders.mapping import SourceMapping, load_mappings
from loaders.suggest import Suggestion, suggest
from loaders.world import WorldSummary, generate

Proposed = tuple[Suggestion, SourceMapping]
Propose = Callable[..., Proposed]


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> WorldSummary:
    """The silos of 300 people."""
    return generate(Path(tmp_path_factory.mktemp("city")), 300, 7)


@pytest.fixture(scope="session")
def data_files(city: WorldSummary) -> list[Path]:
    return sorted(path for path in (city.out / "data").rglob("*") if path.is_file())


@pytest.fixture
def propose(tmp_path: Path) -> Propose:
    """What is proposed for some files, given by name and content, and read back by the loader's own reader."""

    def proposed(contents: dict[str, str | bytes], *named: str) -> Proposed:
        for name, content in contents.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        found = suggest([tmp_path / name for name in named or contents], data=tmp_path)
        written = tmp_path / "proposed.yaml"
        written.write_text(found.text, "utf-8")
        (mapping,) = load_mappings([written], [])
        return found, mapping

    return proposed
