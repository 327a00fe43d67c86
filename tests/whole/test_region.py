"""Settling what a change can reach gives the graph that settling everything gives, after every step and to the byte."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from graph.marking_numbers import StoredMarkings
from graph.model import RESOLVED
from graph.open import Graph
from resolution.assign import as_words, assign
from resolution.fetch import fetch
from resolution.model import Model
from resolution.run import resolve
from resolution.thing import THINGS
from tests.conftest import prepare
from tests.whole.hamlet import ModelSink, Village, deliver, say, touchy_model, unsay
from tests.whole.silo import dumped
from tests.whole.test_canonical_dump import assert_same

pytestmark = pytest.mark.database

SEEDS = [int(seed) for seed in os.environ.get("POLEGRAPH_TEST_SEEDS", "1,2,3").split(",")]


@pytest.mark.parametrize("seed", SEEDS)
def test_small_changes_in_any_order_end_where_one_whole_load_ends(graph: Graph, tmp_path: Path, seed: int) -> None:
    village, model = Village(seed, 30, 24, 8), touchy_model()
    order = random.Random(seed).sample(range(24), 24)
    sink = ModelSink(graph, model)
    words, said, taken_back, alone = village.words(), [], [], 0
    for step, number in enumerate(order):
        report = deliver(sink, tmp_path, village.deliveries[number], number)
        people = [one for one in report.resolved if one.kind == "Person"]
        alone += any(one.records < len(fetch(graph, "Person")) for one in people)
        assert_settled(graph, model)
        if step > 5 and step % 3 == 0:
            said += [word := next(words)]
            taken_back += [say(graph, word)] if step % 2 else []
            deliver(sink, tmp_path, village.deliveries[number], number)
            assert_settled(graph, model)
        if step > 15 and taken_back and step % 4 == 0:
            unsay(graph, taken_back.pop())
            deliver(sink, tmp_path, village.deliveries[number], number)
            assert_settled(graph, model)
    assert alone > 10, "most steps reach a part of the people only"
    found = dumped(graph, tmp_path)

    decisions = [row["properties"] for row in graph.store.stream("dump/decisions")]
    prepare(graph.store)
    later = ModelSink(graph, None)
    for number in sorted(order):
        deliver(later, tmp_path, village.deliveries[number], number)
    graph.store.write(
        lambda transaction: transaction.run_text("UNWIND $all AS d CREATE (n:Decision) SET n = d", {"all": decisions})
    )
    ModelSink(graph, model).settle(by_evidence=True, progress=lambda *_: None)
    assert_same(found, dumped(graph, tmp_path))


@pytest.mark.parametrize("seed", SEEDS[:1])
def test_what_was_placed_only_for_now_is_resolved_later_as_if_at_once(graph: Graph, tmp_path: Path, seed: int) -> None:
    village, model = Village(seed + 100, 30, 12, 8), touchy_model()
    sink = ModelSink(graph, model)
    for number, rows in enumerate(village.deliveries):
        deliver(sink, tmp_path, rows, number, by_evidence=number % 3 == 0)
        if number % 3 == 0:
            assert_settled(graph, model)
    sink.settle(by_evidence=True, progress=lambda *_: None)
    assert_settled(graph, model)


def test_keys_that_another_version_made_are_made_anew(graph: Graph, tmp_path: Path) -> None:
    village = Village(7, 30, 2, 30)
    sink = ModelSink(graph, touchy_model())
    for number, rows in enumerate(village.deliveries):
        deliver(sink, tmp_path, rows, number)
    found = {record.id: record.keys for kind in THINGS for record in fetch(graph, kind)}
    stale = "MATCH (r:Record) WHERE r.kind IN $kinds SET r.k_thing1 = 1, r.k_thing2 = 2, r.k_thing9 = null"
    graph.store.write(lambda transaction: transaction.run_text(stale, {"kinds": [*THINGS]}))

    resolve(graph, StoredMarkings(graph.store), kinds=[*THINGS], rebuild=True, model=touchy_model())

    assert found == {record.id: record.keys for kind in THINGS for record in fetch(graph, kind)} != {}
    assert_settled(graph, touchy_model())


def assert_settled(graph: Graph, model: Model) -> None:
    """Fail where the graph is not as the assignment of all records has it."""
    markings = StoredMarkings(graph.store)
    words = as_words(graph.store.internal("resolve/decisions"))
    for kind in RESOLVED:
        held = fetch(graph, kind)
        wanted = assign(kind, held, words, model, markings)
        assert {r.id: r.entity for r in held if r.live} == wanted.entities, kind
        ties = {
            (r["from"], r["to"], r["mk"]): r["weight"] for r in graph.store.stream("resolve/same_identity", kind=kind)
        }
        assert ties == {at: tie.bits for at, tie in wanted.ties.items()}, kind
        possible = {(r["a"], r["b"]): r["bits"] for r in graph.store.stream("resolve/possible", kind=kind)}
        assert possible == wanted.possible, kind
        assert not [r.id for r in held if r.waits or r.before is not None], kind
