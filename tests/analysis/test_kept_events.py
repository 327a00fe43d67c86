"""Kept columns equal a recount at every tick, whatever comes, is taken back, erased, or is killed meanwhile."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from analysis import column
from analysis.column import LONG_OVER, NEVER, epochs
from analysis.kept_events import Kept
from analysis.live import metrics
from analysis.span import WINDOWS, Span
from graph.errors import NotFound
from graph.feed import moment
from graph.managed.instance import Connection
from graph.open import Graph
from loaders.decide import Saying, Verdict, decide, retract
from loaders.retain.erase import erase
from resolution.preview import merge_preview
from security.marking import parse_grants
from security.viewer import Viewer
from tests.analysis.calls import CALLS as MAPPING
from tests.analysis.calls import DAY, call, intake, place, stamp, stream, take
from tests.conftest import NOW
from tests.whole.silo import JANUARY, load_silo, write

SEED = int(os.environ.get("POLEGRAPH_TEST_SEED", "1"))
CALLS = int(os.environ.get("POLEGRAPH_TEST_CALLS", "150"))


def viewers(graph: Graph) -> list[Viewer]:
    graph.catalogue.refresh()
    grants = (["OFFICIAL"], ["OFFICIAL-SENSITIVE"])
    return [graph.catalogue.viewer("tester", parse_grants(each)) for each in grants]


def ready(graph: Graph, kept: Kept) -> None:
    """Waits until it has read all, which asking makes it do."""
    while kept.of(viewers(graph)[0], Span.of("30d", graph.clock())) is None:
        time.sleep(0.02)


def same(graph: Graph, kept: Kept, windows: tuple[str, ...] = ("24h", "30d")) -> int:
    """Holds the columns against a recount, of these windows for all viewers, everywhere and (24h) in an area.

    Returns the largest total.
    """
    totals = []
    found = {row["node"]["code"]: row["node"]["id"] for row in areas(graph)}
    for viewer, window in product(viewers(graph), windows):
        assert kept.of(viewer, Span.of(window, graph.clock())) is not None
        for area in (None, found.get("L1")) if window == "24h" else (None,):
            with suppress(NotFound):
                counted = metrics(graph, viewer, area, window, None, kept)
                assert counted == metrics(graph, viewer, area, window)
                totals.append(counted.total)
    return max(totals)


def areas(graph: Graph) -> list[dict[str, Any]]:
    return graph.store.write(lambda tx: tx.run_text("MATCH (a:Area) RETURN properties(a) AS node", {}))


def deliver(graph: Graph, folder: Path, calls: list[dict[str, Any]], as_of: int) -> None:
    """Load a full delivery."""
    lines = [",".join(calls[0]), *(",".join(f'"{each}"' for each in one.values()) for one in calls)]
    gazetteer = "code,upper,name,marking\nB1,L1,Mill End,OFFICIAL\n"
    write(folder, {"calls.csv": "\n".join(lines) + "\n", "areas.csv": gazetteer}, MAPPING)
    load_silo(graph, folder, as_of, full=True)


@pytest.mark.database
def test_at_every_tick_of_a_stream(graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(column, "MOST_LATE", 50)
    into, kept = intake(graph, tmp_path), Kept(graph)
    kept.build()
    for number, calls in enumerate(stream(SEED, CALLS, 30)):
        take(into, calls, JANUARY + number)
        place(into, f"B{1 + number % 3}", "L1", JANUARY + number)
        same(graph, kept, (list(WINDOWS)[number % len(WINDOWS)],))
    # A process that begins now says the same as the one that was there from the beginning.
    other = Kept(graph)
    other.build()
    assert same(graph, other) == same(graph, kept, tuple(WINDOWS)) > 0


@pytest.mark.database
def test_what_is_retracted_and_what_is_erased(graph: Graph, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    calls = [call(chance, ref, NOW - 60 * (ref + 1)) | {"marking": "OFFICIAL"} for ref in range(20)]
    kept = Kept(graph)
    kept.build()
    deliver(graph, tmp_path, calls, JANUARY)
    assert same(graph, kept, ("24h",)) == 20
    # Two are in the next full delivery no more, and one of those in the one after it again.
    deliver(graph, tmp_path, calls[2:], JANUARY + DAY)
    assert same(graph, kept, ("24h",)) == 18
    deliver(graph, tmp_path, calls[1:], JANUARY + 2 * DAY)
    assert same(graph, kept, ("24h",)) == 19
    rows = [row["properties"] for row in graph.store.stream("dump/rows") if row["properties"]["live"]]
    erase(graph, [row["id"] for row in rows if row["file"] == "calls*.csv"][:3], lambda *_: None)
    # What was erased has no row to be known by: all is read anew, and meanwhile the database counts.
    viewer = viewers(graph)[0]
    assert metrics(graph, viewer, None, "24h", None, kept).total == 16
    ready(graph, kept)
    assert same(graph, kept, ("24h",)) == 16


@pytest.mark.database
@pytest.mark.parametrize("kind", ["Person", "Address"])
def test_what_is_said_to_be_one_and_parted_again(graph: Graph, everyone: Viewer, tmp_path: Path, kind: str) -> None:
    """Links follow the records that they were said of, without a row."""
    chance, into, kept = random.Random(SEED), intake(graph, tmp_path), Kept(graph)
    kept.build()
    one = {"caller": "Ada Ashe", "born": "1950-02-03", "phone": "", "address": "1 Mill Lane, Foxton"}
    other = {"caller": "Zoe Quill", "born": "1987-11-30", "phone": "", "address": "88 Tower Road, Barton"}
    calls = [
        call(chance, ref, NOW - 60) | {"marking": "OFFICIAL", "beat": "B1", "postcode": ""} | who
        for ref, who in enumerate((one, other))
    ]
    take(into, calls, JANUARY)
    same(graph, kept, ("24h",))
    tile = "repeat_callers" if kind == "Person" else "repeat_locations"
    last = {"Person": "C", "Address": "L"}[kind]
    ids = [graph.ids.record("calls", kind, f"c{ref}/{last}", "OFFICIAL") for ref in (0, 1)]
    token = merge_preview(graph, everyone, *ids).token
    said = decide(graph, everyone, Saying(ids[0], ids[1], Verdict.SAME, "the same, as both say", token))
    assert same(graph, kept, ("24h",)) == 2
    found = metrics(graph, everyone, None, "24h", [tile], kept).tiles[0]
    assert found.value == 1
    retract(graph, everyone, said.decision.id, "they are not")
    assert same(graph, kept, ("24h",)) == 2
    assert metrics(graph, everyone, None, "24h", [tile], kept).tiles[0].value == 0
    assert kept._events.late.key.size == 2, "patched, not read anew"


@pytest.mark.database
def test_when_clocks_jump(graph: Graph, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    jumps = (0, 3_600, -3_600, 40 * DAY, -200 * DAY, 0)
    calls = [call(chance, ref, NOW + jump - chance.randrange(DAY)) for ref, jump in enumerate(jumps * 5)]
    take(intake(graph, tmp_path), calls, JANUARY)
    kept = Kept(graph)
    for jump in jumps:
        moved = replace(graph, clock=partial(int, NOW + jump))
        kept._graph = moved
        ready(moved, kept)
        assert same(moved, kept) > 0


# The last Sundays of March and October: clocks are put on at 01:00 UTC, and back at 01:00 UTC.
@pytest.mark.database
@pytest.mark.parametrize("moment", [1_774_746_000, 1_792_890_000, -2_208_900_000, 4_070_955_600])
def test_no_hour_is_left_out_or_counted_twice(graph: Graph, tmp_path: Path, moment: int) -> None:
    """Also in 1900 and 2099: an incident in each half hour around the moment, each in a step of its own."""
    moved = replace(graph, clock=lambda: moment + 6 * 3_600)
    chance = random.Random(SEED)
    ats = [moment + half * 1_800 for half in range(-12, 12)]
    take(intake(moved, tmp_path), [call(chance, ref, at) | {"opened": stamp(at)} for ref, at in enumerate(ats)], NOW)
    kept = Kept(moved)
    kept.build()
    assert same(moved, kept, ("24h",)) == len(ats)
    found = metrics(moved, viewers(moved)[1], None, "8h", ["incidents"], kept)
    assert [point.value for point in found.tiles[0].series] == [1.0] * 16
    assert [point.at for point in found.tiles[0].series] == ats[-16:]


def test_times_of_every_precision_and_century() -> None:
    texts = ["1900-01-01T00:00:01Z", "2099-12-31T23:59Z", "2026-03-29T01:30:00Z", "2026-03", "1899", None]
    found = epochs(texts).tolist()
    assert found == [-2_208_988_799, 4_102_444_740, 1_774_747_800, LONG_OVER, LONG_OVER, NEVER]


_SENDER = """
import sys
from pathlib import Path
from graph.catalogue import Catalogue
from graph.ids import Ids
from graph.managed.instance import Connection
from graph.open import Graph
from graph.store import Store
from tests.analysis.calls import intake, stream, take
from tests.conftest import KEY, NOW
from tests.whole.silo import JANUARY

uri, user, folder, seed, number, begin = sys.argv[1:]
store = Store(Connection(uri, user, sys.stdin.readline().strip()), timeout_s=30.0)
into = intake(Graph(store, Ids(KEY), Catalogue(store), lambda: NOW), Path(folder))
for at, calls in enumerate(stream(int(seed), int(number), 30)):
    if at >= int(begin):
        take(into, calls, JANUARY + at)
        print(at, flush=True)
        sys.stdin.readline()
"""


@pytest.mark.database
def test_whoever_writes_is_killed_again_and_again(graph: Graph, connection: Connection, tmp_path: Path) -> None:
    """Each process takes two batches and is killed in the third, which the next begins with again."""
    kept, taken, kills, chance = Kept(graph), 0, 0, random.Random(SEED)
    kept.build()
    number = len(list(stream(SEED, CALLS, 30)))
    while taken < number:
        given = (connection.uri, connection.user, str(tmp_path), str(SEED), str(CALLS), str(taken))
        with subprocess.Popen(
            [sys.executable, "-c", _SENDER, *given], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as sender:
            said, heard = sender.stdin, sender.stdout
            assert said is not None
            assert heard is not None
            said.write(connection.password + "\n")
            said.flush()
            for told, line in enumerate(heard, 1):
                taken = int(line) + 1
                assert same(graph, kept, ("30d",)) > 0
                said.write("\n")
                said.flush()
                if told == 2:
                    time.sleep(chance.uniform(0, 0.2))
                    sender.kill()
                    kills += 1
                    break
        still(graph, kept)
    assert kills >= 2
    other = Kept(graph)
    other.build()
    assert same(graph, other) == same(graph, kept) > 0


def still(graph: Graph, kept: Kept) -> None:
    """Holds the columns against a recount once what a killed process had sent is through, or is not."""
    before = None
    while before != (now := moment(graph.store)):
        before = now
        time.sleep(0.1)
    same(graph, kept, ("30d",))
