"""A backup made while loads go on holds exactly what was there after one batch.

`POLEGRAPH_TEST_BACKUPS` asks for more of them.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from graph.open import Graph
from graph.wipe import wipe
from loaders.batch import LIFE, plan
from loaders.encode import EncodedRow
from loaders.keep.archive import ArchiveReader
from loaders.keep.kept import Kept
from loaders.known import Seen
from loaders.load import deliveries_of, load_into
from loaders.mapping import load_mappings
from loaders.options import LoadOptions
from loaders.report import FileReport
from loaders.run import Run, RunLog
from loaders.settle import silent
from loaders.sink import DrySink, GraphSink
from loaders.stored import Place, StoredRow, row_map
from loaders.world import WorldSummary, generate
from tests.cli.conftest import Command
from tests.conftest import NOW, prepare
from tests.whole.silo import dumped

pytestmark = pytest.mark.database

_BACKUPS = int(os.environ.get("POLEGRAPH_TEST_BACKUPS", "4"))
_ROWS = 20
_SILOS = ("register", "crime", "custody")
# Days of deliveries: two at least, and as many more as it takes until there are enough backups.
_FIRST, _WEEK, _MOST = int(datetime(2026, 3, 1, tzinfo=UTC).timestamp()), 7 * 86_400, 40
State = set[tuple[Any, ...]]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> WorldSummary:
    return generate(tmp_path_factory.mktemp("city"), 50, 7)


class _Replay(DrySink):
    """Takes the same batches and remembers how the rows stood after some of them."""

    def __init__(self, graph: Graph, wanted: set[int]) -> None:
        super().__init__(graph)
        self.after: dict[int, tuple[State, set[str]]] = {}
        self._wanted = wanted
        self._rows: dict[str, StoredRow] = {}
        self._values: set[str] = set()
        self._seq = 0

    def known(self, source: int, entry: str, size: int, fulls: Sequence[int]) -> None:
        """Every row is taken."""

    def write(self, place: Place, rows: Sequence[EncodedRow], report: FileReport, seen: Seen | None = None) -> None:
        self._seq += 1
        slots = {row.slot for row in rows}
        known = [row.properties for row in self._rows.values() if row.properties["slot"] in slots]
        planned = plan(rows, known, place.fulls)
        for row, life in planned.create:
            self._rows[row.id] = StoredRow(row_map(row, place, life, self._seq), row.claims)
            self._values.update(value.id for value in row.values)
        for change in planned.change:
            self._rows[change["id"]].properties.update({name: change[name] for name in LIFE}, seq=self._seq)
        if self._seq in self._wanted:
            states = {_state(row.properties, row.claims) for row in self._rows.values()}
            self.after[self._seq] = states, set(self._values)


def _state(row: dict[str, Any], claims: Sequence[Any]) -> tuple[Any, ...]:
    said = sorted((claim.name, claim.node, claim.properties) for claim in claims)
    return (*(row[name] for name in ("id", "hash", "first_as_of", "last_as_of", "live", "seq", "raw")), *said)


class _Cut(GraphSink):
    """Writes so many batches into the graph, and no more."""

    def __init__(self, graph: Graph, left: int) -> None:
        run = Run("run_cut", NOW)
        super().__init__(graph, run, RunLog(graph, run), 10.0, silent)
        self._left = left

    def write(self, place: Place, rows: Sequence[EncodedRow], report: FileReport, seen: Seen | None = None) -> None:
        self._left -= 1
        if self._left >= 0:
            super().write(place, rows, report, seen)


def _mappings(city: WorldSummary) -> list[Path]:
    return [path for path in city.mappings if path.stem in _SILOS]


def _loads(city: WorldSummary, sink: DrySink | GraphSink, deliveries: int) -> None:
    """So many deliveries, each of which changes the dates of every row."""
    mappings = load_mappings(_mappings(city), ())
    for n in range(deliveries):
        options = LoadOptions(city.out / "data", NOW, _FIRST + n * _WEEK, batch_rows=_ROWS)
        load_into(sink, deliveries_of(mappings, options), options, silent)


def _run(city: WorldSummary) -> Iterator[subprocess.Popen[bytes]]:
    paths = [str(path) for path in _mappings(city)]
    for n in range(_MOST):
        date = datetime.fromtimestamp(_FIRST + n * _WEEK, UTC).date().isoformat()
        command = [sys.executable, "-m", "cli", "load", *paths, "--data", str(city.out / "data"), "--as-of", date]
        env = {**os.environ, "POLEGRAPH_BATCH_ROWS": str(_ROWS)}
        with subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
            yield running


def test_every_backup_is_what_was_there_after_one_batch(
    connected: Command, lasting: Graph, city: WorldSummary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLEGRAPH_MARKINGS_FILE", str(city.out / "markings.yaml"))
    prepare(lasting.store)
    kept: dict[int, Path] = {}
    between: set[int] = set()
    for deliveries, running in enumerate(_run(city), 1):
        while running.poll() is None:
            file = tmp_path / f"{len(kept)}.tar"
            ran = connected("backup", file, "--json", "--force")
            assert ran.code == 0, ran.err
            kept.setdefault(orjson.loads(ran.out)["seq"], file)
        assert running.wait() in (0, 3)
        between = {seq for seq in kept if 0 < seq < lasting.store.internal("admin/installation")[0]["seq"]}
        if deliveries > 1 and len(between) >= _BACKUPS:
            break
    assert len(between) >= _BACKUPS, sorted(kept)

    replay = _Replay(lasting, set(kept))
    _loads(city, replay, deliveries)

    for seq, file in kept.items():
        found = Kept(ArchiveReader(file), lambda *_: None)
        state = {_state(row.properties, row.claims) for row in found.rows()}
        assert (state, {value["id"] for value in found.values()}) == replay.after.get(seq, (set(), set())), seq
        assert [batch["seq"] for batch in sorted(found.part("batches"), key=lambda b: b["seq"])] == list(
            range(1, seq + 1)
        )
    # One of them as a whole: restored, it is the graph of a load that was cut at its batch.
    seq = sorted(kept)[len(kept) // 2]
    wipe(lasting.store)
    assert connected("restore", kept[seq]).code == 0
    restored = dumped(lasting, tmp_path)
    prepare(lasting.store)
    _loads(city, _Cut(lasting, seq), deliveries)
    assert dumped(lasting, tmp_path) == restored
