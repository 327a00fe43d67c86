"""Documents and bodies that are made to hurt: deep, wide, repeated, cyclic, costly, oversized, each in many sizes."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from api.context import Context
from tests.api.town import Asker

pytestmark = pytest.mark.database
ID = "e_0000000000000000000"
MOST_S = 0.01


def _documents() -> Iterator[str]:
    for n in range(13, 33):
        yield f'{{ entity(id: "{ID}") {{ {"sameIdentity { " * n}id{" }" * n} }} }}'
    for n in range(16, 36):
        yield "{ " + " ".join(f"a{k}: sources {{ records }}" for k in range(n)) + " }"
    for n in range(21, 41):
        yield "{ " + "sources { records } " * n + "}"
    for n in range(5, 25):
        yield "{ sources { records " + "@include(if: true) " * n + "} }"
    for n in range(20):
        yield "{ __typename " + "x " * (2_001 + 100 * n) + "}"
    for n in range(2, 22):
        spreads = " ".join(f"fragment F{k} on Entity {{ sameIdentity {{ ...F{(k + 1) % n} }} }}" for k in range(n))
        yield f'{{ entity(id: "{ID}") {{ ...F0 }} }} {spreads}'
    for n in range(13, 33):
        doubled = " ".join(f"fragment F{k} on Entity {{ a: sameIdentity {{ ...F{k + 1} }} }}" for k in range(n))
        yield f'{{ entity(id: "{ID}") {{ ...F0 ...F0 }} }} {doubled} fragment F{n} on Entity {{ id }}'
    for n in range(200, 220):
        page = f"first: {n}"
        inner = f"links({page}) {{ edges {{ node {{ from {{ links({page}) {{ edges {{ cursor }} }} }} }} }} }}"
        yield f"{{ entities(kind: PERSON, {page}) {{ edges {{ node {{ {inner} }} }} }} }}"
    for n in range(101, 121):
        variables = " ".join(f"$v{k}: Int" for k in range(n))
        yield f"query({variables}) {{ sources {{ records }} }}"
    for n in range(20):
        yield "{" * (500 + n) + "}" * (500 + n)


def test_two_hundred_documents_are_refused(ask: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    """By their form, before anything is asked of the database."""
    bombs = list(_documents())
    assert len(bombs) == 200
    asked: list[str] = []
    monkeypatch.setattr(Context, "ask", lambda _, question, *_args, **_named: asked.append(question))
    # The client, the audit log and the answer's way included; what else the process does is not: so try again.
    dear = [text[:200] for text in bombs if all(_refused(ask, text) >= MOST_S for _ in range(5))]
    assert not asked
    assert not dear


def _refused(ask: Asker, text: str) -> float:
    """The seconds of the processor that it takes to refuse a document."""
    began = time.process_time()
    assert ask.code(text)[0] in ("TOO_COSTLY", "BAD_INPUT"), text[:200]
    return time.process_time() - began


@pytest.mark.parametrize("size", [300_000, 1_000_000, 10_000_000])
def test_a_body_that_is_too_large_is_not_read_to_its_end(client: TestClient, size: int) -> None:
    body = b'{"query": "' + b"#" * size + b'"}'
    assert client.post("/graphql", content=body, headers={"Content-Type": "application/json"}).status_code == 413


def test_several_operations_in_one_body_are_refused(client: TestClient) -> None:
    for count in (1, 2, 1_000):
        assert client.post("/graphql", json=[{"query": "{ __typename }"}] * count).status_code == 400
