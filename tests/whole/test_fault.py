"""What is short while a load runs, room for rejects or file handles: it is said, and nothing is lost."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.managed.instance import Connection
from graph.store import Store
from tests.conftest import KEY, prepare
from tests.whole.silo import HEADER, write

pytestmark = pytest.mark.database

ROWS = "".join(f"c{n},THEFT,2025-11-02,p{n},Ann {n},1980-02-03,,77,OFFICIAL\n" for n in range(300))
TORN = "".join(f"x{n},THEFT\n" for n in range(3_000))


Load = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def load(store: Store, connection: Connection, tmp_path: Path) -> Load:
    """A load in a process of its own, with limits."""
    prepare(store)
    return _loader(
        tmp_path,
        ROWS + TORN,
        POLEGRAPH_NEO4J_URI=connection.uri,
        POLEGRAPH_NEO4J_USER=connection.user,
        POLEGRAPH_NEO4J_PASSWORD=connection.password,
    )


def _loader(tmp_path: Path, rows: str, **settings: str) -> Load:
    write(tmp_path, {"crimes.csv": HEADER + rows, "officers.csv": "collar,surname\n77,Iqbal\n"})
    key = tmp_path / "secret.key"
    key.write_bytes(KEY)
    key.chmod(0o600)
    environment = {
        **os.environ,
        "POLEGRAPH_SECRET_KEY_FILE": str(key),
        "POLEGRAPH_BATCH_ROWS": "500",
        # An audit log of its own: that of all tests may be larger than what there is room for here.
        "POLEGRAPH_DATA_DIR": str(tmp_path / "installation"),
        **settings,
    }
    arguments = ["load", str(tmp_path / "mapping.yaml"), "--data", str(tmp_path), "--as-of", "2026-01-01"]

    def run(kind: int | None = None, most: int = 0, *further: str) -> subprocess.CompletedProcess[str]:
        def limit() -> None:
            if kind is not None:
                resource.setrlimit(kind, (most, most))

        command = [sys.executable, "-m", "cli", *arguments, "--rejects", str(tmp_path / "rejects"), *further]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=300, check=False, preexec_fn=limit
        )

    return run


def _rows(store: Store) -> int:
    return sum(1 for _ in store.stream("dump/rows"))


def test_no_room_for_rejects(load: Load, store: Store) -> None:
    short = load(resource.RLIMIT_FSIZE, 60_000)
    assert (short.returncode, "Traceback" in short.stderr) == (1, False), short.stderr
    assert "error: " in short.stderr
    assert "rejects" in short.stderr
    whole = load(None, 0, "--resume")
    assert whole.returncode == 3, whole.stderr
    assert _rows(store) == 301


def test_a_dozen_file_handles_are_enough(load: Load, store: Store) -> None:
    ran = load(resource.RLIMIT_NOFILE, 12)
    assert ran.returncode == 3, ran.stderr
    assert _rows(store) == 301


def test_no_room_for_a_first_load(tmp_path: Path) -> None:
    data = tmp_path / "data"
    short = _loader(tmp_path, ROWS, POLEGRAPH_DATA_DIR=str(data))(resource.RLIMIT_FSIZE, 60_000, "--first")
    assert (short.returncode, "Traceback" in short.stderr) == (1, False), short.stderr
    assert "a first load needs room" in short.stderr
    assert not list((data / "neo4j" / "import").iterdir())
