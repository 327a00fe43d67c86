"""One real Neo4j for the whole run: a given server, else a container where Docker answers, else the managed local one.

Where none can be had the run fails and says why; no database test is ever skipped. `graph` gives a test an empty graph
with the schema applied; its clock stands still.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph import schema
from graph.catalogue import Catalogue
from graph.errors import PolegraphError
from graph.ids import Ids
from graph.managed.instance import Connection, Instance
from graph.open import Graph
from graph.settings import Settings
from graph.store import Store
from graph.wipe import wipe
from resolution.key import INDEXED
from security.marking import EVERYTHING, parse_marking
from security.viewer import Viewer

MARKINGS = ("OFFICIAL", "OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE; operation=ACORN")
KEY = b"a key for tests that is long enough, and public"
NOW = 1_790_000_000


def pytest_report_header() -> str:
    """What random tests begin from, so that a failing run can be had again."""
    seed = os.environ.get("POLEGRAPH_TEST_SEED")
    return f"seed {seed}" if seed else "seeds as each test has them; POLEGRAPH_TEST_SEED=N for others"


def _given() -> Connection | None:
    uri = os.environ.get("POLEGRAPH_TEST_NEO4J_URI")
    if uri is None:
        return None
    user = os.environ.get("POLEGRAPH_TEST_NEO4J_USER", "neo4j")
    return Connection(uri, user, os.environ.get("POLEGRAPH_TEST_NEO4J_PASSWORD", ""))


def _container() -> Iterator[Connection]:
    """A container, where Docker answers; nothing otherwise."""
    if shutil.which("docker") is None:
        return
    if subprocess.run(["docker", "info"], capture_output=True, check=False, timeout=20).returncode != 0:
        return
    from testcontainers.neo4j import Neo4jContainer

    with Neo4jContainer("neo4j:5.26-community", password="for-tests-only") as container:
        yield Connection(container.get_connection_url(), "neo4j", "for-tests-only")


@pytest.fixture(scope="session", autouse=True)
def own_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A data folder of the run's own, so that its audit log is not the user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POLEGRAPH_DATA_DIR", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(scope="session")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """Where the run's Neo4j is."""
    given = _given()
    if given is not None:
        yield given
        return
    started = False
    for found in _container():
        started = True
        yield found
    if not started:
        yield from _managed(tmp_path_factory.mktemp("neo4j"))


def _managed(folder: Path) -> Iterator[Connection]:
    instance = Instance(folder, Settings().cache_dir)
    try:
        found = instance.start()
    except PolegraphError as error:
        pytest.exit(f"no Neo4j for the tests: {error.message}", returncode=1)
    yield found
    instance.stop()


@pytest.fixture(scope="session")
def store(connection: Connection) -> Iterator[Store]:
    """The run's database, its schema applied."""
    # A machine that is busy with tests lets its database wait; what an absent one does is tried on servers of its own.
    with Store(connection, timeout_s=30.0, silence_s=20.0) as opened:
        wipe(opened)
        schema.apply(opened, Ids(KEY), INDEXED, [parse_marking(text) for text in MARKINGS])
        yield opened


def prepare(store: Store) -> None:
    """Empty the graph and bring its schema and markings back."""
    wipe(store)
    schema.apply(store, Ids(KEY), INDEXED, [parse_marking(text) for text in MARKINGS])


@pytest.fixture(scope="module")
def emptied(store: Store) -> None:
    """The run's graph without what the tests of another file have left in it."""
    prepare(store)


@pytest.fixture
def graph(store: Store) -> Graph:
    """An empty graph with the schema applied; markings are numbered as in MARKINGS, the clock stands at NOW."""
    prepare(store)
    return Graph(store, Ids(KEY), Catalogue(store), lambda: NOW)


@pytest.fixture
def everyone(graph: Graph) -> Viewer:
    """A viewer who may see everything."""
    return graph.catalogue.viewer("tester", EVERYTHING)
