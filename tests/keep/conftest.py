"""The command of tests/cli, and a small world with everything that a backup has to keep."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from alert.alert import acknowledge
from alert.watch import Wanted, watch
from graph.open import Graph
from graph.settings import Settings
from graph.store import Store
from graph.workspace import Placed, save
from graph.workspace import Wanted as Drawn
from loaders.keep import back_up
from resolution.change import Watched
from resolution.model import shipped_document
from resolution.published import publish
from security.marking import EVERYTHING
from tests.cli.conftest import ask, connected, polegraph, town
from tests.conftest import KEY
from tests.whole.double import Delivery, build, deliver, opened
from tests.whole.double_world import Line, World, world
from tests.whole.silo import DAY, JANUARY, dumped

__all__ = ["ask", "connected", "polegraph", "town"]
SEED = 3


@dataclasses.dataclass(frozen=True, slots=True)
class Keepsake:
    """A backup, and the dump of the graph that it was made of."""

    file: Path
    dump: list[bytes]
    seq: int


@pytest.fixture(scope="module")
def lasting(store: Store) -> Iterator[Graph]:
    """The run's graph for a whole module."""
    with opened(store.connection) as graph:
        yield graph


@pytest.fixture(scope="module")
def keepsake(lasting: Graph, tmp_path_factory: pytest.TempPathFactory) -> Keepsake:
    """A world of several markings, analysts' words, made records, links that wait, rows replaced, a published model."""
    folder = tmp_path_factory.mktemp("keepsake")
    made = world(SEED, 4, hub_links=64)
    build(lasting, made, folder, hidden=True)
    shipped = shipped_document()
    publish(lasting, {**shipped, "thresholds": {**shipped["thresholds"], "join": 6.0, "review": -3.0}}, "tester")
    deliver(lasting, Delivery(later(made), JANUARY + 9 * DAY), folder / "later", made.declared)
    analyst = lasting.catalogue.viewer("pc-1", EVERYTHING)
    subject = lasting.store.internal("dump/entities")[0]["properties"]["id"]
    standing = watch(lasting, analyst, Wanted("Wolf", Watched((subject,))))
    save(lasting, analyst, Drawn("Wolf", things=(Placed(subject, 1.5, -2.0, pinned=True, note="seen"),)))
    acknowledge(lasting, analyst, [lasting.ids.alert(standing.id, "seen")])
    (folder / "key").write_bytes(KEY)
    settings = Settings(data_dir=folder, secret_key_file=folder / "key")
    lines = dumped(lasting, folder)
    report = back_up(lasting, settings, folder / "kept.tar", lambda *_: None)
    return Keepsake(folder / "kept.tar", lines, report.seq)


def later(made: World) -> list[Line]:
    """Every third row about people under another name: it replaces the one there is, and its links are retracted."""
    people = [line for line in (*made.people(hidden=False), *made.people(hidden=True)) if line.key]
    return [
        dataclasses.replace(line, cells=(*line.cells[:2], f"{line.cells[2]} Later", *line.cells[3:]))
        for line in people[::3]
    ]
