"""What was backed up comes back as the same graph: over Bolt, by import on another machine, and after a kill."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from graph.managed.config import Memory
from graph.managed.instance import Connection, Instance
from graph.open import Graph
from graph.settings import Settings
from graph.wipe import wipe
from resolution.published import standing_document
from tests.cli.conftest import Command
from tests.conftest import KEY
from tests.keep.conftest import Keepsake
from tests.whole.silo import dumped

pytestmark = pytest.mark.database


def sorts(lines: list[bytes]) -> set[str]:
    """The sorts of lines of a dump, with the types of its links and the verdicts of its decisions."""
    parsed = [orjson.loads(line) for line in lines]
    found = {name for name, _ in parsed} | {line.get("type") or line.get("verdict", "") for _, line in parsed}
    return found | {"retracted" for name, line in parsed if name == "link" and "retracted_at" in line}


def test_over_bolt_the_graph_is_the_one_that_was_kept(
    connected: Command, lasting: Graph, keepsake: Keepsake, tmp_path: Path
) -> None:
    # Otherwise the test would prove less than it says.
    assert {"decision", "possible", "SAME_AS", "DIFFERENT_FROM", "retracted", "SAME_IDENTITY"} <= sorts(keepsake.dump)
    assert any(orjson.loads(line)[1]["awaits"] for line in keepsake.dump if line.startswith(b'["row"'))
    wipe(lasting.store)

    ran = connected("restore", keepsake.file, "--json")

    assert ran.code == 0, ran.err
    report = orjson.loads(ran.out)
    assert report["seq"] == keepsake.seq
    kept = ("watches", "acknowledged", "workspaces")
    assert [report["counts"][name] for name in kept] == [1, 1, 1]
    (drawn,) = lasting.store.internal("keep/workspaces")
    assert (drawn["properties"]["notes"], drawn["properties"]["ys"]) == (["seen"], [-2.0])
    assert dumped(lasting, tmp_path) == keepsake.dump
    assert lasting.store.internal("admin/installation")[0]["seq"] == keepsake.seq
    assert standing_document(lasting)["thresholds"]["join"] == 6.0
    again = connected("backup", tmp_path / "again.tar", "--json")
    assert orjson.loads(again.out)["counts"] == report["counts"]


@pytest.fixture
def elsewhere(
    polegraph: Command, connection: Connection, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Command]:
    """The command on another machine: a data folder of its own, no key, no server yet."""
    del connection
    # The jars alone are shared.
    monkeypatch.delenv("POLEGRAPH_CACHE_DIR")
    monkeypatch.setenv("POLEGRAPH_HEAP_MB", "512")
    yield polegraph
    Instance(tmp_path / "data", Settings().cache_dir, memory=Memory(heap_mb=512)).stop()


def test_on_another_machine_the_graph_is_built_and_imported(
    elsewhere: Command, keepsake: Keepsake, tmp_path: Path
) -> None:
    ran = elsewhere("restore", keepsake.file)

    assert ran.code == 0, ran.err
    assert "importing" in ran.err
    key = tmp_path / "data" / "secret.key"
    assert (key.read_bytes(), stat.S_IMODE(key.stat().st_mode)) == (KEY, 0o600)
    assert elsewhere("dump", tmp_path / "there.jsonl").code == 0
    assert (tmp_path / "there.jsonl").read_bytes().splitlines() == keepsake.dump
    full = elsewhere("restore", keepsake.file)
    assert (full.code, "into an empty one" in full.err) == (1, True)


def test_a_restore_that_was_killed_is_told_and_given_again(
    connected: Command, lasting: Graph, keepsake: Keepsake, tmp_path: Path
) -> None:
    wipe(lasting.store)
    command = [sys.executable, "-m", "cli", "restore", str(keepsake.file)]
    running = subprocess.Popen(command, env={**os.environ, "POLEGRAPH_BATCH_ROWS": "1"}, stderr=subprocess.DEVNULL)
    try:
        _wait_for_rows(lasting, running)
    finally:
        running.kill()
        running.wait()

    for refused in (
        ("search", "smith"),
        ("schema", "check"),
        ("schema", "apply"),
        ("backup", tmp_path / "half.tar"),
        ("resolve",),
    ):
        ran = connected(*refused)
        assert (ran.code, "polegraph restore FILE" in ran.err) == (6, True), (refused, ran.err)
    assert connected("restore", keepsake.file).code == 0
    assert dumped(lasting, tmp_path) == keepsake.dump


def _wait_for_rows(graph: Graph, running: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert running.poll() is None, "it ended before it could be killed"
        counted = {row["what"]: row["count"] for row in graph.store.internal("load/counts")}
        if counted["rows"] > 5:
            return
        time.sleep(0.05)
    pytest.fail("no row came in a minute")
