"""The 13 checks of graphql-cop, each as what it demands: https://github.com/dolevf/graphql-cop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from graph.open import Graph
from graph.settings import Settings
from tests.api.conftest import ADDRESS

pytestmark = pytest.mark.database


def ask(client: TestClient, query: str) -> dict[str, object]:
    body: dict[str, object] = client.post("/graphql", json={"query": query}).json()
    return body


@pytest.fixture
def trusting(served: Graph, tmp_path: Path) -> Iterator[TestClient]:
    """An installation as it is used: only documents that it knows."""
    (tmp_path / "kind.graphql").write_text("{ __typename }")
    settings = Settings(documents_dir=tmp_path, trusted_only=True)
    with TestClient(create_app(settings, served), base_url=ADDRESS) as client:
        yield client


def test_alias_overloading(client: TestClient) -> None:
    body = ask(client, "query {" + " ".join(f"alias{n}: __typename" for n in range(101)) + "}")
    assert "data" not in body


def test_batch_queries(client: TestClient) -> None:
    response = client.post("/graphql", json=[{"query": "query { __typename }"}] * 10)
    assert response.status_code == 400
    assert "data" not in response.text


def test_directive_overloading(client: TestClient) -> None:
    for directive in ("@aa", "@skip(if: false)"):
        body = ask(client, f"query {{ __typename {directive * 10} }}")
        assert "data" not in body
        assert len(body["errors"]) < 10  # type: ignore[arg-type]


def test_circular_introspection(client: TestClient) -> None:
    inner = "name"
    for _ in range(4):
        inner = f"fields {{ type {{ {inner} }} }}"
    body = ask(client, f"query {{ __schema {{ types {{ {inner} }} }} }}")
    assert "data" not in body


def test_field_duplication(client: TestClient) -> None:
    """A field that is written many times is asked once, and a document may not be long."""
    assert ask(client, "query {" + "__typename " * 500 + "}") != {"data": {"__typename": "Query"}}
    assert "data" not in ask(client, "{ sources {" + "records " * 2_000 + "} }")


@pytest.mark.parametrize("query", ["{ directive }", "{ search(tex: 1) { edge } }", "query { __schem { name } }"])
def test_field_suggestions(client: TestClient, query: str) -> None:
    assert "Did you mean" not in client.post("/graphql", json={"query": query}).text


def test_get_method_mutations(client: TestClient) -> None:
    response = client.get(
        "/graphql", params={"query": 'mutation { retract(decision: "d", reason: "r") { __typename } }'}
    )
    assert response.status_code == 405
    assert "data" not in response.json()


def test_get_based_queries(client: TestClient) -> None:
    """Another site's page cannot read what a GET answers; what names anybody is not answered at all."""
    response = client.get(
        "/graphql", params={"query": "query cop { __typename }"}, headers={"Origin": "https://x.example"}
    )
    assert "access-control-allow-origin" not in response.headers
    response = client.get("/graphql", params={"query": '{ node(id: "e_a") { id } }'})
    assert response.status_code == 405


def test_graphiql(client: TestClient) -> None:
    """The page loads nothing from elsewhere, is in no frame, and asks with the rights of whoever opens it."""
    policy = client.get("/graphql", headers={"Accept": "text/html"}).headers["content-security-policy"]
    assert {"default-src 'none'", "frame-ancestors 'none'"} <= {part.strip() for part in policy.split(";")}


def test_introspection_where_only_trusted_documents_are_served(trusting: TestClient) -> None:
    query = "query { __schema { types { name fields { name } } } }"
    assert trusting.post("/graphql", json={"query": query}).status_code == 400
    assert trusting.get("/graphql", params={"query": query}).status_code == 400


@pytest.mark.parametrize(
    "type_", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"]
)
def test_post_of_a_form_from_another_site(client: TestClient, type_: str) -> None:
    response = client.post("/graphql", content=b"query=%7B+__typename+%7D", headers={"Content-Type": type_})
    assert response.status_code == 415
    assert "data" not in response.json()


def test_trace_mode(client: TestClient) -> None:
    response = client.post("/graphql", json={"query": "query { __typename }"}, headers={"X-Apollo-Tracing": "1"})
    assert "tracing" not in response.json().get("extensions", {})


def test_unhandled_error(client: TestClient) -> None:
    response = client.post("/graphql", json={"query": "qwerty cop { abc }"})
    assert "exception" not in response.json()["errors"][0]["extensions"]
    assert "Traceback" not in response.text
