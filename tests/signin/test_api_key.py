"""Machines sign in by keys: as the key says, until it ends or is revoked; no other text lets anybody in."""

from __future__ import annotations

import json
import stat
import time
from pathlib import Path

import orjson
import pytest
from starlette.testclient import TestClient

from graph.audit import audit_log
from graph.open import Graph
from graph.settings import Settings
from security.api_key import ApiKey, ApiKeyError, ApiKeys
from security.marking import MarkingError
from security.viewer import Role
from tests.api.conftest import served
from tests.api.town import Town
from tests.audit.conftest import log_in
from tests.cli.conftest import Command, polegraph
from tests.read.world import World
from tests.signin.provider import Provider
from tests.signin.test_signin import ask, client, code, issuer, last, settings

__all__ = ["client", "issuer", "polegraph", "served", "settings"]
# When the tests are collected: long before these run, where all do.
NOW, DAY = int(time.time()), 86_400
FEED = ApiKey("", "vehicle feed", Role.ANALYST, ("OFFICIAL-SENSITIVE; operation=ACORN",), "test", NOW, NOW + DAY, None)


def made(settings: Settings, **given: object) -> str:
    values = {name: getattr(FEED, name) for name in ApiKey.__dataclass_fields__} | given
    return ApiKeys(settings.keys_file).create(ApiKey(**values))


@pytest.mark.database
def test_a_key_lets_in_as_it_says(client: TestClient, settings: Settings, graph: Graph) -> None:
    town = Town(World(graph))
    response = ask(client, made(settings))
    assert {edge["node"]["entity"]["label"] for edge in response.json()["data"]["search"]["edges"]} == {
        "Jon Probe",
        "Secret Probe",
    }
    entry = last(settings)
    (key,) = ApiKeys(settings.keys_file).all()
    assert (entry["user"], entry["role"], set(entry["ids"])) == (
        f"key {key.id} vehicle feed",
        "ANALYST",
        {town.jon, town.hidden},
    )
    open_only = made(settings, name="open feed", markings=())
    assert len(ask(client, open_only).json()["data"]["search"]["edges"]) == 1


@pytest.mark.database
def test_a_key_may_do_what_its_role_may(client: TestClient, settings: Settings) -> None:
    assert code(ask(client, made(settings, role=Role.ADMINISTRATOR))) == (403, "FORBIDDEN")
    response = client.post(
        "/graphql", json={"query": "{ __typename }"}, headers={"Authorization": f"Bearer {made(settings)}"}
    )
    assert code(response) == (403, "PURPOSE_REQUIRED")


@pytest.mark.database
def test_no_other_text_lets_anybody_in(client: TestClient, settings: Settings, issuer: Provider) -> None:
    secret = made(settings)
    other = made(settings, name="other")
    # A secret may hold the sign that parts it from its id.
    head, tail = "_".join(secret.split("_", 2)[:2]), other.split("_", 2)[2]
    changed = secret[:-1] + ("A" if secret[-1] != "A" else "B")
    ended = made(settings, made_at=NOW - 60, expires_at=NOW - 1)
    for text in (f"{head}_{tail}", changed, secret.upper(), secret + "A", "pgk_", f"pgk_{'0' * 12}_{'A' * 43}", ended):
        assert code(ask(client, text)) == (401, "UNAUTHENTICATED"), text
        assert (last(settings)["act"], last(settings)["user"]) == ("REFUSAL", "unknown")
    assert ask(client, secret).status_code == 200
    ApiKeys(settings.keys_file).revoke(secret.split("_")[1], NOW)
    refused = ask(client, secret)
    assert code(refused) == (401, "UNAUTHENTICATED")
    assert "revoked" in refused.text
    assert ask(client, other).status_code == 200
    assert ask(client, issuer.token()).status_code == 200
    log = b"".join(link.body for link in audit_log(settings).links())
    assert secret.split("_", 2)[2].encode() not in log


def test_the_file_is_its_owners_and_holds_no_secret(tmp_path: Path) -> None:
    keys = ApiKeys(tmp_path / "keys" / "api-keys.db")
    assert keys.all() == []
    secret = keys.create(FEED)
    file = tmp_path / "keys" / "api-keys.db"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert secret.split("_", 2)[2].encode() not in file.read_bytes()
    assert keys.identify(secret, NOW).name == "vehicle feed"
    with pytest.raises(ApiKeyError, match="expired"):
        keys.identify(secret, NOW + DAY)


def test_what_is_no_key_is_not_made(tmp_path: Path) -> None:
    keys = ApiKeys(tmp_path / "api-keys.db")
    for name in ("", " x", "a" * 65, "a\nb", "<b>"):
        with pytest.raises(ApiKeyError, match="name"):
            keys.create(ApiKey("", name, *[getattr(FEED, f) for f in list(ApiKey.__dataclass_fields__)[2:]]))
    with pytest.raises(ApiKeyError, match="some time"):
        keys.create(ApiKey("", "x", Role.OFFICER, (), "test", NOW, NOW, None))
    with pytest.raises(MarkingError):
        keys.create(ApiKey("", "x", Role.OFFICER, ("PUBLIC",), "test", NOW, NOW + 1, None))
    for id_ in ("0" * 12, "' OR 1=1 --"):
        with pytest.raises(ApiKeyError, match="there is no key"):
            keys.revoke(id_, NOW)


def test_keys_on_the_command_line(polegraph: Command, tmp_path: Path) -> None:
    ran = polegraph(
        "key", "create", "night feed", "--role", "DATA_ENGINEER", "--markings", "OFFICIAL-SENSITIVE", "--days", "7"
    )
    secret = ran.out.strip()
    assert (ran.code, secret.startswith("pgk_"), "good until" in ran.err) == (0, True, True)
    (shown,) = json.loads(polegraph("key", "list", "--review", "--json").out)
    assert {name: shown[name] for name in ("name", "state", "role", "markings", "last_used")} == {
        "name": "night feed",
        "state": "active",
        "role": "DATA_ENGINEER",
        "markings": ["OFFICIAL-SENSITIVE"],
        "last_used": None,
    }
    assert "last used never" in polegraph("key", "list", "--review").out
    assert polegraph("key", "revoke", shown["id"]).code == 0
    assert "revoked" in polegraph("key", "list").out
    again = polegraph("key", "revoke", shown["id"])
    assert (again.code, "revoked before" in again.err) == (2, True)
    wrong = polegraph("key", "create", "x", "--role", "OFFICER", "--markings", "SECRETS")
    assert (wrong.code, "did you mean SECRET" in wrong.err) == (2, True)
    told = [orjson.loads(link.body) for link in log_in(tmp_path / "data" / "audit").links()]
    assert [(entry["operation"], entry["outcome"]) for entry in told[:6]] == [
        ("key create", ["BEGUN"]), ("key create", ["OK"]), *[("key list", ["OK"])] * 2,
        ("key revoke", ["BEGUN"]), ("key revoke", ["OK"]),
    ]  # fmt: skip
    assert secret.split("_", 2)[2] not in json.dumps(told)
