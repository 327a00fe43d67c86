"""Sources as they stand for one viewer."""

from __future__ import annotations

import pytest

from graph.read.source import SourceStatusView, sources
from security.viewer import Viewer
from tests.read.world import ACORN, OPEN, World

pytestmark = pytest.mark.database


def own(world: World, viewer: Viewer) -> tuple[int, int, int, int | None] | None:
    found: list[SourceStatusView] = [v for v in sources(world.graph, viewer) if v.source.n == world.source]
    return (found[0].records, found[0].links, found[0].rejected, found[0].last_loaded_at) if found else None


def test_only_visible_things_count(world: World) -> None:
    person, crime = world.thing("Person", records=2), world.thing("Crime")
    secret = world.thing("Crime", marking=ACORN)
    world.link("INVOLVED_IN", person, crime)
    world.link("INVOLVED_IN", person, secret, ACORN)
    world.status(OPEN, 3, 100)
    world.status(ACORN, 4, 200)
    assert own(world, world.viewer()) == (3, 1, 3, 100)
    assert own(world, world.viewer(ACORN)) == (4, 2, 7, 200)


def test_a_source_of_hidden_things_is_absent(world: World) -> None:
    world.thing("Crime", marking=ACORN)
    world.status(ACORN, 1, 100)
    assert own(world, world.viewer()) is None
    assert own(world, world.viewer(ACORN)) == (1, 0, 1, 100)
