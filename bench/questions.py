"""The questions of the demo world over HTTP, beside the raw driver's time for a statement of the same kind.

Run after `make demo ARGS=--once` with the same people and seed: the graph must be there.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

import requests

from api.serve import background
from cli.session import opened, viewer_of
from graph.answer import LinkFilter
from graph.open import Graph
from graph.read.network import expand
from graph.read.path import paths
from graph.read.profile import subject_profile
from graph.read.search import search
from graph.settings import load_settings
from resolution.read import PartialIdentityInput, stop_check
from security.viewer import Viewer

_ROUNDS = 60
_PORT = 8123
_SEARCH = "query($text: String!) { search(text: $text, first: 20) { edges { node { score entity { id label } } } } }"
_PROFILE = """query($id: ID!) { subjectProfile(id: $id) { subject { id label } addresses { to { label } }
  vehicles { to { label } } identifiers { to { label } } warnings { code } } }"""
_EXPAND = "query($id: ID!) { expand(ids: [$id], hops: 2, limit: 200) { nodes { id label } links { id } } }"
_PATHS = "query($id: ID!, $b: ID!) { paths(from: $id, to: $b, maxHops: 6) { paths { length nodes { id } } } }"
_STOP = "query($name: String!) { stopCheck(person: {name: $name}) { candidates { weight entity { id } } } }"


def main() -> None:
    """Print a row a question: p50, p95, p99 over HTTP, the same read without HTTP, and their ratio."""
    settings = load_settings()
    with opened(settings) as graph:
        viewer = viewer_of(graph, None, "TEST")
        people = _people(graph, viewer)
        with background(settings, graph, port=_PORT) as address:
            _table(graph, viewer, people, address)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this process: {peak:.0f} MB")


def _people(graph: Graph, viewer: Viewer) -> list[tuple[str, str]]:
    found = [(h.entity.id, h.entity.label) for h in search(graph, viewer, "smith", ["Person"], True, 20).items]
    if len(found) < 2:
        sys.exit("no demo world in this graph: run polegraph demo --once first")
    return found


def _table(graph: Graph, viewer: Viewer, people: list[tuple[str, str]], address: str) -> None:
    (a, name), (b, _) = people[0], people[-1]
    asked: dict[str, tuple[str, Mapping[str, Any], Callable[[], object]]] = {
        "search": (_SEARCH, {"text": name}, lambda: search(graph, viewer, name)),
        "subjectProfile": (_PROFILE, {"id": a}, lambda: subject_profile(graph, viewer, a)),
        "expand 2 hops": (_EXPAND, {"id": a}, lambda: expand(graph, viewer, [a], 2, LinkFilter(), 200)),
        "paths": (_PATHS, {"id": a, "b": b}, lambda: paths(graph, viewer, a, b)),
        "stopCheck": (
            _STOP,
            {"name": name},
            lambda: stop_check(graph, viewer, None, PartialIdentityInput(name=name), None),
        ),
    }
    print(f"{'question':16} {'p50':>8} {'p95':>8} {'p99':>8} {'driver p50':>11} {'ratio':>6}  ms")
    for question, (text, variables, read) in asked.items():
        over_http = _times(lambda t=text, v=variables: _post(address, t, v))  # type: ignore[misc]
        bare = _times(read)
        p50, p95, p99 = (_percentile(over_http, p) for p in (50, 95, 99))
        base = _percentile(bare, 50)
        print(f"{question:16} {p50:8.1f} {p95:8.1f} {p99:8.1f} {base:11.1f} {p50 / base:6.2f}")


def _post(address: str, text: str, variables: Mapping[str, Any]) -> None:
    body = json.dumps({"query": text, "variables": variables})
    headers = {"Content-Type": "application/json"}
    answer = requests.post(f"{address}/graphql", data=body, headers=headers, timeout=30).json()
    assert "errors" not in answer, answer
    assert all(value is not None for value in answer["data"].values())


def _times(work: Callable[[], object]) -> list[float]:
    work()
    times = []
    for _ in range(_ROUNDS):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1000)
    return times


def _percentile(times: list[float], percent: int) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[percent - 1]


if __name__ == "__main__":
    main()
