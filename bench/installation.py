"""An installation of a benchmark's own, which is thrown away."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from graph import schema
from graph.open import Clock, Graph, managed, open_graph
from graph.settings import Settings
from resolution.key import INDEXED
from security.marking import FLOOR

_BATCH = 10_000


@contextmanager
def thrown_away() -> Iterator[tuple[Settings, Path]]:
    """Settings of an installation with its own server, and a folder for files beside it; both are gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="polegraph-bench-"))
    settings = Settings(data_dir=folder / "data", markings_file=None)
    try:
        yield settings, folder
    finally:
        managed(settings).stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def kept(folder: Path) -> Iterator[tuple[Settings, Path]]:
    """Settings of an installation in this folder, and the folder; both stay, and its server is stopped afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = Settings(data_dir=folder / "data", markings_file=None)
    try:
        yield settings, folder
    finally:
        managed(settings).stop()


@contextmanager
def copied(settings: Settings) -> Iterator[Settings]:
    """Settings of a copy of an installation, which is thrown away; its own server is stopped for it."""
    managed(settings).stop()
    with thrown_away() as (own, _):
        shutil.copytree(settings.data_dir, own.data_dir)
        yield settings.model_copy(update={"data_dir": own.data_dir})


def take_city(parser: argparse.ArgumentParser, people: int) -> None:
    """Take the arguments of `city`."""
    parser.add_argument("--people", type=int, default=people, help="people of the city that is made")
    parser.add_argument("--data", type=Path, help="an installation that has one; its `city` folder lies beside it")


@contextmanager
def city(people: int, data: Path | None) -> Iterator[Settings]:
    """Settings of an installation that holds a city: the one that is there, else one that is made and thrown away."""
    if data is not None:
        yield Settings(data_dir=data, markings_file=data.parent / "city" / "markings.yaml")
        return
    with thrown_away() as (settings, folder):
        made = folder / "city"
        command = [sys.executable, "-m", "cli"]
        subprocess.run([*command, "world", str(made), "--people", str(people)], check=True)
        settings = settings.model_copy(update={"markings_file": made / "markings.yaml"})
        mappings = sorted(str(path) for path in (made / "mappings").glob("*.yaml"))
        environment = {"POLEGRAPH_DATA_DIR": str(settings.data_dir), "POLEGRAPH_MARKINGS_FILE": f"{made}/markings.yaml"}
        load = [*command, "load", *mappings, "--data", str(made / "data"), "--first", "--as-of", "2026-01-01"]
        # Some rows of the city are wrong on purpose: that they are rejected is told by 3.
        assert subprocess.run(load, env=environment, check=False).returncode in (0, 3)
        yield settings


def prepared(settings: Settings, clock: Clock) -> Graph:
    """The installation's graph, empty but for its schema and the lowest marking, with a clock of its own."""
    graph = open_graph(settings, clock=clock)
    schema.apply(graph.store, graph.ids, INDEXED, [FLOOR])
    graph.catalogue.refresh()
    return graph


def put_events(graph: Graph, rows: Sequence[Mapping[str, Any]]) -> None:
    """Put nodes of events into the graph as they are given, each of the `kind` that it says."""
    for begin in range(0, len(rows), _BATCH):
        some = {"rows": rows[begin : begin + _BATCH]}
        graph.store.write(
            lambda transaction, some=some: transaction.run_text(  # type: ignore[misc]
                "UNWIND $rows AS row CREATE (e:Entity:Event:$(row.kind)) SET e = row", some
            )
        )
