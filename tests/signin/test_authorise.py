"""Signing in by redirect: a code and its verifier are good for a token once, and nothing else is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from graph.audit import audit_log
from graph.open import Graph
from graph.settings import Auth, Settings
from tests.api.conftest import served
from tests.signin.provider import AUDIENCE, CLIENT, Provider
from tests.signin.test_signin import client, issuer

pytestmark = pytest.mark.database
__all__ = ["client", "issuer", "served"]
VERIFIER, HOME = "v" * 43, "https://polegraph.example/"


@pytest.fixture
def settings(issuer: Provider, tmp_path: Path) -> Settings:
    known: dict[str, Any] = {"oidc_issuer": issuer.issuer, "oidc_audience": AUDIENCE, "oidc_client_id": CLIENT}
    return Settings(data_dir=tmp_path, auth=Auth.OIDC, **known)


def come_back(client: TestClient, code: str, verifier: object = VERIFIER, back: str = HOME) -> Any:
    return client.post("/sign-in", json={"code": code, "verifier": verifier, "redirectUri": back})


def on_record(settings: Settings) -> list[tuple[str, str, str, list[str]]]:
    entries = [orjson.loads(link.body) for link in audit_log(settings).links()]
    return [(each["act"], each["user"], each["operation"], each["outcome"]) for each in entries]


def refusal(response: Any) -> tuple[int, str]:
    found: tuple[int, str] = (response.status_code, response.json()["errors"][0]["extensions"]["code"])
    return found


def test_a_code_is_good_for_a_token_once(client: TestClient, issuer: Provider, settings: Settings) -> None:
    told = client.get("/sign-in").json()
    assert told == {
        "authorise": f"{issuer.issuer}/authorise",
        "leave": f"{issuer.issuer}/leave",
        "clientId": CLIENT,
        "scope": "openid",
    }
    code = issuer.code(VERIFIER, HOME)
    found = come_back(client, code)
    assert found.headers["cache-control"] == "no-store"
    token = found.json()
    assert token["user"] == "pc-77"
    assert refusal(come_back(client, code)) == (401, "UNAUTHENTICATED")
    headers = {"Authorization": f"Bearer {token['accessToken']}", "X-Purpose": "TEST"}
    assert client.post("/graphql", json={"query": "{ __typename }"}, headers=headers).status_code == 200
    who = client.get("/explorer", headers=headers).json()
    assert (who["redirect"], who["users"], who["viewers"]) == (True, [], [])
    assert (who["who"]["user"], who["who"]["role"], "decide" in who["who"]["may"]) == ("pc-77", "ANALYST", True)
    assert client.get("/explorer").json()["who"] is None
    assert on_record(settings) == [
        ("CONSULTATION", "pc-77", "signIn", ["OK"]),
        ("REFUSAL", "unknown", "signIn", ["UNAUTHENTICATED"]),
        ("CONSULTATION", "pc-77", "__typename", ["OK"]),
        ("CONSULTATION", "pc-77", "explorer", ["OK"]),
    ]
    kept = b"".join(link.body for link in audit_log(settings).links())
    assert (code.encode() in kept, token["accessToken"].encode() in kept) == (False, False)


def test_whose_a_token_is_is_on_record_and_not_asked_without_end(
    served: Graph, settings: Settings, issuer: Provider
) -> None:
    slow = settings.model_copy(update={"rate_requests": 0.3})
    with TestClient(create_app(slow, served), base_url="https://polegraph.example") as client:

        def who(token: str) -> Any:
            return client.get("/explorer", headers={"Authorization": f"Bearer {token}"})

        assert client.get("/explorer").json()["who"] is None
        assert who("nobody's").json()["who"] is None
        told = [who(issuer.token()) for _ in range(5)]
        issuer.next = {"sub": "pc-77"}
        assert refusal(come_back(client, issuer.code(VERIFIER, HOME))) == (429, "RATE_LIMITED")
    assert [each.status_code for each in told] == [200] * 3 + [429] * 2
    assert on_record(settings) == [
        ("REFUSAL", "unknown", "explorer", ["UNAUTHENTICATED"]),
        *[("CONSULTATION", "pc-77", "explorer", ["OK"])] * 3,
        ("REFUSAL", "pc-77", "explorer", ["RATE_LIMITED"]),
    ]


def test_nothing_else_is_good_for_one(client: TestClient, issuer: Provider, settings: Settings) -> None:
    other = "w" * 43
    assert refusal(come_back(client, issuer.code(VERIFIER, HOME), other))[0] == 401
    assert refusal(come_back(client, issuer.code(VERIFIER, HOME), back="https://elsewhere.example/"))[0] == 401
    for verifier in ("short", "v" * 129, 7, None, "ü" * 43):
        assert refusal(come_back(client, issuer.code(VERIFIER, HOME), verifier)) == (400, "BAD_INPUT")
    form = {"code": "x", "verifier": VERIFIER, "redirectUri": HOME}
    assert client.post("/sign-in", data=form).status_code == 415
    assert client.post("/sign-in", content=b"{", headers={"Content-Type": "application/json"}).status_code == 400
    assert on_record(settings) == [
        ("REFUSAL", "unknown", "signIn", [code]) for code in ["UNAUTHENTICATED"] * 2 + ["BAD_INPUT"] * 7
    ]


def test_a_sign_in_that_finds_no_seat_is_on_record(
    served: Graph, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.authorise._AT_ONCE", 0)
    with TestClient(create_app(settings, served), base_url="https://polegraph.example") as client:
        assert refusal(client.get("/sign-in")) == (503, "UNAVAILABLE")
        assert refusal(come_back(client, "x")) == (503, "UNAVAILABLE")
    assert on_record(settings) == [("REFUSAL", "unknown", "signIn", ["UNAVAILABLE"])]


def test_a_token_that_lets_nobody_in_is_not_handed_on(client: TestClient, issuer: Provider) -> None:
    for changed in ({"aud": "another"}, {"sub": None}, {"polegraph_role": "CHIEF"}, {"exp": 1}):
        issuer.next = changed
        found = come_back(client, issuer.code(VERIFIER, HOME))
        assert refusal(found) == (401, "UNAUTHENTICATED")
        assert "accessToken" not in found.text


def test_a_provider_that_is_away_or_another_is_told(served: Graph, settings: Settings, issuer: Provider) -> None:
    for change in ("down", "names"):
        setattr(issuer, change, True if change == "down" else "https://elsewhere.example")
        with TestClient(create_app(settings, served), base_url="https://polegraph.example") as client:
            assert refusal(client.get("/sign-in")) == (503, "UNAVAILABLE")
            assert refusal(come_back(client, "x")) == (503, "UNAVAILABLE")
        issuer.down, issuer.names = False, None
    with TestClient(create_app(settings, served), base_url="https://polegraph.example") as client:
        assert client.get("/sign-in").status_code == 200
        issuer.down = True
        assert refusal(come_back(client, "x")) == (503, "UNAVAILABLE")


def test_where_nobody_is_redirected_there_is_nowhere_to_go(served: Graph, settings: Settings) -> None:
    pasted = settings.model_copy(update={"oidc_client_id": None})
    with TestClient(create_app(pasted, served), base_url="https://polegraph.example") as client:
        assert refusal(client.get("/sign-in")) == (404, "NOT_FOUND")
        assert refusal(come_back(client, "x")) == (404, "NOT_FOUND")
        assert not client.get("/explorer").json()["redirect"]


def test_without_signing_in_one_may_look_as_a_declared_user(served: Graph, tmp_path: Path) -> None:
    file = tmp_path / "markings.yaml"
    file.write_text(
        "markings: [OFFICIAL, OFFICIAL-SENSITIVE]\n"
        "users:\n  - {name: ada, title: Response officer, role: OFFICER, markings: [OFFICIAL]}\n"
    )
    settings = Settings(data_dir=tmp_path, markings_file=file)
    with TestClient(create_app(settings, served), base_url="http://127.0.0.1") as client:
        ada = {"X-Viewer-User": "ada", "X-Purpose": "TEST"}
        told = client.get("/explorer", headers=ada).json()
        assert told["users"] == [{"name": "ada", "title": "Response officer"}]
        assert (told["who"]["user"], told["who"]["role"], "decide" in told["who"]["may"]) == ("ada", "OFFICER", False)
        assert client.get("/explorer").json()["who"]["user"] == "developer"
        change = {"query": 'mutation { retract(decision: "d_x", reason: "x") { entities { id } } }'}
        assert refusal(client.post("/graphql", json=change, headers=ada)) == (403, "FORBIDDEN")
        *_, link = audit_log(settings).links()
        assert b'"user":"ada"' in link.body
        for headers in ({"X-Viewer-User": "eve"}, {**ada, "X-Viewer-Markings": "OFFICIAL-SENSITIVE"}):
            assert refusal(client.post("/graphql", json={"query": "{ __typename }"}, headers=headers))[1] == "BAD_INPUT"


def test_whoever_signs_in_is_nobody_else(client: TestClient, issuer: Provider) -> None:
    headers = {"Authorization": f"Bearer {issuer.token()}", "X-Purpose": "TEST", "X-Viewer-User": "demo-supervisor"}
    assert refusal(client.post("/graphql", json={"query": "{ __typename }"}, headers=headers)) == (400, "BAD_INPUT")
