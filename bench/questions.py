"""The questions of the demo world over HTTP, beside the raw driver's time for the very same statements.

Run after `make demo ARGS=--once`: the graph must be there. Each question is asked about several people in turn; its
answer is held against the same read without HTTP. The baseline sends what the question sent, one statement after the
other, through a bare driver, and takes the rows: what is above it is polegraph's own.
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import neo4j
import requests

from analysis.life import Life, pattern_of_life
from analysis.repeat import RepeatKind, Repeats, repeats
from api.serve import background
from bench.driver import RecordingStore, Sent, bare, recorded
from bench.percentile import percentile
from cli.session import opened, viewer_of
from graph.answer import LinkFilter
from graph.open import Graph
from graph.read.facet import entity_facets
from graph.read.network import expand
from graph.read.path import PathOrder, paths
from graph.read.profile import subject_profile
from graph.read.search import search
from graph.settings import load_settings
from resolution.change import Watched, changes_since
from resolution.identify import PartialIdentityInput, stop_check
from security.viewer import Viewer

_ROUNDS = 5
_PEOPLE = 20
_PORT = 8123
_SEARCH = "query($name: String!) { search(text: $name, first: 20) { edges { node { score entity { id label } } } } }"
_PROFILE = """query($id: ID!) { subjectProfile(id: $id) { subject { id label } addresses { to { label } }
  vehicles { to { label } } identifiers { to { label } } warnings { code } } }"""
_EXPAND = "query($id: ID!) { expand(ids: [$id], hops: 2, limit: 200) { nodes { id label } links { id } } }"
_PATHS = "query($id: ID!, $b: ID!) { paths(from: $id, to: $b, maxHops: 6) { paths { length nodes { id } } } }"
_STRONGEST = _PATHS.replace("maxHops: 6", "maxHops: 4, orderBy: STRENGTH")
_REPEATS = "{ repeats(kind: VICTIM, windowDays: 3660, first: 20) { edges { node { count entity { id label } } } } }"
_LIFE = """query($id: ID!) { patternOfLife(id: $id, windowDays: 1830) { events byHour subject { id }
  places { events entity { label } } contacts { events entity { label } } changes { change sentence } } }"""
_FACETS = """{ entities(kind: CRIME, first: 1) { facets(properties: ["type", "status", "source"]) {
  property values { value count } } } }"""
_CHANGES = """query($id: ID!) { changesSince(ids: [$id], since: "2000-01-01T00:00:00Z", first: 50) {
  edges { node { at what link { id } record { id } } } } }"""
_EXPORT = "query($id: ID!) { exportNetwork(ids: [$id], hops: 2, limit: 200) { things texts { text } } }"
_STOP = "query($name: String!) { stopCheck(person: {name: $name}) { candidates { weight entity { id } } } }"

Given = Mapping[str, str]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the ids that its answer names, and the ids that the read behind it gives."""

    name: str
    text: str
    ids: Callable[[dict[str, Any]], list[str]]
    expected: Callable[[Graph, Viewer, Given], list[str]]


QUESTIONS = (
    Question(
        "search",
        _SEARCH,
        lambda data: [edge["node"]["entity"]["id"] for edge in data["search"]["edges"]],
        lambda graph, viewer, given: [hit.entity.id for hit in search(graph, viewer, given["name"]).items],
    ),
    Question(
        "subjectProfile",
        _PROFILE,
        lambda data: [data["subjectProfile"]["subject"]["id"]],
        lambda graph, viewer, given: [_present(subject_profile(graph, viewer, given["id"])).subject.id],
    ),
    Question(
        "expand 2 hops",
        _EXPAND,
        lambda data: [node["id"] for node in data["expand"]["nodes"]],
        lambda graph, viewer, given: [n.id for n in expand(graph, viewer, [given["id"]], 2, LinkFilter(), 200).nodes],
    ),
    Question(
        "paths",
        _PATHS,
        lambda data: [node["id"] for path in data["paths"]["paths"] for node in path["nodes"]],
        lambda graph, viewer, given: [
            n.id for p in paths(graph, viewer, given["id"], given["b"]).paths for n in p.nodes
        ],
    ),
    Question(
        "stopCheck",
        _STOP,
        lambda data: [one["entity"]["id"] for one in data["stopCheck"]["candidates"]],
        lambda graph, viewer, given: [
            one.entity.id
            for one in stop_check(graph, viewer, None, PartialIdentityInput(name=given["name"]), None).candidates
        ],
    ),
    Question(
        "paths by strength",
        _STRONGEST,
        lambda data: [node["id"] for path in data["paths"]["paths"] for node in path["nodes"]],
        lambda graph, viewer, given: [
            n.id
            for p in paths(graph, viewer, given["id"], given["b"], 4, order=PathOrder.STRENGTH).paths
            for n in p.nodes
        ],
    ),
    Question(
        "repeats",
        _REPEATS,
        lambda data: [edge["node"]["entity"]["id"] for edge in data["repeats"]["edges"]],
        lambda graph, viewer, _: [
            view.entity.id for view in repeats(graph, viewer, Repeats(RepeatKind.VICTIM, days=3_660), 20).items
        ],
    ),
    Question(
        "patternOfLife",
        _LIFE,
        lambda data: [data["patternOfLife"]["subject"]["id"]],
        lambda graph, viewer, given: [pattern_of_life(graph, viewer, given["id"], Life(days=1_830)).subject.id],
    ),
    Question(
        "facets",
        _FACETS,
        lambda data: [value["value"] for one in data["entities"]["facets"] for value in one["values"]],
        lambda graph, viewer, _: [
            value.value
            for one in entity_facets(graph, viewer, "Crime", None, ["type", "status", "source"], 10)
            for value in one.values
        ],
    ),
    Question(
        "changesSince",
        _CHANGES,
        lambda data: [edge["node"]["what"] for edge in data["changesSince"]["edges"]],
        lambda graph, viewer, given: [
            change.what.value for change in changes_since(graph, viewer, Watched((given["id"],)), 946_684_800, 50).items
        ],
    ),
    Question(
        "exportNetwork",
        _EXPORT,
        lambda data: [str(data["exportNetwork"]["things"])],
        lambda graph, viewer, given: [str(len(expand(graph, viewer, [given["id"]], 2, LinkFilter(), 200).nodes))],
    ),
)


def main() -> None:
    """Print a row a question: percentiles over HTTP, the driver's for the same statements, and the medians' ratio."""
    settings = load_settings()
    with opened(settings) as graph, recorded(graph) as (recording, store):
        viewer = viewer_of(graph, None, "TEST")
        given = _people(graph, viewer)
        with background(settings, recording, port=_PORT) as address, bare(store) as session:
            print(f"{'ms':18} {'p50':>7} {'p95':>7} {'p99':>7} {'driver p50':>11} {'p95':>7} {'ratio':>6} {'sent':>5}")
            for question in QUESTIONS:
                _row(question, graph, viewer, given, address, store, session)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(given)} people, {_ROUNDS} rounds each; peak memory of this process: {peak:.0f} MB")


def _people(graph: Graph, viewer: Viewer) -> list[Given]:
    found = [hit.entity for hit in search(graph, viewer, "smith", ["Person"], True, _PEOPLE).items]
    if len(found) < 2:
        sys.exit("no demo world in this graph: run polegraph demo --once first")
    after = [*found[1:], found[0]]
    return [{"id": one.id, "name": one.label, "b": other.id} for one, other in zip(found, after, strict=True)]


def _row(
    question: Question,
    graph: Graph,
    viewer: Viewer,
    people: list[Given],
    address: str,
    store: RecordingStore,
    session: neo4j.Session,
) -> None:
    sent = []
    for given in people:
        store.kept = []
        answer = question.ids(_post(address, question.text, given))
        sent.append(store.kept)
        store.kept = None
        assert answer == question.expected(graph, viewer, given), f"{question.name}: {given['id']}"
    served = _times([lambda given=given: _post(address, question.text, given) for given in people])  # type: ignore[misc]
    driver = _times([lambda one=one: _send(session, one) for one in sent])  # type: ignore[misc]
    p50, p95, p99 = (percentile(served, percent) for percent in (50, 95, 99))
    base, base95 = percentile(driver, 50), percentile(driver, 95)
    many = statistics.mean(map(len, sent))
    print(
        f"{question.name:18} {p50:7.1f} {p95:7.1f} {p99:7.1f} {base:11.1f} {base95:7.1f} {p50 / base:6.2f} {many:5.1f}"
    )


def _present(value: T | None) -> T:
    assert value is not None
    return value


_HTTP = requests.Session()


def _post(address: str, text: str, variables: Given) -> dict[str, Any]:
    body: dict[str, Any] = {"query": text, "variables": dict(variables)}
    answer = _HTTP.post(f"{address}/graphql", json=body, timeout=30).json()
    assert "errors" not in answer, answer
    data: dict[str, Any] = answer["data"]
    return data


def _send(session: neo4j.Session, statements: list[Sent]) -> None:
    for text, params in statements:
        list(session.run(text, params))


def _times(works: list[Callable[[], object]]) -> list[float]:
    for work in works:
        work()
    times = []
    for _ in range(_ROUNDS):
        for work in works:
            started = time.perf_counter()
            work()
            times.append((time.perf_counter() - started) * 1000)
    return times


if __name__ == "__main__":
    main()
