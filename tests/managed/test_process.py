from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from graph.errors import ServerError
from graph.managed import process
from graph.managed.config import ENTRY_POINT
from graph.managed.mutex import hold

SLEEPER = "import sys, time; print('ready', flush=True); time.sleep(60)"


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[str]]:
    """A process of another program."""
    child = subprocess.Popen([sys.executable, "-c", SLEEPER], stdout=subprocess.PIPE, text=True)
    assert child.stdout
    child.stdout.readline()
    yield child
    child.kill()
    child.wait()
    child.stdout.close()


def test_recycled_process_id_is_not_our_server(tmp_path: Path, sleeper: subprocess.Popen[str]) -> None:
    created = psutil.Process(sleeper.pid).create_time()

    assert process.recognise(sleeper.pid, tmp_path, created) is None
    assert process.recognise(None, tmp_path) is None
    assert process.search(tmp_path) is None


def test_server_is_known_by_home_and_creation_time(tmp_path: Path) -> None:
    arguments = [ENTRY_POINT, f"--home-dir={tmp_path}"]
    child = subprocess.Popen([sys.executable, "-c", SLEEPER, *arguments], stdout=subprocess.PIPE)
    assert child.stdout
    # Between its start and its first instruction its command line may be empty.
    child.stdout.readline()
    try:
        created = psutil.Process(child.pid).create_time()
        assert process.recognise(child.pid, tmp_path, created)
        assert process.recognise(child.pid, tmp_path, created - 60) is None
        assert process.recognise(child.pid, tmp_path / "other", created) is None
        found = process.search(tmp_path)
        assert found
        assert found.pid == child.pid
    finally:
        child.kill()
        child.communicate()
    assert process.recognise(child.pid, tmp_path, created) is None


def test_a_command_line_that_is_empty_at_first_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = [sys.executable, "-c", SLEEPER, ENTRY_POINT, f"--home-dir={tmp_path}"]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    real = psutil.Process.cmdline
    early: Iterator[list[str]] = iter([[], [], [], []])

    def cmdline(self: psutil.Process) -> list[str]:
        shown: list[str] | None = next(early, None)
        return real(self) if shown is None else shown

    monkeypatch.setattr(psutil.Process, "cmdline", cmdline)
    try:
        found = process.await_command(child.pid, tmp_path)
        assert found is not None
        assert found.pid == child.pid
        assert process.await_command(child.pid, tmp_path / "other") is None
    finally:
        child.kill()
        child.communicate()
    assert process.await_command(child.pid, tmp_path) is None


def test_what_listens_but_does_not_speak_bolt_is_no_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        assert not process.answers(listener.getsockname()[1], timeout=0.1)


def test_preferred_port_is_kept_only_while_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        taken = listener.getsockname()[1]
        assert process.free_port(taken) != taken
    assert process.free_port(taken) == taken


def test_environment_of_the_server_has_no_secret_or_option_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("POLEGRAPH_NEO4J_PASSWORD", "NEO4J_HOME", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH"):
        monkeypatch.setenv(name, "x")
    monkeypatch.setenv("LANG", "C.UTF-8")

    assert process.environment()["LANG"] == "C.UTF-8"
    assert "x" not in process.environment().values()


def test_lock_that_hangs_names_its_holder(tmp_path: Path) -> None:
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom graph.managed.mutex import hold\n"
        "with hold(Path(sys.argv[1]), 1, 'hang'):\n    print('held', flush=True)\n    time.sleep(60)\n"
    )
    lock = tmp_path / "deep" / "server.lock"
    child = subprocess.Popen([sys.executable, "-c", script, lock], stdout=subprocess.PIPE, text=True)
    try:
        assert child.stdout
        assert child.stdout.readline() == "held\n"
        refused = pytest.raises(ServerError, match=f"cannot start the server: process {child.pid} has held")
        with refused, hold(lock, 0.2, "start the server"):
            pass
    finally:
        child.kill()
        child.communicate()
    with hold(lock, 1, "start the server"):
        assert (tmp_path / "deep" / "server.lock.holder").read_text() == str(os.getpid())
