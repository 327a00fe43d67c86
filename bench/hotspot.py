"""How good and how fast `hotspots` is on the open data of burglaries (Greater Manchester, 2016 to 2019, OGL v3.0).

`python -m bench.hotspot` prints, month by month of the last year, the prediction accuracy index of what is foretold of
cells beside plain counts; how many months dealt out anew have any cell called significant, and how many of planted ones
are found; `--graph` loads the burglaries into an installation of its own and prints the seconds of the question.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import os
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import quantiles

import numpy as np
from neo4j.spatial import WGS84Point

from analysis.cell import Cells, Floats, Ints, cells_of
from analysis.expectation import adjusted, from_before
from analysis.hotspot import FALSE_DISCOVERIES, Trend, Window, hotspots
from bench.installation import prepared, put_events, thrown_away
from graph.open import Graph
from security.marking import EVERYTHING
from standards.grid import all_to_osgb36

DATA = Path(os.environ.get("POLEGRAPH_TEST_DATA", Path(__file__).parents[2] / "shared" / "data"))
FILE = DATA / "ogl_burglary_2016-2019.csv.gz"
_MONTHS, _BEFORE, _SHUFFLES = 12, 12, 100
_SIZES = (150, 250, 500)

Row = dict[str, str]


def rows() -> list[Row]:
    """The rows of the file."""
    with gzip.open(FILE, "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def counted(found: Sequence[Row], size: int) -> tuple[Cells, Ints]:
    """The cells, and the counts of each month in each of them."""
    points: Floats = np.array(all_to_osgb36([(float(row["Latitude"]), float(row["Longitude"])) for row in found]))
    months = sorted({row["Month"] for row in found})
    cells = cells_of(points, size, beside=False)
    names = np.array([row["Month"] for row in found])
    return cells, np.array([cells.count(points, (names == month).astype(np.int64)) for month in months]).T


def hits(score: Floats | Ints, came: Ints, share: float) -> float:
    """The prediction accuracy index: the part of what came that lies in a share of the cells, over that share.

    Source: Chainey, Tompson and Uhlig, The utility of hotspot mapping, Security Journal 21 (2008).
    """
    most = max(1, int(len(score) * share))
    first = np.argsort(-score, kind="stable")[:most]
    return float(came[first].sum() / came.sum() / (most / len(score)))


def accuracy(found: Sequence[Row]) -> None:
    """Print the index of each way and size of cells, in the best 1, 2 and 5 % of cells."""
    print("| cells | way | 1 % | 2 % | 5 % |\n| --- | --- | --- | --- | --- |")
    for size in _SIZES:
        cells, counts = counted(found, size)
        kernel, last = cells.kernel(), counts.shape[1]
        ways: dict[str, list[list[float]]] = {"forecast": [], "count of the same months": [], "count of the month": []}
        for month in range(last - _MONTHS, last):
            before = counts[:, month - _BEFORE - 1 : month].sum(axis=1)
            scores = (from_before(before, kernel, 1).mean, before, counts[:, month - 1])
            for name, score in zip(ways, scores, strict=True):
                ways[name].append([hits(score, counts[:, month], share) for share in (0.01, 0.02, 0.05)])
        for name, index in ways.items():
            print(f"| {size} m | {name} | " + " | ".join(f"{each:.2f}" for each in np.mean(index, axis=0)) + " |")


def chance(found: Sequence[Row]) -> None:
    """Print how often chance is called significant, and how many planted cells are found."""
    cells, counts = counted(found, 250)
    kernel, draw = cells.kernel(), np.random.default_rng(1)
    total, month = counts[:, -_BEFORE - 1 :].sum(axis=1), int(counts[:, -1].sum())
    held, alarms, planted = np.repeat(np.arange(len(cells)), total), 0, []
    for _ in range(_SHUFFLES):
        now = np.bincount(draw.permutation(held)[:month], minlength=len(cells))
        alarms += bool((adjusted(from_before(total - now, kernel, month).at_least(now)) <= FALSE_DISCOVERIES).any())
        hot, more = draw.choice(len(cells), 20, replace=False), now.copy()
        more[hot] += 6
        unlikely = from_before(total - now, kernel, int(more.sum())).at_least(more)
        planted.append(float((adjusted(unlikely)[hot] <= FALSE_DISCOVERIES).mean()))
    print(
        f"\n{alarms} of {_SHUFFLES} shuffles have a cell that is called significant ({FALSE_DISCOVERIES:.0%} allowed);"
    )
    print(f"{np.mean(planted):.0%} of cells given six burglaries more are found")


def speed(found: Sequence[Row]) -> None:
    """Print the milliseconds of the question about a month, for each trend."""
    with thrown_away() as (settings, _):
        graph = prepared(settings, lambda: int(datetime(2019, 2, 1, tzinfo=UTC).timestamp()))
        _store(graph, found)
        viewer = graph.catalogue.viewer("bench", EVERYTHING)
        print(f"\n{len(found):,} events\n\n| cells | trend | p50 ms | p95 ms |\n| --- | --- | --- | --- |")
        for size in _SIZES:
            for trend in Trend:
                window = Window(None, date(2019, 1, 1), date(2019, 1, 31), size, None, trend)
                taken = []
                for _ in range(11):
                    began = time.perf_counter()
                    hotspots(graph, viewer, window)
                    taken.append(1_000 * (time.perf_counter() - began))
                cut = quantiles(taken[1:], n=20)
                print(f"| {size} m | {trend} | {cut[9]:.0f} | {cut[18]:.0f} |", flush=True)
        graph.store.close()


def _store(graph: Graph, found: Sequence[Row]) -> None:
    (mk,) = graph.catalogue.viewer("bench", EVERYTHING).allowed
    put_events(
        graph,
        [
            {
                "id": f"e_{n:020}", "kind": "Crime", "mk": mk, "label": "Burglary", "source": 1,
                "type": row["Crime.type"],
                "at": int(datetime.fromisoformat(f"{row['Month']}-01T00:00:00+00:00").timestamp()),
                "occurred_from": row["Month"],
                "location": WGS84Point((float(row["Longitude"]), float(row["Latitude"]))),
            }
            for n, row in enumerate(found)
        ],
    )  # fmt: skip


def main() -> None:
    """Measure what the options ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--graph", action="store_true")
    given = parser.parse_args()
    found = rows()
    accuracy(found)
    chance(found)
    if given.graph:
        speed(found)


if __name__ == "__main__":
    main()
