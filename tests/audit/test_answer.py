"""Every answer of the API is on record before it leaves, and names whom it speaks of, whatever is selected of it."""

from __future__ import annotations

import re
import resource
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from graphql import GraphQLInterfaceType, GraphQLObjectType, get_named_type
from starlette.testclient import TestClient

from api.app import create_app
from api.naming import SPEAKS, check_named
from api.schema import SCHEMA
from graph.audit import audit_log
from graph.open import Graph
from graph.settings import Settings
from security.audit import AuditLog, verify
from tests.api.conftest import ADDRESS, served
from tests.api.town import Asker, Town
from tests.conftest import NOW
from tests.read.world import ACORN, World
from tests.whole.double_selection import TYPES, leaves, select
from tests.whole.silo import HEADER, load_silo, write

pytestmark = pytest.mark.database
__all__ = ["served"]

ID = re.compile(r"\b([er]_[a-z2-7]{20})\b")
# Lists inside lists are not followed: what is above them is what is proven.
WITHOUT = ("Entity.sameIdentity", "Entity.links", "Entity.records", "Entity.golden", "Record.entity", "Link.records")
# For each question: its arguments, where $a is Maria, $b Jon, $h who is hidden, $p their phone, $c the crime.
ARGUMENTS = {
    "node": "(id: $a)",
    "nodes": "(ids: [$a, $b])",
    "entity": "(id: $a)",
    "entities": "(kind: PERSON)",
    "search": '(text: "testova")',
    "identify": '(partial: {name: "John Smith", dateOfBirth: "1971-01-02"})',
    "stopCheck": '(person: {name: "John Smith", dateOfBirth: "1971-01-02"})',
    "subjectProfile": "(id: $a)",
    "subjectProfiles": "(ids: [$a, $b])",
    "expand": "(ids: [$a], hops: 2)",
    "exportNetwork": "(ids: [$a], hops: 2)",
    "paths": "(from: $a, to: $b)",
    "connect": "(ids: [$a, $b])",
    "brief": "(ids: [$a, $b, $p])",
    "jobs": "",
    "job": '(id: "j_none")',
    "workspaces": "",
    "workspace": '(id: "n_none")',
    "timeline": "(ids: [$a])",
    "eventContext": "(id: $c)",
    "coOffenders": "(id: $a)",
    "sharedLinks": "(ids: [$a, $b])",
    "usage": "(id: $p)",
    "callAnalysis": "(id: $a)",
    "commonContacts": "(ids: [$a, $b])",
    "keyPlayers": "(scope: {ids: [$a], kinds: [PHONE, CRIME]})",
    "communities": "(scope: {ids: [$a], kinds: [PHONE, CRIME]})",
    "linkSuggestions": "(id: $a)",
    "vulnerableInNetwork": "(id: $a)",
    "emergingNetworks": "(windowDays: 90)",
    "changesSince": '(ids: [$a, $b], since: "2000-01-01T00:00:00Z")',
    "watches": "",
    "alerts": "",
    "patternOfLife": '(id: $a, from: "2000-01-01T00:00:00Z")',
    "repeats": '(kind: VICTIM, from: "2000-01-01T00:00:00Z")',
    "indicators": "(pattern: REPEAT_VICTIM)",
    "accessHistory": "(id: $a)",
    "misuseIndicators": "",
    "deconfliction": "(id: $h)",
    "emergencyAccess": "",
    "mergePreview": "(a: $a, b: $b)",
    "splitPreview": "(a: $a, b: $b)",
    "reviewQueue": "",
    "whyResolved": "(id: $a)",
    "whyNot": "(a: $a, b: $b)",
    "sources": "",
    "metrics": "",
    "hotspots": '(from: "2024-01-01", to: "2024-12-31")',
    "demandForecast": '(kind: "FOOTBALL", at: "2026-10-03T15:00:00Z")',
}
# What needs a graph that was loaded, and the least that can be selected of it.
SELECTED = {"identify": "probability", "stopCheck": "candidates { weight }"}
LOADED = sorted(SELECTED)
PATTERNS = ("emergingNetworks", "indicators")
EMPTY = (
    *LOADED,
    *PATTERNS,
    "accessHistory",
    "misuseIndicators",
    "deconfliction",
    "emergencyAccess",
    "repeats",
    "changesSince",
    "watches",
    "alerts",
    "workspaces",
    "workspace",
    "jobs",
    "job",
    "sources",
    "metrics",
    "hotspots",
    "commonContacts",
    "reviewQueue",
)
QUESTIONS = sorted(SCHEMA._schema.query_type.fields)  # type: ignore[union-attr]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path)


@pytest.fixture
def log(settings: Settings) -> AuditLog:
    return audit_log(settings)


@pytest.fixture
def ask(settings: Settings, served: Graph) -> Iterator[Asker]:
    with TestClient(create_app(settings, served), base_url=ADDRESS, raise_server_exceptions=False) as client:
        yield Asker(client)


@pytest.fixture
def town(graph: Graph) -> Town:
    town = Town(World(graph))
    town.world.link("SUBJECT_OF", town.jon, town.world.thing("Marker", type="VULNERABLE"))
    for weeks in range(1, 14):
        at = NOW - weeks * 7 * 86_400
        town.world.thing("PublicEvent", at=at, type="FOOTBALL", officers_deployed=40, incidents=weeks)
    return town


def last(log: AuditLog) -> dict[str, Any]:
    """The newest entry."""
    *_, link = log.links()
    found: dict[str, Any] = orjson.loads(link.body)
    return found


def question(name: str, selection: str) -> str:
    """A document that asks one question."""
    used = ", ".join(f"${letter}: ID!" for letter in "abchp" if f"${letter}" in ARGUMENTS[name])
    return f"query{f'({used})' if used else ''} {{ {name}{ARGUMENTS[name]} {{ {selection} }} }}"


def given(name: str, town: Town) -> dict[str, str]:
    """The variables of a question."""
    known = {"a": town.maria, "b": town.jon, "c": town.crime, "h": town.hidden, "p": town.phone}
    return {letter: id_ for letter, id_ in known.items() if f"${letter}" in ARGUMENTS[name]}


def kind_of(type_name: str, field: str) -> str:
    """The name of the type of a field."""
    held = TYPES[type_name]
    assert isinstance(held, GraphQLObjectType | GraphQLInterfaceType)
    return str(get_named_type(held.fields[field].type))


def least(type_name: str) -> str:
    """The least that can be selected of a type, no id: a number or text where it has one, else of what it holds."""
    plain = [leaf for leaf in leaves(type_name).split() if leaf not in ("id", "failingIds")]
    if plain:
        return plain[0]
    field = select(type_name, 1).split()[0]
    if field == "id":
        return "__typename"
    return f"{field} {{ {least(kind_of(type_name, field))} }}"


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_id_in_an_answer_is_on_record(ask: Asker, town: Town, log: AuditLog, name: str) -> None:
    known = given(name, town)
    body = ask.post(question(name, select(kind_of("Query", name), 3, WITHOUT)), None, **known)
    assert "errors" not in body, body
    entry = last(log)
    act = "DISCLOSURE" if name in ("exportNetwork", "brief") else "CONSULTATION"
    shown = set(ID.findall(orjson.dumps(body["data"]).decode()))
    assert shown <= set(entry.get("ids", ())), (shown, entry)
    assert shown or name in EMPTY
    assert (entry["act"], entry["operation"], entry["outcome"]) == (act, name, ["OK"])
    assert set(entry.get("asked", ())) == set(known.values())
    assert body["extensions"].get("marking") == entry.get("marking")


@pytest.mark.parametrize("name", [name for name in QUESTIONS if not kind_of("Query", name).endswith("Connection")])
def test_who_selects_no_id_is_on_record_all_the_same(ask: Asker, town: Town, log: AuditLog, name: str) -> None:
    known = given(name, town)
    ask(question(name, least(kind_of("Query", name))), None, **known)
    named = set(last(log).get("ids", ()))
    assert named or name in EMPTY
    if name == "coOffenders":
        assert named == {town.jon, town.crime}


@pytest.mark.parametrize("name", PATTERNS)
def test_whom_a_pattern_is_about_is_on_record(ask: Asker, graph: Graph, log: AuditLog, name: str) -> None:
    world = World(graph)
    people = [world.thing("Person") for _ in range(3)]
    for days in (3, 9):
        crime = world.thing("Crime", at=NOW - days * 86_400)
        world.link("INVOLVED_IN", people[0], crime, role="VICTIM")
        for person in people:
            world.link("INVOLVED_IN", person, crime, role="SUSPECT")
    for selection in (select(kind_of("Query", name), 3, WITHOUT), "sentence"):
        body = ask.post(question(name, selection))
        assert set(ID.findall(orjson.dumps(body["data"]).decode())) <= set(last(log)["ids"])
        assert people[0] in last(log)["ids"]


@pytest.mark.parametrize("name", LOADED)
def test_whom_it_may_be_is_on_record(ask: Asker, graph: Graph, log: AuditLog, tmp_path: Path, name: str) -> None:
    row = "c1,THEFT,2025-05-01,p1,John Smith,1971-01-02,07700900101,1,OFFICIAL\n"
    write(tmp_path / "silo", {"crimes.csv": HEADER + row, "officers.csv": "collar,surname\n1,Iqbal\n"})
    load_silo(graph, tmp_path / "silo")
    graph.catalogue.refresh()
    (john,) = ask('{ search(text: "john smith") { edges { node { entity { id } } } } }')["search"]["edges"]
    for selection in (select(kind_of("Query", name), 3, WITHOUT), SELECTED[name]):
        body = ask.post(question(name, selection))
        assert set(ID.findall(orjson.dumps(body["data"]).decode())) <= set(last(log)["ids"])
        assert john["node"]["entity"]["id"] in last(log)["ids"]


def test_a_decision_is_on_record_before_and_after(ask: Asker, graph: Graph, log: AuditLog, tmp_path: Path) -> None:
    rows = "".join(
        f"c{n},THEFT,2025-05-01,p{n},{name},1971-01-0{n},,1,OFFICIAL\n"
        for n, name in ((1, "John Smith"), (2, "Jon Smyth"))
    )
    write(tmp_path / "silo", {"crimes.csv": HEADER + rows, "officers.csv": "collar,surname\n1,Iqbal\n"})
    load_silo(graph, tmp_path / "silo")
    graph.catalogue.refresh()
    a, b = (graph.ids.record("crimes", "Person", key, "OFFICIAL") for key in ("p1", "p2"))
    query = 'mutation($a: ID!, $b: ID!) { decide(a: $a, b: $b, verdict: %s, reason: "seen") { %s } }'
    done = ask(query % ("DIFFERENT", "decision { id }"), None, a=a, b=b)
    begun, ended = [orjson.loads(link.body) for link in log.links()]
    assert [(e["act"], e["operation"], e["outcome"], e["asked"]) for e in (begun, ended)] == [
        ("COMBINATION", "decide", [outcome], sorted((a, b))) for outcome in ("BEGUN", "OK")
    ]
    assert {a, b} <= set(ended["ids"])
    ask.post(query % ("SAME", "entities { label }"), None, a=a, b=b)
    assert (last(log)["act"], last(log)["operation"]) == ("REFUSAL", "decide")
    ask(
        'mutation($d: ID!) { retract(decision: $d, reason: "wrong") { entities { label } } }',
        None,
        d=done["decide"]["decision"]["id"],
    )
    assert (last(log)["act"], {a, b} <= set(last(log)["ids"])) == ("ALTERATION", True)


def test_every_type_says_whom_it_speaks_of() -> None:
    check_named(SCHEMA._schema)
    assert {name for name in SPEAKS if name not in SCHEMA._schema.type_map} == set()


def test_a_count_of_one_names_that_one(ask: Asker, town: Town, log: AuditLog) -> None:
    counted = '{ entities(kind: PERSON, where: {property: "surname", eq: "%s"}) { totalCount } }'
    assert ask(counted % "Testova") == {"entities": {"totalCount": 1}}
    assert last(log)["ids"] == [town.maria]
    ask("{ entities(kind: PERSON) { totalCount } }")
    assert "ids" not in last(log)


def test_the_high_water_mark_is_that_of_what_is_shown(ask: Asker, town: Town, log: AuditLog) -> None:
    def mark(id_: str, headers: dict[str, str] | None = None) -> str | None:
        body = ask.post("query($id: ID!) { node(id: $id) { id } }", headers, id=id_)
        told: str | None = body.get("extensions", {}).get("marking")
        assert told == last(log).get("marking")
        return told

    assert mark(town.maria) == "OFFICIAL"
    assert mark(town.hidden) == ACORN
    assert mark(town.hidden, {"X-Viewer-Markings": "OFFICIAL"}) is None
    assert "ids" not in last(log)
    assert last(log)["asked"] == [town.hidden]


def test_an_entry_says_who_why_and_what_but_no_value(ask: Asker, town: Town, log: AuditLog) -> None:
    headers = {"X-Purpose": "INVESTIGATION; case 7", "X-Request-Id": "r-1"}
    response = ask.client.post(
        "/graphql",
        json={
            "query": "query Q($t: String!) { search(text: $t) { edges { node { entity { label } } } } }",
            "variables": {"t": "testova"},
        },
        headers=headers,
    )
    assert response.headers["cache-control"] == "no-store"
    entry = last(log)
    told = {name: entry[name] for name in ("user", "purpose", "reference", "request", "component", "ids")}
    assert told == {
        "user": "developer",
        "purpose": "INVESTIGATION",
        "reference": "case 7",
        "request": "r-1",
        "component": "api",
        "ids": [town.maria],
    }
    assert len(entry["document"]) == 64
    text = b"".join(link.body for link in log.links())
    assert b"testova" not in text.lower()


@pytest.mark.parametrize(
    ("query", "headers", "code"),
    [
        ("{ nothing }", {}, "BAD_INPUT"),
        ("{", {}, "BAD_INPUT"),
        ("mutation { x }", {}, "BAD_INPUT"),
        ("subscription { x }", {}, "BAD_INPUT"),
        ("query A { __typename } query B { __typename }", {}, "BAD_INPUT"),
        ('{ callAnalysis(id: "e_aaaaaaaaaaaaaaaaaaaa") { calls } }', {}, "NOT_FOUND"),
        ("{ __typename }", {"X-Purpose": "CURIOSITY"}, "BAD_INPUT"),
        ("{ __typename }", {"X-Viewer-Markings": "OFICIAL"}, "BAD_INPUT"),
    ],
)
def test_a_refusal_is_on_record(ask: Asker, log: AuditLog, query: str, headers: dict[str, str], code: str) -> None:
    ask.post(query, headers)
    assert (last(log)["act"], last(log)["outcome"]) == ("REFUSAL", [code])


def test_other_questions_are_on_record(ask: Asker, log: AuditLog) -> None:
    ask.client.get("/loads")
    assert (last(log)["act"], last(log)["operation"]) == ("CONSULTATION", "loads")
    ask.client.get("/loads/none")
    assert (last(log)["act"], last(log)["operation"], last(log)["outcome"]) == ("REFUSAL", "load", ["NOT_FOUND"])


def test_no_answer_leaves_that_cannot_be_put_on_record(ask: Asker, town: Town, log: AuditLog) -> None:
    query = {"query": "query($id: ID!) { node(id: $id) { id } }", "variables": {"id": town.maria}}
    assert ask.client.post("/graphql", json=query).status_code == 200
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    try:
        answer = ask.client.post("/graphql", json=query)
        refusal = ask.client.post("/graphql", json={"query": "{ nothing }"})
        loads = ask.client.get("/loads")
        ready = ask.client.get("/readyz")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    for refused in (answer, refusal, loads):
        assert (refused.status_code, refused.json()["errors"][0]["extensions"]["code"]) == (503, "UNAVAILABLE")
        assert town.maria not in refused.text
    assert (ready.status_code, "audit log" in ready.json()["problems"][0]) == (503, True)
    until = time.monotonic() + 10
    while ask.client.get("/readyz").status_code != 200:
        assert time.monotonic() < until
        time.sleep(0.1)
    assert ask.client.post("/graphql", json=query).status_code == 200
    assert (verify(log).entries, verify(log).problems) == (2, ())
