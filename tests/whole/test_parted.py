"""A batch too large for one transaction is written in several: the same graph, the same report."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.open import Graph
from loaders import fitting
from tests.conftest import prepare
from tests.whole.silo import HEADER, dumped, load_silo, write

pytestmark = pytest.mark.database

ROWS = 60
CRIMES = "".join(f"c{n},THEFT,2025-11-02,p{n % 20},Ann {n % 20},1980-02-03,,77,OFFICIAL\n" for n in range(ROWS))


def test_a_batch_in_several_transactions(graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"crimes.csv": HEADER + CRIMES, "officers.csv": "collar,surname\n77,Iqbal\n"})
    whole = load_silo(graph, tmp_path)
    expected = dumped(graph, tmp_path)
    prepare(graph.store)
    monkeypatch.setattr(fitting, "_MOST", 50)

    parted = load_silo(graph, tmp_path)

    assert dumped(graph, tmp_path) == expected
    assert [file.as_json() for file in parted.files] == [file.as_json() for file in whole.files]
    batches = graph.store.internal("load/run_batches", run=parted.run)
    of_crimes = [batch for batch in batches if batch["delivery"] == "crimes.csv"]
    assert len(of_crimes) > 2
    assert sum(batch["loaded"] for batch in of_crimes) == ROWS
    assert [batch["more"] for batch in of_crimes].count(False) == 1
