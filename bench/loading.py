"""Loading plain files: the first load beside the bare import, increments beside a MERGE loader, messages one by one.

Makes persons, links and events as `bench.reading` does, in an installation of its own that is thrown away. Every figure
is of the same run; the graph is held against the numbers of what was generated.
"""

from __future__ import annotations

import argparse
import csv
import random
import resource
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from statistics import quantiles
from typing import Any

import neo4j

from bench.installation import thrown_away
from bench.reading import generate
from graph import schema
from graph.open import Graph, open_graph
from graph.read.search import search
from graph.settings import Settings
from loaders.first import first_load
from loaders.intake import Intake, Message, Outcome
from loaders.load import load
from loaders.mapping import SourceMapping, load_mappings
from loaders.options import LoadOptions
from loaders.present import counts
from loaders.rehearsal import ROUNDS
from loaders.report import LoadReport
from resolution.key import INDEXED
from security.marking import EVERYTHING, FLOOR

_TODAY = 1_750_000_000
_DAY = 86_400
_BATCH = 2_000
_MERGES = {
    "persons": "MERGE (p:BenchPerson {id: row.id}) SET p += row",
    "events": "MERGE (e:BenchEvent {id: row.id}) SET e += row",
    "links": "MATCH (p:BenchPerson {id: row.person}) MATCH (e:BenchEvent {id: row.event}) "
    "MERGE (p)-[l:BENCH_INVOLVED_IN {role: row.role, date: row.date}]->(e)",
}


def main() -> None:
    """Print seconds, rows a second and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=10_000)
    parser.add_argument("--increment", type=int, default=2_000, help="persons of the increment")
    parser.add_argument("--messages", type=int, default=500)
    parser.add_argument("--rate", type=float, default=100.0, help="messages a second")
    given = parser.parse_args()
    with thrown_away() as (settings, folder):
        _run(settings, folder, given)


def _run(settings: Settings, folder: Path, given: argparse.Namespace) -> None:
    files = folder / "files"
    files.mkdir()
    rows = generate(files, given.persons, 1)
    mappings = load_mappings([files / "plain.yaml"], [])
    stages = _Stages()
    report = first_load(settings, [FLOOR], mappings, _options(files), stages)
    stages("indexing", 0, None)
    graph = open_graph(settings)
    schema.apply(graph.store, graph.ids, INDEXED, [FLOOR])
    stages("end", 0, None)
    _held(report, rows)
    took = stages.seconds()
    bare = took["importing"] + took["starting the server"] + took["indexing"]
    total = sum(took.values())
    stored = sum(
        file.stat().st_size
        for file in (settings.data_dir / "neo4j" / "data" / "databases" / "neo4j").rglob("*")
        if file.is_file()
    )
    count = counts(graph.store)["links"]
    print(f"first load: {rows:,} rows in {total:.1f} s, {rows / total:,.0f} rows/s, resolved, indexed, ready")
    print(f"  bare import, start and indexes {bare:.1f} s, ratio {total / bare:.2f}; {stored / count:.0f} bytes a link")
    print("  " + ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in took.items() if seconds >= 0.1))
    print(
        f"  peak memory {_peak():,.0f} MB here, {_peak(resource.RUSAGE_CHILDREN):,.0f} MB in a process started for it"
    )
    for _ in range(3):
        _again(graph, folder, mappings, rows)
    _later(graph, folder, mappings, rows)
    _increment(graph, folder, given)
    _messages(graph, mappings, given)
    graph.store.close()


def _again(graph: Graph, folder: Path, mappings: list[SourceMapping], rows: int) -> None:
    with _timed() as seconds:
        report = load(graph, mappings, _options(folder / "files"))
    assert sum(file.unchanged for file in report.files) == rows
    print(f"nothing new: {rows / seconds[0]:,.0f} rows/s")


def _later(graph: Graph, folder: Path, mappings: list[SourceMapping], rows: int) -> None:
    """The same rows a day later: every one of them gets a new date."""
    options = LoadOptions(folder / "files", _TODAY, _TODAY + _DAY)
    with _timed() as seconds:
        report = load(graph, mappings, options)
    assert sum(file.unchanged for file in report.files) == rows
    print(f"the same a day later: {rows / seconds[0]:,.0f} rows/s")


def _increment(graph: Graph, folder: Path, given: argparse.Namespace) -> None:
    """New rows of the same mix into the graph, and the same into it by a loader that only merges."""
    more = folder / "more"
    more.mkdir()
    rows = generate(more, given.increment, 2)
    _renamed(more)
    mappings = load_mappings([more / "plain.yaml"], [])
    with _timed() as base:
        _merge(graph, more)
    with _timed() as seconds:
        _held(load(graph, mappings, _options(more)), rows)
    print(f"increment: {rows:,} rows, {rows / seconds[0]:,.0f} rows/s, resolved and linked")
    print(f"  serial UNWIND MERGE without resolution {rows / base[0]:,.0f} rows/s, ratio {base[0] / seconds[0]:.2f}")


def _renamed(folder: Path) -> None:
    """Other things than those of the first files: their ids begin otherwise."""
    for path in folder.glob("*.csv"):
        head, _, body = path.read_text().partition("\n")
        renamed = "\n".join(",".join(_other(cell) for cell in line.split(",")) for line in body.splitlines())
        path.write_text(f"{head}\n{renamed}\n")


def _other(cell: str) -> str:
    return f"{cell[0]}X{cell[1:]}" if len(cell) == 9 and cell[0] in "PE" and cell[1:].isdigit() else cell


def _merge(graph: Graph, folder: Path) -> None:
    at = graph.store.connection
    with (
        neo4j.GraphDatabase.driver(at.uri, auth=(at.user, at.password)) as driver,
        driver.session(database=at.database) as session,
    ):
        for label in ("BenchPerson", "BenchEvent"):
            session.run(f"CREATE CONSTRAINT bench_{label} IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE")
        for name in ("persons", "events", "links"):
            with (folder / f"{name}.csv").open(newline="") as file:
                reader = csv.DictReader(file)
                while batch := [row for row, _ in zip(reader, range(_BATCH), strict=False)]:
                    session.execute_write(_merge_batch, _MERGES[name], batch)


def _merge_batch(transaction: neo4j.ManagedTransaction, text: Any, batch: list[dict[str, str]]) -> None:  # noqa: ANN401
    transaction.run(f"UNWIND $rows AS row {text} RETURN count(*)", rows=batch).consume()


def _messages(graph: Graph, mappings: list[SourceMapping], given: argparse.Namespace) -> None:
    """From sent to found by `search`, in milliseconds, at a rate; those that wait are taken together.

    As where the API serves: the intake has rehearsed before the first comes, and somebody has searched.
    """
    intake = Intake(graph, mappings)
    with _timed() as seconds:
        for _ in range(ROUNDS):
            intake.rehearse()
    entry = intake.entry("plain", "persons.csv")
    viewer = graph.catalogue.viewer("bench", EVERYTHING)
    search(graph, viewer, "Rehearsal", ["Person"])
    waiting: list[tuple[float, Message]] = []
    lock = threading.Lock()
    sender = threading.Thread(target=_send, args=(waiting, lock, given.messages, given.rate), daemon=True)
    sender.start()
    times: list[float] = []
    while len(times) < given.messages:
        with lock:
            taken, waiting[:] = list(waiting), []
        if not taken:
            time.sleep(0.001)
            continue
        batch = [Message(at, message.fields, message.raw) for at, (_, message) in enumerate(taken)]
        receipts = intake.take("plain", entry, batch, as_of=None, today=_TODAY)
        assert all(receipt.outcome is Outcome.LOADED for receipt in receipts)
        name = str((batch[-1].fields or {})["name"])
        assert any(hit.entity.label == name for hit in search(graph, viewer, name, ["Person"]).items)
        now = time.perf_counter()
        times += [(now - sent) * 1000 for sent, _ in taken]
    for what, some in (("", times), (", the later half", times[len(times) // 2 :])):
        cut = quantiles(some, n=100)
        shown = ", ".join(f"p{n} {cut[n - 1]:.0f}" for n in (50, 95, 99))
        print(f"messages at {given.rate:g}/s{what}: {shown} ms until search finds them")
    print(f"  rehearsed for {seconds[0]:.1f} s before the first")


def _send(waiting: list[tuple[float, Message]], lock: threading.Lock, count: int, rate: float) -> None:
    began = time.perf_counter()
    for n in range(count):
        time.sleep(max(0.0, began + n / rate - time.perf_counter()))
        chance = random.Random(n)
        # People as unlike each other as people are: alike ones would be taken for one.
        given, family = (
            "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(4)) for _ in "ab"
        )
        fields = {
            "id": f"M{n:08}",
            "name": f"{given} {family}".title(),
            "dob": f"{chance.randint(1, 28):02}/{chance.randint(1, 12):02}/{chance.randint(1940, 2007)}",
            "gender": "M",
            "address": f"{n} {family.title()} Street, Northmere",
            "phone": f"07700 9{n:05}",
        }
        with lock:
            waiting.append((time.perf_counter(), Message(n, fields, b"{}")))


def _options(folder: Path) -> LoadOptions:
    return LoadOptions(folder, _TODAY, _TODAY)


def _held(report: LoadReport, rows: int) -> None:
    assert sum(file.loaded for file in report.files) == rows, report.as_json()
    assert not any(file.dangling for file in report.files)


@contextmanager
def _timed() -> Iterator[list[float]]:
    seconds = [0.0]
    began = time.perf_counter()
    yield seconds
    seconds[0] = time.perf_counter() - began


class _Stages:
    """When each stage began."""

    def __init__(self) -> None:
        self._began = [("reading", time.perf_counter())]

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        del done, total
        name = (
            "reading" if stage.endswith(".csv") else "resolving and linking" if stage[:4] in ("reso", "link") else stage
        )
        if name != self._began[-1][0]:
            self._began.append((name, time.perf_counter()))

    def seconds(self) -> dict[str, float]:
        """The seconds of each stage."""
        found: dict[str, float] = {}
        for (name, began), (_, ended) in pairwise(self._began):
            found[name] = found.get(name, 0.0) + ended - began
        return found


def _peak(who: int = resource.RUSAGE_SELF) -> float:
    return resource.getrusage(who).ru_maxrss / 1024


if __name__ == "__main__":
    main()
