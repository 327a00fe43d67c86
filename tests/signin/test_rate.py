"""Whoever asks too fast is told when to try again; others are not held up, and the log is not flooded."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.limit import Limits
from api.place import Share
from api.rate import Rates, Strangers
from graph.audit import audit_log
from graph.errors import RateLimited
from graph.open import Graph
from graph.settings import Auth, Settings
from tests.api.conftest import served
from tests.audit.test_unwritable import full_disk
from tests.signin.provider import AUDIENCE, CLIENT, Provider, provider

__all__ = ["served"]


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def refused(rates: Rates, user: str, objects: int = 0) -> RateLimited | None:
    try:
        rates.take(user, objects)
    except RateLimited as error:
        return error
    return None


def test_a_bucket_holds_ten_seconds_and_fills_again() -> None:
    clock = Clock()
    rates = Rates(2.0, None, clock)

    told = [refused(rates, "a") for _ in range(22)]

    assert [each is None for each in told] == [True] * 20 + [False] * 2
    assert [(each.after_s, each.recorded) for each in told if each] == [(1, False), (1, True)]
    assert refused(rates, "b") is None
    clock.now = 0.5
    assert refused(rates, "a") is None
    assert refused(rates, "a") is not None
    clock.now = 10.5
    assert refused(rates, "a") is None
    assert sum(refused(rates, "a") is None for _ in range(30)) == 19
    again = refused(rates, "a")
    assert again is not None
    assert again.recorded


def test_a_large_question_waits_for_what_the_last_one_took() -> None:
    clock = Clock()
    rates = Rates(None, 100.0, clock)

    assert refused(rates, "a", 5_000) is None
    told = refused(rates, "a", 100)
    assert told is not None
    clock.now = float(told.after_s)
    assert refused(rates, "a", 100) is None


def test_users_that_are_remembered_are_bounded() -> None:
    rates = Rates(1.0, 1.0)
    for number in range(10_100):
        rates.take(f"user {number}", 0)
    assert len(rates._buckets) == 10_000


def test_refusals_of_strangers_are_on_record_one_by_one_until_they_are_too_many() -> None:
    clock = Clock()
    strangers = Strangers(clock)
    assert [strangers.before() for _ in range(1_003)] == [0] * 1_000 + [None] * 3
    clock.now = 0.1
    assert [strangers.before() for _ in range(3)] == [3, None, None]
    clock.now = 1_000.0
    assert [strangers.before() for _ in range(1_001)] == [2, *[0] * 999, None]
    strangers.unrecorded(3)
    clock.now = 2_000.0
    assert strangers.before() == 5


@pytest.fixture
def issuer() -> Iterator[Provider]:
    with provider() as made:
        made.add("one", "ES256")
        yield made


@pytest.mark.database
def test_over_http_it_is_429_with_when_to_try_again(issuer: Provider, served: Graph, tmp_path: Path) -> None:
    settings = Settings(
        data_dir=tmp_path,
        auth=Auth.OIDC,
        oidc_issuer=issuer.issuer,
        oidc_audience=AUDIENCE,
        rate_requests=0.3,
        rate_objects=20,
    )
    small = {"query": "{ __typename }"}
    large = {"query": '{ search(text: "probe", first: 500) { edges { node { entity { id } } } } }'}
    with TestClient(create_app(settings, served), base_url="https://polegraph.example") as client:

        def ask(user: str, body: dict[str, str]) -> tuple[int, str | None, str | None]:
            headers = {"X-Purpose": "TEST", "Authorization": f"Bearer {issuer.token(sub=user)}"}
            found = client.post("/graphql", json=body, headers=headers)
            errors = found.json().get("errors")
            return found.status_code, found.headers.get("retry-after"), errors and errors[0]["extensions"]["code"]

        quick = [ask("pc-1", small) for _ in range(6)]
        many = [ask("pc-2", large) for _ in range(2)]
        other = ask("pc-3", small)

    assert [status for status, *_ in quick] == [200] * 3 + [429] * 3
    assert {(code, 1 <= int(after or 0) <= 4) for status, after, code in quick if status == 429} == {
        ("RATE_LIMITED", True)
    }
    assert [status for status, *_ in many] == [200, 429]
    assert int(many[1][1] or 0) > 60
    assert other[0] == 200
    entries = [orjson.loads(link.body) for link in audit_log(settings).links()]
    flood = [each["user"] for each in entries if each.get("outcome") == ["RATE_LIMITED"]]
    assert flood == ["pc-1", "pc-2"]


@pytest.mark.database
@pytest.mark.parametrize(
    ("path", "sent", "status"),
    [
        ("/graphql", {"json": {"query": "{ __typename }"}}, 401),
        ("/sign-in", {"json": {}}, 400),
        ("/sign-in", {"content": b"x"}, 415),
    ],
)
def test_a_flood_without_tokens_is_refused_and_counted_and_does_not_fill_the_log(
    issuer: Provider,
    served: Graph,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    sent: dict[str, Any],
    status: int,
) -> None:
    monkeypatch.setattr("api.rate._EACH_AT_ONCE", 5)
    monkeypatch.setattr("api.rate._EACH_A_SECOND", 4.0)
    known: dict[str, Any] = {"oidc_issuer": issuer.issuer, "oidc_audience": AUDIENCE, "oidc_client_id": CLIENT}
    settings = Settings(data_dir=tmp_path, auth=Auth.OIDC, **known)
    with TestClient(create_app(settings, served), base_url="https://polegraph.example") as client:

        def ask(**headers: str) -> int:
            return client.post(path, headers={"X-Purpose": "TEST", **headers}, **sent).status_code

        flood = {ask(Authorization=f"Bearer {number}") for number in range(200)}
        headers = {"X-Purpose": "TEST", "Authorization": f"Bearer {issuer.token(sub='pc-1')}"}
        somebody = client.post("/graphql", json={"query": "{ __typename }"}, headers=headers).status_code
        time.sleep(0.3)
        last = ask()

    assert (flood, somebody, last) == ({status}, 200, status)
    entries = [orjson.loads(link.body) for link in audit_log(settings).links()]
    refusals = [each for each in entries if each["act"] == "REFUSAL"]
    assert {each["user"] for each in refusals} == {"unknown"}
    assert len(refusals) + sum(each.get("details", {}).get("before", 0) for each in refusals) == 201
    assert 6 <= len(refusals) < 100
    assert [each["user"] for each in entries if each.get("outcome") == ["OK"]] == ["pc-1"]


@pytest.mark.database
def test_whoever_is_refused_while_the_log_cannot_be_written_is_counted_once_it_can(
    issuer: Provider, served: Graph, tmp_path: Path
) -> None:
    settings = Settings(data_dir=tmp_path, auth=Auth.OIDC, oidc_issuer=issuer.issuer, oidc_audience=AUDIENCE)
    app = create_app(settings, served)
    with TestClient(app, base_url="https://polegraph.example", raise_server_exceptions=False) as client:

        def ask() -> int:
            return client.post("/graphql", json={"query": "{ __typename }"}, headers={"X-Purpose": "TEST"}).status_code

        first = ask()
        with full_disk():
            meanwhile = [ask() for _ in range(3)]
        last = [ask(), ask()]

    assert (first, meanwhile, last) == (401, [503] * 3, [401] * 2)
    entries = [orjson.loads(link.body) for link in audit_log(settings).links()]
    assert [each.get("details", {}).get("before", 0) for each in entries if each["act"] == "REFUSAL"] == [0, 3, 0]


@pytest.mark.database
def test_who_is_unknown_takes_no_place_among_the_large_and_a_full_queue_is_on_record(
    issuer: Provider, served: Graph, tmp_path: Path
) -> None:
    settings = Settings(data_dir=tmp_path, auth=Auth.OIDC, oidc_issuer=issuer.issuer, oidc_audience=AUDIENCE)
    large = {"query": '{ search(text: "probe") { edges { node { score } } } }'}
    full = Limits(heavy=1, heavy_waiting=0)
    with TestClient(create_app(settings, served, full), base_url="https://polegraph.example") as client:
        known = {"X-Purpose": "TEST", "Authorization": f"Bearer {issuer.token()}"}
        told = [client.post("/graphql", json=large, headers=headers) for headers in ({"X-Purpose": "TEST"}, known)]

    codes = [(each.status_code, each.json()["errors"][0]["extensions"]["code"]) for each in told]
    assert codes == [(401, "UNAUTHENTICATED"), (503, "UNAVAILABLE")]
    entries = [orjson.loads(link.body) for link in audit_log(settings).links()]
    assert [(each["act"], each["user"], each["operation"], each["outcome"]) for each in entries] == [
        ("REFUSAL", "unknown", "search", ["UNAUTHENTICATED"]),
        ("REFUSAL", "pc-77", "search", ["UNAVAILABLE"]),
    ]


def test_a_share_is_each_users_own() -> None:
    share = Share(2, "two of yours already", 5)
    with share.taken("a"), share.taken("a"), share.taken("b"):
        with pytest.raises(RateLimited, match="two of yours") as told, share.taken("a"):
            pass
        assert told.value.after_s == 5
    with share.taken("a"), share.taken("a"):
        pass
    assert not share._taken


@pytest.mark.database
@pytest.mark.parametrize("auth", [Auth.OIDC, Auth.NONE])
def test_nobody_has_all_places_where_large_questions_wait(
    issuer: Provider, served: Graph, tmp_path: Path, auth: Auth
) -> None:
    settings = Settings(data_dir=tmp_path, auth=auth, oidc_issuer=issuer.issuer, oidc_audience=AUDIENCE)
    large = {"query": '{ search(text: "probe") { edges { node { score } } } }'}
    address = "http://127.0.0.1" if auth is Auth.NONE else "https://polegraph.example"
    with TestClient(create_app(settings, served, Limits(heavy=1, heavy_each=0)), base_url=address) as client:
        headers = {"X-Purpose": "TEST", "Authorization": f"Bearer {issuer.token()}"}
        told = client.post("/graphql", json=large, headers={} if auth is Auth.NONE else headers)

    (entry,) = [orjson.loads(link.body) for link in audit_log(settings).links()]
    if auth is Auth.NONE:
        # Everybody is one user there.
        assert (told.status_code, entry["act"]) == (200, "CONSULTATION")
        return
    assert (told.status_code, told.headers["Retry-After"], "of yours" in told.text) == (429, "5", True)
    assert (entry["act"], entry["user"], entry["operation"], entry["outcome"]) == (
        "REFUSAL", "pc-77", "search", ["RATE_LIMITED"],
    )  # fmt: skip


@pytest.mark.database
def test_what_goes_on_among_the_large_counts_once(issuer: Provider, served: Graph, tmp_path: Path) -> None:
    settings = Settings(
        data_dir=tmp_path, auth=Auth.OIDC, oidc_issuer=issuer.issuer, oidc_audience=AUDIENCE, rate_requests=0.3
    )
    headers = {"X-Purpose": "TEST", "Authorization": f"Bearer {issuer.token()}"}
    with TestClient(create_app(settings, served, Limits(quick_s=0.0)), base_url="https://polegraph.example") as client:
        slow = [
            {"query": f'{{ search(text: "probe {number}") {{ edges {{ node {{ score }} }} }} }}'} for number in range(3)
        ]
        told = [client.post("/graphql", json=each, headers=headers) for each in slow]
    assert [(each.status_code, "errors" in each.json()) for each in told] == [(200, False)] * 3
