"""The managed server for real: one data folder for the module, each test begins by starting or joining it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest
from neo4j import GraphDatabase
from neo4j.exceptions import AuthError

from graph.errors import ServerError
from graph.managed.config import Memory
from graph.managed.instance import Connection, Instance, State, Stopping
from graph.managed.layout import Record, read_record, write_record
from graph.settings import load_settings

pytestmark = pytest.mark.database

STARTER = """
import sys
from pathlib import Path
from graph.managed.instance import Instance
print(Instance(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] or None).start().uri, flush=True)
"""


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    settings = load_settings()
    folder = tmp_path_factory.mktemp("managed") / "a folder"
    made = Instance(folder, settings.cache_dir, settings.maven_url, memory=Memory(heap_mb=512, page_cache_mb=64))
    yield made
    made.stop()


@contextmanager
def starter(instance: Instance) -> Iterator[subprocess.Popen[str]]:
    """Another process that starts the instance."""
    folders = [str(instance.layout.data_dir), str(instance.cache_dir)]
    command = [sys.executable, "-c", STARTER, *folders, instance.maven_url or ""]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    yield child
    child.kill()
    child.communicate()


def run(connection: Connection, statement: str) -> list[object]:
    with GraphDatabase.driver(connection.uri, auth=(connection.user, connection.password)) as driver:
        records = driver.execute_query(statement, database_=connection.database).records
    return [record[0] for record in records]


def pid_of(instance: Instance) -> int:
    pid = instance.status().pid
    assert pid is not None
    return pid


def await_launch(instance: Instance) -> Record:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        record = read_record(instance.layout)
        if record is not None and record.pid is not None:
            return record
        time.sleep(0.01)
    raise AssertionError("no server was launched within 60 s")


def test_processes_that_start_together_share_one_server(instance: Instance) -> None:
    with starter(instance) as one, starter(instance) as other:
        connection = instance.start()
        uris = {child.communicate(timeout=60)[0].strip() for child in (one, other)}

    assert uris == {connection.uri}
    assert instance.status().state is State.RUNNING
    assert run(connection, "RETURN 1") == [1]


def test_running_server_is_joined_at_once(instance: Instance) -> None:
    connection = instance.start()
    pid = pid_of(instance)
    again = Instance(instance.layout.data_dir, instance.cache_dir)

    assert again.start() == connection
    assert pid_of(again) == pid


def test_only_the_generated_password_opens_and_it_is_not_shown(instance: Instance) -> None:
    connection = instance.start()

    assert connection.password == instance.layout.password.read_text().strip()
    assert connection.password not in f"{connection} {instance.status()}"
    command = " ".join(psutil.Process(pid_of(instance)).cmdline())
    assert connection.password not in command
    for wrong in ("neo4j", "", connection.password + "x"):
        with GraphDatabase.driver(connection.uri, auth=("neo4j", wrong)) as driver, pytest.raises(AuthError):
            driver.verify_connectivity()


def test_server_listens_on_loopback_alone(instance: Instance) -> None:
    instance.start()

    listening = [c for c in psutil.Process(pid_of(instance)).net_connections("inet") if c.status == psutil.CONN_LISTEN]
    assert len(listening) == 1
    assert listening[0].laddr.ip in {"127.0.0.1", "::ffff:127.0.0.1"}


def test_admin_is_refused_while_the_server_runs(instance: Instance) -> None:
    instance.start()

    with pytest.raises(ServerError, match=f"the server runs \\(process {pid_of(instance)}\\)"):
        instance.admin("database", "info", "neo4j")


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_hung_server_is_named_then_killed_and_recovers(instance: Instance) -> None:
    connection = instance.start()
    run(connection, "CREATE (:Kept {value: 42})")
    pid = pid_of(instance)
    os.kill(pid, signal.SIGSTOP)
    # The signal is on its way, not there: a loaded machine may answer one more time.
    while psutil.Process(pid).status() != psutil.STATUS_STOPPED:
        time.sleep(0.01)
    hasty = Instance(instance.layout.data_dir, instance.cache_dir, start_timeout=0.2)

    assert hasty.status().state is State.UNRESPONSIVE
    with pytest.raises(ServerError, match=f"process {pid}\\) runs but does not answer: stop it"):
        hasty.start()
    assert instance.stop(grace=0.2) is Stopping.KILLED

    assert run(instance.start(), "MATCH (k:Kept) RETURN k.value") == [42]
    assert pid_of(instance) != pid


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_killed_starter_leaves_a_server_that_the_next_command_finds(instance: Instance) -> None:
    instance.stop()
    with starter(instance) as child:
        launched = await_launch(instance)
        child.kill()
    write_record(instance.layout, Record(launched.port, launched.version))

    assert instance.status().state in {State.STARTING, State.RUNNING}
    connection = instance.start()

    assert pid_of(instance) == launched.pid
    assert run(connection, "RETURN 1") == [1]


def test_stop_is_quick_and_a_stale_process_id_or_taken_port_does_not_matter(instance: Instance) -> None:
    instance.start()
    began = time.perf_counter()
    assert instance.stop() is Stopping.STOPPED
    assert time.perf_counter() - began < 3
    assert instance.stop() is Stopping.WAS_STOPPED
    last = read_record(instance.layout)
    assert last is not None

    write_record(instance.layout, Record(last.port, last.version, os.getpid(), psutil.Process().create_time()))
    assert instance.status().state is State.STOPPED
    with socket.create_server(("127.0.0.1", last.port)):
        connection = instance.start()
    assert connection.uri != f"bolt://127.0.0.1:{last.port}"
    assert run(connection, "RETURN 1") == [1]


def test_wiped_store_takes_an_import_that_the_next_start_serves(instance: Instance) -> None:
    was_running = instance.status().state is State.RUNNING
    assert instance.wipe() is was_running
    assert not instance.has_graph
    instance.layout.import_folder.mkdir(parents=True, exist_ok=True)
    rows = instance.layout.import_folder / "rows.csv"
    rows.write_text("id:ID,value:int\na,1\nb,2\n")

    instance.import_graph([f"--nodes=Row={rows}"])
    assert instance.has_graph
    connection = instance.start()

    assert run(connection, "MATCH (r:Row) RETURN sum(r.value)") == [3]
    assert run(connection, "MATCH (n) RETURN count(n)") == [2]


def test_half_an_import_is_no_graph_and_the_next_start_is_empty(instance: Instance) -> None:
    instance.layout.import_folder.mkdir(parents=True, exist_ok=True)
    rows = instance.layout.import_folder / "rows.csv"
    rows.write_text("id:ID,value:int\na,1\nb,none\n")

    with pytest.raises(ServerError, match="neo4j-admin database import failed"):
        instance.import_graph([f"--nodes=Row={rows}", "--bad-tolerance=0"])

    assert not instance.has_graph
    assert run(instance.start(), "MATCH (n) RETURN count(n)") == [0]
    assert instance.has_graph


def test_admin_works_on_the_stopped_store(instance: Instance) -> None:
    instance.start()
    instance.stop()

    assert "neo4j" in instance.admin("database", "info", "neo4j", heap_mb=256)
    with pytest.raises(ServerError, match="neo4j-admin database dump failed"):
        instance.admin("database", "dump", "absent", f"--to-path={instance.layout.data_dir}", heap_mb=256)


def test_failed_start_says_why_and_leaves_nothing_running(instance: Instance) -> None:
    instance.stop()
    greedy = Instance(instance.layout.data_dir, instance.cache_dir, memory=Memory(heap_mb=1 << 40))

    with pytest.raises(ServerError, match="the server ended while it started; it said:") as caught:
        greedy.start()

    assert "set POLEGRAPH_HEAP_MB lower" in str(caught.value)
    assert str(instance.layout.logs) in str(caught.value)
    assert instance.status().state is State.STOPPED
