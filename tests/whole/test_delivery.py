"""Deliveries over time: what changed, what is gone, and the same graph in whatever order they come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import permutations
from pathlib import Path

import pytest

from graph.errors import BadInput
from graph.open import Graph
from graph.read.search import search
from loaders.options import Bad
from security.viewer import Viewer
from tests.conftest import prepare
from tests.whole.silo import DAY, HEADER, JANUARY, dumped, load_silo, write

pytestmark = pytest.mark.database

OFFICERS = "collar,surname\n77,Iqbal\n"


def _crime(n: int, kind: str = "BURGLARY", name: str = "John Smith") -> str:
    return f"c{n},{kind},2025-11-02,p{n},{name} {n},1980-02-0{n},0770090012{n},77,OFFICIAL\n"


# Three dates: one row stays, one changes twice and goes back, one goes, one comes, one goes and comes back.
DELIVERIES = (
    _crime(1) + _crime(2) + _crime(3) + _crime(5),
    _crime(1) + _crime(2, "ROBBERY") + _crime(3),
    _crime(1) + _crime(2) + _crime(4) + _crime(5),
)


def _deliver(graph: Graph, folder: Path, n: int, *, full: bool, rows: str | None = None) -> None:
    given = DELIVERIES[n] if rows is None else rows
    write(folder / str(n), {"crimes.csv": HEADER + given, "officers.csv": OFFICERS})
    load_silo(graph, folder / str(n), JANUARY + n * DAY, full=full)


def _in_every_order(graph: Graph, folder: Path, deliver: Callable[[int], None]) -> list[list[bytes]]:
    found = []
    for order in permutations(range(3)):
        prepare(graph.store)
        for n in order:
            deliver(n)
        found.append(dumped(graph, folder))
    return found


def _same(dumps: Sequence[list[bytes]]) -> None:
    for order, lines in zip(permutations(range(3)), dumps, strict=True):
        differing = set(lines) ^ set(dumps[0])
        assert not differing, f"order {order}: {sorted(differing)[:4]}"


def test_three_deliveries_in_any_order(graph: Graph, tmp_path: Path) -> None:
    _same(_in_every_order(graph, tmp_path, lambda n: _deliver(graph, tmp_path, n, full=False)))


def test_three_full_deliveries_in_any_order(graph: Graph, tmp_path: Path) -> None:
    _same(_in_every_order(graph, tmp_path, lambda n: _deliver(graph, tmp_path, n, full=True)))


def test_full_deliveries_between_partial_ones_in_any_order(graph: Graph, tmp_path: Path) -> None:
    _same(_in_every_order(graph, tmp_path, lambda n: _deliver(graph, tmp_path, n, full=n == 1)))


def _crimes(graph: Graph, viewer: Viewer) -> set[str]:
    return {hit.entity.label for hit in search(graph, viewer, "Smith", ["Person"]).items}


def test_what_a_full_delivery_does_not_hold_is_gone(graph: Graph, everyone: Viewer, tmp_path: Path) -> None:
    _deliver(graph, tmp_path, 0, full=False)
    _deliver(graph, tmp_path, 1, full=True)
    assert _crimes(graph, everyone) == {"John Smith 1", "John Smith 2", "John Smith 3"}
    retracted = f'"retracted_at":{JANUARY + DAY}'.encode()
    assert any(retracted in line for line in dumped(graph, tmp_path)), "the burglary that became a robbery"


def test_an_older_full_delivery_that_comes_late_changes_nothing(graph: Graph, everyone: Viewer, tmp_path: Path) -> None:
    _deliver(graph, tmp_path, 2, full=True)
    assert _crimes(graph, everyone) == {f"John Smith {n}" for n in (1, 2, 4, 5)}
    _deliver(graph, tmp_path, 0, full=True)
    assert _crimes(graph, everyone) == {f"John Smith {n}" for n in (1, 2, 4, 5)}


def test_a_full_delivery_with_rejected_rows_retracts_nothing(graph: Graph, everyone: Viewer, tmp_path: Path) -> None:
    _deliver(graph, tmp_path, 0, full=False)
    write(tmp_path / "bad", {"crimes.csv": HEADER + _crime(1) + "c9,THEFT\n", "officers.csv": OFFICERS})
    report = load_silo(graph, tmp_path / "bad", JANUARY + DAY, full=True)
    assert any("nothing was retracted" in warning for warning in report.warnings)
    assert len(_crimes(graph, everyone)) == 4
    allowed = load_silo(graph, tmp_path / "bad", JANUARY + DAY, full=True, max_bad=Bad(rows=1))
    assert allowed.files[0].as_json()["retracted"] == 3
    assert _crimes(graph, everyone) == {"John Smith 1"}


def test_a_full_delivery_has_a_date(graph: Graph, tmp_path: Path) -> None:
    write(tmp_path, {"crimes.csv": HEADER + _crime(1), "officers.csv": OFFICERS})
    with pytest.raises(BadInput, match="--as-of"):
        load_silo(graph, tmp_path, None, full=True)
