"""Ten thousand values that would be known again: none is in a log, figure, error or audit entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from api.app import create_app
from api.resolve import question
from graph.audit import audit_log
from graph.catalogue import Catalogue
from graph.ids import Ids
from graph.open import Graph
from graph.settings import Settings
from graph.store import Store
from tests.cli.conftest import Command
from tests.conftest import KEY, NOW, prepare
from tests.whole.silo import write

pytestmark = pytest.mark.database
PEOPLE = 2_000
# Each person is five of them: given name, surname, telephone, e-mail address, address.
CANARY = re.compile(r"zq[a-z]{4}[a-e]q|79114\d{5}", re.IGNORECASE)
MAPPING = """
source: crimes
files:
  - path: "people.csv"
    records:
      person:
        kind: Person
        key: "{id}"
        properties:
          given_name: given
          surname: surname
          date_of_birth: {column: dob, parse: date}
          phone: phone
          email: email
          address: address
          height_cm: height
"""


def word(number: int, part: str) -> str:
    letters = "".join(chr(97 + number // 26**place % 26) for place in range(4))
    return f"zq{letters}{part}q"


def rows() -> Iterator[str]:
    yield "id,given,surname,dob,phone,email,address,height"
    for number in range(PEOPLE):
        given, surname, mail, road = (word(number, part).capitalize() for part in "abcd")
        # Every fortieth is wrong: no date, no height, no key, a cell too many.
        wrong = number % 40 == 39
        dob = surname if wrong and number % 3 == 0 else f"19{number % 90 + 10}-05-{number % 28 + 1:02}"
        height = given if wrong and number % 3 == 1 else "170"
        more = f",{road}" if wrong and number % 3 == 2 else ""
        reached = f"079114{number:05},{mail}@example.org,{number} {road} Road"
        yield f"p{number},{given},{surname},{dob},{reached},{height}{more}"


@pytest.fixture
def served(store: Store, connected: Command, tmp_path: Path) -> Iterator[TestClient]:
    """The application over what the commands loaded."""
    graph = Graph(store, Ids(KEY), Catalogue(store), lambda: NOW)
    with TestClient(
        create_app(Settings(), graph), base_url="http://127.0.0.1", raise_server_exceptions=False
    ) as client:
        yield client


def asked(client: TestClient, number: int) -> None:
    """Everything that a person could be asked by, rightly and wrongly."""
    given, surname = word(number, "a"), word(number, "b")
    phone = f"079114{number:05}"
    variables = {"name": f"{given} {surname}", "phone": phone, "none": [surname]}
    for text in (
        "query($name: String!) { search(text: $name) { edges { node { score entity { id label } } } } }",
        "query($phone: String!) { stopCheck(phone: $phone) { person { weight } } }",
        "query($name: String!) { identify(partial: {name: $name}) { weight entity { label } } }",
        "query($name: String!) { entities(kind: PERSON, where: {property: $name, eq: $name}) { totalCount } }",
        "query($name: String!) { search(text: $name, after: $name) { pageInfo { endCursor } } }",
        "query($name: String!) { entity(id: $name, knownAt: $name) { id } }",
        "query($none: Int!) { sources { records } }",
        f'{{ entity(id: "{surname}") {{ {given} }} }}',
        f"query {given} {{ sources {{ {surname} }} }}",
        f"{{ search(text: {surname}",
    ):
        client.post("/graphql", json={"query": text, "variables": variables, "operationName": None})
    client.get(f"/profiles/{surname}", headers={"X-Request-Id": "r-1"})
    client.get("/graphql", params={"query": f"{{ {given} }}"})
    client.post("/stop-check", json={"person": {"name": given, "dateOfBirth": surname}})
    client.post("/vehicle-checks", json={"marks": [phone, surname]})
    client.post("/intake/crimes", json={"given": given, "surname": surname})
    client.get(f"/{surname}?{given}={phone}")


def test_no_value_is_in_a_log(
    connected: Command,
    store: Store,
    served: TestClient,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    prepare(store)
    mapping = write(tmp_path / "silo", {"people.csv": "\n".join(rows())}, MAPPING)
    given = (mapping, "--data", tmp_path / "silo")
    told = {
        "check": connected("mapping", "check", *given),
        "load": connected("load", *given, "--as-of", "2026-01-01", "--rejects", tmp_path / "rejects"),
        "train": connected("resolve", "train"),
        "resolve": connected("resolve", "--full"),
        "quality": connected("quality"),
        "doctor": connected("doctor"),
        "loads": connected("loads"),
    }
    # Answers to a person hold what was asked for; what they say beside it does not.
    searched = connected("search", word(7, "b"))
    assert CANARY.search(searched.out)
    said = {name: ran.out + ran.err for name, ran in told.items()} | {"search": searched.err}
    with capture_logs() as server:
        for number in range(0, PEOPLE, 50):
            asked(served, number)
        monkeypatch.setattr(question, "sources_of", _broken)
        broken = served.post("/graphql", json={"query": "{ sources { records } }"}).text
    said |= {"internal error": broken, "metrics": served.get("/metrics").text, "readyz": served.get("/readyz").text}
    events = [line["event"] for line in server]
    assert events.count("operation_answered") > 200
    assert "request_failed" in events
    said["server"] = str(server)
    said["audit"] = b"".join(link.body for link in audit_log(Settings()).links()).decode()
    for log in tmp_path_factory.getbasetemp().glob("neo4j*/**/*.log"):
        said[log.name] = log.read_text("utf-8", "replace")
    assert CANARY.search((tmp_path / "silo" / "people.csv").read_text())
    assert {name: found[:3] for name, text in said.items() if (found := CANARY.findall(text))} == {}


def _broken(*_: object) -> None:
    phone = f"079114{3:05}"
    raise RuntimeError(f"could not read {word(3, 'a')} of {phone}")
