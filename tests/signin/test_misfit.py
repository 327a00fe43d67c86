"""What is no question at all is refused and on record, as whoever sent it; of the unknown nothing is kept."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from graph.settings import Settings
from tests.api.conftest import served
from tests.signin.provider import Provider
from tests.signin.test_signin import WHY, client, code, issuer, last, settings

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


def test_what_somebody_unknown_writes_in_a_url_is_not_kept(
    issuer: Provider, client: TestClient, settings: Settings
) -> None:
    client.post("/intake/Secretov", json={}, headers=WHY)
    assert (last(settings)["act"], "Secretov" in str(last(settings))) == ("REFUSAL", False)
    officer = {**WHY, "Authorization": f"Bearer {issuer.token(polegraph_role='OFFICER')}"}
    client.post("/intake/crimes", json={}, headers=officer)
    assert last(settings)["details"] == {"source": "crimes"}
