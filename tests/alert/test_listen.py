"""Alerts as they come, over a real server: at once, once, for whom they are, and on record."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from alert.alert import acknowledge, alerts
from alert.touch import look, touched
from alert.watch import WatchPattern, unwatch
from graph.audit import audit_log
from graph.open import Graph
from graph.settings import load_settings
from tests.alert.beat import SECRET, Beat
from tests.api.test_subscription import LIMITS, figures, serving, watching

pytestmark = pytest.mark.database
QUERY = "subscription($w: ID) { alerts(watch: $w) { more alerts { id at pattern sentence subjects { id } } } }"


@pytest.fixture
def beat(graph: Graph, tmp_path: Path) -> Beat:
    return Beat(graph, tmp_path)


@pytest.fixture
def address(beat: Beat) -> Iterator[str]:
    with serving(beat.graph, LIMITS) as address:
        yield address


def alarm(stream: Iterator[Any]) -> list[dict[str, Any]]:
    """The alerts of the next event that says anything."""
    name, body = figures(stream)
    assert (name, "errors" in body) == ("next", False), body
    found: list[dict[str, Any]] = body["data"]["alerts"]["alerts"]
    return found


def alarms(stream: Iterator[Any], count: int) -> list[dict[str, Any]]:
    """So many alerts, in as many events as they come in: what is loaded while a watch is asked may come in two."""
    found: list[dict[str, Any]] = []
    while len(found) < count:
        found += alarm(stream)
    return found


def test_what_fires_is_told_at_once_and_once(address: str, beat: Beat) -> None:
    me = beat.viewer(user="developer")
    ann, bob = beat.person("ann", "Ann Able"), beat.person("bob", "Bob Best")
    beat.watch(ann, bob, patterns=(WatchPattern.ANYTHING, WatchPattern.TOGETHER), viewer=me)
    beat.part("ann", "c1")
    beat.now += 1
    with watching(address, QUERY) as (_, stream):
        (open_,) = alarm(stream)
        assert open_["pattern"] == "ANYTHING"
        beat.part("bob", "c9", marking=SECRET)
        begun = time.monotonic()
        beat.part("bob", "c1")
        told = alarms(stream, 2)
        assert time.monotonic() - begun < 5
        assert {each["pattern"] for each in told} == {"ANYTHING", "TOGETHER"}, "without what is hidden"
        entries = [json.loads(link.body) for link in audit_log(load_settings()).links()]
        consulted = [entry.get("ids", []) for entry in entries if entry.get("operation") == "alerts"]
        assert any({ann, bob} <= set(ids) for ids in consulted)
        assert [next(stream)[0] for _ in range(3)] == ["", "", ""], "nothing is told twice"
    seen = [each["id"] for each in (open_, *told)]
    beat.now += 1
    assert {each.id for each in alerts(beat.graph, me)[0].items} == set(seen), "the same by question and by stream"
    acknowledge(beat.graph, me, seen[1:])
    with watching(address, QUERY) as (_, stream):
        assert [each["id"] for each in alarm(stream)] == seen[:1], "begun again, with what is not acknowledged"


def test_watches_that_are_made_and_given_up_meanwhile(address: str, beat: Beat) -> None:
    me = beat.viewer(user="developer")
    ann = beat.person("ann", "Ann Able")
    with watching(address, QUERY) as (_, stream):
        assert alarm(stream) == []
        made = beat.watch(ann, patterns=(WatchPattern.ANYTHING,), viewer=me)
        beat.watch(ann, patterns=(WatchPattern.ANYTHING,), viewer=beat.viewer(user="pc-2"))
        beat.part("ann", "c1")
        assert [each["subjects"] for each in alarm(stream)] == [[{"id": ann}]]
        unwatch(beat.graph, me, made.id)
        time.sleep(2.5)
        beat.part("ann", "c2")
        assert [next(stream)[0] for _ in range(3)] == ["", "", ""]


def test_a_new_way_that_touches_neither_end_is_found(address: str, beat: Beat) -> None:
    me = beat.viewer(user="developer")
    ann, bob = beat.person("ann", "Ann Able"), beat.person("bob", "Bob Best")
    for key, name in (("one", "Una Ash"), ("two", "Dov Birch")):
        beat.person(key, name)
    made = beat.watch(ann, bob, patterns=(WatchPattern.PATH,), viewer=me)
    beat.send("ties", a="ann", b="one")
    beat.send("ties", a="two", b="bob")
    with watching(address, QUERY, w=made.id) as (_, stream):
        assert alarm(stream) == []
        beat.send("ties", a="one", b="two")
        (told,) = alarm(stream)
        assert "newly joined in 3 hops" in told["sentence"]


def test_what_changed_is_found_once_for_all_who_watch(beat: Beat) -> None:
    ann, bob = beat.person("ann", "Ann Able"), beat.person("bob", "Bob Best")
    beat.part("bob", "c0")
    before = look(beat.graph, None)
    assert look(beat.graph, before) is before
    beat.part("ann", "c1")
    found = touched(beat.graph, before)
    assert found is not None
    assert found.ids == {ann, beat.entity("Crime", "c1")}
    before = look(beat.graph, before)
    beat.send("ties", a="ann", b="bob")
    found = touched(beat.graph, before)
    assert found is not None
    assert found.ids == {ann, bob}
    assert beat.entity("Crime", "c0") in found.beside


def test_the_watch_of_another_is_none(address: str, beat: Beat) -> None:
    ann = beat.person("ann", "Ann Able")
    made = beat.watch(ann, patterns=(WatchPattern.ANYTHING,))
    with watching(address, QUERY, w=made.id) as (_, stream):
        told = [event for event in stream if event[0]]
    assert [name for name, _ in told] == ["next", "complete"]
    assert told[0][1]["errors"][0]["extensions"]["code"] == "NOT_FOUND"
