"""GraphQL over HTTP, health, pages, headers."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.document import Documents
from api.limit import Limits
from api.schema import SCHEMA
from api.serve import check_address
from graph.catalogue import Catalogue
from graph.errors import BadInput
from graph.ids import Ids
from graph.open import Graph
from graph.settings import Auth, Settings
from graph.store import Store
from security.audit import FileBook
from tests.api.town import Asker
from tests.conftest import KEY, NOW

pytestmark = pytest.mark.database
QUERY = "{ __typename }"
RESPONSE = "application/graphql-response+json"


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        (RESPONSE, RESPONSE),
        (f"{RESPONSE}, application/json;q=0.9", RESPONSE),
        (f"application/json;q=0.5, {RESPONSE};q=0.8", RESPONSE),
    ],
)
def test_media_type_is_what_the_client_takes(client: TestClient, accept: str | None, media: str) -> None:
    headers = {} if accept is None else {"Accept": accept}
    response = client.post("/graphql", json={"query": QUERY}, headers=headers)
    assert response.status_code == 200
    assert response.headers["content-type"] == f"{media}; charset=utf-8"
    assert response.json() == {"data": {"__typename": "Query"}}


def test_status_says_whether_it_was_executed(client: TestClient) -> None:
    bad = {"query": "{ nothing }"}
    assert client.post("/graphql", json=bad, headers={"Accept": RESPONSE}).status_code == 400
    assert client.post("/graphql", json=bad, headers={"Accept": "application/json"}).status_code == 200
    unfit = {"query": "query($i: ID!) { node(id: $i) { id } }", "variables": {"i": None}}
    assert client.post("/graphql", json=unfit, headers={"Accept": RESPONSE}).status_code == 400


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b'"x"', "application/json", 400),
        (b"{}", "application/json", 400),
        (b'{"query": 1}', "application/json", 400),
        (b'{"query": "{ __typename }", "variables": [1]}', "application/json", 400),
        (b'{"query": "{ __typename }", "operationName": 1}', "application/json", 400),
        (b'{"query": "{ __typename }"}', "text/plain", 415),
        (b'{"query": "{ __typename }"}', "application/json; charset=latin-1", 415),
        (b"query=1", "application/x-www-form-urlencoded", 415),
        (b'{"query": "' + b"x" * 300_000 + b'"}', "application/json", 413),
    ],
)
def test_malformed_requests_are_refused(client: TestClient, body: bytes, content_type: str, status: int) -> None:
    response = client.post("/graphql", content=body, headers={"Content-Type": content_type})
    assert response.status_code == status
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_INPUT"


def test_other_methods_and_media_are_refused(client: TestClient) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        assert client.request(method, "/graphql?query={__typename}").status_code == 405
    assert client.post("/graphql", json={"query": QUERY}, headers={"Accept": "image/png"}).status_code == 406


def test_operation_is_chosen_by_name(client: TestClient) -> None:
    query = "query A { a: __typename } query B { b: __typename }"
    chosen = client.post("/graphql", json={"query": query, "operationName": "B"}).json()
    assert chosen == {"data": {"b": "Query"}}
    for name in (None, "C"):
        error = client.post("/graphql", json={"query": query, "operationName": name}).json()["errors"][0]
        assert error["extensions"]["code"] == "BAD_INPUT"


def test_request_id_is_echoed_or_made(client: TestClient) -> None:
    assert client.get("/healthz", headers={"X-Request-Id": "a-1"}).headers["x-request-id"] == "a-1"
    for wrong in ("x" * 65, "a b"):
        made = client.get("/healthz", headers={"X-Request-Id": wrong}).headers["x-request-id"]
        assert re.fullmatch(r"[0-9a-f]{32}", made)


def test_health_version_metrics(client: TestClient, ask: Asker) -> None:
    ask("{ sources { records } }")
    assert client.get("/healthz").json() == {"status": "alive"}
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["problems"]) == (200, [])
    assert client.get("/version").json()["name"] == "polegraph"
    text = client.get("/metrics").text
    assert 'polegraph_operation_seconds_count{question="sources"} 1.0' in text


def test_not_ready_says_why(client: TestClient, store: Store) -> None:
    store.write(lambda transaction: transaction.run_text("MATCH (i:Installation) SET i.restoring = 'half'", {}))
    response = client.get("/readyz")
    store.write(lambda transaction: transaction.run_text("MATCH (i:Installation) REMOVE i.restoring", {}))
    (problem,) = response.json()["problems"]
    assert (response.status_code, "a restore was cut short" in problem) == (503, True)
    # What was found holds for a second.
    until = time.monotonic() + 10
    while client.get("/readyz").status_code != 200:
        assert time.monotonic() < until
        time.sleep(0.1)


def test_however_many_ask_whether_it_is_ready_one_looks(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    looked, probe = list[int](), FileBook.probe

    def noted(self: FileBook, at: float) -> None:
        looked.append(1)
        probe(self, at)

    monkeypatch.setattr(FileBook, "probe", noted)
    begun = time.monotonic()
    with ThreadPoolExecutor(8) as threads:
        told = list(threads.map(lambda _: client.get("/readyz").status_code, range(60)))
    assert set(told) == {200}
    # Each takes the turn of the log, which whoever is answered meanwhile waits for.
    assert len(looked) <= 1 + (time.monotonic() - begun)


def test_where_database_and_log_are_is_told_to_nobody_who_asks(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "audit").write_text("no folder")
    own = Store(store.connection)
    graph = Graph(own, Ids(KEY), Catalogue(own), lambda: NOW)
    host = urlsplit(store.connection.uri).netloc
    body = {"query": "{ sources { records } }"}
    with TestClient(create_app(Settings(data_dir=tmp_path), graph), base_url="http://127.0.0.1") as client:
        told = [client.get("/readyz"), client.post("/graphql", json=body), client.get("/loads")]
        assert "audit log" in told[0].json()["problems"][0]
    with TestClient(create_app(Settings(), graph), base_url="http://127.0.0.1") as client:
        own.close()
        told += [client.get("/readyz"), client.post("/graphql", json=body), client.get("/loads")]
    assert {each.status_code for each in told} == {503}
    assert not [each.text for each in told if str(tmp_path) in each.text or host in each.text]
    logged = "".join(capsys.readouterr())
    assert (str(tmp_path) in logged, host in logged) == (True, True)


def test_pages_load_nothing_from_elsewhere(client: TestClient) -> None:
    page = client.get("/graphql", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert not re.findall(r"(?:src|href)=['\"](?!/)", page.text)
    for path in re.findall(r"(?:src|href)='(/static/[^']+)'", page.text):
        assert client.get(path).status_code == 200


def test_the_explorer_loads_nothing_from_elsewhere(client: TestClient) -> None:
    page = client.get("/")
    assert (page.status_code, page.headers["cache-control"]) == (200, "no-cache")
    for rule in ("default-src 'none'", "script-src 'self';", "style-src 'self';", "require-trusted-types-for 'script'"):
        assert rule in page.headers["content-security-policy"]
    named = re.findall(r"(?:src|href)=\"([^\"]+)\"", page.text)
    named.remove("/manifest.webmanifest")
    manifest = client.get("/manifest.webmanifest")
    assert (manifest.status_code, manifest.headers["cache-control"]) == (200, "no-cache")
    assert named
    for path in named:
        file = client.get(path)
        assert (file.status_code, file.headers["cache-control"]) == (200, "public, max-age=31536000, immutable")
        assert (file.headers["content-encoding"], file.headers["vary"]) == ("gzip", "Accept-Encoding")
        plain = client.get(path, headers={"Accept-Encoding": "identity"})
        assert ("content-encoding" in plain.headers, plain.content) == (False, file.content)
    assert client.get("/assets/../index.html").status_code == 404
    assert "immutable" not in client.get("/assets/none.js").headers["cache-control"]


def test_only_loopback_names_are_served(client: TestClient) -> None:
    assert client.get("/healthz", headers={"Host": "evil.example"}).status_code == 421
    assert client.get("/healthz", headers={"Host": "localhost:8000"}).status_code == 200


def test_settings_that_are_not_safe_or_not_built_are_refused(served: Graph) -> None:
    with pytest.raises(BadInput, match="loopback"):
        check_address(Settings(), "0.0.0.0", 8000)  # noqa: S104
    with pytest.raises(BadInput, match="POLEGRAPH_OIDC_ISSUER"):
        create_app(Settings(auth=Auth.OIDC), served)


def test_validation_is_done_once_for_a_text() -> None:
    documents = Documents(SCHEMA._schema, Limits())
    assert documents.prepared(QUERY) is documents.prepared(QUERY)
    assert documents.prepared.cache_info().hits == 1


def test_a_database_that_is_gone_is_said_by_the_status(store: Store) -> None:
    own = Store(store.connection)
    served = Graph(own, Ids(KEY), Catalogue(own), lambda: NOW)
    with TestClient(create_app(Settings(), served), base_url="http://127.0.0.1") as client:
        body = {"query": "{ sources { records } }"}
        assert client.post("/graphql", json=body).status_code == 200
        own.close()
        begun = time.monotonic()
        for response in (
            client.post("/graphql", json=body),
            client.post("/graphql", json=body, headers={"Accept": RESPONSE}),
            client.post("/stop-check", json={"vrm": "AB12CDE"}),
        ):
            assert (response.status_code, response.headers["retry-after"]) == (503, "1")
            assert response.json()["errors"][0]["extensions"]["code"] == "UNAVAILABLE"
        assert time.monotonic() - begun < 6
