"""What an operation costs is known before it is executed, and told; what costs too much is refused unasked."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from graphql import parse, validate
from starlette.testclient import TestClient

from api.app import create_app
from api.cost import LISTED, cost_of
from api.document import operation_of
from api.limit import Limits
from api.schema import SCHEMA
from graph.deadline import until
from graph.errors import TimedOut
from graph.open import Graph
from graph.settings import Settings
from security.marking import EVERYTHING
from tests.api.conftest import ADDRESS
from tests.api.town import Asker, Town

ID = "e_0000000000000000000"
COSTS = {
    "{ __typename __schema { types { name } } }": 0,
    f'{{ entity(id: "{ID}") {{ id label aliases: markings }} }}': 1,
    "{ sources { records } }": LISTED,
    "{ entities(kind: PERSON, first: 50) { totalCount pageInfo { hasNextPage } edges { cursor } } }": 1 + 1 + 50,
    "{ entities(kind: PERSON) { edges { node { id } } } }": 1 + 20 * 2,
    "{ entities(kind: PERSON, first: 10) { edges { node { links(first: 5) { edges { node { id } } } } } } }": (
        1 + 10 * (1 + 1 + 1 + 5 * 2)
    ),
    f'{{ expand(ids: ["{ID}"], limit: 100) {{ nodes {{ id }} links {{ id records {{ id }} }} }} }}': (
        1 + 100 + 100 * (1 + LISTED)
    ),
    f'{{ nodes(ids: ["{ID}", "{ID}", "{ID}"]) {{ id }} }}': 3,
    f'{{ nodes(ids: ["{ID}"]) {{ id ... on Person {{ ...P }} ...P }} }} fragment P on Person {{ golden {{ rule }} }}': (
        1 + 2 * LISTED
    ),
}


def _cost(query: str, **variables: object) -> int:
    document = parse(query)
    assert not validate(SCHEMA._schema, document)
    return cost_of(SCHEMA._schema, document, operation_of(document, None), variables)


@pytest.mark.parametrize("query", COSTS)
def test_lists_multiply(query: str) -> None:
    assert _cost(query) == COSTS[query]


def test_variables_say_how_long_lists_are() -> None:
    query = """query($n: Int, $ids: [ID!]!) {
      entities(kind: PERSON, first: $n) { edges { cursor } } nodes(ids: $ids) { id } }"""
    assert _cost(query, n=7, ids=[ID] * 4) == 1 + 7 + 4
    assert _cost(query, ids=[ID]) == 1 + 20 + 1
    assert _cost(query, n=None, ids=[]) == 1 + 20
    assert _cost(query, n=10**9, ids=[]) == 1 + 500, "what is beyond a limit is refused when it is executed"
    assert _cost(query, n="many", ids=[]) == 0, "and so is what is of another type"


def test_fragments_in_fragments_are_counted_once_each() -> None:
    fragments = " ".join(
        f"fragment F{n} on Person {{ sameIdentity {{ ...F{n + 1} ... on Person {{ ...F{n + 1} }} }} }}"
        for n in range(60)
    )
    query = f'{{ entity(id: "{ID}") {{ ...F0 }} }} {fragments} fragment F60 on Person {{ id }}'
    # Walked one after another, there are 2^60 ways through them: it would not end.
    assert _cost(query) > 10**60


@pytest.fixture
def poor(served: Graph) -> Iterator[Asker]:
    with TestClient(create_app(Settings(), served, Limits(cost=30, heavy=10)), base_url=ADDRESS) as client:
        yield Asker(client)


@pytest.mark.database
def test_the_cost_is_told_and_what_is_beyond_the_limit_is_refused(poor: Asker, town: Town) -> None:
    query = "query($n: Int) { entities(kind: PERSON, first: $n) { edges { node { id } } } }"
    assert poor.post(query, n=2)["extensions"]["cost"] == {"requested": 5, "limit": 30}
    assert len(poor(query, n=14)["entities"]["edges"]) > 0, "a large question is answered too"
    code, message = poor.code(query, n=15)
    assert code == "TOO_COSTLY"
    assert "31" in message
    assert "30" in message


@pytest.mark.database
def test_large_questions_wait_for_one_another_and_not_too_many(served: Graph, town: Town) -> None:
    query = {"query": "{ entities(kind: PERSON) { edges { cursor } } }"}
    limits = Limits(heavy=10, heavy_workers=1, heavy_waiting=0)
    with TestClient(create_app(Settings(), served, limits), base_url=ADDRESS) as client:
        response = client.post("/graphql", json=query)
        assert (response.status_code, response.headers["Retry-After"]) == (503, "1")
        assert response.json()["errors"][0]["extensions"]["code"] == "UNAVAILABLE"
        assert Asker(client)("{ entities(kind: PERSON, first: 2) { edges { cursor } } }")
    with TestClient(create_app(Settings(), served, replace(limits, heavy_waiting=1)), base_url=ADDRESS) as client:
        assert client.post("/graphql", json=query).status_code == 200


@pytest.mark.database
def test_a_question_ends_with_its_time(served: Graph, town: Town) -> None:
    with TestClient(create_app(Settings(), served, Limits(operation_s=1e-6)), base_url=ADDRESS) as client:
        assert Asker(client).code('{ search(text: "Maria") { edges { cursor } } }')[0] == "TIMED_OUT"


@pytest.mark.database
def test_a_read_is_cancelled_in_the_database_when_the_time_is_up(served: Graph) -> None:
    viewer = served.catalogue.viewer("test", EVERYTHING)
    text = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a WHERE a IN $allowed RETURN count(*) AS n"
    began = time.monotonic()
    with until(began + 0.5), pytest.raises(TimedOut):
        served.store.read_text(viewer, "test/endless", text, {})
    assert time.monotonic() - began < 5
