"""Documents that are asked by their name, and an installation that serves no others."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from graph.errors import BadInput
from graph.open import Graph
from graph.settings import Settings
from tests.api.conftest import ADDRESS

pytestmark = pytest.mark.database
TEXT = "query Kind { __typename }\n"
DIGEST = f"sha256:{sha256(TEXT.encode()).hexdigest()}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "kind.graphql").write_text(TEXT)
    return tmp_path


def _ask(graph: Graph, settings: Settings, **body: object) -> tuple[int, dict[str, Any]]:
    with TestClient(create_app(settings, graph), base_url=ADDRESS) as client:
        response = client.post("/graphql", json=body)
        return response.status_code, response.json()


@pytest.mark.parametrize("name", ["kind", DIGEST])
def test_a_document_is_asked_by_its_name(served: Graph, folder: Path, name: str) -> None:
    for trusted in (False, True):
        status, body = _ask(served, Settings(documents_dir=folder, trusted_only=trusted), documentId=name)
        assert (status, body) == (200, {"data": {"__typename": "Query"}})


def test_only_known_documents_are_served_where_it_says_so(served: Graph, folder: Path) -> None:
    settings = Settings(documents_dir=folder, trusted_only=True)
    assert _ask(served, settings, query=TEXT)[0] == 200
    status, body = _ask(served, settings, query="{ __typename }")
    assert status == 400
    assert "documentId" in body["errors"][0]["message"]


def test_the_documents_of_the_explorer_are_always_known(served: Graph, folder: Path) -> None:
    for settings in (Settings(), Settings(documents_dir=folder, trusted_only=True)):
        status, body = _ask(served, settings, documentId="explorer/search", variables={"text": "nobody"})
        assert (status, body["data"]["search"]["edges"]) == (200, [])


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"documentId": "other"}, "other"),
        ({"documentId": 1}, "documentId"),
        ({"documentId": "kind", "query": TEXT}, "either"),
    ],
)
def test_what_is_no_name_is_refused(served: Graph, folder: Path, asked: dict[str, object], said: str) -> None:
    status, body = _ask(served, Settings(documents_dir=folder), **asked)
    assert status == 400
    assert said in body["errors"][0]["message"]


@pytest.mark.parametrize("text", ["{ nothing }", "query {", ""])
def test_a_folder_with_a_wrong_document_is_not_served(served: Graph, folder: Path, text: str) -> None:
    (folder / "wrong.graphql").write_text(text)
    with pytest.raises(BadInput, match=r"wrong\.graphql"):
        create_app(Settings(documents_dir=folder), served)


def test_trusting_only_what_is_not_there_is_refused(served: Graph, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="POLEGRAPH_DOCUMENTS_DIR"):
        create_app(Settings(trusted_only=True), served)
    with pytest.raises(BadInput, match="holds no document"):
        create_app(Settings(documents_dir=tmp_path), served)
