"""Answers that were shown again without network: on record once there is one, each as the look that it was."""

from __future__ import annotations

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from graph.audit import audit_log
from graph.settings import load_settings
from security.audit.look import who
from tests.api.town import Town

pytestmark = pytest.mark.database
AT = "2026-01-31T12:00:00+00:00"


def entries() -> list[dict[str, Any]]:
    return [json.loads(link.body) for link in audit_log(load_settings()).links()]


def test_each_is_on_record_as_a_look_at_whom_it_spoke_of(client: TestClient, town: Town) -> None:
    displays = [{"request": "abc-1", "at": AT, "ids": [town.maria]}, {"request": "abc-1", "at": AT}]
    answer = client.post("/shown", json={"displays": displays}, headers={"X-Purpose": "STOP_CHECK"})
    assert (answer.status_code, answer.json()) == (200, {"onRecord": 2})
    first, second = entries()[-2:]
    assert (first["act"], first["operation"], first["purpose"]) == ("CONSULTATION", "shownAgain", "STOP_CHECK")
    assert first["asked"] == [town.maria]
    assert "asked" not in second
    assert first["details"] == {"answer": "abc-1", "shownAt": "2026-01-31T12:00:00.000Z", "network": False}
    assert [entry["operation"] for _, entry in who(audit_log(load_settings()), town.maria)][-1] == "shownAgain"


@pytest.mark.parametrize(
    "displays",
    [
        None,
        [],
        ["x"],
        [{}],
        [{"request": "a b", "at": AT}],
        [{"request": "a", "at": "noon"}],
        [{"request": "a", "at": "2026-01-31T12:00:00"}],
        [{"request": "a", "at": AT, "ids": ["Maria"]}],
        [{"request": "a", "at": AT, "ids": "e_x"}],
        [{"request": "a", "at": AT}, {"request": "a"}],
        [{"request": "a", "at": AT}] * 51,
    ],
)
def test_what_is_no_display_is_refused_and_nothing_of_it_kept(client: TestClient, displays: object) -> None:
    refused = client.post("/shown", json={"displays": displays})
    assert (refused.status_code, refused.json()["errors"][0]["extensions"]["code"]) == (400, "BAD_INPUT")
    last = entries()[-1]
    assert (last["act"], last["operation"], last["outcome"]) == ("REFUSAL", "shownAgain", ["BAD_INPUT"])


def test_only_json_is_read(client: TestClient) -> None:
    assert client.post("/shown", data={"displays": "x"}).status_code == 415
