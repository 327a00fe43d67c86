"""What the POLE example is known to be asked, answered through GraphQL alone and held against its files."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from math import asin, cos, radians, sin, sqrt
from typing import Any

import networkx as nx
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from graph.settings import Settings
from tests.api.town import Asker
from tests.pole_example.conftest import NEEDED, Loaded, raw, social

pytestmark = NEEDED

EARTH_M = 6_378_140.0  # as Neo4j has it


@pytest.fixture(scope="module")
def ask(pole: Loaded) -> Iterator[Asker]:
    with TestClient(create_app(Settings(), pole.graph), base_url="http://127.0.0.1") as client:
        yield Asker(client)


def every(ask: Asker, question: str, field: str, **variables: object) -> list[Any]:
    """The nodes of all pages of a connection."""
    found: list[Any] = []
    after: str | None = None
    while True:
        page = ask(question, None, after=after, **variables)[field]
        found += [edge["node"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


PEOPLE = """query($after: String) { entities(kind: PERSON, first: 100, after: $after) {
  edges { node { id
    known: links(types: [ASSOCIATED_WITH], first: 60) {
      edges { node { from { id } to { id } } } pageInfo { hasNextPage } }
    events: links(types: [INVOLVED_IN], first: 1) { edges { node { role } } }
  } } pageInfo { hasNextPage endCursor } } }"""


def test_who_knows_most_offenders(pole: Loaded, ask: Asker) -> None:
    people = every(ask, PEOPLE, "entities")
    assert not any(person["known"]["pageInfo"]["hasNextPage"] for person in people)
    offenders = {person["id"] for person in people if person["events"]["edges"]}
    known = {
        person["id"]: {
            end["id"] for edge in person["known"]["edges"] for end in (edge["node"]["from"], edge["node"]["to"])
        }
        & offenders - {person["id"]}
        for person in people
    }
    ties = social()
    party = {row[":START_ID"] for row in raw("relationships.PARTY_TO")}
    expected = {pole.id("Person", key): sum(other in party for other in ties[key]) for key in ties}
    assert {id_: len(others) for id_, others in known.items() if others} == {
        id_: count for id_, count in expected.items() if count
    }
    best = max(known, key=lambda id_: len(known[id_]))
    assert len(known[best]) == 8


def test_the_shortest_ways_between_two_people(pole: Loaded, ask: Asker) -> None:
    """By people: links of a pair beside one another are one way, and all of them are in it."""
    ties: nx.MultiGraph[str] = nx.MultiGraph()
    for name in ("KNOWS", "KNOWS_LW", "KNOWS_SN", "KNOWS_PHONE", "FAMILY_REL"):
        ties.add_edges_from((row[":START_ID"], row[":END_ID"]) for row in raw(f"relationships.{name}"))
    people = nx.Graph(ties)
    centre = max(sorted(people), key=lambda each: int(people.degree[each]))
    far = nx.single_source_shortest_path_length(people, centre)
    beside_one_another = 0
    for hops in (2, 3, 4, 5):
        other = min(key for key, length in far.items() if length == hops)
        found = ask(
            """query($a: ID!, $b: ID!) { paths(from: $a, to: $b, types: [ASSOCIATED_WITH], maxHops: 6, first: 50) {
                 paths { length nodes { id } links { from { id } to { id } } } } }""",
            a=pole.id("Person", centre),
            b=pole.id("Person", other),
        )["paths"]["paths"]
        shortest = [path for path in found if path["length"] == hops]
        wanted = list(nx.all_shortest_paths(people, centre, other))
        ways = {tuple(node["id"] for node in path["nodes"]) for path in shortest}
        assert len(ways) == len(shortest)
        assert min(path["length"] for path in found) == hops
        assert ways <= {tuple(pole.id("Person", key) for key in way) for way in wanted}
        assert len(ways) == min(50, len(wanted))
        keys = {pole.id("Person", key): key for key in people}
        for path in shortest:
            way = [keys[node["id"]] for node in path["nodes"]]
            links = sum(ties.number_of_edges(a, b) for a, b in zip(way, way[1:], strict=False))
            assert len(path["links"]) == links
            beside_one_another += links > hops
    assert beside_one_another


def test_the_busiest_places(pole: Loaded, ask: Asker) -> None:
    expected = Counter(row[":END_ID"] for row in raw("relationships.OCCURRED_AT"))
    found = ask(
        """{ repeats(kind: LOCATION, from: "2017-08-01T00:00:00Z", to: "2017-09-01T00:00:00Z", kinds: [CRIME],
               first: 100) { totalCount edges { node { count entity { id } } } } }"""
    )["repeats"]
    counted = {edge["node"]["entity"]["id"]: edge["node"]["count"] for edge in found["edges"]}
    assert list(counted.values()) == [count for _, count in expected.most_common(100)]
    assert counted == {
        pole.id("Address", key): count for key, count in expected.items() if pole.id("Address", key) in counted
    }
    assert found["totalCount"] == sum(count > 1 for count in expected.values())


def metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The haversine distance between two points of degrees."""
    (north, east), (other_north, other_east) = ((radians(one), radians(other)) for one, other in (a, b))
    half = sin((other_north - north) / 2) ** 2 + cos(north) * cos(other_north) * sin((other_east - east) / 2) ** 2
    return 2 * EARTH_M * asin(sqrt(half))


def test_crimes_within_500_metres_of_an_address(pole: Loaded, ask: Asker) -> None:
    points = {
        row[":ID"]: (float(row["latitude:double"]), float(row["longitude:double"])) for row in raw("nodes.Location")
    }
    address = next(row for row in raw("nodes.Location") if row["address"] == "1 Coronation Street")
    centre = points[address[":ID"]]
    near = {key: metres(centre, point) for key, point in points.items()}
    assert not any(499.5 < distance < 500.5 for distance in near.values())
    expected = {
        pole.id("Crime", row[":START_ID"]) for row in raw("relationships.OCCURRED_AT") if near[row[":END_ID"]] <= 500
    }
    (there,) = ask(
        """query($text: String!, $code: String!) { entities(kind: ADDRESS, where: {and: [{property: "text", eq: $text},
             {property: "postcode", eq: $code}]}) {
             edges { node { id ... on Address { location { latitude longitude } } } } } }""",
        text=address["address"],
        code=address["postcode"],
    )["entities"]["edges"]
    assert there["node"]["id"] == pole.id("Address", address[":ID"])
    found = every(
        ask,
        """query($latitude: Float!, $longitude: Float!, $after: String) {
             entities(kind: CRIME, first: 500, after: $after, where: {
             near: {latitude: $latitude, longitude: $longitude, metres: 500}}) {
             edges { node { id } } pageInfo { hasNextPage endCursor } } }""",
        "entities",
        **there["node"]["location"],
    )
    assert len(found) == len({node["id"] for node in found})
    assert {node["id"] for node in found} == expected
    assert expected


def test_an_officers_open_drug_cases(pole: Loaded, ask: Asker) -> None:
    crimes = {row[":ID"]: row for row in raw("nodes.Crime")}
    cases: defaultdict[str, set[str]] = defaultdict(set)
    for row in raw("relationships.INVESTIGATED_BY"):
        crime = crimes[row[":START_ID"]]
        if (crime["type"], crime["last_outcome"]) == ("Drugs", "Under investigation"):
            cases[row[":END_ID"]].add(pole.id("Crime", crime[":ID"]))
    officers = {row[":ID"]: row for row in raw("nodes.Officer")}
    most = sorted(cases, key=lambda key: -len(cases[key]))[:20]
    for key in most:
        (officer,) = ask(
            """query($number: String!) { entities(kind: OFFICER, where: {property: "collarNumber", eq: $number}) {
                 edges { node { id } } } }""",
            number=officers[key]["badge_no"],
        )["entities"]["edges"]
        found = ask(
            """query($officer: ID!) { entities(kind: CRIME, where: {and: [{linkedTo: $officer},
                 {property: "type", eq: "Drugs"}, {property: "outcome", eq: "Under investigation"}]}) {
                 edges { node { id } } } }""",
            officer=officer["node"]["id"],
        )["entities"]["edges"]
        assert {edge["node"]["id"] for edge in found} == cases[key]
    assert len(cases[most[0]]) > 1


def test_who_calls_whom(pole: Loaded, ask: Asker) -> None:
    numbers = {row[":ID"]: row["phoneNo"] for row in raw("nodes.Phone")}
    caller = {row[":START_ID"]: row[":END_ID"] for row in raw("relationships.CALLER")}
    called = {row[":START_ID"]: row[":END_ID"] for row in raw("relationships.CALLED")}
    pairs: Counter[tuple[str, str]] = Counter()
    for call, one in caller.items():
        pairs[numbers[one], numbers[called[call]]] += 1
    found: Counter[tuple[str, str]] = Counter()
    for number in sorted({number for pair in pairs for number in pair}):
        said = ask(
            """query($id: ID!) { callAnalysis(id: $id, first: 500) {
                 calls outgoing contacts { calls outgoing phone { label } } } }""",
            id=pole.graph.ids.value("Phone", "", number),
        )["callAnalysis"]
        assert said["outgoing"] == sum(count for (one, _), count in pairs.items() if one == number)
        for contact in said["contacts"]:
            found[number, contact["phone"]["label"]] += contact["outgoing"]
    assert +found == pairs
