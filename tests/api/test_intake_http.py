"""Messages over HTTP: from many senders at once, answered when they can be found; loads that can be watched."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from graph.open import Graph
from graph.settings import Settings
from tests.api.conftest import ADDRESS
from tests.whole.silo import HEADER, load_silo, write

pytestmark = pytest.mark.database

NDJSON = {"Content-Type": "application/x-ndjson"}
CRIMES = "/intake/crimes?file=crimes*.csv&as_of=2026-01-01"
SECRET = {"X-Viewer-Markings": "OFFICIAL"}


def _row(n: int, marking: str = "OFFICIAL") -> dict[str, str]:
    cells = (f"c{n}", "THEFT", "2025-11-02", f"p{n}", f"Ada Lovelace {n}", f"19{n:02}-02-03", "", "77", marking)
    return dict(zip(HEADER.strip().split(","), cells, strict=True))


@pytest.fixture
def sending(graph: Graph, tmp_path: Path) -> Iterator[TestClient]:
    """The application with a mapping whose source may send."""
    write(tmp_path, {})
    settings = Settings(mappings_dir=tmp_path)
    with TestClient(create_app(settings, graph), base_url=ADDRESS, raise_server_exceptions=False) as client:
        yield client


def test_what_is_acknowledged_can_be_found(sending: TestClient) -> None:
    answer = sending.post(CRIMES, json=_row(1))
    assert (answer.status_code, answer.json()["loaded"]) == (200, 1)
    found = sending.post(
        "/graphql", json={"query": '{search(text: "Ada Lovelace") {edges {node {entity {label}}}}}'}
    ).json()
    assert "Ada Lovelace 1" in str(found)


def test_many_senders_at_once(sending: TestClient) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: sending.post(CRIMES, json=[_row(n), _row(n + 40)]), range(20)))
    assert {answer.status_code for answer in answers} == {200}
    assert sum(answer.json()["loaded"] for answer in answers) == 40
    again = sending.post(CRIMES, json=[_row(n) for n in range(20)]).json()
    assert (again["unchanged"], again["loaded"]) == (20, 0)


def test_bad_messages_are_told_and_good_ones_taken(sending: TestClient) -> None:
    answer = sending.post(CRIMES, content=b'{"id": ""}\n{"id"\n', headers=NDJSON)
    assert (answer.status_code, answer.json()["rejected"]) == (422, 2)
    mixed = sending.post(CRIMES, json=[_row(1), {"name": "x"}])
    assert (mixed.status_code, mixed.json()["loaded"], mixed.json()["rejected"]) == (422, 1, 1)


@pytest.mark.parametrize(
    ("path", "headers", "status", "said"),
    [
        ("/intake/crime?file=x", NDJSON, 400, "crimes"),
        ("/intake/crimes", NDJSON, 400, "several files"),
        (CRIMES.replace("2026-01-01", "soon"), NDJSON, 400, "soon"),
        (CRIMES, {"Content-Type": "text/plain"}, 415, "application/json"),
    ],
)
def test_wrong_requests_are_told(
    sending: TestClient, path: str, headers: dict[str, str], status: int, said: str
) -> None:
    answer = sending.post(path, content=b"{}", headers=headers)
    assert (answer.status_code, said in answer.text) == (status, True)


def test_without_mappings_nothing_can_be_sent(client: TestClient) -> None:
    answer = client.post(CRIMES, json=_row(1))
    assert (answer.status_code, "POLEGRAPH_MAPPINGS_DIR" in answer.text) == (400, True)


def test_loads_are_listed_and_their_end_is_an_event(sending: TestClient, graph: Graph, tmp_path: Path) -> None:
    row = ",".join(_row(1).values())
    write(tmp_path / "a", {"crimes.csv": f"{HEADER}{row}\n", "officers.csv": "collar,surname\n"})
    run = load_silo(graph, tmp_path / "a").run
    (listed,) = sending.get("/loads").json()
    assert (listed["id"], listed["state"], listed["report"]["files"][0]["rows"]["loaded"]) == (run, "DONE", 1)
    stream = sending.get(f"/loads/{run}", headers={"Accept": "text/event-stream"})
    assert stream.headers["content-type"].startswith("text/event-stream")
    assert stream.text.startswith("event: end\ndata: {")


def test_a_load_with_a_hidden_row_is_absent(sending: TestClient, graph: Graph, tmp_path: Path) -> None:
    row = ",".join(_row(1, "OFFICIAL-SENSITIVE").values())
    write(tmp_path / "a", {"crimes.csv": f"{HEADER}{row}\n", "officers.csv": "collar,surname\n"})
    run = load_silo(graph, tmp_path / "a").run
    assert sending.get("/loads", headers=SECRET).json() == []
    hidden, unknown = (sending.get(f"/loads/{name}", headers=SECRET) for name in (run, "none"))
    assert (hidden.status_code, hidden.json()) == (404, {**unknown.json(), **hidden.json()})
    assert sending.get(f"/loads/{run}").status_code == 200
