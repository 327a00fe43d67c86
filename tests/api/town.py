"""Who asks the application, and the small world that answers."""

from __future__ import annotations

from typing import Any

from starlette.testclient import TestClient

from tests.read.world import ACORN, World


class Asker:
    """Asks the application in GraphQL."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def post(self, query: str, headers: dict[str, str] | None = None, **variables: object) -> dict[str, Any]:
        response = self.client.post("/graphql", json={"query": query, "variables": variables}, headers=headers)
        body: dict[str, Any] = response.json()
        return body

    def __call__(self, query: str, headers: dict[str, str] | None = None, **variables: object) -> dict[str, Any]:
        """The data of an answer without errors."""
        body = self.post(query, headers, **variables)
        assert "errors" not in body, body["errors"]
        data: dict[str, Any] = body["data"]
        return data

    def code(self, query: str, headers: dict[str, str] | None = None, **variables: object) -> tuple[str, str]:
        """Code and message of the first error."""
        error = self.post(query, headers, **variables)["errors"][0]
        return error["extensions"]["code"], error["message"]


class Town:
    """Two people who share a phone and a crime, and a restricted third."""

    def __init__(self, world: World) -> None:
        self.world = world
        person: dict[str, Any] = {
            "given_name": "Maria",
            "surname": "Testova",
            "date_of_birth": "1990-02-03",
            "alias": ["Mia"],
        }
        self.maria = world.thing("Person", "Maria Testova", records=2, **person)
        self.jon = world.thing("Person", "Jon Probe", given_name="Jon", surname="Probe", date_of_birth="1988-07")
        self.hidden = world.thing("Person", "Secret Probe", marking=ACORN, surname="Probe")
        self.crime = world.thing(
            "Crime", "BURGLARY C/1", type="BURGLARY", reference="C/1", occurred_from="2024-05", location=(52.5, -1.5)
        )
        self.phone = world.value("Phone", "+447700900123")
        dated: dict[str, Any] = {"valid_from": 1_700_000_000, "precision": 3, "grade": 111}
        self.use = world.link("USES", self.maria, self.phone, role="USER", **dated)
        world.link("USES", self.jon, self.phone, **dated)
        for who in (self.maria, self.jon):
            world.link("INVOLVED_IN", who, self.crime, role="SUSPECT")
        world.link("USES", self.hidden, self.phone, marking=ACORN)
