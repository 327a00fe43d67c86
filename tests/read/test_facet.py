"""Facets: what is counted, of whom, and what is said of the rest."""

from __future__ import annotations

from typing import Any

import pytest

from graph.errors import BadInput
from graph.read import facet
from graph.read.facet import FacetView, entity_facets, search_facets
from graph.read.where import EntityWhere
from tests.read.world import ACORN, World

pytestmark = pytest.mark.database
OURS = EntityWhere(property="surname", eq="Qx-Facet")


def told(view: FacetView) -> tuple[str, list[tuple[str, int]], int, int, int]:
    values = [(value.value, value.count) for value in view.values]
    return view.property, values, view.missing, view.further, view.counted


@pytest.fixture
def people(world: World) -> World:
    given: dict[str, Any]
    for gender, marking in (("1", "OFFICIAL"), ("1", "OFFICIAL"), ("2", "OFFICIAL"), (None, "OFFICIAL"), ("2", ACORN)):
        given = {"gender": gender} if gender else {}
        world.thing("Person", "Qx-Facet", marking, surname="Qx-Facet", **given)
    return world


def test_values_of_what_is_seen_most_first(people: World) -> None:
    for grants, twos, counted in (((), 1, 4), ((ACORN,), 2, 5)):
        (view,) = entity_facets(people.graph, people.viewer(*grants), "Person", OURS, ["gender"], 10)
        assert told(view) == ("gender", [("1", 2), ("2", twos)], 1, 0, counted)
    (view,) = entity_facets(people.graph, people.viewer(), "Person", OURS, ["gender"], 1)
    assert told(view) == ("gender", [("1", 2)], 1, 1, 4)


def test_sources_and_areas(people: World) -> None:
    viewer, graph = people.viewer(), people.graph
    area, address, crime = people.thing("Area"), people.thing("Address"), people.thing("Crime", reference="Qx-F1")
    home = people.thing("Person", surname="Qx-Facet", records=3)
    people.link("IN", address, area)
    people.link("LIVES_AT", home, address)
    people.link("OCCURRED_AT", crime, address)
    sources, areas = entity_facets(graph, viewer, "Person", OURS, ["source", "area"], 10)
    source = graph.catalogue.source(people.source).id
    assert told(sources) == ("source", [(source, 5)], 0, 0, 5)
    assert told(areas) == ("area", [(area, 1)], 4, 0, 5)
    assert areas.values[0].entity is not None
    assert areas.values[0].entity.id == area
    where = EntityWhere(property="reference", eq="Qx-F1")
    found = entity_facets(graph, viewer, "Crime", where, ["area", "source"], 10)
    assert [told(view)[1] for view in found] == [[(area, 1)], [(source, 1)]]


def test_by_default_coded_properties_but_ethnicity(people: World) -> None:
    names = [view.property for view in entity_facets(people.graph, people.viewer(), "Person", OURS, None, 10)]
    assert names == ["source", "gender"]
    asked = entity_facets(people.graph, people.viewer(), "Person", OURS, ["ethnicitySelf"], 10)
    assert asked[0].missing == 4
    for name in ("surname", "nonsense", "markings"):
        with pytest.raises(BadInput, match="gender"):
            entity_facets(people.graph, people.viewer(), "Person", OURS, [name], 10)


def test_what_is_beyond_the_cap_is_said(people: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facet, "COUNTED", 3)
    (view,) = entity_facets(people.graph, people.viewer(), "Person", OURS, ["gender"], 10)
    assert (view.counted, view.capped) == (3, True)


def test_all_that_a_search_finds(people: World) -> None:
    people.thing("Address", "Qx-Facet lane", text="Qx-Facet lane")
    kind, gender = search_facets(people.graph, people.viewer(), "qx-facet", None, True, ["kind", "gender"], 10)
    assert told(kind) == ("kind", [("PERSON", 4), ("ADDRESS", 1)], 0, 0, 5)
    assert told(gender) == ("gender", [("1", 2), ("2", 1)], 2, 0, 5)
    only = search_facets(people.graph, people.viewer(), "qx-facet", ["Address"], True, None, 10)
    assert [view.property for view in only] == ["kind", "source"]
    assert not kind.capped
