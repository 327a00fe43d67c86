"""Whoever holds a subject under a compartment is told who else asks about it; whoever asks is told nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from analysis.deconflict import deconfliction
from api.app import create_app
from graph.audit import audit_log
from graph.errors import BadInput, NotFound
from graph.open import Graph, system_clock
from graph.settings import Settings
from security.audit import Act, Entry
from tests.api.conftest import ADDRESS, served
from tests.read.world import ACORN, OPEN, World

BIRCH = "SECRET; operation=BIRCH"
pytestmark = pytest.mark.database
__all__ = ["served"]
ASK = "query($id: ID!) { entity(id: $id) { id label degree sameIdentity { id } } }"
SHARED = "query($id: ID!) { deconfliction(id: $id) { user looks last entity { id } } }"


def test_the_holder_is_told_and_the_asker_is_not(served: Graph, tmp_path: Path) -> None:
    graph = Graph(served.store, served.ids, served.catalogue, system_clock)
    world = World(graph)
    shown = world.thing("Person", "Jon Probe", marking=OPEN)
    alone = world.thing("Person", "Eva Alone", marking=OPEN)
    settings = Settings(data_dir=tmp_path)
    headers = {"X-Viewer-Markings": OPEN, "X-Purpose": "INVESTIGATION; case 7", "X-Request-Id": "same"}

    with TestClient(create_app(settings, graph), base_url=ADDRESS) as client:

        def answer(id_: str = shown) -> bytes:
            return client.post("/graphql", json={"query": ASK, "variables": {"id": id_}}, headers=headers).content

        before = answer()
        held = world.thing("Person", "Jon Probe", marking=ACORN)
        world.same(shown, held, ACORN)
        assert answer() == before
        answer(alone)

        log, owner = audit_log(settings), world.viewer(ACORN)
        for id_ in (held, shown):
            (one,) = deconfliction(graph, owner, log, id_).items
            told = (one.entity.id, one.user, one.purpose, one.reference, one.looks)
            assert told == (id_, "developer", "INVESTIGATION", "case 7", 2)
        # Who holds no compartment of it, and who may not see it at all.
        with pytest.raises(BadInput, match="you hold no record"):
            deconfliction(graph, owner, log, alone)
        with pytest.raises(BadInput, match="you hold no record"):
            deconfliction(graph, world.viewer(OPEN), log, shown)
        with pytest.raises(NotFound):
            deconfliction(graph, world.viewer(OPEN), log, held)
        query = {"query": SHARED, "variables": {"id": held}}
        found = client.post("/graphql", json=query, headers={"X-Viewer-Markings": ACORN}).json()
        # Asked under the same name: one's own looks are no other's.
        assert found["data"] == {"deconfliction": []}
    world.remove()


@pytest.fixture
def world(served: Graph) -> Iterator[World]:
    world = World(Graph(served.store, served.ids, served.catalogue, system_clock))
    yield world
    world.remove()


def test_what_another_operation_rests_on_is_told_to_nobody_outside_of_it(world: World, tmp_path: Path) -> None:
    """Two worlds that differ in what ACORN may not see: those who ask there are of BIRCH, the one who is told not.

    Who gives the subject's id is told in both; whose answers reach it, in none.
    """
    shown, held = world.thing("Person", "Jon Probe"), world.thing("Person", "Jon Probe", marking=ACORN)
    theirs = world.thing("Person", "Di Vane", marking=BIRCH)
    world.same(shown, held, ACORN)
    told = []
    for hidden in (False, True):
        if hidden:
            world.link("ASSOCIATED_WITH", theirs, shown, marking=BIRCH)
        settings = Settings(data_dir=tmp_path / str(hidden))
        with TestClient(create_app(settings, world.graph), base_url=ADDRESS) as client:
            for id_, reference in ((theirs, "BIRCH-77"), (shown, "BIRCH-78")):
                headers = {"X-Viewer-Markings": BIRCH, "X-Purpose": f"INVESTIGATION; {reference}"}
                query = {"query": "query($id: ID!) { expand(ids: [$id]) { nodes { id } } }", "variables": {"id": id_}}
                answer = client.post("/graphql", json=query, headers=headers).json()
                assert (theirs in str(answer) and shown in str(answer)) is hidden
        owner = world.viewer(ACORN)
        found = [deconfliction(world.graph, owner, audit_log(settings), id_).items for id_ in (held, shown)]
        told.append([[(each.reference, each.looks) for each in items] for items in found])
    assert told == [[[("BIRCH-78", 1)]] * 2] * 2


def test_whoever_gave_the_id_is_told_whatever_they_were_answered(world: World, tmp_path: Path) -> None:
    """What they may not see, or is not there, changes what they are answered, and must not change who is told of it."""
    shown, held = world.thing("Person", "Jon Probe"), world.thing("Person", "Jon Probe", marking=ACORN)
    theirs = world.thing("Person", "Di Vane", marking=BIRCH)
    world.same(shown, held, ACORN)
    questions = {
        "hidden": ("query($id: ID!) { expand(ids: [$id]) { nodes { id } } }", {"id": held}),
        "there": ("query($ids: [ID!]!) { commonContacts(ids: $ids) { entity { id } } }", {"ids": [shown, theirs]}),
        "not there": (
            "query($ids: [ID!]!) { commonContacts(ids: $ids) { entity { id } } }",
            {"ids": [shown, "e_" + "a" * 20]},
        ),
        "a change": (
            'mutation($ids: [ID!]!) { watch(name: "x", ids: $ids, patterns: [ANYTHING]) { id } }',
            {"ids": [shown]},
        ),
        "a refused change": (
            'mutation($id: ID!) { dispute(record: $id, right: DISPUTED, reason: "no") { id } }',
            {"id": held},
        ),
        "no change": (
            "mutation($ids: [ID!]!) { watch(name: 7, ids: $ids, patterns: [ANYTHING]) { id } }",
            {"ids": [shown]},
        ),
    }
    settings = Settings(data_dir=tmp_path)
    with TestClient(create_app(settings, world.graph), base_url=ADDRESS) as client:
        for reference, (query, variables) in questions.items():
            headers = {"X-Viewer-Markings": BIRCH, "X-Purpose": f"INVESTIGATION; {reference}", "X-Request-Id": "same"}
            client.post("/graphql", json={"query": query, "variables": variables}, headers=headers)
        headers["X-Purpose"] = "INVESTIGATION; a file"
        assert client.get("/exports/ndjson", params={"id": shown}, headers=headers).status_code == 200
    found = deconfliction(world.graph, world.viewer(ACORN), audit_log(settings), held).items
    assert {each.reference: each.looks for each in found} == dict.fromkeys((*questions, "a file"), 1)


def test_a_check_that_found_the_subject_is_told_unless_it_held_more(world: World, tmp_path: Path) -> None:
    """What was typed is on no record, so that it is known by what was answered."""
    shown, held = world.thing("Person", "Jon Probe"), world.thing("Person", "Jon Probe", marking=ACORN)
    world.same(shown, held, ACORN)
    log = audit_log(Settings(data_dir=tmp_path))
    for operation, marking in (("stopCheck", OPEN), ("identify", BIRCH), ("search", OPEN)):
        log.append(Entry(Act.CONSULTATION, operation, operation, "r", "api", ids=(shown,), marking=marking))
    found = deconfliction(world.graph, world.viewer(ACORN), log, held).items
    assert [each.user for each in found] == ["stopCheck"]
    log.close()


def test_what_a_force_marks_as_its_own_makes_nobody_the_holder_of_an_inquiry(world: World, tmp_path: Path) -> None:
    forces = "OFFICIAL; org=FORCE"
    everybodys = world.thing("Person", "Jon Probe", marking=forces)
    with pytest.raises(BadInput, match="under an operation"):
        deconfliction(world.graph, world.viewer(forces), audit_log(Settings(data_dir=tmp_path)), everybodys)
