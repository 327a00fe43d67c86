"""One record against those that are stored: few statements, each planned once, and the scores of resolving in bulk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from bench.driver import recorded
from graph.open import Graph
from resolution.feature import features
from resolution.folded import reads
from resolution.identify import PartialIdentityInput, identify
from resolution.key import folded
from resolution.model import PERSON, default_model
from resolution.score import score
from resolution.sought import candidates, explanations, statement_of
from resolution.space import space_of
from resolution.table import Table
from security.marking import EVERYTHING
from tests.read.world import ACORN, World

pytestmark = pytest.mark.database

_MARIA = {"given_name": "Maria", "surname": "Silva", "date_of_birth": "1990-02-03", "phone": ["+441614960123"]}
_HOME = {"address": ["12 Oak Road, Leeds"]}
_PEOPLE: list[dict[str, Any]] = [
    _MARIA | {"address": ["12 Oak Rd, LS1 4AP"], "postcode": ["LS1 4AP"]},
    _MARIA | {"given_name": "Marie", "phone": ["+441614960123", "+441614960124"], "vrm": ["AB12CDE"]},
    {"given_name": "Jon", "surname": "Silva", "phone": ["+441614960123"], **_HOME},
    {"given_name": "Inez", "surname": "Costa", "vrm": ["AB12CDE"], "address": ["12 Oak Road"]},
    {"given_name": "Ivo", "surname": "Novak", "date_of_birth": "1990-02-03", "phone": ["+441614960999"]},
]
_ASKED: list[dict[str, Any]] = [
    _MARIA | _HOME,
    {"given_name": "Marie", "surname": "Silva", "vrm": ["AB12CDE"]},
    {"given_name": "Jon", "surname": "Silva", "phone": ["+441614960123"], "address": ["12 Oak Road, York"]},
    {"surname": "Novak", "date_of_birth": "1990-02-03"},
]


@pytest.fixture
def world(graph: Graph) -> Iterator[World]:
    world = World(graph)
    for number, said in enumerate(_PEOPLE):
        world.thing("Person", str(number), **said | folded(said).keys)
    yield world
    world.remove()


@pytest.mark.parametrize("asked", _ASKED)
def test_scores_are_those_of_resolving_in_bulk(graph: Graph, world: World, asked: dict[str, Any]) -> None:
    del world
    viewer, model = graph.catalogue.viewer("tester", EVERYTHING), default_model()
    found = candidates(graph, viewer, [features(asked)])
    weighed = explanations(graph, viewer, [features(asked)], found, model)
    # In bulk the asked one holds what it says too: each bears a name of those who hold the same anyway.
    everyone = [*_PEOPLE, asked]
    marks = np.array([*[0] * len(_PEOPLE), 1], np.int32)
    table = Table.build([str(n) for n in range(len(everyone))], marks, np.zeros(len(everyone), np.int64), everyone)
    places = np.array([int(row["node"]["label"]) for row in found.rows])
    assert len(places) > 0
    bulk = score(table, places, np.full(len(places), len(_PEOPLE)), model)
    online = dict(zip(places.tolist(), weighed.bits.tolist(), strict=True))
    assert online == pytest.approx(dict(zip(places.tolist(), bulk.tolist(), strict=True)), abs=0)


def test_one_plan_finds_whoever_is_asked_for(graph: Graph, world: World) -> None:
    del world
    viewer = graph.catalogue.viewer("tester", EVERYTHING)
    with recorded(graph) as (recording, store):
        for partial in (
            PartialIdentityInput(name="Maria Silva", date_of_birth="1990-02-03", phone="0161 496 0123"),
            PartialIdentityInput(phone="0161 496 0999"),
            PartialIdentityInput(name="Inez Costa"),
        ):
            store.kept = []
            assert identify(recording, viewer, partial).candidates
            assert [text for text, _ in store.kept].count(statement_of(PERSON)) == 1
            assert len(store.kept) <= 2


def test_holders_are_asked_for_what_is_shared_alone(graph: Graph, world: World) -> None:
    del world
    viewer = graph.catalogue.viewer("tester", EVERYTHING)
    with recorded(graph) as (recording, store):
        store.kept = []
        named = PartialIdentityInput(
            name="Ivo Novak", phone="0161 496 0111", address="3 Elm Road, Leeds", vrm="ZZ99ZZZ"
        )
        assert identify(recording, viewer, named).candidates
        assert len(store.kept) == 1, "nothing that many could hold is shared"
        store.kept = []
        assert identify(recording, viewer, PartialIdentityInput(phone="0161 496 0999", vrm="ZZ99ZZZ")).candidates
        (_, params) = store.kept[1]
        assert len(params["keys"]) == 1


def test_only_keys_that_a_search_needs_are_asked_for() -> None:
    space, text = space_of(PERSON), statement_of(PERSON)
    asked = {slot for slot in space.properties if f"${slot}" in text}
    left_out = space.bulk_only | space.counted_only
    assert asked == {slot for family, own in space.families.items() if family not in left_out for slot in own}
    assert all(f"p.{name}" in text for name in reads(PERSON))


def test_what_a_viewer_may_not_see_is_not_found(graph: Graph) -> None:
    world = World(graph)
    world.thing("Person", "hidden", ACORN, 1, **_MARIA | folded(_MARIA).keys)
    assert candidates(graph, world.viewer(), [features(_MARIA)]).rows == ()
    assert len(candidates(graph, graph.catalogue.viewer("tester", EVERYTHING), [features(_MARIA)]).rows) == 1
    world.remove()
