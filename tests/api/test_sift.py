"""Every connection can be chosen from and ordered."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import GraphQLInterfaceType, GraphQLObjectType, get_named_type

from api.schema import SCHEMA
from tests.api.town import Asker, Town
from tests.read.world import OPEN

# In the order of its coming alone: else a cursor would not be good for what comes later.
NOT_ORDERED = {"changesSince"}


def test_every_connection_has_the_arguments() -> None:
    without = {
        f"{name}.{field_name}({argument})"
        for name, held in SCHEMA._schema.type_map.items()
        if isinstance(held, GraphQLObjectType | GraphQLInterfaceType)
        for field_name, field in held.fields.items()
        if get_named_type(field.type).name.endswith("Connection")
        for argument in ("where", "orderBy", "first", "after")
        if argument not in field.args and not (argument == "orderBy" and field_name in NOT_ORDERED)
    }
    assert without == set()


LISTS = """query($id: ID!, $phone: ID!, $where: ListWhere, $order: [EntityOrder!]) {
  entity(id: $id) { links(where: $where, orderBy: $order) { totalCount edges { node { ...Link } } } }
  subjectProfile(id: $id) { events(where: $where, orderBy: $order) { totalCount edges { node { ...Link } } } }
  timeline(ids: [$id], where: $where, orderBy: $order) { totalCount edges { node { ...Link } } }
  usage(id: $phone, where: $where, orderBy: $order) { totalCount edges { node { ...Link } } }
} fragment Link on Link { type role source { id } validFrom from { label } to { label kind } }"""


def _lists(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return [answer["entity"]["links"], answer["subjectProfile"]["events"], answer["timeline"], answer["usage"]]


@pytest.mark.database
@pytest.mark.parametrize(
    ("where", "holds"),
    [
        ({"property": "type", "eq": "USES"}, lambda link: link["type"] == "USES"),
        ({"property": "to.kind", "eq": "CRIME"}, lambda link: link["to"]["kind"] == "CRIME"),
        ({"property": "to.reference", "eq": "C/1"}, lambda link: link["to"]["kind"] == "CRIME"),
        ({"property": "validFrom", "exists": True}, lambda link: link["validFrom"] is not None),
        ({"not": {"property": "role", "in": ["SUSPECT"]}}, lambda link: link["role"] != "SUSPECT"),
        ({"property": "from.surname", "startsWith": "T"}, lambda link: link["from"]["label"] == "Maria Testova"),
    ],
)
def test_links_are_chosen_as_they_are_shown(ask: Asker, town: Town, where: dict[str, Any], holds: Any) -> None:
    ids: dict[str, Any] = {"id": town.maria, "phone": town.phone}
    for every, some in zip(_lists(ask(LISTS, **ids)), _lists(ask(LISTS, **ids, where=where)), strict=True):
        assert some["edges"] == [edge for edge in every["edges"] if holds(edge["node"])]
        assert some["totalCount"] == len(some["edges"])


@pytest.mark.database
def test_lists_are_ordered(ask: Asker, town: Town) -> None:
    for descending in (False, True):
        order = [{"property": "from.label", "descending": descending}]
        users = ask(LISTS, id=town.maria, phone=town.phone, order=order)["usage"]["edges"]
        names = [edge["node"]["from"]["label"] for edge in users]
        assert names == sorted(names, reverse=descending)
        assert len(names) == 3
    hits = """query($where: ListWhere, $order: [EntityOrder!]) { search(text: "probe", where: $where, orderBy: $order) {
      edges { node { entity { label } } } facets(properties: ["kind"]) { values { value count } } } }"""
    found = ask(hits, where={"property": "entity.givenName", "exists": True})["search"]
    assert [edge["node"]["entity"]["label"] for edge in found["edges"]] == ["Jon Probe"]
    assert found["facets"] == [{"values": [{"value": "PERSON", "count": 1}]}]
    ordered = ask(hits, order=[{"property": "entity.label", "descending": True}])["search"]
    assert [edge["node"]["entity"]["label"] for edge in ordered["edges"]] == ["Secret Probe", "Jon Probe"]
    seen = ask(hits, {"X-Viewer-Markings": OPEN}, order=[{"property": "entity.label"}])["search"]
    assert [edge["node"]["entity"]["label"] for edge in seen["edges"]] == ["Jon Probe"]


@pytest.mark.database
def test_what_a_list_does_not_have_is_named(ask: Asker, town: Town) -> None:
    query = "query($id: ID!, $where: ListWhere) { entity(id: $id) { links(where: $where) { totalCount } } }"
    for path, told in (
        ("rolle", "did you mean role?"),
        ("to.surnam", "did you mean surname?"),
        ("to.location", "compared"),
    ):
        code, message = ask.code(query, id=town.maria, where={"property": path, "eq": "x"})
        assert (code, told in message) == ("BAD_INPUT", True), message
