"""Tokens of the issuer let in whom they name, as what they say; everything else is refused, and on record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jwt
import orjson
import pytest
from starlette.testclient import TestClient

from api import keyring
from api.app import create_app
from api.serve import check_address
from graph.audit import audit_log
from graph.errors import BadInput
from graph.open import Graph
from graph.settings import Auth, Settings
from tests.api.conftest import served
from tests.api.town import Town
from tests.read.world import World
from tests.signin.attack import ATTACKS
from tests.signin.attack_more import MORE
from tests.signin.provider import AUDIENCE, Provider, provider

pytestmark = pytest.mark.database
__all__ = ["served"]
QUERY = {"query": '{ search(text: "probe") { edges { node { entity { label } } } } }'}
WHY = {"X-Purpose": "INVESTIGATION; case 7"}


@pytest.fixture
def issuer() -> Iterator[Provider]:
    with provider() as made:
        made.add("one", "ES256")
        yield made


@pytest.fixture
def settings(issuer: Provider, tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, auth=Auth.OIDC, oidc_issuer=issuer.issuer, oidc_audience=AUDIENCE)


@pytest.fixture
def client(settings: Settings, served: Graph) -> Iterator[TestClient]:
    with TestClient(create_app(settings, served), base_url="https://polegraph.example") as made:
        yield made


def ask(client: TestClient, token: str | None, headers: dict[str, str] | None = None, body: object = None) -> Any:
    given = {**WHY, **({} if token is None else {"Authorization": f"Bearer {token}"}), **(headers or {})}
    # As bytes: what an attacker sends has not to be ASCII.
    told = [(name.encode(), value.encode()) for name, value in given.items()]
    return client.post("/graphql", json=body or QUERY, headers=told)


def code(response: Any) -> tuple[int, str]:
    found: tuple[int, str] = (response.status_code, response.json()["errors"][0]["extensions"]["code"])
    return found


def last(settings: Settings) -> dict[str, Any]:
    *_, link = audit_log(settings).links()
    found: dict[str, Any] = orjson.loads(link.body)
    return found


def test_a_token_says_who_looks_and_what_they_may_see(
    issuer: Provider, client: TestClient, settings: Settings, graph: Graph
) -> None:
    town = Town(World(graph))

    def labels(response: Any) -> set[str]:
        return {edge["node"]["entity"]["label"] for edge in response.json()["data"]["search"]["edges"]}

    assert labels(ask(client, issuer.token())) == {"Jon Probe"}
    assert labels(ask(client, issuer.token(polegraph_markings=None))) == {"Jon Probe"}
    cleared = ["OFFICIAL-SENSITIVE; operation=ACORN"]
    assert labels(ask(client, issuer.token(polegraph_markings=cleared))) == {"Jon Probe", "Secret Probe"}
    entry = last(settings)
    told = {name: entry[name] for name in ("user", "role", "purpose", "reference", "ids")}
    assert told == {
        "user": "pc-77",
        "role": "ANALYST",
        "purpose": "INVESTIGATION",
        "reference": "case 7",
        "ids": sorted((town.jon, town.hidden)),
    }


@pytest.mark.parametrize("algorithm", ["RS256", "PS256", "ES256", "EdDSA"])
def test_each_algorithm_of_the_list_is_taken(issuer: Provider, client: TestClient, algorithm: str) -> None:
    issuer.add("other", algorithm)
    assert ask(client, issuer.token("other")).status_code == 200


@pytest.mark.parametrize("kind", ["JWT", "at+jwt", "application/at+jwt", "AT+JWT"])
def test_each_type_of_an_access_token_is_taken(issuer: Provider, client: TestClient, kind: str) -> None:
    assert ask(client, issuer.token(head={"typ": kind})).status_code == 200


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_and_on_record(
    issuer: Provider, client: TestClient, settings: Settings, name: str
) -> None:
    token = ATTACKS[name](issuer)
    response = ask(client, token)
    assert (code(response), response.headers["www-authenticate"]) == ((401, "UNAUTHENTICATED"), "Bearer")
    assert token[:40] not in response.text
    entry = last(settings)
    assert (entry["act"], entry["user"], entry["outcome"]) == ("REFUSAL", "unknown", ["UNAUTHENTICATED"])
    assert ask(client, issuer.token()).status_code == 200


def test_hundreds_of_attacks_are_refused_on_record_and_nothing_of_them_is_kept(
    issuer: Provider, client: TestClient, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(MORE) + len(ATTACKS) > 450
    assert ask(client, issuer.token()).status_code == 200
    let_in, kept = [], ""
    sent = {name: attack(issuer) for name, attack in MORE.items()}
    for name, token in sent.items():
        response = ask(client, token)
        kept += response.text
        if code(response) != (401, "UNAUTHENTICATED") or response.headers["www-authenticate"] != "Bearer":
            let_in.append(name)
        entry = last(settings)
        assert (entry["act"], entry["user"], entry["outcome"]) == ("REFUSAL", "unknown", ["UNAUTHENTICATED"]), name
    assert not let_in
    kept += b"".join(link.body for link in audit_log(settings).links()).decode() + "".join(capsys.readouterr())
    # What a token's parts are worth to somebody who reads logs: its claims, and what signs them.
    parts = {piece for token in sent.values() for piece in token.replace("_", ".").split(".") if len(piece) >= 12}
    assert not {piece for piece in parts if piece in kept}
    assert ask(client, issuer.token()).status_code == 200


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer ", "Basic cGM6Nzc=", "bearer\t"])
def test_without_a_token_nobody_is_let_in(client: TestClient, given: str) -> None:
    assert code(ask(client, None, {"Authorization": given} if given else None)) == (401, "UNAUTHENTICATED")
    for path in ("/loads", "/loads/none"):
        assert client.get(path).status_code == 401
    assert client.get("/healthz").status_code == 200


def test_two_tokens_are_none(issuer: Provider, client: TestClient) -> None:
    headers = [("Authorization", f"Bearer {issuer.token()}"), ("Authorization", "Bearer x"), ("X-Purpose", "TEST")]
    assert client.post("/graphql", json=QUERY, headers=headers).status_code == 401


def test_a_purpose_is_required_and_markings_come_from_the_token_alone(
    issuer: Provider, client: TestClient, settings: Settings
) -> None:
    response = client.post("/graphql", json=QUERY, headers={"Authorization": f"Bearer {issuer.token()}"})
    assert code(response) == (403, "PURPOSE_REQUIRED")
    assert (last(settings)["user"], last(settings)["outcome"]) == ("pc-77", ["PURPOSE_REQUIRED"])
    assert code(ask(client, issuer.token(), {"X-Viewer-Markings": "TOP SECRET"})) == (400, "BAD_INPUT")


def test_a_purpose_that_needs_a_case_is_refused_without_one(
    issuer: Provider, settings: Settings, served: Graph
) -> None:
    strict = settings.model_copy(update={"reference_purposes": "INVESTIGATION, CUSTODY"})
    with TestClient(create_app(strict, served), base_url="https://polegraph.example") as made:
        for given, status in (("INVESTIGATION", 403), ("CUSTODY; ", 403), ("CUSTODY; c 7", 200), ("TEST", 200)):
            response = ask(made, issuer.token(), {"X-Purpose": given})
            assert response.status_code == status, given
            if status == 403:
                assert code(response)[1] == "PURPOSE_REQUIRED"
                assert f"X-Purpose: {given.strip('; ')}; reference" in response.json()["errors"][0]["message"]
                assert (last(settings)["user"], last(settings)["outcome"]) == ("pc-77", ["PURPOSE_REQUIRED"])
    with pytest.raises(BadInput, match="POLEGRAPH_REFERENCE_PURPOSES"):
        create_app(settings.model_copy(update={"reference_purposes": "CURIOSITY"}), served)


def test_a_changed_key_is_fetched_and_one_that_is_gone_no_longer_taken(
    issuer: Provider, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = issuer.token()
    assert ask(client, old).status_code == 200
    issuer.keys.clear()
    issuer.add("two", "RS256")
    asked = issuer.asked
    # Within the pause an unknown key asks nobody, so that whoever makes ids up does not either.
    assert {ask(client, issuer.token("two")).status_code for _ in range(3)} == {401}
    assert issuer.asked == asked
    monkeypatch.setattr(keyring, "_PAUSE_S", 0.0)
    assert ask(client, issuer.token("two")).status_code == 200
    assert ask(client, old).status_code == 401


def test_keys_outlast_their_provider_for_a_while(
    issuer: Provider, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ask(client, issuer.token()).status_code == 200
    issuer.down = True
    monkeypatch.setattr(keyring, "_PAUSE_S", 0.0)
    monkeypatch.setattr(keyring, "_FRESH_S", 0.0)
    assert ask(client, issuer.token()).status_code == 200
    monkeypatch.setattr(keyring, "_STALE_S", 0.0)
    assert code(ask(client, issuer.token())) == (503, "UNAVAILABLE")


@pytest.mark.parametrize(
    "key",
    [
        {"kty": "oct", "kid": "weak", "k": "MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA", "alg": "HS256"},
        {"kty": "RSA", "kid": "weak", "n": "AQAB", "e": "AQAB"},
        {"kty": "EC", "kid": "weak", "crv": "P-256", "x": "AA", "y": "AA"},
        {"kty": "EC", "kid": "weak", "crv": "secp256k1", "x": "AA", "y": "AA"},
        {"kid": "weak"},
        {"kty": None, "kid": ["weak"]},
    ],
)
def test_keys_that_are_none_or_weak_are_left_out(issuer: Provider, client: TestClient, key: dict[str, Any]) -> None:
    issuer.more.append(key)
    forged = jwt.encode(issuer.claims(), "0" * 32, "HS256", {"kid": "weak"})
    assert ask(client, forged).status_code == 401
    assert ask(client, issuer.token()).status_code == 200


def test_a_provider_of_another_name_is_not_believed(issuer: Provider, client: TestClient) -> None:
    issuer.names = "https://elsewhere.example"
    assert code(ask(client, issuer.token())) == (503, "UNAVAILABLE")


def test_settings_have_to_fit(served: Graph, settings: Settings) -> None:
    for changed in ({"oidc_audience": None}, {"oidc_issuer": None}, {"oidc_issuer": "http://idp.example"}):
        with pytest.raises(BadInput, match="POLEGRAPH_OIDC"):
            create_app(settings.model_copy(update=changed), served)
    # Whoever signs people in may listen where they are; nobody else may.
    check_address(settings, "0.0.0.0", 0)  # noqa: S104
    with pytest.raises(BadInput, match="loopback"):
        check_address(Settings(), "0.0.0.0", 0)  # noqa: S104
