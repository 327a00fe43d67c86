"""What the server is told: neo4j.conf, the JVM's arguments, the user's password."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from graph.errors import ServerError
from graph.managed.layout import Layout, write_whole
from graph.managed.mutex import make_folder

USER = "neo4j"
DATABASE = "neo4j"
LOOPBACK = "127.0.0.1"
ENTRY_POINT = "org.neo4j.server.CommunityEntryPoint"
ADMIN_TOOL = "org.neo4j.cli.AdminTool"

_PASSWORD_BYTES = 24
_HASH_ROUNDS = 1024
_INITIAL_HEAP_MB = 256
_OPENS = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch", "java.base/java.lang")


@dataclass(frozen=True, slots=True)
class Memory:
    """How much the server may take, in MiB: the JVM's heap at most, and the page cache beside it."""

    heap_mb: int = 1_024
    page_cache_mb: int = 512


def server_settings(layout: Layout, port: int, memory: Memory) -> dict[str, str]:
    """The settings of neo4j.conf: Bolt on loopback only, no HTTP, nothing reported, small logs, a quick stop.

    Source: Neo4j 5 operations manual, configuration settings; the stop's two delays were measured (10 s to 0.4 s).
    """
    return {
        "server.default_listen_address": LOOPBACK,
        "server.bolt.listen_address": f"{LOOPBACK}:{port}",
        "server.bolt.advertised_address": f"{LOOPBACK}:{port}",
        "server.http.enabled": "false",
        "server.https.enabled": "false",
        "server.directories.data": layout.store.as_posix(),
        "server.directories.logs": layout.logs.as_posix(),
        "server.directories.import": layout.import_folder.as_posix(),
        "dbms.security.auth_enabled": "true",
        "dbms.usage_report.enabled": "false",
        "server.memory.heap.max_size": f"{memory.heap_mb}m",
        "server.memory.pagecache.size": f"{memory.page_cache_mb}m",
        "db.tx_log.preallocate": "false",
        "db.tx_log.rotation.size": "64m",
        "db.tx_log.rotation.retention_policy": "1 files",
        "db.logs.query.enabled": "OFF",
        # How often it is looked whether the time of a question is up: by default only every two seconds.
        "db.transaction.monitor.check.interval": "100ms",
        # One plan for lists of every size: by default one, ten and a hundred messages plan their statements anew,
        # a second each.
        "internal.cypher.use_parameter_size": "false",
        "db.shutdown_transaction_end_timeout": "1s",
        "internal.server.bolt.thread_pool_shutdown_wait_time": "100ms",
    }


def write_configuration(layout: Layout, port: int, memory: Memory) -> None:
    """Nothing; neo4j.conf is then that of `server_settings`, and its folders exist."""
    settings = server_settings(layout, port, memory)
    text = "".join(f"{name}={value}\n" for name, value in settings.items())
    write_whole(layout.conf / "neo4j.conf", "# Written at every start by polegraph; changes here are lost.\n" + text)


def write_arguments(path: Path, jars: Iterable[Path], heap_mb: int, logs: Path) -> None:
    """Nothing; `path` then holds the JVM's options as an argument file: a command line would be too long on Windows."""
    class_path = os.pathsep.join(str(jar) for jar in jars)
    options = [
        f"-Xms{min(_INITIAL_HEAP_MB, heap_mb)}m",
        f"-Xmx{heap_mb}m",
        "-XX:+UseParallelGC",
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:-UsePerfData",
        f"-XX:ErrorFile={logs / 'jvm-crash-%p.log'}",
        *(f"--add-opens={package}=ALL-UNNAMED" for package in _OPENS),
        "-Dio.netty.tryReflectionSetAccessible=true",
        "-Dlog4j2.disable.jmx=true",
        "-Dfile.encoding=UTF-8",
        "-cp",
        class_path,
    ]
    write_whole(path, "".join(f"{_quote(option)}\n" for option in options))


def _quote(option: str) -> str:
    escaped = option.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def ensure_password(layout: Layout) -> str:
    """The instance's password: the one in its file (which is made private again), else a new one, written there.

    ServerError when the file is lost although the store has been used, is empty, or cannot be read.
    """
    try:
        password = layout.password.read_text(encoding="utf-8").strip()
        if os.name == "posix" and layout.password.stat().st_mode & 0o077:
            layout.password.chmod(0o600)
    except FileNotFoundError:
        return _make_password(layout)
    except OSError as error:
        raise ServerError(f"cannot read {layout.password}: {error.strerror}; it must be readable by you") from None
    if not password:
        raise ServerError(f"{layout.password} is empty: put the password back, {_start_over(layout)}")
    return password


def _make_password(layout: Layout) -> str:
    if layout.has_system_database:
        raise ServerError(
            f"{layout.password} is missing and the store knows only its password: put it back, {_start_over(layout)}"
        )
    password = secrets.token_urlsafe(_PASSWORD_BYTES)
    write_whole(layout.password, password + "\n")
    return password


def _start_over(layout: Layout) -> str:
    return f"or remove {layout.store} to start with an empty graph"


def write_initial_user(layout: Layout, password: str) -> None:
    """Nothing; before the first start of a store its user and password are written where Neo4j reads them.

    The same file as `neo4j-admin dbms set-initial-password` writes, without 2 s of a JVM's start; the format belongs to
    the locked version, and every first start proves it by logging in.
    """
    if layout.has_system_database:
        return
    salt = secrets.token_bytes(32)
    folder = layout.store / "dbms"
    make_folder(folder)
    write_whole(folder / "auth.ini", f"{USER}:SHA-256,{_hash(password, salt)},{salt.hex()},{_HASH_ROUNDS}:\n")


def _hash(password: str, salt: bytes) -> str:
    digest = hashlib.sha256(salt + password.encode()).digest()
    for _ in range(_HASH_ROUNDS - 1):
        digest = hashlib.sha256(digest).digest()
    return digest.hex()
