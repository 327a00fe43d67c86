"""What the access filter costs: each statement of a question beside the same one that tests no marking, in turn.

`python -m bench.access_filter` makes a city of `--people` (or takes that of `--data`), asks for three hops around
people and for paths between them, keeps the statements that this sends, and sends each question's again, with and
without the filter, one after the other and the other way round. Printed are p50 and p95 of both, in milliseconds, and
the ratio of the two p95, whose aim is 1.6 at most. The viewer holds everything: both have to find the same.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable, Sequence

import neo4j

from bench.driver import RecordingStore, Sent, bare, recorded
from bench.installation import city, take_city
from bench.percentile import percentile
from graph.answer import LinkFilter
from graph.open import Graph, open_graph
from graph.read.network import expand
from graph.read.path import paths
from security.marking import EVERYTHING
from security.viewer import Viewer

_SIGHT = re.compile(
    r"(\w+)\.mk IN \$allowed"
    r"( OR \(\1\.mk IS NULL AND EXISTS \{ \(\1\)-\[r(?::!WAS)?\]-\(\) WHERE r\.mk IN \$allowed \}\))?"
)
_FILTERED = "$allowed"
Ask = Callable[[Graph, Viewer, str, str], object]


def three_hops(graph: Graph, viewer: Viewer, a: str, _: str) -> object:
    """Ask for the network of three hops around somebody."""
    return expand(graph, viewer, [a], 3, LinkFilter(), 200)


def between(graph: Graph, viewer: Viewer, a: str, b: str) -> object:
    """Ask for the shortest paths between two."""
    return paths(graph, viewer, a, b)


QUESTIONS: dict[str, Ask] = {"expand 3 hops": three_hops, "paths 6 hops": between}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    take_city(parser, 20_000)
    parser.add_argument("--subjects", type=int, default=60, help="people who are asked about")
    parser.add_argument("--rounds", type=int, default=10, help="times that each question is sent in either form")
    given = parser.parse_args()
    with city(given.people, given.data) as settings:
        graph = open_graph(settings)
        viewer = graph.catalogue.viewer("bench", EVERYTHING)
        with recorded(graph) as (watched, store), bare(graph.store) as session:
            people = _people(session, given.subjects)
            print(f"{'':14} {'p50':>8} {'p95':>8} {'p50 bare':>9} {'p95 bare':>9} {'ratio p95':>10}")
            for name, ask in QUESTIONS.items():
                sent = _sent(watched, store, viewer, ask, people)
                print(_line(name, *_in_turn(session, sent, given.rounds)))
        graph.store.close()


def _people(session: neo4j.Session, most: int) -> list[tuple[str, str]]:
    """People of some links, by chance of their ids, two at a time."""
    text = "MATCH (p:Person:Entity) WHERE COUNT { (p)--() } > 4 RETURN p.id AS id ORDER BY reverse(p.id) LIMIT $most"
    ids = [row["id"] for row in session.run(text, most=2 * most)]
    return list(zip(ids[::2], ids[1::2], strict=True))


def _sent(
    graph: Graph, store: RecordingStore, viewer: Viewer, ask: Ask, people: Sequence[tuple[str, str]]
) -> list[list[Sent]]:
    sent = []
    for a, b in people:
        store.kept = []
        ask(graph, viewer, a, b)
        sent.append(store.kept)
        store.kept = None
    return sent


def _bare(statement: Sent) -> Sent:
    """Return the statement without its tests of what may be seen."""
    text = _SIGHT.sub("true", statement[0])
    left = re.sub(r"\$allowed AS \w+|, \$allowed\b", "", text)
    assert f"IN {_FILTERED}" not in left, f"a test that this knows nothing of: {statement[0]}"
    return text, statement[1]


def _in_turn(session: neo4j.Session, sent: list[list[Sent]], rounds: int) -> tuple[list[float], list[float]]:
    """Return the milliseconds of each question in either form."""
    without = [[_bare(statement) for statement in question] for question in sent]
    for one, other in zip(sent, without, strict=True):
        assert _found(session, one) == _found(session, other), "what is unfiltered finds something else"
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds):
        for pair in zip(sent, without, strict=True):
            for form in (0, 1) if number % 2 else (1, 0):
                started = time.perf_counter()
                _found(session, pair[form])
                times[form].append((time.perf_counter() - started) * 1000)
    return times


def _found(session: neo4j.Session, statements: Sequence[Sent]) -> list[int]:
    return [len(list(session.run(text, params))) for text, params in statements]


def _line(name: str, filtered: list[float], unfiltered: list[float]) -> str:
    figures = [percentile(times, percent) for times in (filtered, unfiltered) for percent in (50, 95)]
    ratio = figures[1] / figures[3]
    return f"{name:14} {figures[0]:8.1f} {figures[1]:8.1f} {figures[2]:9.1f} {figures[3]:9.1f} {ratio:10.2f}"


if __name__ == "__main__":
    main()
