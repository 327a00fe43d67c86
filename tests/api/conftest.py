"""The application over a small world, asked through its routes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.limit import Limits
from graph.open import Graph
from graph.settings import Settings
from tests.read.world import ACORN, World

ADDRESS = "http://127.0.0.1"


class Asker:
    """Asks the application in GraphQL."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def post(self, query: str, headers: dict[str, str] | None = None, **variables: Any) -> dict[str, Any]:
        response = self.client.post("/graphql", json={"query": query, "variables": variables}, headers=headers)
        body: dict[str, Any] = response.json()
        return body

    def __call__(self, query: str, headers: dict[str, str] | None = None, **variables: Any) -> dict[str, Any]:
        """The data of an answer without errors."""
        body = self.post(query, headers, **variables)
        assert "errors" not in body, body["errors"]
        data: dict[str, Any] = body["data"]
        return data

    def code(self, query: str, headers: dict[str, str] | None = None, **variables: Any) -> tuple[str, str]:
        """Code and message of the first error."""
        error = self.post(query, headers, **variables)["errors"][0]
        return error["extensions"]["code"], error["message"]


class Town:
    """Two people who share a phone and a crime, and a restricted third."""

    def __init__(self, world: World) -> None:
        self.world = world
        person = {"given_name": "Maria", "surname": "Testova", "date_of_birth": "1990-02-03", "alias": ["Mia"]}
        self.maria = world.thing("Person", "Maria Testova", records=2, **person)
        self.jon = world.thing("Person", "Jon Probe", given_name="Jon", surname="Probe", date_of_birth="1988-07")
        self.hidden = world.thing("Person", "Secret Probe", marking=ACORN, surname="Probe")
        self.crime = world.thing(
            "Crime", "BURGLARY C/1", type="BURGLARY", reference="C/1", occurred_from="2024-05", location=(52.5, -1.5)
        )
        self.phone = world.value("Phone", "+447700900123")
        dated = {"valid_from": 1_700_000_000, "precision": 3, "grade": 111}
        self.use = world.link("USES", self.maria, self.phone, role="USER", **dated)
        world.link("USES", self.jon, self.phone, **dated)
        for who in (self.maria, self.jon):
            world.link("INVOLVED_IN", who, self.crime, role="SUSPECT")
        world.link("USES", self.hidden, self.phone, marking=ACORN)


@pytest.fixture
def client(graph: Graph) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(), graph), base_url=ADDRESS, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def ask(client: TestClient) -> Asker:
    return Asker(client)


@pytest.fixture
def small(graph: Graph) -> Iterator[Asker]:
    """The application with limits that a test can pass."""
    limits = Limits(body_bytes=2_000, database_reads=3)
    with TestClient(create_app(Settings(), graph, limits), base_url=ADDRESS) as client:
        yield Asker(client)


@pytest.fixture
def town(graph: Graph) -> Town:
    return Town(World(graph))
