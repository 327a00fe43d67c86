"""Milliseconds of `metrics` over a graph of many incidents, for each window: counted by the database, and from columns.

Of all tiles, and of those that are made of events alone; each answer from columns is asserted equal to the recount.

Makes incidents of a seed in an installation of its own, which is thrown away.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from statistics import quantiles
from typing import Any

from analysis.kept_events import Kept
from analysis.live import metrics
from analysis.span import WINDOWS
from analysis.tile import LINKED, TILES
from bench.installation import prepared, put_events, thrown_away
from graph.answer import iso
from graph.open import Graph
from security.marking import EVERYTHING

_NOW = 1_790_000_000
_DAY = 86_400


def incidents(number: int, days: int, mk: int, seed: int) -> Iterator[dict[str, Any]]:
    """Incidents spread evenly over the days before now, with the times of what came of them."""
    chance = random.Random(seed)
    for n in range(number):
        at = _NOW - 1 - chance.randrange(days * _DAY)
        arrived = at + 60 + int(chance.lognormvariate(6.5, 1))
        yield {
            "id": f"e_{n:020}", "kind": "Incident", "mk": mk, "label": "Incident", "at": at, "source": 1,
            "priority": chance.choice("1234"), "type": chance.choice(("999", "101")), "status": "CLOSED",
            "opened_at": iso(at), "assigned_at": iso(at + 50), "arrived_at": iso(arrived),
            "closed_at": iso(arrived + 1_800),
        }  # fmt: skip


def measure(graph: Graph, moments: list[int], repeats: int) -> None:
    """Print p50 and p95 of each window; raises AssertionError where an answer is not the recount."""
    viewer = graph.catalogue.viewer("bench", EVERYTHING)
    kept = Kept(graph)
    begun, worked = time.perf_counter(), time.process_time()
    kept.build()
    taken = time.perf_counter() - begun, time.process_time() - worked
    print(f"columns read in {taken[0]:.1f} s, {taken[1]:.1f} s of this process\n")
    print("| window | incidents | counted by | p50 ms | p95 ms | of this process, ms |\n" + "| --- " * 6 + "|")
    events = [name for name in TILES if name not in LINKED]
    for window, (length, _) in WINDOWS.items():
        recount = sum(_NOW - length <= at < _NOW for at in moments)
        expected = metrics(graph, viewer, None, window, events)
        assert expected.total == recount
        for what, tiles, columns in (
            ("the database, all tiles", None, None),
            ("the database, events", events, None),
            ("columns, events", events, kept),
            ("columns, one tile", ["open"], kept),
        ):
            times, worked = [], time.process_time()
            for _ in range(repeats + 1):
                begun = time.perf_counter()
                found = metrics(graph, viewer, None, window, tiles, columns)
                times.append(1_000 * (time.perf_counter() - begun))
            assert tiles != events or found == expected
            cut, spent = quantiles(times[1:], n=20), 1_000 * (time.process_time() - worked) / (repeats + 1)
            print(f"| {window} | {recount:,} | {what} | {cut[9]:.0f} | {cut[18]:.0f} | {spent:.1f} |", flush=True)


def main() -> None:
    """Make the incidents, measure, throw the installation away."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--incidents", type=int, default=300_000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeats", type=int, default=10)
    given = parser.parse_args()
    with thrown_away() as (settings, _):
        graph = prepared(settings, lambda: _NOW)
        (mk,) = graph.catalogue.viewer("bench", EVERYTHING).allowed
        rows = list(incidents(given.incidents, given.days, mk, given.seed))
        put_events(graph, rows)
        measure(graph, [row["at"] for row in rows], given.repeats)
        graph.store.close()


if __name__ == "__main__":
    main()
