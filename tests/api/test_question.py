"""Each question answers over a small world, as the viewer may see it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.context import Context
from resolution.key import folded
from resolution.sought import MOST
from tests.api.town import Asker, Town
from tests.read.world import ACORN, OPEN

pytestmark = pytest.mark.database
ONLY_OPEN = {"X-Viewer-Markings": OPEN}


def test_entity_with_its_properties_records_and_links(ask: Asker, town: Town) -> None:
    found = ask(
        """query($id: ID!) { entity(id: $id) { __typename id kind label markings movedFrom degree sameIdentity { id }
             records(first: 1) { totalCount totalCountCapped pageInfo { hasNextPage endCursor } edges { node { id
               source { name priority } marking grade { label } properties { name value } entity { id } recordedAt } } }
             links(types: [USES]) { totalCount edges { node { type from { id } to { id kind } validFrom validPrecision
               grade { source intelligence handling } records { id } } } }
             ... on Person { givenName surname aliases dateOfBirth yearOfBirth } } }""",
        id=town.maria,
    )["entity"]
    assert (found["__typename"], found["kind"], found["degree"]) == ("Person", "PERSON", 2)
    assert found["markings"] == [OPEN]
    assert (found["dateOfBirth"], found["yearOfBirth"], found["aliases"]) == ("1990-02-03", 1990, ["Mia"])
    assert found["records"]["totalCount"] == 2
    assert found["records"]["pageInfo"]["hasNextPage"]
    record = found["records"]["edges"][0]["node"]
    assert record["entity"] == {"id": town.maria}
    assert {"name": "aliases", "value": "Mia"} in record["properties"]
    assert record["grade"] == {"label": "1A P"}
    (edge,) = found["links"]["edges"]
    assert edge["node"]["to"] == {"id": town.phone, "kind": "PHONE"}
    assert (edge["node"]["validFrom"], edge["node"]["validPrecision"]) == ("2023-11-14T22:13:20Z", "DAY")


def test_dates_show_no_more_than_is_known(ask: Asker, town: Town) -> None:
    data = ask(
        """query($a: ID!, $b: ID!) { entity(id: $a) { ... on Person { dateOfBirth yearOfBirth } }
             node(id: $b) { ... on Event { occurredFrom occurredPrecision location { latitude longitude } } } }""",
        a=town.jon,
        b=town.crime,
    )
    assert data["entity"] == {"dateOfBirth": None, "yearOfBirth": 1988}
    assert data["node"]["occurredFrom"] == "2024-05-01T00:00:00Z"
    assert data["node"]["occurredPrecision"] == "MONTH"
    assert data["node"]["location"] == {"latitude": 52.5, "longitude": -1.5}


def test_nodes_of_all_sorts_keep_their_order(ask: Asker, town: Town) -> None:
    ids = [town.use, "e_nothing", town.maria, "r_" + town.maria[2:], "d_" + "a" * 20]
    found = ask("query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", ids=ids)["nodes"]
    assert [node and node["__typename"] for node in found] == ["Link", None, "Person", "Record", None]


def test_search_finds_and_says_by_what(ask: Asker, town: Town) -> None:
    edges = ask('{ search(text: "testova") { edges { node { score entity { id } matched { name value } } } } }')
    (hit,) = (edge["node"] for edge in edges["search"]["edges"])
    assert hit["entity"]["id"] == town.maria
    assert 0 < hit["score"] <= 1
    assert {"name": "surname", "value": "Testova"} in hit["matched"]


def test_entities_by_condition_and_order_by_page(ask: Asker, town: Town) -> None:
    query = """query($after: String) { entities(kind: PERSON, where: {property: "surname", exists: true},
                 orderBy: [{property: "surname", descending: true}], first: 1, after: $after) {
                 totalCount edges { node { id } } pageInfo { endCursor hasNextPage } } }"""
    first = ask(query, ONLY_OPEN)["entities"]
    second = ask(query, ONLY_OPEN, after=first["pageInfo"]["endCursor"])["entities"]
    assert [first["edges"][0]["node"]["id"], second["edges"][0]["node"]["id"]] == [town.maria, town.jon]
    assert (first["totalCount"], second["pageInfo"]["hasNextPage"]) == (2, False)


def test_network_and_paths(ask: Asker, town: Town) -> None:
    data = ask(
        """query($a: ID!, $b: ID!) { expand(ids: [$a], hops: 1) { nodes { id } links { type } truncated { reason } }
             paths(from: $a, to: $b, maxHops: 2) { paths { length nodes { id } weakest { label } independentSources }
               bridges { id } } }""",
        a=town.maria,
        b=town.jon,
    )
    assert {node["id"] for node in data["expand"]["nodes"]} == {town.maria, town.phone, town.crime}
    found = data["paths"]["paths"]
    assert {path["length"] for path in found} == {2}
    assert {path["nodes"][1]["id"] for path in found} == {town.phone, town.crime}


def test_timeline_co_offenders_shared_links_profile_sources(ask: Asker, town: Town) -> None:
    data = ask(
        """query($a: ID!) { timeline(ids: [$a]) { totalCount edges { node { role to { id } } } }
             coOffenders(id: $a) { entity { id } sharedEvents first events { id } }
             sharedLinks(ids: [$a]) { through { id } holders { from { id } } overlapDays }
             subjectProfile(id: $a) { subject { id } asOf identifiers { to { id } } warnings { code } sources { name }
               completeness { standard met missing } associates { totalCount edges { node { entity { id } score } } }
               events { edges { node { to { id } } } } }
             subjectProfiles(ids: [$a, "e_nothing"]) { subject { id } }
             sources { source { name } records links rejected lastLoadedAt quality { met } } }""",
        ONLY_OPEN,
        a=town.maria,
    )
    assert [edge["node"]["to"]["id"] for edge in data["timeline"]["edges"]] == [town.crime]
    assert [(each["entity"]["id"], each["sharedEvents"]) for each in data["coOffenders"]] == [(town.jon, 1)]
    (shared,) = data["sharedLinks"]
    assert {holder["from"]["id"] for holder in shared["holders"]} == {town.maria, town.jon}
    profile = data["subjectProfile"]
    assert [link["to"]["id"] for link in profile["identifiers"]] == [town.phone]
    assert [edge["node"]["entity"]["id"] for edge in profile["associates"]["edges"]] == [town.jon]
    assert [each and each["subject"]["id"] for each in data["subjectProfiles"]] == [town.maria, None]
    assert data["sources"][0]["links"] > 0


def test_markings_header_hides(ask: Asker, town: Town) -> None:
    query = """query($hidden: ID!, $phone: ID!) { entity(id: $hidden) { id } phone: entity(id: $phone) { degree
                 links { totalCount edges { node { from { id } } } } } }"""
    everything = ask(query, hidden=town.hidden, phone=town.phone)
    little = ask(query, ONLY_OPEN, hidden=town.hidden, phone=town.phone)
    assert everything["entity"] == {"id": town.hidden}
    assert (everything["phone"]["degree"], little["phone"]["degree"]) == (3, 2)
    assert little["entity"] is None
    assert little["phone"]["links"]["totalCount"] == 2


def test_unknown_ids_are_null(ask: Asker, town: Town) -> None:
    data = ask('{ node(id: "x") { id } entity(id: "e_x") { id } subjectProfile(id: "e_x") { asOf } }')
    assert data == {"node": None, "entity": None, "subjectProfile": None}


def test_degrees_of_a_list_are_read_together(ask: Asker, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    plain = Context.ask

    def counted(self: Context, question: object, *args: object, **named: object) -> object:
        asked.append(getattr(question, "__name__", ""))
        return plain(self, question, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Context, "ask", counted)
    ask(
        "query($id: ID!) { expand(ids: [$id]) { nodes { degree } links { records { entity { id } } } } }", id=town.maria
    )
    assert sorted(asked) == ["degree", "entities_by_id", "expand", "records_by_id"]


def test_who_it_is_and_why(ask: Asker, town: Town) -> None:
    data = ask(
        """query($a: ID!, $b: ID!) {
             identify(partial: {name: "Maria Testova", dateOfBirth: "1990-02-03"}) { entity { id } weight probability
               evidence { field left right level bits sentence } }
             stopCheck(phone: "07700 900123") { subject { id } vehicle { id } keepers { id } warnings { code }
               flags { code since } recentEvents { id } asOf candidates { entity { id } } }
             whyResolved(id: $a) { entity { id } records { id entity { id } } decisions { id } sentence
               nearestMiss { verdict sentence } }
             whyNot(a: $a, b: $b) { a { id } b { id } weight probability verdict evidence { field bits } sentence }
             entity(id: $a) { golden { property value rule record { id } others { value records { id } } } } }""",
        a=town.maria,
        b=town.jon,
    )
    assert len(data["whyResolved"]["records"]) == 2
    assert {record["entity"]["id"] for record in data["whyResolved"]["records"]} == {town.maria}
    assert data["whyNot"]["verdict"] == "DIFFERENT"
    assert {"surname": "Testova", "aliases": "Mia"}.items() <= {
        each["property"]: each["value"] for each in data["entity"]["golden"]
    }.items()


def test_a_double_surname_is_known_without_its_hyphen(ask: Asker, town: Town) -> None:
    """Nobody says at the roadside where the given names end."""
    properties: dict[str, Any] = {"given_name": "Stella", "surname": "Smith-Muster", "date_of_birth": "1999-09-02"}
    stella = town.world.thing("Person", "Stella Smith-Muster", **properties | folded(properties).keys)
    query = """query($name: String!) { identify(partial: {name: $name, yearOfBirth: 1999}) {
                 entity { id } evidence { field level } } }"""
    for said in ("Stella Smith Muster", "Stella Smith-Muster", "SMITH-MUSTER, Stella"):
        (found,) = ask(query, name=said)["identify"]
        assert found["entity"]["id"] == stella, said
    (found,) = ask(query, name="Stella Smith Muster")["identify"]
    assert {"field": "surname", "level": "same"} in found["evidence"]


def test_a_phone_that_many_hold_says_nothing(ask: Asker, town: Town) -> None:
    """The score that is explained is the score that decided; holders whom the viewer may not see do not count."""
    world, shared = town.world, {"phone": ["+441614960999"]}

    def person(given: str, marking: str = OPEN) -> str:
        properties: dict[str, Any] = {"given_name": given, "surname": "Musterova", **shared}
        return world.thing("Person", f"{given} Musterova", marking=marking, **properties | folded(properties).keys)

    a, b = person("Alena"), person("Bozena")
    query = """query($a: ID!, $b: ID!) { whyNot(a: $a, b: $b) { weight evidence { field level bits } }
                 identify(partial: {phone: "0161 496 0999"}) { entity { id } evidence { field level } } }"""

    def told(headers: dict[str, str] | None) -> tuple[str, float, set[str]]:
        data = ask(query, headers, a=a, b=b)
        (phone,) = (each for each in data["whyNot"]["evidence"] if each["field"] == "phone")
        levels = {each["level"] for one in data["identify"] for each in one["evidence"]}
        return phone["level"], phone["bits"], levels

    few = told(ONLY_OPEN)
    assert (few[0], few[2]) == ("same", {"same"})
    for number in range(20):
        person(f"Hana{'abcdefghijklmnopqrst'[number] * 3}", ACORN)
    assert told(ONLY_OPEN) == few
    for given in "Cyril Dana Emil Franta Gita Hynek Ivana Jakub Karel Lenka Milan Nela Olga Petr".split():
        person(given)
    level, bits, levels = told(ONLY_OPEN)
    assert (level, levels) == ("generic", {"generic"})
    assert bits < few[1]


def test_a_decision_is_a_node(ask: Asker, town: Town) -> None:
    decided = town.world.decision(town.maria, town.jon)
    found = ask(
        """query($id: ID!) { node(id: $id) { ... on Decision { verdict basis by at weight a { id } b { id }
             evidence { field bits } } } }""",
        id=decided,
    )["node"]
    assert (found["verdict"], found["basis"], found["a"]["id"]) == ("SAME", "ANALYST", "r_" + town.maria[2:])
    why = ask("query($id: ID!) { whyResolved(id: $id) { decisions { id a { id } b { id } } } }", id=town.jon)
    assert why["whyResolved"]["decisions"] == [
        {"id": decided, "a": {"id": "r_" + town.maria[2:]}, "b": {"id": "r_" + town.jon[2:]}}
    ]


def test_a_decision_under_a_higher_marking_is_not_told(ask: Asker, town: Town) -> None:
    town.world.decision(town.maria, town.jon, ACORN)
    query = "query($id: ID!) { whyResolved(id: $id) { decisions { id } } }"
    assert len(ask(query, id=town.jon)["whyResolved"]["decisions"]) == 1
    assert ask(query, ONLY_OPEN, id=town.jon)["whyResolved"]["decisions"] == []


def test_a_stop_check_of_nothing_is_refused(ask: Asker) -> None:
    assert ask.code("{ stopCheck { asOf } }")[0] == "BAD_INPUT"


def test_sources_tell_how_good_their_data_is(ask: Asker) -> None:
    (source, *_) = ask(
        "{ sources { source { id } newestAsOf quality { standard met missing } "
        "checks(failing: 1) { dimension rule kind missing of failing share days failingIds truncated } } }"
    )["sources"]
    assert source["newestAsOf"] is None
    whole = [check for check in source["checks"] if check["dimension"] == "COMPLETENESS" and check["missing"] is None]
    assert [(one["rule"], not one["failing"]) for one in whole] == [
        (q["standard"], q["met"]) for q in source["quality"]
    ]
    assert all(check["kind"].isupper() and len(check["failingIds"]) <= 1 for check in source["checks"])
    assert {check["dimension"] for check in source["checks"]} >= {"COMPLETENESS", "DUPLICATION"}


def test_connect_and_usage(ask: Asker, town: Town) -> None:
    network = ask(
        "query($ids: [ID!]!) { connect(ids: $ids, maxHops: 2) { nodes { id } links { type } truncated { reason } } }",
        ids=[town.maria, town.jon],
    )["connect"]
    assert [node["id"] for node in network["nodes"]][:2] == [town.maria, town.jon]
    assert len(network["nodes"]) == 3, "the phone or the crime joins them, whose links are attested better"
    assert network["truncated"] is None
    query = "query($id: ID!, $at: DateTime) { usage(id: $id, at: $at) { totalCount edges { node { from { id } } } } }"
    both = {town.maria, town.jon}
    for at, expected in ((None, both), ("2024-01-01T00:00:00Z", both), ("2023-01-01T00:00:00Z", set())):
        found = ask(query, headers=ONLY_OPEN, id=town.phone, at=at)["usage"]
        assert {edge["node"]["from"]["id"] for edge in found["edges"]} == expected
        assert found["totalCount"] == len(expected)
    seen = ask(query, id=town.phone)["usage"]["edges"]
    assert town.hidden in {edge["node"]["from"]["id"] for edge in seen}


def test_more_than_are_compared_is_said(client: TestClient, town: Town) -> None:
    """Those that share most with what is known are compared, whatever their ids."""

    def person(given: str, records: int) -> str:
        properties: dict[str, Any] = {"given_name": given, "surname": "Manyova", "phone": ["+441614960777"]}
        return town.world.thing("Person", given, records=records, **properties | folded(properties).keys)

    person("Quido", MOST + 5)
    zora = person("Zora", 1)
    query = '{ identify(partial: {name: "Zora Manyova", phone: "0161 496 0777"}, first: 1) { entity { id } } }'
    answer = client.post("/graphql", json={"query": query}).json()
    assert answer["data"]["identify"] == [{"entity": {"id": zora}}]
    (cut,) = answer["extensions"]["truncated"]
    assert (cut["field"], cut["suppressed"]) == ("identify", 6)


def test_every_time_is_written_in_one_way(ask: Asker, town: Town) -> None:
    asked = (
        f'metrics(window: "24h") {{ asOf tiles {{ series {{ at }} }} }} subjectProfile(id: "{town.maria}") {{ asOf }}'
    )
    told = ask(f"{{ {asked} }}")
    times = [told["metrics"]["asOf"], told["subjectProfile"]["asOf"]]
    times += [point["at"] for tile in told["metrics"]["tiles"] for point in tile["series"]]
    assert len(times) > 10
    assert [each for each in times if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", each)] == []
