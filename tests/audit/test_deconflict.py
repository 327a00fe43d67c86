"""Whoever holds a subject under a compartment is told who else asks about it; whoever asks is told nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from analysis.deconflict import deconfliction
from api.app import create_app
from graph.audit import audit_log
from graph.errors import BadInput, NotFound
from graph.open import Graph, system_clock
from graph.settings import Settings
from tests.api.conftest import ADDRESS, served
from tests.read.world import ACORN, OPEN, World

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
