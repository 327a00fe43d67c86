"""Records in any order, in batches of any size, with analysts' words between, end as one bulk run of them all.

`POLEGRAPH_TEST_SHUFFLES` orders of about `POLEGRAPH_TEST_SHUFFLED` records are tried, from `POLEGRAPH_TEST_SEED` on.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from graph.open import Graph
from resolution.model import default_model
from tests.conftest import MARKINGS, prepare
from tests.resolution.town import Town, made
from tests.whole.hamlet import COLUMNS, ModelSink, deliver, say
from tests.whole.silo import dumped
from tests.whole.test_canonical_dump import assert_same

pytestmark = pytest.mark.database

SHUFFLES = int(os.environ.get("POLEGRAPH_TEST_SHUFFLES", "2"))
RECORDS = int(os.environ.get("POLEGRAPH_TEST_SHUFFLED", "400"))
SEED = int(os.environ.get("POLEGRAPH_TEST_SEED", "1"))
_EACH = 3  # records that a person has on average
Row = dict[str, str]
Word = tuple[str, str, str, str]


@pytest.mark.timeout(600 + SHUFFLES * RECORDS // 10)
def test_any_order_in_any_batches_with_words_between_ends_as_one_bulk_run(graph: Graph, tmp_path: Path) -> None:
    town = made(RECORDS // _EACH, seed=SEED)
    rows, words = list(_rows(town)), list(_words(town))
    sink = ModelSink(graph, default_model())
    deliver(sink, tmp_path, rows, 0)
    _say(sink, words)
    expected = dumped(graph, tmp_path)
    for shuffle in range(SHUFFLES):
        prepare(graph.store)
        _in_batches(graph, tmp_path, rows, words, random.Random(f"{SEED} {shuffle}"))
        assert_same(dumped(graph, tmp_path), expected)


def _in_batches(graph: Graph, folder: Path, rows: Sequence[Row], words: Sequence[Word], chance: random.Random) -> None:
    sink = ModelSink(graph, default_model())
    waiting, left, known = chance.sample(rows, len(rows)), list(words), set[str]()
    while waiting:
        batch, waiting = waiting[: (size := chance.randint(1, max(len(rows) // 6, 2)))], waiting[size:]
        deliver(sink, folder, batch, 0)
        known |= {row["person"] for row in batch}
        # Some words are said as soon as they can be, others only later.
        said = [word for word in left if known.issuperset(word[:2]) and chance.random() < 0.6]
        left = [word for word in left if word not in said]
        _say(sink, said)
    _say(sink, left)


def _say(sink: ModelSink, words: Sequence[Word]) -> None:
    for word in words:
        say(sink.graph, word)
    sink.settle(by_evidence=True, progress=lambda *_: None)


def _rows(town: Town) -> Iterator[Row]:
    for number, (said, mk) in enumerate(zip(town.properties, town.mks, strict=True)):
        row = dict.fromkeys(COLUMNS, "") | {"id": str(number), "person": str(number), "marking": MARKINGS[mk]}
        row["name"] = " ".join(said[part] for part in ("given_name", "surname") if said.get(part))
        row["dob"] = said.get("date_of_birth", "")
        yield row | {name: said[name][0] for name in ("phone", "address", "postcode") if said.get(name)}


def _words(town: Town) -> Iterator[Word]:
    """Words about records that are near each other in the town: often of one person or home; one in ten records."""
    chance = random.Random(SEED)
    told: dict[str, str] = {}
    for number in range(0, len(town.ids) - 4, 10):
        a, b = number, number + chance.randint(1, 4)
        verdict = chance.choice(["SAME_AS", "DIFFERENT_FROM"])
        if town.mks[a] == town.mks[b] and told.setdefault(f"{a} {b}", verdict) == verdict:
            yield str(a), str(b), verdict, MARKINGS[town.mks[a]]
