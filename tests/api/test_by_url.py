"""Asking by GET: what names nobody, and nothing else; names must not stand in URLs, which everybody keeps."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from graph.open import Graph
from graph.settings import Settings
from tests.api.conftest import ADDRESS

pytestmark = pytest.mark.database
RESPONSE = "application/graphql-response+json"


@pytest.mark.parametrize(
    "given",
    [
        {"query": "{ __typename }"},
        {"query": "query A { a: __typename } query B { b: __typename }", "operationName": "A"},
        {"query": "{ sources { records } }", "extensions": '{"a": 1}'},
        {"query": "query($n: String!) { __type(name: $n) { name } }", "variables": '{"n": "Person"}'},
        {"query": "query($yes: Boolean!) { sources @include(if: $yes) { records } }", "variables": '{"yes": false}'},
    ],
)
def test_what_names_nobody_is_answered_and_not_kept(client: TestClient, given: dict[str, str]) -> None:
    response = client.get("/graphql", params=given, headers={"Accept": RESPONSE})
    assert (response.status_code, "errors" in response.json()) == (200, False)
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "query",
    [
        '{ search(text: "ann probe") { pageInfo { hasNextPage } } }',
        "query($t: String!) { search(text: $t) { pageInfo { hasNextPage } } }",
        '{ node(id: "e_x") { id } }',
        '{ ...Asked } fragment Asked on Query { ...More } fragment More on Query { node(id: "e_x") { id } }',
        'mutation { retract(decision: "d_x", reason: "x") { entities { id } } }',
    ],
)
def test_what_could_name_somebody_is_refused(client: TestClient, query: str) -> None:
    response = client.get("/graphql", params={"query": query, "variables": '{"t": "ann"}'})
    assert (response.status_code, response.headers["allow"]) == (405, "POST")
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_INPUT"


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({}, 400),
        ({"query": "{ nothing }"}, 400),
        ({"query": "{"}, 400),
        ({"query": "{ __typename }", "variables": "{"}, 400),
        ({"query": "{ __typename }", "variables": "[1]"}, 400),
        ({"query": "{ __typename }", "extensions": "1"}, 400),
        ({"documentId": "absent"}, 400),
    ],
)
def test_what_is_malformed_is_refused(client: TestClient, given: dict[str, str], status: int) -> None:
    assert client.get("/graphql", params=given, headers={"Accept": RESPONSE}).status_code == status


def test_a_document_of_the_installation_is_asked_by_its_name(served: Graph, tmp_path: Path) -> None:
    (tmp_path / "page.graphql").write_text("query($n: Int = 2) { entities(kind: PERSON, first: $n) { totalCount } }")
    with TestClient(create_app(Settings(documents_dir=tmp_path), served), base_url=ADDRESS) as client:
        assert client.get("/graphql", params={"documentId": "page"}).status_code == 200
        given = {"documentId": "page", "variables": json.dumps({"n": 3})}
        assert client.get("/graphql", params=given).status_code == 405
