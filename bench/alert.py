"""Seconds from a commit to the alert, with very many watches; against asking every watch in turn.

Makes people and cars by the intake in an installation of its own, which is thrown away; watches of some of them by
several owners who all listen; then sends events, each with a watched person, and notes when their owners are told.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any

from alert.alert import fired
from alert.watch import WatchPattern, watches
from api.alerting import Alarm, Alerting
from api.ending import Ending
from bench.installation import prepared, thrown_away
from graph.open import Graph, system_clock
from loaders.intake import Intake, messages
from loaders.mapping import load_mappings
from resolution.change import Span
from security.marking import EVERYTHING
from security.viewer import Viewer

_MAPPING = """
source: beat
name: Beat
priority: 10
marking: OFFICIAL
files:
  - path: "people.csv"
    row_key: "{id}"
    records:
      person: {kind: Person, key: "{id}", properties: {name: name, date_of_birth: {column: dob, parse: date}}}
  - path: "parts.csv"
    row_key: "{id}"
    records:
      crime:
        kind: Crime
        key: "{event}"
        properties:
          type: {value: THEFT}
          occurred_from: {column: at, parse: datetime}
          location: {latitude: latitude, longitude: longitude}
    links:
      - {type: INVOLVED_IN, from: {kind: Person, key: "{who}"}, to: crime, properties: {role: role}}
"""
_BATCH = 500


@dataclass(slots=True)
class _Beat:
    """The graph and its intake, and when each event was committed by its id."""

    graph: Graph
    intake: Intake
    chance: random.Random
    committed: dict[str, float] = field(default_factory=dict)
    told: list[tuple[str, float]] = field(default_factory=list)

    def send(self, file: str, rows: list[dict[str, str]]) -> None:
        entry = self.intake.entry("beat", file)
        sent = messages([json.dumps(row).encode() for row in rows])
        self.intake.take("beat", entry, sent, as_of=system_clock(), today=system_clock())

    def person(self, key: str) -> str:
        return "e_" + self.graph.ids.record("beat", "Person", key, "OFFICIAL")[2:]

    def part(self, number: int, who: str) -> None:
        """An event of somebody, committed when this returns."""
        event, day = f"c{number}", 1 + number % 28
        row = {
            "id": f"row{number}", "event": event, "who": who, "role": "SUSPECT", "latitude": "52.4",
            "longitude": f"{-1.5 + self.chance.random():.5f}", "at": f"2026-09-{day:02}T{number % 24:02}:00:00Z",
        }  # fmt: skip
        self.send("parts.csv", [row])
        self.committed["e_" + self.graph.ids.record("beat", "Crime", event, "OFFICIAL")[2:]] = time.perf_counter()


def _people(beat: _Beat, number: int) -> list[str]:
    """Make people whose names and births are not alike; their keys."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    rows = [
        {
            "id": f"p{n}",
            "name": " ".join("".join(beat.chance.choices(letters, k=9)).title() for _ in range(2)),
            "dob": f"{beat.chance.randint(1940, 2005)}-{beat.chance.randint(1, 12):02}-{beat.chance.randint(1, 28):02}",
        }
        for n in range(number)
    ]
    for begin in range(0, number, _BATCH):
        beat.send("people.csv", rows[begin : begin + _BATCH])
    return [row["id"] for row in rows]


def _watches(beat: _Beat, people: list[str], owners: list[Viewer], each: int) -> None:
    """Put watches into the graph as `alert.watch` keeps them, of two people each, a quarter by every pattern."""
    now = system_clock()
    nodes = []
    for owner in owners:
        for number in range(each):
            patterns = list(WatchPattern) if number % 4 == 0 else [WatchPattern.ANYTHING]
            ids = sorted(beat.person(key) for key in beat.chance.sample(people, 2))
            nodes.append(
                {
                    "id": beat.graph.ids.watch(owner.user, str(number)), "owner": owner.user, "name": "bench",
                    "ids": ids,
                    "patterns": [pattern.value for pattern in patterns], "metres": 500, "minutes": 60, "max_hops": 3,
                    "begun": now, "since": now - 1, "until": now + 86_400, "mks": list(owner.allowed[:1]),
                }
            )  # fmt: skip
    for begin in range(0, len(nodes), _BATCH):
        some = nodes[begin : begin + _BATCH]
        beat.graph.store.write(lambda transaction, some=some: transaction.run("keep/put_watches", nodes=some))  # type: ignore[misc]


async def _listen(beat: _Beat, alerting: Alerting, owner: Viewer, ready: asyncio.Semaphore) -> None:
    async for told in alerting.alarms(owner, None):
        if not isinstance(told, Alarm):
            continue
        now = time.perf_counter()
        for alert in told.alerts:
            link = None if alert.fact.change is None else alert.fact.change.link
            if link is not None:
                beat.told.append((link.target.id, now))
        ready.release()


async def _measure(
    beat: _Beat, people: list[str], owners: list[Viewer], events: int, pause_s: float
) -> tuple[float, float]:
    """Send events while everybody listens; returns the processor seconds of this process and the seconds it took."""
    ending = Ending()
    alerting = Alerting(beat.graph, len(owners), 15.0, ending)
    ready = asyncio.Semaphore(0)
    begun = time.perf_counter()
    listening = [asyncio.create_task(_listen(beat, alerting, owner, ready)) for owner in owners]
    for _ in owners:
        await ready.acquire()
    print(f"{len(owners):,} listeners began in {time.perf_counter() - begun:.1f} s")
    await asyncio.sleep(5)
    used, begun = time.process_time(), time.perf_counter()
    for number in range(events):
        await asyncio.to_thread(beat.part, number, beat.chance.choice(people))
        await asyncio.sleep(pause_s)
    await asyncio.sleep(3)
    spent = time.process_time() - used, time.perf_counter() - begun
    ending.begin()
    await asyncio.gather(*listening)
    return spent


def _alone(beat: _Beat, owners: list[Viewer], sample: int) -> float:
    """Seconds that asking one watch takes, of a sample of them in turn."""
    mine = [(owner, each) for owner in owners[:20] for each in watches(beat.graph, owner)]
    chosen = beat.chance.sample(mine, min(sample, len(mine)))
    begun = time.perf_counter()
    for owner, each in chosen:
        fired(beat.graph, owner, each, Span(each.since, system_clock(), None), 500, {})
    return (time.perf_counter() - begun) / len(chosen)


def main() -> None:
    """Make people and watches, measure, throw the installation away."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--watches", type=int, default=10_000)
    parser.add_argument("--owners", type=int, default=100)
    parser.add_argument("--people", type=int, default=5_000)
    parser.add_argument("--events", type=int, default=200)
    parser.add_argument("--pause", type=float, default=0.3, help="seconds between events")
    given = parser.parse_args()
    with thrown_away() as (settings, folder):
        graph = prepared(settings, system_clock)
        measure(graph, folder, given)
        graph.store.close()


def measure(graph: Graph, folder: Path, given: Any) -> None:  # noqa: ANN401 - what the command line gave
    """Print what was measured; raises AssertionError where not every event of a watched person was told once."""
    mapping = folder / "mapping.yaml"
    mapping.parent.mkdir(parents=True, exist_ok=True)
    mapping.write_text(_MAPPING, "utf-8")
    beat = _Beat(graph, Intake(graph, load_mappings([mapping], ["OFFICIAL"])), random.Random(1))
    people = _people(beat, given.people)
    owners = [graph.catalogue.viewer(f"pc-{n}", EVERYTHING) for n in range(given.owners)]
    _watches(beat, people, owners, given.watches // given.owners)
    print(f"{given.watches:,} watches of {given.owners:,} owners, {given.people:,} people")
    used, took = asyncio.run(_measure(beat, people, owners, given.events, given.pause))
    expected = _expected(beat)
    late = [told - beat.committed[event] for event, told in beat.told]
    assert len(late) == expected, f"{expected} alerts were to come, {len(late)} came"
    cut = quantiles(late, n=20)
    print(f"{given.events:,} events in {took:.0f} s, {len(late):,} alerts: all of them, each once")
    p50, p95, worst = (1_000 * seconds for seconds in (cut[9], cut[18], max(late)))
    print(f"after commit: p50 {p50:.0f} ms, p95 {p95:.0f} ms, worst {worst:.0f} ms")
    print(f"this process used {used:.1f} s of processor")
    alone = _alone(beat, owners, 200)
    print(f"asking one watch takes {1_000 * alone:.1f} ms: all {given.watches:,} in turn {alone * given.watches:.0f} s")


def _expected(beat: _Beat) -> int:
    """How many links of these events are on watched people, once for each watch: by a statement of its own."""
    text = """MATCH (w:Watch) UNWIND w.ids AS id MATCH (:Entity {id: id})-[r:INVOLVED_IN]->(:Crime)
              RETURN count(DISTINCT w.id + r.row) AS links"""
    (row,) = beat.graph.store.write(lambda transaction: transaction.run_text(text, {}))
    return int(row["links"])


if __name__ == "__main__":
    main()
