"""What `eventContext` ranks first, beside a ranking by time alone: nDCG@20 where the truth is known, and its seconds.

Makes a demo world of a seed and loads it into an installation of its own, which is thrown away. Asks about events that
the world's truth connects with others, and judges the order of the very same activities both ways.
"""

from __future__ import annotations

import argparse
import csv
import math
import random
import time
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean, quantiles

from bench.installation import thrown_away
from graph import schema
from graph.ids import Ids, entity_of
from graph.open import Graph, open_graph
from graph.read.event_context import MOST_ACTIVITIES, RelevantActivity, event_context
from loaders.first import first_load
from loaders.mapping import load_mappings
from loaders.options import LoadOptions
from loaders.world import generate
from loaders.world.calendar import END
from resolution.key import INDEXED
from security.marking import EVERYTHING, parse_marking
from security.viewer import Viewer

_TODAY = 1_750_000_000
_SHOWN = 20
_MARKING = "OFFICIAL"


@dataclass(slots=True)
class Judged:
    """nDCG@20 of each event asked about: as ranked, and by time alone; seconds a question."""

    ranked: list[float] = field(default_factory=list)
    by_time: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """How many times as good as by time alone."""
        return fmean(self.ranked) / fmean(self.by_time)


def main() -> None:
    """Print what is found of a demo world."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--events", type=int, default=500)
    given = parser.parse_args()
    with thrown_away() as (settings, folder):
        city = generate(folder / "city", given.people, given.seed)
        options = LoadOptions(city.out / "data", _TODAY, int(datetime.fromordinal(END).replace(tzinfo=UTC).timestamp()))
        markings = [parse_marking(_MARKING)]
        first_load(settings, markings, load_mappings(list(city.mappings), []), options, lambda *_: None)
        graph = open_graph(settings)
        schema.apply(graph.store, graph.ids, INDEXED, markings)
        found = judged(graph, graph.catalogue.viewer("bench", EVERYTHING), city.out / "truth", given.events)
        graph.store.close()
    cut = quantiles(found.seconds, n=100)
    times = ", ".join(f"p{n} {cut[n - 1] * 1_000:.0f} ms" for n in (50, 95, 99))
    print(f"{len(found.ranked):,} events of {given.people:,} people: nDCG@{_SHOWN} {fmean(found.ranked):.3f}")
    print(f"by time alone {fmean(found.by_time):.3f}, ratio {found.ratio:.2f}; {times}")


def judged(graph: Graph, viewer: Viewer, truth: Path, events: int) -> Judged:
    """Ask about that many of the events that the truth connects, and judge the answers; the same ones each time."""
    connected = _connected(graph.ids, truth)
    asked = sorted(connected)
    random.Random(1).shuffle(asked)
    found = Judged()
    for event in asked[:events]:
        began = time.perf_counter()
        activities = event_context(graph, viewer, event, first=MOST_ACTIVITIES).activities
        found.seconds.append(time.perf_counter() - began)
        by_time = sorted(activities, key=lambda each: (-_value(each, "recency"), each.entity.id))
        found.ranked.append(_gain([each.entity.id for each in activities], connected[event]))
        found.by_time.append(_gain([each.entity.id for each in by_time], connected[event]))
    return found


def _connected(ids: Ids, truth: Path) -> Mapping[str, set[str]]:
    """The ids of the events that belong together, by each of them."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    with (truth / "connected_events.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            one, other = (
                entity_of(ids.record(row[f"source_{end}"], row[f"kind_{end}"], row[f"key_{end}"], _MARKING))
                for end in ("a", "b")
            )
            found[one].add(other)
            found[other].add(one)
    return found


def _value(activity: RelevantActivity, name: str) -> float:
    return next(part.value for part in activity.reasons if part.name == name)


def _gain(order: Sequence[str], wanted: Collection[str]) -> float:
    """NDCG. Source: Järvelin and Kekäläinen, Cumulated gain-based evaluation of IR techniques, ACM TOIS 20 (2002)."""
    gains = [1 / math.log2(place + 2) for place in range(_SHOWN)]
    reached = sum(gain for gain, id_ in zip(gains, order, strict=False) if id_ in wanted)
    return reached / sum(gains[: len(wanted)])


if __name__ == "__main__":
    main()
