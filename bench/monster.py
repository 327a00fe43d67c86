"""Fifty questions that are dear and allowed, asked at once: whether their deadlines hold, and what others notice.

Makes the city of `bench.api`, or takes the one of `--data`. Everybody asks one server over HTTP, which has all
processors, and has been asked all of this for a while. Who asks the dear ones is a process apart, so that reading their
large answers keeps nobody waiting who measures.
"""

from __future__ import annotations

import argparse
import random
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context

import neo4j
import orjson

from bench.asked import ASKED, Sample, samples
from bench.installation import city, take_city
from bench.percentile import percentile
from bench.serving import HEADERS, Client, serving
from cli.session import opened
from graph.managed.instance import Connection
from graph.settings import Settings
from security.marking import parse_grants
from security.viewer import Purpose, PurposeCode

MONSTERS = 50
# What a read may take here, in seconds, so that a city of the size of a test has questions that take longer.
READ_S = 2.0
# Both alike are asked for so long before, so that the database has compiled what it does often; then in turn.
WARM_S = 30.0
ROUNDS = 3
# Between one ordinary question and the next.
PAUSE_S = 0.01
_SCOPE = "scope: {ids: [$id], hops: 4, kinds: [CRIME, PHONE, ADDRESS, VEHICLE]}"
DEAR = (
    """query($id: ID!, $other: ID!) { paths(from: $id, to: $other, maxHops: 6, first: 50, passCrowded: true) {
         paths { nodes { id label } links { id type } } } }""",
    "query($id: ID!) { expand(ids: [$id], hops: 6, limit: 2000) { nodes { id label degree } links { id type } } }",
    """{ entities(kind: PERSON, where: {property: "label", contains: "a"}, orderBy: [{property: "dateOfBirth"}],
         first: 500) { totalCount facets(properties: ["gender", "source", "area"]) { missing }
         edges { node { id } } } }""",
    f"query($id: ID!) {{ keyPlayers({_SCOPE}, method: BETWEENNESS) {{ score entity {{ id }} }} }}",
    """query($id: ID!) { entity(id: $id) { links(first: 100) { edges { node { to { id links(first: 100) { edges { node {
         id from { id label } to { id label degree } } } } } } } } } }""",
)


@dataclass
class Told:
    """What became of the dear questions: seconds of each, and how many ended how."""

    seconds: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    ended: Counter[str] = field(default_factory=Counter)

    def add(self, more: Told) -> None:
        """Take in what became of others."""
        self.seconds += more.seconds
        self.late += more.late
        self.ended += more.ended


def monsters(port: int, people: Sequence[Sample], seconds: float, told: Told) -> list[threading.Thread]:
    """Threads that ask dear questions, each the next as soon as it is answered, for so long."""
    until = time.monotonic() + seconds

    def keep_asking(place: int) -> None:
        client, count = Client(port, strict=False), place
        while time.monotonic() < until:
            one = people[count % len(people)]
            text = DEAR[count % len(DEAR)]
            given = {name: value for name, value in (("id", one.id), ("other", one.other)) if f"${name}" in text}
            began = time.monotonic()
            answer = orjson.loads(client.send(client.request(text, given)))
            took = time.monotonic() - began
            codes = sorted({error["extensions"]["code"] for error in answer.get("errors", ())})
            told.ended[", ".join(codes) or "data"] += 1
            (told.late if "TIMED_OUT" in codes else told.seconds).append(took)
            count += MONSTERS
        client.close()

    return [threading.Thread(target=keep_asking, args=(place,)) for place in range(MONSTERS)]


def asked_at_once(port: int, people: Sequence[Sample], seconds: float) -> Told:
    """What became of them, once all are answered."""
    told = Told()
    threads = monsters(port, people, seconds, told)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def others(port: int, people: Sequence[Sample], seconds: float, pause: float) -> list[float]:
    """Milliseconds of the answers to ordinary questions, asked one after another for so long."""
    client, times = Client(port), list[float]()
    ordinary = [asked for asked in ASKED if asked.name in ("person by id", "profile, 4 lists", "stopCheck by name")]
    requests = [client.request(asked.text, asked.variables(one)) for one in people for asked in ordinary]
    until, place = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        began = time.perf_counter()
        client.send(requests[place % len(requests)])
        times.append((time.perf_counter() - began) * 1000)
        place += 1
        time.sleep(pause)
    client.close()
    return times


def main() -> None:
    """Print what others' answers take with and without the dear questions, and how those end."""
    parser = argparse.ArgumentParser(description=__doc__)
    take_city(parser, people=4_000)
    parser.add_argument("--port", type=int, default=8131)
    parser.add_argument("--seconds", type=float, default=10.0, help="of each round of a measurement")
    given = parser.parse_args()
    with city(given.people, given.data) as settings:
        _run(settings, given)


def _run(settings: Settings, given: argparse.Namespace) -> None:
    with opened(settings, prepare=True) as graph:
        grants = parse_grants(HEADERS["X-Viewer-Markings"].split(","))
        viewer = graph.catalogue.viewer("bench", grants, Purpose(PurposeCode.TEST))
        people = samples(graph, viewer, random.Random(7))
        patient = settings.model_copy(update={"query_timeout_s": READ_S})
        with (
            serving(patient, given.port, apart=False) as served,
            ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart,
        ):
            asking = apart.submit(asked_at_once, served.port, people, WARM_S)
            others(served.port, people, WARM_S, PAUSE_S)
            asking.result()
            alone, beside, told = list[float](), list[float](), Told()
            for _ in range(ROUNDS):
                alone += others(served.port, people, given.seconds, PAUSE_S)
                asking = apart.submit(asked_at_once, served.port, people, given.seconds)
                beside += others(served.port, people, given.seconds, PAUSE_S)
                told.add(asking.result())
            for name, times in (("others alone", alone), (f"beside {MONSTERS}", beside)):
                half, most = percentile(times, 50), percentile(times, 95)
                print(f"{name}: p50 {half:.1f} ms, p95 {most:.1f} ms, {len(times)} answers")
            print(f"others' p95 is {percentile(beside, 95) / percentile(alone, 95):.1f} times as long")
            print(f"dear questions: {dict(told.ended)}; answered in {max(told.seconds, default=0):.1f} s at most")
            if told.late:
                print(f"timed out after {min(told.late):.2f} to {max(told.late):.2f} s")
            print(f"left running: {_running(graph.store.connection)}")


def _running(to: Connection) -> int:
    with (
        neo4j.GraphDatabase.driver(to.uri, auth=(to.user, to.password)) as driver,
        driver.session(database="system") as session,
    ):
        rows = list(session.run("SHOW TRANSACTIONS YIELD database, currentQuery WHERE database <> 'system'"))
    return len(rows)


if __name__ == "__main__":
    main()
