"""Where the log cannot be written nothing leaves and nothing is done, by whatever way it is asked; health says why."""

from __future__ import annotations

import resource
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.limit import Limits
from graph.catalogue import Catalogue
from graph.ids import Ids
from graph.managed.instance import Connection
from graph.open import Graph
from graph.settings import Settings
from graph.store import Store
from tests.api.conftest import ADDRESS
from tests.api.test_intake_http import CRIMES
from tests.api.test_intake_http import _row as message
from tests.api.test_jobs import FIELDS, SCOPE, begun, held, people
from tests.api.test_subscription import figures, serving, watching
from tests.api.town import Town
from tests.conftest import KEY, NOW, prepare
from tests.read.world import World
from tests.retain.test_retention_command import stored
from tests.whole.silo import write

pytestmark = pytest.mark.database
__all__ = ["held"]

SAVED = 'name: "x", things: [{id: "$maria", x: 0, y: 0}]'
SHOWN = {"displays": [{"request": "r-1", "at": "2026-01-01T00:00:00Z"}]}
# Each way by which data leaves or anything is changed: method, path, and what is sent; $maria is her id.
WAYS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "a question": ("POST", "/graphql", {"json": {"query": '{ entity(id: "$maria") { label } }'}}),
    "a question in the URL": ("GET", "/graphql?query={sources{records}}", {}),
    "no question": ("POST", "/graphql", {"content": b"$maria", "headers": {"Content-Type": "text/plain"}}),
    "a dispute": (
        "POST",
        "/graphql",
        {"json": {"query": 'mutation { dispute(record: "$record", right: DISPUTED, reason: "not so") { id } }'}},
    ),
    "a workspace": (
        "POST",
        "/graphql",
        {"json": {"query": f"mutation {{ saveWorkspace(workspace: {{{SAVED}}}) {{ id }} }}"}},
    ),
    "a watch": (
        "POST",
        "/graphql",
        {"json": {"query": 'mutation { watch(name: "x", ids: ["$maria"], patterns: [ANYTHING]) { id } }'}},
    ),
    "a job": ("POST", "/graphql", {"json": {"query": f"mutation {{ startKeyPlayers({SCOPE}) {{ id }} }}"}}),
    "a stream": (
        "POST",
        "/graphql",
        {"json": {"query": "subscription { metrics { total } }"}, "headers": {"Accept": "text/event-stream"}},
    ),
    "an export of everything": ("GET", "/exports/ndjson", {}),
    "an export of a network": ("GET", "/exports/csv?id=$maria&hops=1", {}),
    "a stop check": ("POST", "/stop-check", {"json": {"person": {"name": "Maria Testova"}}}),
    "a profile": ("GET", "/profiles/$maria", {}),
    "vehicle checks": ("POST", "/vehicle-checks", {"json": {"marks": ["AB12CDE"]}}),
    "messages": ("POST", CRIMES, {"json": message(1)}),
    "loads": ("GET", "/loads", {}),
    "a load": ("GET", "/loads/none", {}),
    "shown again": ("POST", "/shown", {"json": SHOWN}),
}
# Those that are refused in themselves, once that is on record.
REFUSED = {"no question": 415, "a load": 404}


@contextmanager
def full_disk() -> Iterator[None]:
    """No file of this process grows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture(scope="module")
def place(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, Town]]:
    """The application with a source that may send, over a small world."""
    prepare(store)
    graph = Graph(store, Ids(KEY), Catalogue(store), lambda: NOW)
    town = Town(World(graph))
    folder = tmp_path_factory.mktemp("unwritable")
    write(folder / "mappings", {})
    settings = Settings(data_dir=folder, mappings_dir=folder / "mappings")
    with (
        pytest.MonkeyPatch.context() as patch,
        TestClient(create_app(settings, graph), base_url=ADDRESS, raise_server_exceptions=False) as client,
    ):
        # Of what is signed meanwhile and fails too, health tells as well.
        patch.setattr("security.audit.log._UNSEALED_S", 3_600)
        # Readiness is looked at anew each time.
        patch.setattr("api.route._KEPT_S", 0)
        assert client.get("/loads").status_code == 200
        yield client, town


def asked(client: TestClient, town: Town, way: str) -> Any:
    """The answer to a way."""
    method, path, sent = WAYS[way]

    def of_town(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: of_town(each) for name, each in value.items()}
        if not isinstance(value, str):
            return value
        return value.replace("$maria", town.maria).replace("$record", f"r_{town.maria[2:]}")

    return client.request(method, of_town(path), **of_town(sent))


@pytest.mark.parametrize("way", sorted(WAYS))
def test_nothing_leaves_and_nothing_is_done(place: tuple[TestClient, Town], connection: Connection, way: str) -> None:
    client, town = place
    before = sorted(stored(connection))
    with full_disk():
        answer = asked(client, town, way)
        ready = client.get("/readyz")
    assert (answer.status_code, "UNAVAILABLE" in answer.text) == (503, True), answer.text
    assert "audit log" in answer.text
    assert "Testova" not in answer.text
    assert sorted(stored(connection)) == before
    assert (ready.status_code, "audit log" in ready.json()["problems"][0]) == (503, True)
    again = client.get("/readyz")
    assert again.status_code == 200, again.text


@pytest.mark.parametrize("way", sorted(WAYS.keys() - {"a stream"}))
def test_each_way_leads_somewhere_where_the_log_can_be_written(place: tuple[TestClient, Town], way: str) -> None:
    answer = asked(*place, way)
    if answer.status_code == 503:
        # The intake's rehearsal may stand in the way of the first change.
        time.sleep(2)
        answer = asked(*place, way)
    assert answer.status_code == REFUSED.get(way, 200), answer.text
    assert ("errors" in answer.text) is (way in REFUSED), answer.text


def test_a_stream_ends_before_it_says_what_cannot_be_put_on_record(graph: Graph, held: threading.Event) -> None:
    people(World(graph))
    with serving(graph, Limits(quiet_s=0.3, streams=4)) as address:
        id_ = begun(address)
        query = f"subscription($id: ID!) {{ job(id: $id) {{ {FIELDS} }} }}"
        with watching(address, query, id=id_) as (_, stream):
            assert figures(stream)[1]["data"]["job"]["id"] == id_
            with full_disk():
                held.set()
                told = [event for event in stream if event[0]]
        assert [name for name, _ in told] == ["next", "complete"]
        assert told[0][1]["errors"][0]["extensions"]["code"] == "UNAVAILABLE"
        assert "data" not in told[0][1]
