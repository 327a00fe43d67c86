"""Milliseconds of `demandForecast` about a match and about a night of eight hours, over a year of 300,000 incidents.

Makes incidents and matches of a seed in an installation of its own, which is thrown away.
"""

from __future__ import annotations

import random
import time
from datetime import date, datetime
from statistics import quantiles
from typing import Any

from analysis.demand import Asked
from analysis.forecast import demand_forecast
from analysis.london import LONDON
from bench.forecast import past
from bench.installation import prepared, put_events, thrown_away
from graph.open import Graph
from loaders.world.calendar import END
from loaders.world.league import matches
from security.marking import EVERYTHING

_PEOPLE, _INCIDENTS = 20_000, 300_000


def _store(graph: Graph, mk: int, until: int) -> None:
    chance = random.Random(1)
    common = {"mk": mk, "label": "x", "source": 1}
    rows: list[dict[str, Any]] = [
        {"id": f"e_{n:020}", "kind": "Incident", "at": until - chance.randrange(364 * 86_400), **common}
        for n in range(_INCIDENTS)
    ]
    for n, each in enumerate(past(match) for match in matches(1, _PEOPLE) if match.played):
        told = {"subtype": each.fixture.category, "home": each.fixture.home, "away": each.fixture.away}
        told |= {"competition": each.fixture.competition, "venue": each.fixture.place, "type": "FOOTBALL"}
        numbers = {"officers_deployed": each.officers, "incidents": each.incidents, "at": each.fixture.at}
        numbers["expected_attendance"] = each.fixture.attendance or 0
        rows.append({"id": f"e_m{n:019}", "kind": "PublicEvent", **told, **numbers, **common})
    put_events(graph, rows)


def main() -> None:
    """Make the graph, ask, print, throw the installation away."""
    with thrown_away() as (settings, _):
        now = date.fromordinal(END)
        moment = int(datetime(now.year, now.month, now.day, 20, tzinfo=LONDON).timestamp())
        graph = prepared(settings, lambda: moment)
        viewer = graph.catalogue.viewer("bench", EVERYTHING)
        (mk,) = viewer.allowed
        _store(graph, mk, moment)
        asked = {
            "a match": Asked(kind="FOOTBALL", at=moment, attendance=18_000, category="C"),
            "a night": Asked(at=moment, hours=8),
        }
        print("| asked about | p50 ms | p95 ms |\n| --- | --- | --- |")
        for name, about in asked.items():
            taken = []
            for _ in range(11):
                began = time.perf_counter()
                demand_forecast(graph, viewer, about)
                taken.append(1_000 * (time.perf_counter() - began))
            cut = quantiles(taken[1:], n=20)
            print(f"| {name} | {cut[9]:.0f} | {cut[18]:.0f} |", flush=True)
        graph.store.close()


if __name__ == "__main__":
    main()
