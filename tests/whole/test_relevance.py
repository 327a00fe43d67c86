"""From a made-up city's files to what bears on its events: better than by time alone, where the truth is known."""

from __future__ import annotations

from pathlib import Path
from statistics import fmean

import pytest

from bench.relevance import judged
from graph.open import Graph
from loaders.load import load
from loaders.mapping import load_mappings
from loaders.options import LoadOptions
from loaders.world import generate
from security.viewer import Viewer
from tests.conftest import NOW

pytestmark = pytest.mark.database


def test_what_belongs_together_is_found_and_shown_first(graph: Graph, everyone: Viewer, tmp_path: Path) -> None:
    city = generate(tmp_path / "city", people=250, seed=11)
    load(graph, load_mappings(list(city.mappings), []), LoadOptions(city.out / "data", NOW, NOW))
    found = judged(graph, everyone, city.out / "truth", 60)
    assert len(found.ranked) == 60
    assert fmean(found.ranked) > 0.9
    assert found.ratio >= 1.1
