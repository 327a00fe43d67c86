"""How near proposals are to the reviewed mappings of the demo city; the table is printed (`-s`), the floors hold it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from loaders.check_data import check_all
from loaders.mapping import load_mappings
from loaders.suggest import suggest
from loaders.world import WorldSummary
from tests.suggest.score import Score, facts, score

# Precision and recall below which a change made proposals worse.
FLOORS = {
    "records": (0.95, 0.97),
    "properties": (0.97, 0.96),
    "links": (0.93, 0.92),
    "roles": (0.95, 0.90),
    "keys": (0.96, 0.97),
    "dates": (0.99, 0.75),
}
SILO_FLOOR = 0.80


def _scores(city: WorldSummary, files: Sequence[Path], truth: Sequence[Path], written: Path) -> dict[str, Score]:
    found = suggest(files, data=city.out / "data")
    written.write_text(found.text, "utf-8")
    headers = {entry.sniffed.path: list(entry.sniffed.names) for entry in found.entries}
    proposed = facts(load_mappings([written], []), headers)
    right = facts(load_mappings(truth, []), headers)
    return {name: score(proposed[name], right[name]) for name in right}


def _table(title: str, scores: dict[str, Score]) -> str:
    lines = [
        f"  {name:<12}{one.proposed:>5} proposed {one.right:>5} right"
        f"   precision {one.precision:.3f}   recall {one.recall:.3f}"
        for name, one in scores.items()
    ]
    return "\n".join([title, *lines])


def test_a_whole_city_at_once(city: WorldSummary, data_files: list[Path], tmp_path: Path) -> None:
    scores = _scores(city, data_files, city.mappings, tmp_path / "all.yaml")
    print(_table("\nall silos in one proposal", scores))  # noqa: T201 - the figures are what this test is for
    low = {
        name: (round(one.precision, 3), round(one.recall, 3))
        for name, one in scores.items()
        if one.precision < FLOORS[name][0] or one.recall < FLOORS[name][1]
    }
    assert low == {}


SILOS = (
    "call", "crime", "custody", "football", "incident", "intelligence", "marker", "register", "safeguarding",
    "stop_search", "vehicle",
)  # fmt: skip


@pytest.mark.parametrize("silo", SILOS)
def test_one_silo_alone(city: WorldSummary, tmp_path: Path, silo: str) -> None:
    files = sorted(path for path in (city.out / "data" / silo).rglob("*") if path.is_file())
    scores = _scores(city, files, [city.out / "mappings" / f"{silo}.yaml"], tmp_path / "silo.yaml")
    print(_table(f"\n{silo}", scores))  # noqa: T201 - the figures are what this test is for
    whole = [scores[name] for name in ("records", "properties", "keys")]
    both, proposed, right = (sum(getattr(one, name) for one in whole) for name in ("both", "proposed", "right"))
    assert both / proposed >= SILO_FLOOR
    assert both / right >= SILO_FLOOR


def test_the_proposal_passes_the_check_and_rejects_only_what_is_broken(
    city: WorldSummary, data_files: list[Path], tmp_path: Path
) -> None:
    found = suggest(data_files, data=city.out / "data")
    (tmp_path / "all.yaml").write_text(found.text, "utf-8")
    lines = list(check_all(load_mappings([tmp_path / "all.yaml"], []), city.out / "data"))
    right = list(check_all(load_mappings(city.mappings, []), city.out / "data"))
    assert _rejected(lines) <= _rejected(right) + 3
    assert len([line for line in lines if not line.startswith("warning")]) == len(data_files)


def _rejected(lines: Sequence[str]) -> int:
    parts = [line.partition(", rejected ")[2].partition(", findings")[0] for line in lines]
    return sum(int(one.split()[0].replace(",", "")) for part in parts if part for one in part.split(", "))
