"""A load that is killed at random instants, again and again, ends in the graph of one that was left alone.

`POLEGRAPH_TEST_KILLS` and `POLEGRAPH_TEST_KILL_PEOPLE` make it longer (five rows a person), `POLEGRAPH_TEST_KILL_BATCH`
its batches larger, `POLEGRAPH_TEST_SEED` another one; it settles in between after `POLEGRAPH_TEST_KILL_SETTLE` seconds.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph.managed.instance import Connection
from graph.store import Store
from loaders.world import generate
from tests.conftest import KEY, prepare

pytestmark = [pytest.mark.database, pytest.mark.timeout(7_200)]

KILLS = int(os.environ.get("POLEGRAPH_TEST_KILLS", "3"))
PEOPLE = int(os.environ.get("POLEGRAPH_TEST_KILL_PEOPLE", "60"))
SEED = int(os.environ.get("POLEGRAPH_TEST_SEED", "7"))
BATCH_ROWS = int(os.environ.get("POLEGRAPH_TEST_KILL_BATCH", "40"))
SETTLE_S = float(os.environ.get("POLEGRAPH_TEST_KILL_SETTLE", "1"))
# A kill comes that many seconds after the last at most, however long the load is.
LONGEST = 20.0


@dataclass(frozen=True, slots=True)
class Installation:
    """What the command is run with, and the generated sources it loads."""

    environment: Mapping[str, str]
    folder: Path
    mappings: tuple[Path, ...]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """The command to its end."""
        command = [sys.executable, "-m", "cli", *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=1_800, check=False)

    def load(self, *arguments: str) -> subprocess.Popen[bytes]:
        """A load that has begun."""
        command = [sys.executable, "-m", "cli", "load", *map(str, self.mappings), "--data", str(self.folder)]
        with self.told.open("wb") as told:
            return subprocess.Popen([*command, *arguments], env=self.environment, stdout=told, stderr=told)

    @property
    def told(self) -> Path:
        """What the last load said."""
        return self.folder.parent / "told.txt"

    def dump(self) -> list[bytes]:
        """The canonical dump."""
        file = self.folder.parent / "dump.jsonl"
        ran = self.run("dump", str(file))
        assert ran.returncode == 0, ran.stderr
        return file.read_bytes().splitlines()


def _installation(folder: Path, **settings: str) -> Installation:
    city = generate(folder / "city", people=PEOPLE, seed=SEED)
    key = folder / "secret.key"
    key.write_bytes(KEY)
    key.chmod(0o600)
    environment = {
        **os.environ,
        "POLEGRAPH_SECRET_KEY_FILE": str(key),
        "POLEGRAPH_MARKINGS_FILE": str(city.out / "markings.yaml"),
        "POLEGRAPH_BATCH_ROWS": str(BATCH_ROWS),
        "POLEGRAPH_SETTLE_S": str(SETTLE_S),
        **settings,
    }
    return Installation(environment, city.out / "data", city.mappings)


@pytest.fixture(scope="module")
def server(connection: Connection, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation in the run's database."""
    return _installation(
        tmp_path_factory.mktemp("killed"),
        POLEGRAPH_NEO4J_URI=connection.uri,
        POLEGRAPH_NEO4J_USER=connection.user,
        POLEGRAPH_NEO4J_PASSWORD=connection.password,
    )


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Installation]:
    """An installation with a server of its own."""
    made = _installation(tmp_path, POLEGRAPH_DATA_DIR=str(tmp_path / "data"))
    yield made
    made.run("db", "stop")


def _reference(made: Installation) -> tuple[list[bytes], float]:
    """The dump of a load that nobody disturbs, and the seconds it took."""
    began = time.monotonic()
    _done(made, made.load("--as-of", "2026-01-01").wait())
    return made.dump(), time.monotonic() - began


def _done(made: Installation, code: int) -> None:
    assert code in (0, 3), f"seed {SEED}: the load ends with {code} and says {made.told.read_text()[-2_000:]}"


def _same(found: list[bytes], expected: list[bytes]) -> None:
    differing = sorted(set(found) ^ set(expected))
    assert not differing, f"seed {SEED}: {len(differing)} lines differ, {differing[:3]}"


def test_the_loader_is_killed(store: Store, server: Installation) -> None:
    chance = random.Random(SEED)
    prepare(store)
    expected, seconds = _reference(server)
    prepare(store)
    kills = 0
    while kills < KILLS:
        load = server.load("--as-of", "2026-01-01", "--resume")
        try:
            _done(server, load.wait(chance.uniform(0.1, 0.9) * min(seconds / 2, LONGEST)))
        except subprocess.TimeoutExpired:
            load.send_signal(signal.SIGKILL)
            load.wait()
            kills += 1
            continue
        # It came to its end between two kills: from the beginning, until there were enough.
        _same(server.dump(), expected)
        prepare(store)
    finished = server.load("--as-of", "2026-01-01", "--resume")
    _done(server, finished.wait())
    _same(server.dump(), expected)
    batches = store.internal("load/run_batches", run=_run(server))
    places = [(row["source"], row["delivery"], row["chunk"]) for row in batches]
    assert len(places) == len(set(places)), "no batch was written twice"


def _run(made: Installation) -> str:
    runs = json.loads(made.run("loads", "--json").stdout)
    assert runs[0]["state"] == "DONE"
    return str(runs[0]["id"])


def test_the_database_is_killed(own: Installation) -> None:
    chance = random.Random(SEED)
    expected, seconds = _reference(own)
    assert own.run("db", "wipe", "--yes").returncode == 0
    load = own.load("--as-of", "2026-01-01")
    kills = 0
    while kills < max(1, KILLS // 3):
        try:
            code = load.wait(chance.uniform(0.1, 0.9) * min(seconds / 2, LONGEST))
        except subprocess.TimeoutExpired:
            pid = json.loads(own.run("db", "status", "--json").stdout)["pid"]
            if pid is not None:
                os.kill(pid, signal.SIGKILL)
                kills += 1
            continue
        _done(own, code)
        _same(own.dump(), expected)
        assert own.run("db", "wipe", "--yes").returncode == 0
        load = own.load("--as-of", "2026-01-01")
    _done(own, load.wait())
    _same(own.dump(), expected)
