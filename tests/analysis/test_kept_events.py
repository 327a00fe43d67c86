"""Kept columns equal a recount at every tick, whatever comes, is taken back, erased, or is killed meanwhile."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from analysis import kept_events as kept_columns
from analysis.column import LONG_OVER, NEVER, epochs
from analysis.kept_events import Kept
from analysis.live import metrics
from analysis.span import WINDOWS, Span
from analysis.tile import LINKED, TILES
from graph.managed.instance import Connection
from graph.open import Graph
from loaders.retain.erase import erase
from security.marking import parse_grants
from security.viewer import Viewer
from tests.analysis.calls import CALLS as MAPPING
from tests.analysis.calls import DAY, call, intake, stamp, stream, take
from tests.conftest import NOW
from tests.whole.silo import JANUARY, load_silo, write

SEED = int(os.environ.get("POLEGRAPH_TEST_SEED", "1"))
# What is counted from columns; the other tiles are counted by the database in either case.
KEPT = [name for name in TILES if name not in LINKED]
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
    """Holds the columns against a recount, of these windows for all viewers; returns the largest total."""
    totals = []
    for viewer in viewers(graph):
        for window in windows:
            assert kept.of(viewer, Span.of(window, graph.clock())) is not None
            counted = metrics(graph, viewer, None, window, KEPT, kept)
            assert counted == metrics(graph, viewer, None, window, KEPT)
            totals.append(counted.total)
    return max(totals)


def deliver(graph: Graph, folder: Path, calls: list[dict[str, Any]], as_of: int) -> None:
    """Load a full delivery."""
    lines = [",".join(calls[0]), *(",".join(map(str, one.values())) for one in calls)]
    write(folder, {"calls.csv": "\n".join(lines) + "\n"}, MAPPING)
    load_silo(graph, folder, as_of, full=True)


@pytest.mark.database
def test_at_every_tick_of_a_stream(graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_columns, "_MOST_LATE", 50)
    into, kept = intake(graph, tmp_path), Kept(graph)
    kept.build()
    for number, calls in enumerate(stream(SEED, CALLS, 30)):
        take(into, calls, JANUARY + number)
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
    erase(graph, [row["id"] for row in rows[:3]], lambda *_: None)
    # What was erased has no row to be known by: all is read anew, and meanwhile the database counts.
    viewer = viewers(graph)[0]
    assert metrics(graph, viewer, None, "24h", None, kept).total == 16
    ready(graph, kept)
    assert same(graph, kept, ("24h",)) == 16


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

uri, user, folder, seed, number = sys.argv[1:]
store = Store(Connection(uri, user, sys.stdin.readline().strip()), timeout_s=30.0)
into = intake(Graph(store, Ids(KEY), Catalogue(store), lambda: NOW), Path(folder))
for at, calls in enumerate(stream(int(seed), int(number), 30)):
    take(into, calls, JANUARY + at)
    print(at, flush=True)
"""


@pytest.mark.database
def test_whoever_writes_is_killed(graph: Graph, connection: Connection, tmp_path: Path) -> None:
    kept = Kept(graph)
    kept.build()
    given = (connection.uri, connection.user, str(tmp_path), str(SEED), str(CALLS))
    with subprocess.Popen(
        [sys.executable, "-c", _SENDER, *given], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as sender:
        said, heard = sender.stdin, sender.stdout
        assert said is not None
        assert heard is not None
        said.write(connection.password + "\n")
        said.close()
        for line in heard:
            # Also while the next batch is being written, which is after this at the earliest.
            assert kept.of(viewers(graph)[0], Span.of("30d", NOW)) is not None
            if int(line) == 1:
                sender.send_signal(signal.SIGKILL)
                break
    part = same(graph, kept, ("30d",))
    into = intake(graph, tmp_path)
    for at, calls in enumerate(stream(SEED, CALLS, 30)):
        take(into, calls, JANUARY + at)
    assert same(graph, kept) > part > 0
