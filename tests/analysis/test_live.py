"""The figures of a window: each equal to a recount, by another way, of what the viewer may see."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime
from math import ceil
from typing import Any

import pytest

from analysis.figure import TileView
from analysis.live import MetricsView, metrics
from analysis.span import WINDOWS
from analysis.tile import BOUNDS
from graph.errors import BadInput, NotFound
from tests.conftest import NOW
from tests.read.world import ACORN, OPEN, World

HOUR = 3_600


def stamp(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def tile(found: MetricsView, name: str) -> TileView:
    (one,) = (each for each in found.tiles if each.name == name)
    return one


def groups(found: MetricsView, name: str) -> dict[str, float]:
    return {group.key: group.value for group in tile(found, name).groups}


def incident(world: World, at: int, marking: str = OPEN, **given: Any) -> str:
    """An incident; `arrived` and so on: epochs."""
    times: dict[str, Any] = {
        f"{name}_at": stamp(given.pop(name)) for name in ("assigned", "arrived", "closed") if name in given
    }
    return world.thing("Incident", marking=marking, at=at, opened_at=stamp(at), **times, **given)


@pytest.mark.database
@pytest.mark.parametrize("window", WINDOWS)
def test_every_figure_is_a_recount(world: World, window: str) -> None:
    length, step = WINDOWS[window]
    chance = random.Random(window)
    made: list[dict[str, Any]] = []
    for _ in range(60):
        one: dict[str, Any] = {"at": NOW - chance.randrange(-length // 4, 5 * length // 2)}
        one |= {"priority": chance.choice("1234"), "type": chance.choice(["999", "101"])}
        for name in ("assigned", "arrived", "closed"):
            if chance.random() < 0.7:
                one[name] = one["at"] + chance.randrange(length)
        one["marking"] = ACORN if chance.random() < 0.2 else OPEN
        made.append(one)
        incident(world, **one)
    for viewer, seen in (
        (world.viewer(), [one for one in made if one["marking"] == OPEN]),
        (world.viewer(OPEN, ACORN), made),
    ):
        found = metrics(world.graph, viewer, None, window)
        now = [one for one in seen if NOW - length <= one["at"] < NOW]
        before = [one for one in seen if NOW - 2 * length <= one["at"] < NOW - length]
        assert found.total == tile(found, "incidents").value == len(now)
        assert tile(found, "incidents").change == (len(now) - len(before)) / len(before)
        assert groups(found, "incidents") == Counter(one["priority"] for one in now)
        assert groups(found, "incidents_by_type") == Counter(one["type"] for one in now)
        steps = Counter((one["at"] - NOW + length) // step for one in now)
        assert [point.value for point in tile(found, "incidents").series] == [steps[n] for n in range(length // step)]
        still = [one for one in now if one.get("closed", NOW) >= NOW]
        assert tile(found, "open").value == len(still)
        assert tile(found, "unassigned").value == sum(one.get("assigned", NOW) >= NOW for one in still)
        assert tile(found, "committed").value == sum(one.get("assigned", NOW) < NOW for one in still)
        waited = sorted(NOW - one["at"] for one in still if one.get("assigned", NOW) >= NOW)
        assert tile(found, "waiting_longest").value == waited[-1]
        assert tile(found, "waiting_p50").value == waited[ceil(len(waited) / 2) - 1]
        response = sorted(one["arrived"] - one["at"] for one in now if "arrived" in one)
        assert tile(found, "response_p90").value == response[ceil(len(response) * 9 / 10) - 1]
        assert tile(found, "response_p50").value == response[ceil(len(response) / 2) - 1]
        assert sum(groups(found, "response_times").values()) == len(response)
        for bound, lower in zip(BOUNDS[1:], BOUNDS, strict=False):
            within = sum(lower < seconds <= bound for seconds in response)
            assert groups(found, "response_times").get(str(bound), 0) == within


@pytest.mark.database
def test_repeats_crimes_and_public_order(world: World) -> None:
    home, caller = world.thing("Address"), world.thing("Person")
    for n in range(3):
        one = incident(world, NOW - HOUR - n)
        world.link("OCCURRED_AT", one, home, marking=ACORN if n == 2 else OPEN)
        world.link("INVOLVED_IN", caller, one, role="CALLER", marking=ACORN if n else OPEN)
    world.thing("Crime", at=NOW - HOUR, classification="30C")
    world.thing("PublicEvent", at=NOW - HOUR, type="FOOTBALL", officers_deployed=120)
    found = metrics(world.graph, world.viewer())
    assert tile(found, "repeat_locations").value == 1
    assert tile(found, "repeat_callers").value == 0
    assert tile(metrics(world.graph, world.viewer(OPEN, ACORN)), "repeat_callers").value == 1
    assert groups(found, "crimes") == {"30C": 1}
    assert groups(found, "public_order_officers") == {"FOOTBALL": 120}
    assert "response_p50" not in {each.name for each in found.tiles}


@pytest.mark.database
def test_of_an_area_what_visibly_happened_in_it(world: World) -> None:
    area, home = world.thing("Area"), world.thing("Address")
    world.link("IN", home, area)
    inside, beside, hidden = (incident(world, NOW - HOUR) for _ in range(3))
    world.link("OCCURRED_AT", inside, home)
    world.link("OCCURRED_AT", beside, world.thing("Address"))
    world.link("OCCURRED_AT", hidden, home, marking=ACORN)
    assert metrics(world.graph, world.viewer(), area).total == 1
    assert metrics(world.graph, world.viewer(OPEN, ACORN), area).total == 2


@pytest.mark.database
def test_by_area_once_in_each_and_who_is_committed(world: World) -> None:
    force, beat, secret = (world.thing("Area", code=code) for code in ("F", "B1", "B2"))
    home, other = world.thing("Address"), world.thing("Address")
    for here in (home, other):
        world.link("IN", here, beat)
    world.link("IN", beat, force)
    world.link("IN", home, secret, marking=ACORN)
    here, closed = (incident(world, NOW - HOUR, assigned=NOW - HOUR + 9) for _ in range(2))
    done = incident(world, NOW - HOUR, assigned=NOW - HOUR + 9, closed=NOW - 60)
    for one in (here, done):
        world.link("OCCURRED_AT", one, home)
        world.link("OCCURRED_AT", one, other)
    officers = [world.thing("Officer", unit="Response A") for _ in range(2)]
    for one in (here, closed, done):
        world.link("HANDLED_BY", one, officers[0])
    world.link("HANDLED_BY", done, officers[1])
    found = metrics(world.graph, world.viewer(), None, "24h")
    assert groups(found, "incidents_by_area") == {"B1": 2, "F": 2}
    assert groups(found, "open_by_area") == {"B1": 1, "F": 1}
    assert groups(found, "officers_committed") == {"Response A": 1}
    assert groups(metrics(world.graph, world.viewer(OPEN, ACORN)), "incidents_by_area")["B2"] == 2


@pytest.mark.database
def test_only_the_tiles_that_are_asked_for(world: World) -> None:
    incident(world, NOW - HOUR)
    found = metrics(world.graph, world.viewer(), None, "24h", ["open", "crimes"])
    assert [each.name for each in found.tiles] == ["open", "crimes"]
    assert found.total == 1
    with pytest.raises(BadInput, match="'opened' is not offered"):
        metrics(world.graph, world.viewer(), None, "24h", ["opened"])


@pytest.mark.database
def test_what_is_no_area_or_no_window_is_said(world: World) -> None:
    with pytest.raises(BadInput, match="it is one of 15m"):
        metrics(world.graph, world.viewer(), None, "2h")
    with pytest.raises(BadInput, match="is a Person"):
        metrics(world.graph, world.viewer(), world.thing("Person"))
    with pytest.raises(NotFound):
        metrics(world.graph, world.viewer(), world.thing("Area", marking=ACORN))


@pytest.mark.database
def test_data_is_as_old_as_its_last_load(world: World) -> None:
    world.status(OPEN, 0, NOW - 90)
    world.status(ACORN, 0, NOW - 30)
    name = world.graph.catalogue.source(world.source).id
    assert groups(metrics(world.graph, world.viewer()), "data_age")[name] == 90
    assert groups(metrics(world.graph, world.viewer(OPEN, ACORN)), "data_age")[name] == 30
