"""What a doctor looks at before and while the managed server runs; nothing is changed or fetched."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from graph.errors import ServerError
from graph.managed.artifact import server_lock
from graph.managed.guard import MIN_FREE_BYTES, check_version
from graph.managed.instance import Instance, State
from graph.managed.java import find_java
from graph.managed.layout import Layout, read_record
from graph.managed.provision import is_complete

COMFORTABLE_BYTES = 2 << 30


@dataclass(frozen=True, slots=True)
class Check:
    """One finding: what was looked at, whether it is well, what was found, what to do when it is not."""

    name: str
    ok: bool
    message: str
    advice: str = ""


def checks(data_dir: Path, cache_dir: Path, java: Path | None = None) -> list[Check]:
    """The findings on driver, Java, jars, disk, password file, store and server, in this order; never raises."""
    instance = Instance(data_dir, cache_dir, java=java)
    looks: list[tuple[str, Callable[[], Check]]] = [
        ("driver", check_driver),
        ("java", lambda: _check_java(cache_dir, java)),
        ("jars", lambda: _check_jars(cache_dir / "jars")),
        ("disk", lambda: _check_disk(instance.layout.data_dir)),
        ("password file", lambda: _check_password(instance.layout)),
        ("store", lambda: _check_store(instance.layout)),
        ("server", lambda: _check_server(instance)),
    ]
    return [_look(name, look) for name, look in looks]


def check_driver() -> Check:
    """Whether the driver packs values with its Rust extension; packing was measured 18 times slower without it."""
    from importlib import import_module

    import neo4j

    try:
        active = import_module("neo4j._codec.packstream").RUST_AVAILABLE is True
    except (ImportError, AttributeError):
        active = False
    return Check(
        "driver",
        active,
        f"neo4j {neo4j.__version__}, Rust extension {'active' if active else 'not active'}",
        ""
        if active
        else "reinstall it in the driver's version: python -m pip install --force-reinstall neo4j-rust-ext",
    )


def _look(name: str, look: Callable[[], Check]) -> Check:
    try:
        return look()
    except ServerError as error:
        finding, _, advice = error.message.partition(": ")
        return Check(name, False, finding, advice)
    except OSError as error:
        return Check(name, False, str(error), "fix the folder's owner and rights")


def _check_java(cache_dir: Path, path: Path | None) -> Check:
    java = find_java(cache_dir, path)
    return Check("java", True, f"Java {java.release} ({java.path})")


def _check_jars(folder: Path) -> Check:
    lock = server_lock()
    complete = is_complete(lock, folder)
    return Check(
        "jars",
        complete,
        f"Neo4j {lock.version}, {len(lock.artifacts)} jars, {'verified' if complete else 'not all'} in {folder}",
        "" if complete else f"`polegraph db start` fetches them ({lock.size / 1e6:.0f} MB)",
    )


def _check_disk(folder: Path) -> Check:
    existing = next(place for place in (folder, *folder.parents) if place.exists())
    free = shutil.disk_usage(existing).free
    advice = "" if free >= COMFORTABLE_BYTES else "free some space: loads grow the store and its logs"
    if free < MIN_FREE_BYTES:
        advice = "free some space: the server does not start"
    return Check("disk", not advice, f"{free / 1e9:.1f} GB free for {folder}", advice)


def _check_password(layout: Layout) -> Check:
    name, path = "password file", layout.password
    if not path.exists():
        if layout.has_system_database:
            return Check(name, False, f"{path} is missing", f"put it back, or remove {layout.store} to start over")
        return Check(name, True, f"{path} will be made at the first start")
    mode = path.stat().st_mode & 0o777
    if os.name == "posix" and mode & 0o077:
        return Check(name, False, f"{path} may be read by others (mode {mode:o})", f"chmod 600 {path}")
    return Check(name, True, f"{path} is readable by its owner alone")


def _check_store(layout: Layout) -> Check:
    record = read_record(layout)
    check_version(record, server_lock().version, layout)
    last = f"last run by Neo4j {record.version}" if record else "not started yet"
    return Check("store", True, f"{layout.store}, {last}")


def _check_server(instance: Instance) -> Check:
    status = instance.status()
    if status.state is State.UNRESPONSIVE:
        return Check(
            "server", False, f"process {status.pid} does not answer at {status.uri}", "`polegraph db stop`, then start"
        )
    where = f" at {status.uri}, process {status.pid}" if status.pid else ""
    return Check("server", True, f"{status.state}{where}")
