"""The API over HTTP on a large graph: one server process on one core, the load from another, filter and audit log on.

Makes a city of `--people` in an installation that is thrown away, or takes the city of `--data`, an installation that
`polegraph load --first` filled. The viewer holds less than everything, answers are held against the reads behind
them, and the bare driver sends the very same statements in the same run: what is above it is polegraph's own.
"""

from __future__ import annotations

import argparse
import logging
import random
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

import neo4j
import structlog
from starlette.testclient import TestClient

from api.app import create_app
from bench.asked import ASKED, Asked, Sample, recalled, samples
from bench.driver import RecordingStore, Sent, bare, recorded
from bench.growth import MOST_MB, SETTLED, STEP, grown
from bench.hub import LINKS, with_hub
from bench.installation import city, take_city
from bench.percentile import percentile
from bench.serving import HEADERS, Client, Served, one_by_one, serving, together
from cli.session import opened
from graph.open import Graph
from graph.settings import Settings
from security.marking import parse_grants
from security.viewer import Purpose, PurposeCode, Viewer

_HEAD = ("question", "p50", "p95", "p99", "driver p50", "p95", "ratio", "sent", "cpu ms", "req/s x8", "bytes")


@dataclass(frozen=True, slots=True)
class Bench:
    """What a row is measured with."""

    served: Served
    graph: Graph
    viewer: Viewer
    app: TestClient
    store: RecordingStore
    session: neo4j.Session
    seconds: float
    connections: int

    def row(self, asked: Asked, given: Sequence[Sample]) -> float:
        """Measure a question about these, hold its answers, print a row; returns its p95."""
        client = Client(self.served.port)
        for sample in given:
            body = client.ask(asked.text, asked.variables(sample))
            asked.check(self.graph, self.viewer, sample, body["data"])
        requests = [client.request(asked.text, asked.variables(sample)) for sample in given]
        sizes = [len(client.send(request)) for request in requests]
        client.close()
        sent = [self._sent(asked, sample) for sample in given]
        times, processor = one_by_one(self.served, requests, self.seconds)
        driver = [_timed(self.session, one) for _ in range(3) for one in sent]
        rate = together(self.served, requests, self.seconds, self.connections)
        p50, p95, p99 = (percentile(times, n) for n in (50, 95, 99))
        base, base95 = percentile(driver, 50), percentile(driver, 95)
        many = statistics.mean(map(len, sent))
        cells = (
            *(f"{value:.2f}" for value in (p50, p95, p99, base, base95, p50 / base)),
            f"{many:.1f}",
            f"{processor:.2f}",
            f"{rate:,.0f}",
            f"{max(sizes):,}",
        )
        print("| " + " | ".join((asked.name, *cells)) + " |", flush=True)
        return p95

    def _sent(self, asked: Asked, sample: Sample) -> list[Sent]:
        """The statements that the question sends, as the same application in this process sends them."""
        self.store.kept = kept = list[Sent]()
        self.app.post("/graphql", json={"query": asked.text, "variables": asked.variables(sample)}, headers=HEADERS)
        self.store.kept = None
        # The catalogue, which is read once a second, is nobody's question.
        return [(text, params) for text, params in kept if "allowed" in params]


def main() -> None:
    """Print a row a question, the hub, the recall and the growth of memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    take_city(parser, people=60_000)
    parser.add_argument("--port", type=int, default=8124)
    parser.add_argument("--seconds", type=float, default=5.0, help="of each measurement")
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--requests", type=int, default=10_000, help="over which memory may not grow; 0: none")
    parser.add_argument(
        "--only", help="questions whose names hold one of these, commas between; `memory`: none of them"
    )
    given = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with city(given.people, given.data) as settings:
        _run(settings, given)


def _run(settings: Settings, given: argparse.Namespace) -> None:
    with opened(settings, prepare=True) as graph, recorded(graph) as (recording, store), bare(store) as session:
        stored = session.run(
            "MATCH (n) WITH count(n) AS nodes MATCH ()-[r]->() RETURN nodes, count(r) AS links"
        ).single()
        assert stored is not None
        print(f"{stored['nodes']:,} nodes, {stored['links']:,} relationships")
        grants = parse_grants(HEADERS["X-Viewer-Markings"].split(","))
        viewer = graph.catalogue.viewer("bench", grants, Purpose(PurposeCode.TEST))
        held = f"{len(viewer.allowed)} of {len(graph.catalogue.markings)}"
        print(f"the viewer may see {held} markings; milliseconds")
        people = samples(graph, viewer, random.Random(7))
        own = settings.model_copy(update={"audit_path": settings.data_dir / "bench-audit.db"})
        app = TestClient(create_app(own, recording), base_url="http://127.0.0.1")
        with app, serving(settings, given.port) as served:
            bench = Bench(served, graph, viewer, app, store, session, given.seconds, given.connections)
            _rows(bench, people, given)


def _rows(bench: Bench, people: Sequence[Sample], given: argparse.Namespace) -> None:
    print("| " + " | ".join(_HEAD) + " |\n|" + " --- |" * len(_HEAD))
    asked = [one for one in ASKED if given.only is None or any(part in one.name for part in given.only.split(","))]
    p95 = {one.name: bench.row(one, people) for one in asked}
    if any(name.startswith("search") for name in p95):
        print(f"search recall@20 {recalled(bench.served.port, people):.3f}")
    if usual := next((value for name, value in p95.items() if name.startswith("3 hops")), None):
        _hub(bench, people, usual)
    if given.requests:
        _memory(bench, people, given.requests)


def _memory(bench: Bench, people: Sequence[Sample], requests: int) -> None:
    growth = grown(bench.served, people, requests).since_settled
    if growth is None:
        print(f"whether the server's memory grows is told by more than {SETTLED + STEP:,} requests")
        return
    print(f"server memory grew by {growth:.1f} MB since the first {SETTLED:,} requests, of {MOST_MB:g} that it may")
    if growth > MOST_MB:
        sys.exit(1)


def _hub(bench: Bench, people: Sequence[Sample], usual: float) -> None:
    """The same walk with something of 10,000 links among what it meets: named, and at most twice as slow."""
    around = next(one for one in ASKED if one.name.startswith("3 hops"))
    with with_hub(bench.store.connection, [sample.id for sample in people]) as hub:
        client = Client(bench.served.port)
        for sample in people:
            network = client.ask(around.text, around.variables(sample))["data"]["expand"]
            named = (network["truncated"] or {}).get("entity")
            assert named == {"id": hub}, f"the hub is not named: {network['truncated']}"
        client.close()
        slow = bench.row(Asked("3 hops, a hub", around.text, around.variables, lambda *_: None), people)
    print(f"a hub of {LINKS:,} links costs {slow / usual:.2f} times the usual p95")


def _timed(session: neo4j.Session, statements: Sequence[Sent]) -> float:
    began = time.perf_counter()
    for text, params in statements:
        list(session.run(text, params))
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
