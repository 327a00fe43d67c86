"""Ten thousand values that would be known again: none is in a log, figure, error or audit entry."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from graph.audit import audit_log
from graph.settings import Settings
from graph.store import Store
from tests.cli.conftest import Command
from tests.conftest import prepare
from tests.project.tree import ROOT
from tests.whole.silo import write

pytestmark = pytest.mark.database
PEOPLE = 2_000
# Each person is five of them: given name, surname, telephone, e-mail address, address.
# Without what a number begins with, so many bytes of free memory in the database's log were one.
CANARY = re.compile(r"zq[a-z]{4}[a-e]q|(?:0|44)79114\d{5}", re.IGNORECASE)
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


@contextmanager
def serving(log: Path) -> Iterator[str]:
    """The address of a server of its own process, whose log goes to a file."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "cli", "serve", "--port", str(port)]
    with log.open("wb") as told, subprocess.Popen(command, cwd=ROOT, stdout=told, stderr=told) as process:
        try:
            yield _answering(f"http://127.0.0.1:{port}")
        finally:
            process.terminate()


def _answering(address: str) -> str:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            requests.get(f"{address}/healthz", timeout=10)
        except requests.ConnectionError:
            time.sleep(0.1)
        else:
            return address
    pytest.fail("the server did not start")


def asked(address: str, number: int) -> Iterator[tuple[str, str]]:
    """Everything that a person could be asked by, rightly and wrongly; what is said of it beside the data, by code."""
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
        yield from beside(requests.post(f"{address}/graphql", json={"query": text, "variables": variables}, timeout=60))
    for path in (f"profiles/{surname}", f"graphql?query={{ {given} }}", f"{surname}?{given}={phone}"):
        yield from beside(requests.get(f"{address}/{path}", timeout=60))
    for path, body in (
        ("stop-check", {"person": {"name": given, "dateOfBirth": surname}}),
        ("vehicle-checks", {"marks": [phone, surname]}),
        ("intake/crimes", {"given": given, "surname": surname}),
    ):
        yield from beside(requests.post(f"{address}/{path}", json=body, timeout=60))


def beside(response: requests.Response) -> Iterator[tuple[str, str]]:
    """What a response says beside its data, each with its code: headers, errors, extensions, or all that is no JSON."""
    yield "headers", json.dumps(dict(response.headers))
    if response.status_code >= 500 or "json" not in response.headers.get("content-type", ""):
        yield str(response.status_code), response.text
        return
    body = response.json()
    if isinstance(body, dict):
        yield "extensions", json.dumps(body.get("extensions"))
        for error in body.get("errors", ()):
            yield error["extensions"]["code"], json.dumps(error)


def test_no_value_is_in_a_log(
    connected: Command,
    store: Store,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
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
    answered, named = set[tuple[str, str]](), set[str]()
    with serving(tmp_path / "server.log") as address:
        for number in range(0, PEOPLE, 50):
            sent = {word(number, "a"), word(number, "b"), f"079114{number:05}"}
            for code, text in asked(address, number):
                # What is wrong is named to whoever sent it, and so is what is not there; nobody else's value ever is.
                mine = sent if code in ("BAD_INPUT", "NOT_FOUND") else set()
                answered |= {(code, found) for found in map(str.lower, CANARY.findall(text)) if found not in mine}
                named |= {code for found in CANARY.findall(text) if found.lower() in sent}
        said |= {path: requests.get(f"{address}/{path}", timeout=60).text for path in ("metrics", "readyz")}
    said["server"] = (tmp_path / "server.log").read_text()
    assert said["server"].count("operation_answered") > 200
    said["audit"] = b"".join(link.body for link in audit_log(Settings()).links()).decode()
    for log in tmp_path_factory.getbasetemp().glob("neo4j*/**/*.log"):
        said[log.name] = log.read_text("utf-8", "replace")
    assert (answered, named) == (set(), {"BAD_INPUT", "NOT_FOUND"})
    assert CANARY.search((tmp_path / "silo" / "people.csv").read_text())
    assert {name: found[:3] for name, text in said.items() if (found := CANARY.findall(text))} == {}
