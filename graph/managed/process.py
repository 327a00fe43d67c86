"""The server's process: started detached, recognised again, asked whether it answers, ended."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import ServerError
from graph.managed.config import ENTRY_POINT, LOOPBACK

if TYPE_CHECKING:
    import psutil

_HANDSHAKE = bytes.fromhex("6060b017 00040405 00000000 00000000 00000000")
"""Bolt's magic number and one proposal, versions 5.0 to 5.4. Source: Bolt protocol manual, handshake."""
_OWN_VARIABLES = ("POLEGRAPH_", "NEO4J_", "JAVA_", "JDK_", "CLASSPATH")
if sys.platform == "win32":
    _CREATION_FLAGS = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
else:
    _CREATION_FLAGS = 0
_CLOCK_SLACK_S = 2.0
_POLL_S = 0.05
_COMMAND_S = 5.0

_children: list[subprocess.Popen[bytes]] = []
"""Servers that this process started, kept so that they are reaped when they end."""


def launch(java: Path, arguments: Path, home: Path, conf: Path, console: Path) -> int:
    """The process id of a new server that outlives us: own session, nothing of our terminal, output to `console`.

    ServerError when the operating system refuses.
    """
    command = [str(java), f"@{arguments}", ENTRY_POINT, _home_argument(home), f"--config-dir={conf}"]
    try:
        with console.open("wb") as out:
            child = subprocess.Popen(
                command,
                cwd=home,
                env=environment(),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                umask=0o077,
                creationflags=_CREATION_FLAGS,
            )
    except OSError as error:
        raise ServerError(f"cannot start the server: {error.strerror or error} ({java})") from None
    _children.append(child)
    return child.pid


def environment() -> dict[str, str]:
    """Our environment without what would steer Java or Neo4j, and without our own settings and secrets."""
    return {name: value for name, value in os.environ.items() if not name.startswith(_OWN_VARIABLES)}


def _home_argument(home: Path) -> str:
    return f"--home-dir={home}"


def recognise(pid: int | None, home: Path, created: float | None = None) -> psutil.Process | None:
    """The live server of `home` with this process id; None when it is gone or the id belongs to another by now."""
    import psutil

    if pid is None:
        return None
    try:
        process = psutil.Process(pid)
        if created is not None and abs(process.create_time() - created) > _CLOCK_SLACK_S:
            return None
        alive = process.status() not in {psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD}
        return process if alive and _is_server(process.cmdline(), home) else None
    except psutil.Error:
        return None


def await_command(pid: int, home: Path) -> psutil.Process | None:
    """The server that was launched just now; None when it has ended by itself.

    Linux closes the pipe by which `Popen` learns of the new program before it sets that program's arguments, so on a
    busy machine a process may have an empty command line for an instant.
    """
    deadline = time.monotonic() + _COMMAND_S
    while True:
        # Asked first: a command line that comes between the two questions is then seen by the second.
        early = _has_no_command(pid)
        found = recognise(pid, home)
        if found is not None or not early or time.monotonic() > deadline:
            return found
        time.sleep(_POLL_S / 5)


def _has_no_command(pid: int) -> bool:
    import psutil

    try:
        process = psutil.Process(pid)
        return process.status() != psutil.STATUS_ZOMBIE and not process.cmdline()
    except psutil.Error:
        return False


def search(home: Path) -> psutil.Process | None:
    """The live server of `home` among all processes: one whose starter was killed before it could write it down."""
    import psutil

    for process in psutil.process_iter(["cmdline"]):
        if _is_server(process.info["cmdline"] or (), home):
            found = recognise(process.pid, home)
            if found is not None:
                return found
    return None


def _is_server(command: Sequence[str], home: Path) -> bool:
    return ENTRY_POINT in command and _home_argument(home) in command


def answers(port: int, timeout: float = 1.0) -> bool:
    """Whether a Bolt server accepts a handshake on this loopback port within `timeout` seconds."""
    try:
        with socket.create_connection((LOOPBACK, port), timeout=timeout) as connection:
            connection.sendall(_HANDSHAKE)
            return connection.recv(4)[-1:] == b"\x05"
    except OSError:
        return False


def wait_until_ready(process: psutil.Process, port: int, timeout: float) -> bool:
    """Whether the server answers within `timeout` seconds; False as soon as its process has ended, or in the end."""
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        if not _runs(process):
            return False
        if answers(port) and _listens(process, port):
            return True
        time.sleep(_POLL_S)
    return False


def _listens(process: psutil.Process, port: int) -> bool:
    """Whether it is this process that answers on the port; taken for granted where we may not look."""
    import psutil

    try:
        return any(
            connection.status == psutil.CONN_LISTEN and connection.laddr.port == port
            for connection in process.net_connections("tcp")
        )
    except psutil.AccessDenied:
        return True
    except psutil.Error:
        return False


def _runs(process: psutil.Process) -> bool:
    import psutil

    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def end(process: psutil.Process, grace: float) -> bool:
    """Whether the server ended by itself within `grace` seconds of being asked to; otherwise it was killed.

    ServerError when it survives even that.
    """
    import psutil

    try:
        process.terminate()
        process.wait(grace)
    except psutil.TimeoutExpired:
        return _kill(process)
    except psutil.NoSuchProcess:
        pass
    except psutil.AccessDenied:
        raise ServerError(f"process {process.pid} belongs to another user: let its owner stop it") from None
    finally:
        _reap()
    return True


def _kill(process: psutil.Process) -> bool:
    import psutil

    try:
        process.kill()
        process.wait(2)
    except psutil.TimeoutExpired:
        raise ServerError(
            f"process {process.pid} does not end even when killed: its disk may hang; look at it with ps"
        ) from None
    except psutil.NoSuchProcess:
        pass
    return False


def _reap() -> None:
    _children[:] = [child for child in _children if child.poll() is None]


def free_port(preferred: int | None = None) -> int:
    """A loopback port that nobody listens on: the preferred one if it is free, else any."""
    for candidate in (preferred, 0):
        if candidate is None:
            continue
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            if sys.platform != "win32":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOOPBACK, candidate))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise ServerError(f"no free port on {LOOPBACK}: too many connections are open")
