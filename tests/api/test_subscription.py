"""Figures that are watched, over a real server: the graphql-sse protocol's "distinct connections mode"."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
import pytest

from analysis import live
from api import serve
from api.app import create_app
from api.limit import Limits
from api.subscription import Subscriptions
from graph.audit import audit_log
from graph.open import Graph
from graph.settings import Settings, load_settings
from tests.conftest import NOW
from tests.read.world import ACORN, OPEN, World

pytestmark = pytest.mark.database
WATCH = "subscription { metrics { asOf total tiles { name value groups { key value } } } }"
Event = tuple[str, Any]
LIMITS = Limits(quiet_s=0.3, streams=4)


@contextmanager
def serving(graph: Graph, limits: Limits = LIMITS, settings: Settings | None = None) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(serve, "create_app", lambda settings, graph: create_app(settings, graph, limits))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        with serve.background(settings or load_settings(), graph, port=port) as address:
            yield address


@pytest.fixture
def address(graph: Graph) -> Iterator[str]:
    with serving(graph) as address:
        yield address


@contextmanager
def watching(
    address: str, query: str = WATCH, markings: str = OPEN, who: dict[str, str] | None = None, **variables: object
) -> Iterator[tuple[httpx2.Response, Iterator[Event]]]:
    headers = {"Accept": "text/event-stream", **(who or {"X-Viewer-Markings": markings})}
    with (
        httpx2.Client(timeout=20, headers=headers) as client,
        client.stream("POST", f"{address}/graphql", json={"query": query, "variables": variables}) as response,
    ):
        yield response, events(response.iter_lines())


def events(lines: Iterator[str]) -> Iterator[Event]:
    """Each event with its data; comments as ("", None)."""
    name, data = "", None
    for line in lines:
        if line.startswith("event: "):
            name = line[7:]
        elif line.startswith("data:"):
            data = json.loads(line[5:]) if line[5:].strip() else None
        elif line.startswith(":"):
            name, data = "", None
        elif not line:
            yield name, data
            name, data = "", None


def figures(stream: Iterator[Event]) -> Event:
    """The next event that says anything."""
    return next(event for event in stream if event[0])


def incident(world: World, marking: str = OPEN) -> None:
    """An incident as a load would write it: under the writer's lock."""
    world.batch(world.thing("Incident", marking=marking, at=NOW - 60))


def test_the_figures_come_at_every_change_and_only_then(address: str, graph: Graph) -> None:
    world = World(graph)
    with watching(address) as (response, stream):
        assert response.headers["content-type"].startswith("text/event-stream")
        name, first = figures(stream)
        assert (name, first["data"]["metrics"]["total"]) == ("next", 0)
        assert [next(stream)[0] for _ in range(3)] == ["", "", ""]
        incident(world)
        begun = time.monotonic()
        assert figures(stream)[1]["data"]["metrics"]["total"] == 1
        assert time.monotonic() - begun < 10
        incident(world, ACORN)
        assert [next(stream)[0] for _ in range(3)] == ["", "", ""]


def test_at_most_one_a_second(address: str, graph: Graph) -> None:
    world = World(graph)
    with watching(address) as (_, stream):
        figures(stream)
        told: list[int] = []
        begun = time.monotonic()
        for _ in range(8):
            incident(world)
            time.sleep(0.2)
        while not told or told[-1] < 8:
            told.append(figures(stream)[1]["data"]["metrics"]["total"])
        assert len(told) <= time.monotonic() - begun + 1
        assert told == sorted(set(told))


def test_equal_rights_share_a_count_and_others_do_not(
    address: str, graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(graph)
    incident(world)
    incident(world, ACORN)
    world.viewer()
    counted: list[tuple[int, ...]] = []
    count = live.metrics

    def noted(graph: Graph, viewer: Any, *args: Any) -> Any:
        counted.append(viewer.allowed)
        return count(graph, viewer, *args)

    monkeypatch.setattr("api.watch.metrics", noted)
    with watching(address) as (_, one), watching(address) as (_, two), watching(address, markings=ACORN) as (_, three):
        totals = [figures(stream)[1]["data"]["metrics"]["total"] for stream in (one, two, three)]
        assert totals == [1, 1, 2]
    assert len(counted) < 2 * len(set(counted)) + 2
    assert len(set(counted)) == 2


def test_whoever_leaves_is_not_counted_for(address: str, graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    World(graph).viewer()
    with watching(address) as (_, stream):
        figures(stream)
    counted: list[int] = []
    time.sleep(1.5)
    monkeypatch.setattr("api.watch.metrics", lambda *_: counted.append(1))
    for _ in range(3):
        incident(World(graph))
        time.sleep(0.5)
    assert counted == []


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ('subscription { metrics(window: "9y") { total } }', "BAD_INPUT"),
        ('subscription { metrics(area: "e_none") { total } }', "NOT_FOUND"),
        ("subscription { nothing }", "BAD_INPUT"),
        ("subscription($w: Int!) { metrics(window: $w) { total } }", "BAD_INPUT"),
        ("subscription { a: metrics { total } b: metrics { total } }", "BAD_INPUT"),
    ],
)
def test_what_cannot_be_watched_is_told_and_the_stream_is_complete(address: str, query: str, code: str) -> None:
    with watching(address, query) as (response, stream):
        told = [event for event in stream if event[0]]
    assert response.status_code == 200
    assert [name for name, _ in told] == ["next", "complete"]
    assert told[0][1]["errors"][0]["extensions"]["code"] == code


def test_one_answer_is_one_event(address: str) -> None:
    with watching(address, "{ __typename }") as (_, stream):
        assert list(stream) == [("next", {"data": {"__typename": "Query"}}), ("complete", None)]


def test_a_subscription_without_a_stream_is_refused(address: str) -> None:
    response = httpx2.post(f"{address}/graphql", json={"query": WATCH})
    error = response.json()["errors"][0]
    assert (error["extensions"]["code"], "text/event-stream" in error["message"]) == ("BAD_INPUT", True)


def test_too_many_streams_are_refused(address: str) -> None:
    with watching(address) as one, watching(address) as two, watching(address) as three, watching(address) as four:
        for _, stream in (one, two, three, four):
            figures(stream)
        with watching(address) as (_, stream):
            assert figures(stream)[1]["errors"][0]["extensions"]["code"] == "UNAVAILABLE"
    time.sleep(1)
    with watching(address) as (_, stream):
        assert figures(stream)[1]["data"]["metrics"]["total"] == 0


def test_the_end_of_the_server_ends_streams_for_their_clients_to_come_again(graph: Graph) -> None:
    ended: list[Event] = []
    with serving(graph) as address:
        close = watching(address)
        _, stream = close.__enter__()
        figures(stream)
        begun = time.monotonic()
    try:
        ended = list(stream)
    except httpx2.RemoteProtocolError:
        ended = []
    assert all(not name for name, _ in ended)
    assert time.monotonic() - begun < 5
    close.__exit__(None, None, None)


def test_a_stream_that_lasted_long_enough_ends_without_being_complete(graph: Graph) -> None:
    with (
        serving(graph, Limits(quiet_s=0.2, stream_s=0.5)) as address,
        watching(address) as (response, _),
    ):
        text = "".join(response.iter_text())
    assert text.startswith("retry: 1000\n")
    assert "event: complete" not in text


def test_who_watches_is_on_record_with_the_area(address: str, graph: Graph) -> None:
    area = World(graph).thing("Area", "Beat 1", code="B1", type="BEAT")
    with watching(address, "subscription($a: ID) { metrics(area: $a) { total } }", a=area) as (_, stream):
        figures(stream)
    *_, link = audit_log(load_settings()).links()
    entry = json.loads(link.body)
    assert (entry["act"], entry["operation"], entry["asked"]) == ("CONSULTATION", "metrics", [area])


def test_what_many_ask_alike_is_written_once(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each figure one answer for all who ask the same with the same rights; another for whoever asks otherwise."""
    written: list[tuple[Any, ...]] = []
    answer = Subscriptions._answer

    def noted(self: Subscriptions, request: Any, told: Any) -> Any:
        written.append((told, request.viewer.grants, request.plan.prepared))
        return answer(self, request, told)

    monkeypatch.setattr(Subscriptions, "_answer", noted)
    world = World(graph)
    other = "subscription { metrics { total } }"
    with (
        serving(graph) as address,
        watching(address) as (_, one),
        watching(address) as (_, two),
        watching(address, markings=ACORN) as (_, three),
        watching(address, other) as (_, four),
    ):
        streams = (one, two, three, four)
        assert [figures(each)[1]["data"]["metrics"]["total"] for each in streams] == [0] * 4
        for count in (1, 2):
            incident(world)
            assert [figures(each)[1]["data"]["metrics"]["total"] for each in streams] == [count] * 4
    for count in (1, 2):
        # A busy machine may count twice what is the same: those are two figures.
        mine = [(id(told), grants, id(asked)) for told, grants, asked in written if told.total == count]
        assert len(mine) == len(set(mine))
        assert len({each[1:] for each in mine}) == 3
