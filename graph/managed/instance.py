"""One managed Neo4j for each data folder: started when it is needed, shared by all processes, stopped by its own id.

    connection = Instance(data_dir, cache_dir).start()

The server outlives the process that started it; the next one finds it. Whoever starts, stops or administers holds the
instance's lock, so every operation may run beside itself.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import ServerError
from graph.managed import config, failure, guard, process
from graph.managed.artifact import server_lock
from graph.managed.config import DATABASE, LOOPBACK, USER, Memory
from graph.managed.java import find_java
from graph.managed.layout import Layout, Record, read_record, write_record, write_whole
from graph.managed.mutex import hold, make_folder
from graph.managed.provision import Progress, provide

if TYPE_CHECKING:
    import psutil

START_TIMEOUT_S = 120.0
STOP_GRACE_S = 2.5
STOP_LOCK_TIMEOUT_S = 5.0
ADMIN_HEAP_MB = 2_048
_PORT_ATTEMPTS = 3


class State(StrEnum):
    """What the server of a data folder is doing; UNRESPONSIVE: its process lives, but has not answered for long."""

    RUNNING = "running"
    STARTING = "starting"
    UNRESPONSIVE = "unresponsive"
    STOPPED = "stopped"


class Stopping(StrEnum):
    """How a stop ended; KILLED: it did not end in time, and recovers what was committed at its next start."""

    WAS_STOPPED = "was_stopped"
    STOPPED = "stopped"
    KILLED = "killed"


@dataclass(frozen=True, slots=True)
class Connection:
    """What a driver needs; the password is not in its repr.

    `ca`: the authorities that sign the server's certificate; None for those that the machine trusts.
    """

    uri: str
    user: str
    password: str = field(repr=False)
    database: str = DATABASE
    ca: Path | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """The server of a data folder; `uri` and `pid` are None while it is stopped."""

    state: State
    uri: str | None
    user: str
    password_file: Path
    database: str
    pid: int | None


class Instance:
    """The managed server of one data folder.

    `cache_dir`: the jars' folder is in it; `maven_url`: where they come from, default the central repository;
    `java`: the launcher to use instead of the one that is found.
    """

    def __init__(
        self,
        data_dir: Path,
        cache_dir: Path,
        maven_url: str | None = None,
        *,
        memory: Memory | None = None,
        java: Path | None = None,
        start_timeout: float = START_TIMEOUT_S,
    ) -> None:
        self.layout = Layout(data_dir.expanduser().resolve())
        self.cache_dir = cache_dir.expanduser().resolve()
        self.maven_url = maven_url
        self.memory = memory or Memory()
        self.java = java
        self.start_timeout = start_timeout

    def start(self, progress: Progress | None = None) -> Connection:
        """The connection to the server, which answers by then; a running one is shared, at once.

        `progress(done, total)`: bytes of jars, called only while some are fetched. ServerError says why it cannot be.
        """
        running = self.connection()
        if running is not None:
            return running
        jars, launcher = self.fetch(progress)
        with hold(self.layout.lock, self.start_timeout + 30, "start the server"):
            found = self._find()
            if found is None:
                return self._start_new(launcher, jars)
            return self._join(found)

    def fetch(self, progress: Progress | None = None) -> tuple[list[Path], Path]:
        """The server's jars, fetched where they are not in the cache yet, and the launcher of Java."""
        jars = provide(server_lock(), self.cache_dir / "jars", self.maven_url, progress)
        return jars, find_java(self.cache_dir, self.java).path

    def connection(self) -> Connection | None:
        """The connection to the running server; None when none answers. Takes a few milliseconds."""
        record = read_record(self.layout)
        if record is None or process.recognise(record.pid, self.layout.home, record.created) is None:
            return None
        return self._connect(record.port) if process.answers(record.port) else None

    def status(self) -> Status:
        """What the server is doing, without changing anything."""
        record, found = read_record(self.layout), self._find()
        if found is None or record is None:
            return self._status(State.STOPPED, None, None)
        if process.answers(record.port):
            state = State.RUNNING
        else:
            young = time.time() - found.create_time() < self.start_timeout
            state = State.STARTING if young else State.UNRESPONSIVE
        return self._status(state, _uri(record.port), found.pid)

    def stop(self, grace: float = STOP_GRACE_S) -> Stopping:
        """How the stop ended; after `grace` seconds the server is killed, which loses nothing that was committed."""
        if self._find() is None:
            return Stopping.WAS_STOPPED
        with hold(self.layout.lock, STOP_LOCK_TIMEOUT_S, "stop the server"):
            return self._stop(grace)

    def wipe(self) -> bool:
        """Whether the server was running; it is stopped then, and the store gone: the next start has an empty graph.

        The password and everything else in the data folder stay.
        """
        with hold(self.layout.lock, self.start_timeout, "wipe the store"):
            was_running = self._stop(STOP_GRACE_S) is not Stopping.WAS_STOPPED
            try:
                if self.layout.store.exists():
                    shutil.rmtree(self.layout.store)
            except OSError as error:
                raise ServerError(f"cannot remove {self.layout.store}: {error.strerror or error}") from None
        return was_running

    def admin(self, *arguments: str, heap_mb: int = ADMIN_HEAP_MB) -> str:
        """What `neo4j-admin` printed for these arguments, run on this instance's store while the server is stopped.

        ServerError when the server runs, or with the telling lines when the tool fails.
        """
        jars, launcher = self.fetch()
        with hold(self.layout.lock, self.start_timeout, "use neo4j-admin"):
            found = self._find()
            if found is not None:
                raise ServerError(f"the server runs (process {found.pid}): stop it with `polegraph db stop` first")
            record = self._prepare(read_record(self.layout))
            options = self.layout.conf / "admin.args"
            config.write_arguments(options, jars, heap_mb, self.layout.logs)
            write_record(self.layout, record)
            return self._run_admin(launcher, options, arguments)

    @property
    def has_graph(self) -> bool:
        """Whether there is a store, empty or not; what an import left half done is none."""
        return self.layout.graph.exists() and not self.layout.importing.exists()

    def import_graph(self, arguments: Sequence[str]) -> str:
        """What `neo4j-admin database import full` printed, run over whatever graph there is; the server is stopped.

        Cut short, it leaves a mark by which the next start takes away what is not whole.
        """
        self.stop()
        make_folder(self.layout.home)
        write_whole(self.layout.importing, "")
        said = self.admin("database", "import", "full", DATABASE, *arguments)
        self.layout.importing.unlink()
        return said

    def _run_admin(self, launcher: Path, options: Path, arguments: tuple[str, ...]) -> str:
        places = {"NEO4J_HOME": str(self.layout.home), "NEO4J_CONF": str(self.layout.conf)}
        ran = subprocess.run(
            [launcher, f"@{options}", config.ADMIN_TOOL, *arguments],
            cwd=self.layout.home,
            env=process.environment() | places,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if ran.returncode:
            said = "\n  ".join(failure.telling_lines(f"{ran.stdout}\n{ran.stderr}"))
            raise ServerError(f"neo4j-admin {' '.join(arguments[:2])} failed (exit {ran.returncode}):\n  {said}")
        return ran.stdout

    def _find(self) -> psutil.Process | None:
        """Our server's process: the remembered one, else, on a store that was ever started, one found by search."""
        record = read_record(self.layout)
        if record is None:
            return None
        known = process.recognise(record.pid, self.layout.home, record.created)
        return known or process.search(self.layout.home)

    def _forget_half_a_graph(self) -> None:
        if self.layout.importing.exists():
            for folder in (self.layout.graph, self.layout.transactions):
                shutil.rmtree(folder, ignore_errors=True)
            self.layout.importing.unlink()

    def _start_new(self, launcher: Path, jars: list[Path]) -> Connection:
        self._forget_half_a_graph()
        for attempt in range(_PORT_ATTEMPTS):
            first = not self.layout.has_system_database
            record = self._prepare(None if attempt else read_record(self.layout))
            config.write_arguments(self.layout.conf / "java.args", jars, self.memory.heap_mb, self.layout.logs)
            mark = failure.mark_log(self.layout)
            started = self._launch(launcher, record)
            if started and process.wait_until_ready(started, record.port, self.start_timeout):
                return self._accept(started, record, first)
            if not failure.is_port_taken(self.layout, mark):
                raise self._start_failure(started, mark)
        raise ServerError(f"{_PORT_ATTEMPTS} free ports on {LOOPBACK} were taken before the server had them; try again")

    def _prepare(self, last: Record | None) -> Record:
        """What is to be remembered of the coming server; its folders, configuration and user are then written."""
        layout, version = self.layout, server_lock().version
        for folder in (layout.data_dir, layout.conf, layout.logs, layout.store, layout.import_folder):
            make_folder(folder)
        guard.check_version(read_record(layout), version, layout)
        guard.check_room(layout)
        record = Record(process.free_port(last.port if last else None), version)
        config.write_initial_user(layout, config.ensure_password(layout))
        config.write_configuration(layout, record.port, self.memory)
        return record

    def _launch(self, launcher: Path, record: Record) -> psutil.Process | None:
        """The started process, remembered before and after, so that no kill in between hides it; None if it died."""
        layout = self.layout
        write_record(layout, record)
        pid = process.launch(launcher, layout.conf / "java.args", layout.home, layout.conf, layout.console)
        started = process.await_command(pid, layout.home)
        if started is not None:
            write_record(layout, Record(record.port, record.version, pid, started.create_time()))
        return started

    def _accept(self, started: psutil.Process, record: Record, first: bool) -> Connection:
        connection = self._connect(record.port)
        if first:
            try:
                guard.log_in(connection.uri, (connection.user, connection.password), self.layout)
            except ServerError:
                process.end(started, STOP_GRACE_S)
                raise
        return connection

    def _start_failure(self, started: psutil.Process | None, mark: failure.LogMark) -> ServerError:
        if started is not None and process.recognise(started.pid, self.layout.home) is not None:
            process.end(started, STOP_GRACE_S)
            return failure.explain(
                self.layout, mark, f"the server did not answer within {self.start_timeout:.0f} s and was stopped"
            )
        return failure.explain(self.layout, mark, "the server ended while it started")

    def _join(self, found: psutil.Process) -> Connection:
        """The connection to a server that another process started, once it answers."""
        record = read_record(self.layout)
        if record is not None and process.wait_until_ready(found, record.port, self.start_timeout):
            write_record(self.layout, Record(record.port, record.version, found.pid, found.create_time()))
            return self._connect(record.port)
        raise ServerError(
            f"the server (process {found.pid}) runs but does not answer: stop it with `polegraph db stop`, "
            f"then try again (logs: {self.layout.logs})"
        )

    def _stop(self, grace: float) -> Stopping:
        found, record = self._find(), read_record(self.layout)
        if found is None:
            return Stopping.WAS_STOPPED
        ended = process.end(found, grace)
        if record is not None:
            write_record(self.layout, Record(record.port, record.version))
        return Stopping.STOPPED if ended else Stopping.KILLED

    def _connect(self, port: int) -> Connection:
        return Connection(_uri(port), USER, config.ensure_password(self.layout))

    def _status(self, state: State, uri: str | None, pid: int | None) -> Status:
        return Status(state, uri, USER, self.layout.password, DATABASE, pid)


def _uri(port: int) -> str:
    return f"bolt://{LOOPBACK}:{port}"
