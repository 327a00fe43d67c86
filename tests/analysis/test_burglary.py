"""Burglaries of Greater Manchester, 2016 to 2019: what is foretold comes true, and chance is not called hot."""

from __future__ import annotations

import csv
import gzip
import os
from pathlib import Path

import numpy as np
import pytest

from analysis.cell import Cells, Floats, Ints, cells_of
from analysis.expectation import adjusted, from_before
from analysis.hotspot import FALSE_DISCOVERIES
from analysis.sighting import Sighted
from analysis.told_cell import Telling
from standards.grid import all_to_osgb36

DATA = Path(os.environ.get("POLEGRAPH_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))
FILE = DATA / "ogl_burglary_2016-2019.csv.gz"
pytestmark = [
    pytest.mark.opendata,
    pytest.mark.skipif(not FILE.exists(), reason=f"open data is not at {DATA}: set POLEGRAPH_TEST_DATA"),
]


@pytest.fixture(scope="module")
def burglaries() -> tuple[Cells, Ints]:
    """The cells of the burglaries of Greater Manchester 2016 to 2019, and the counts of each month in each of them."""
    with gzip.open(FILE, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    points: Floats = np.array(all_to_osgb36([(float(row["Latitude"]), float(row["Longitude"])) for row in rows]))
    months = sorted({row["Month"] for row in rows})
    found = cells_of(points, 250, beside=False)
    counts = [found.count(points, np.array([row["Month"] == month for row in rows], np.int64)) for month in months]
    return found, np.array(counts).T


def test_what_is_foretold_beats_a_plain_count(burglaries: tuple[Cells, Ints]) -> None:
    """The prediction accuracy index: hits in the 2 % of cells that rank first, over 2 %; mean of the last 12 months."""
    found, counts = burglaries
    kernel, most = found.kernel(), len(found) // 50

    def hits(score: Floats | Ints, month: int) -> float:
        first = np.argsort(-score, kind="stable")[:most]
        return float(counts[first, month].sum() / counts[:, month].sum() / (most / len(found)))

    months = range(counts.shape[1] - 12, counts.shape[1])
    ours = [hits(from_before(counts[:, m - 13 : m].sum(1), kernel, 1).mean, m) for m in months]
    window = [hits(counts[:, m - 1], m) for m in months]
    same = [hits(counts[:, m - 13 : m].sum(1), m) for m in months]
    assert np.mean(ours) > 1.3 * np.mean(window)
    assert np.mean(ours) > np.mean(same)


def test_of_shuffled_months_few_cells_are_called_hot(burglaries: tuple[Cells, Ints]) -> None:
    """At a rate of 0.1 at most about one shuffle in ten may have any; what is planted is found nevertheless."""
    found, counts = burglaries
    kernel, chance = found.kernel(), np.random.default_rng(1)
    total, month = counts[:, -13:].sum(1), int(counts[:, -1].sum())
    held = np.repeat(np.arange(len(found)), total)
    alarms, seen = 0, []
    for _ in range(40):
        now = np.bincount(chance.permutation(held)[:month], minlength=len(found))
        expected = from_before(total - now, kernel, month)
        alarms += bool((adjusted(expected.at_least(now)) <= FALSE_DISCOVERIES).any())
        hot = chance.choice(len(found), 10, replace=False)
        more = now.copy()
        more[hot] += 7
        hotter = from_before(total - now, kernel, int(more.sum()))
        seen.append(float((adjusted(hotter.at_least(more))[hot] <= FALSE_DISCOVERIES).mean()))
    assert alarms <= 8
    assert np.mean(seen) > 0.7


def test_points_that_were_snapped_are_recognised() -> None:
    """Street crime of police.uk stands at points that stand for a street; a cell says so."""
    with gzip.open(DATA / "ogl_street_crime_gmp_2017-08.csv.gz", "rt", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["Latitude"]]
    points: Floats = np.array(all_to_osgb36([(float(row["Latitude"]), float(row["Longitude"])) for row in rows]))
    times, vague = np.full(len(points), 1_501_545_600), np.ones(len(points), bool)
    found = Sighted(
        np.unique(points, axis=0), np.zeros(len(np.unique(points, axis=0)), np.int64), points, times, vague, None
    )
    cells, telling = cells_of(points, 250, beside=False), Telling(found)
    telling.place(cells.of(points))
    busiest = int(np.argmax(cells.count(points, np.ones(len(points), np.int64))))
    note = telling.note(busiest, beside=True)
    assert "places seem to be snapped" in note
    assert "are known to the month or year only" in note
    assert "Knox" not in note
