"""What is no question at all is refused and on record, as whoever sent it; of the unknown nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.companion import export
from graph.audit import audit_log
from graph.open import Graph
from graph.settings import Settings
from tests.api.conftest import served
from tests.signin.provider import Provider
from tests.signin.test_signin import WHY, client, code, issuer, last, settings
from tests.whole.silo import write

pytestmark = pytest.mark.database
__all__ = ["client", "issuer", "served", "settings"]


def test_a_malformed_body_is_on_record(issuer: Provider, client: TestClient, settings: Settings) -> None:
    known = {**WHY, "Authorization": f"Bearer {issuer.token()}"}
    bodies = (
        b"{",
        b"[]",
        b'{"query": 7}',
        b'{"query": "{ __typename }", "variables": []}',
        b'{"documentId": "Secretov"}',
    )
    for body in bodies:
        refused = client.post("/graphql", content=body, headers={**known, "Content-Type": "application/json"})
        assert code(refused) == (400, "BAD_INPUT"), body
        entry = last(settings)
        assert (entry["act"], entry["user"], entry["outcome"]) == ("REFUSAL", "pc-77", ["BAD_INPUT"]), body
        assert "Secretov" not in str(entry)
        unknown = client.post("/graphql", content=body, headers={**WHY, "Content-Type": "application/json"})
        assert code(unknown) == (401, "UNAUTHENTICATED")
        assert last(settings)["user"] == "unknown"
    assert code(client.post("/graphql", content=b"x", headers={**known, "Content-Type": "text/plain"}))[0] == 415
    assert code(client.get("/graphql?query=%7B__typename%7D&variables=%7B", headers=known))[0] == 400
    assert last(settings)["user"] == "pc-77"


@pytest.fixture
def sending(settings: Settings, served: Graph, tmp_path: Path) -> Iterator[TestClient]:
    """The application where a source may send."""
    write(tmp_path / "mappings", {})
    with_source = settings.model_copy(update={"mappings_dir": tmp_path / "mappings"})
    with TestClient(create_app(with_source, served), base_url="https://polegraph.example") as made:
        yield made


def test_each_refusal_says_who_and_why_and_of_whom(issuer: Provider, sending: TestClient, settings: Settings) -> None:
    def by(role: str) -> dict[str, str]:
        return {**WHY, "Authorization": f"Bearer {issuer.token(polegraph_role=role)}"}

    who, json = "e_" + "a" * 20, {"Content-Type": "application/json"}
    about = {"query": "query($id: ID!) { accessHistory(id: $id) { edges { cursor } } }", "variables": {"id": who}}
    crimes = {"params": {"file": "crimes*.csv"}}
    told: list[tuple[str, str, str, dict[str, Any], int, str]] = [
        ("ANALYST", "POST", "/graphql", {"json": about}, 403, "accessHistory"),
        ("OFFICER", "GET", "/exports/ndjson", {"params": {"id": who}}, 403, "export"),
        ("OFFICER", "GET", "/loads", {}, 403, "loads"),
        ("ADMINISTRATOR", "POST", "/shown", {"json": {}}, 403, "shownAgain"),
        ("ANALYST", "POST", "/graphql", {"json": about, "headers": {"Accept": "text/csv"}}, 406, "refused"),
        ("ANALYST", "GET", "/graphql", {"params": {"query": f'{{ entity(id: "{who}") {{ id }} }}'}}, 405, "refused"),
        ("ANALYST", "POST", "/stop-check", {"content": b"{", "headers": json}, 400, "stopCheck"),
        ("ANALYST", "POST", "/stop-check", {"json": {"shoe": "42"}}, 400, "stopCheck"),
        ("ANALYST", "POST", "/vehicle-checks", {"content": b"<a/>", "headers": {"Content-Type": "text/xml"}}, 415,
         "vehicleChecks"),
        ("ANALYST", "GET", "/exports/ndjson", {"params": {"hops": "99"}}, 400, "export"),
        ("ANALYST", "GET", "/exports/odf", {}, 400, "export"),
        ("ANALYST", "POST", "/shown", {"content": b"{", "headers": json}, 400, "shownAgain"),
        ("ANALYST", "POST", "/shown", {"json": {"displays": []}}, 400, "shownAgain"),
        ("DATA_ENGINEER", "POST", "/intake/crimes", {"content": b"x", **crimes}, 415, "intake"),
        ("DATA_ENGINEER", "POST", "/intake/crimes", {"json": {}, "params": {"as_of": "soon"}}, 400,
         "intake"),
    ]  # fmt: skip
    assert sending.get("/loads", headers=by("ANALYST")).status_code == 200
    for role, method, path, given, status, operation in told:
        before = sum(1 for _ in audit_log(settings).links())
        headers = {**by(role), **given.pop("headers", {})}
        response = sending.request(method, path, headers=headers, **given)
        assert response.status_code == status, (path, response.text)
        assert sum(1 for _ in audit_log(settings).links()) == before + 1, (path, given)
        entry = last(settings)
        said = [entry.get(name) for name in ("act", "user", "role", "purpose", "reference", "operation", "outcome")]
        assert said == ["REFUSAL", "pc-77", role, "INVESTIGATION", "case 7", operation, [code(response)[1]]], path
        if status == 403 and path in ("/graphql", "/exports/ndjson"):
            assert entry["asked"] == [who], path


def test_an_export_that_finds_no_seat_is_on_record(
    issuer: Provider, served: Graph, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "_AT_ONCE", 0)
    with TestClient(create_app(settings, served), base_url="https://polegraph.example") as made:
        headers = {**WHY, "Authorization": f"Bearer {issuer.token()}"}
        response = made.get("/exports/ndjson", headers=headers)
    assert code(response)[0] == 503
    entry = last(settings)
    assert [entry.get(name) for name in ("act", "user", "purpose", "whole")] == [
        "REFUSAL",
        "pc-77",
        "INVESTIGATION",
        None,
    ]


def test_what_somebody_unknown_writes_in_a_url_is_not_kept(
    issuer: Provider, client: TestClient, settings: Settings
) -> None:
    client.post("/intake/Secretov", json={}, headers=WHY)
    assert (last(settings)["act"], "Secretov" in str(last(settings))) == ("REFUSAL", False)
    officer = {**WHY, "Authorization": f"Bearer {issuer.token(polegraph_role='OFFICER')}"}
    client.post("/intake/crimes", json={}, headers=officer)
    assert last(settings)["details"] == {"source": "crimes"}
