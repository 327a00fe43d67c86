"""The server's jars in the user's cache: fetched once in parallel, verified, shared by all installations."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from pathlib import Path
from threading import Event, Lock
from urllib.parse import urlsplit

from graph.errors import BadInput, ServerError
from graph.managed.artifact import Artifact, JarLock, file_sha256
from graph.managed.layout import write_whole
from graph.managed.mutex import hold, make_folder

Progress = Callable[[int, int], None]

WORKERS = 12
FOLDER_TIMEOUT_S = 1_800
SPARE_BYTES = 16 << 20
_TICK_S = 0.1


def jar_paths(lock: JarLock, folder: Path) -> list[Path]:
    """Where the lock's jars are or will be, in the order of the class path."""
    return [folder / artifact.file_name for artifact in lock.artifacts]


def is_complete(lock: JarLock, folder: Path) -> bool:
    """Whether every jar was verified here once and still has its size; reads names and sizes only."""
    return _marker(lock, folder).exists() and all(_has_size(artifact, folder) for artifact in lock.artifacts)


def provide(lock: JarLock, folder: Path, maven_url: str | None = None, progress: Progress | None = None) -> list[Path]:
    """The paths of all jars, fetched where they are missing or damaged.

    `maven_url`: root of a Maven repository, default the central one; `progress(done, total)` in bytes is called in
    this thread about ten times a second. BadInput for an address that is none; ServerError when a jar cannot be had.
    """
    if not is_complete(lock, folder):
        base = repository(maven_url)
        with hold(folder / ".lock", FOLDER_TIMEOUT_S, "fetch the server's jars"):
            if not is_complete(lock, folder):
                _fill(lock, folder, base, progress)
    return jar_paths(lock, folder)


def repository(maven_url: str | None) -> str:
    """The repository's root: the given http(s) address, else the one that jgo knows; BadInput for anything else."""
    if maven_url is None:
        from jgo.constants import MAVEN_CENTRAL_URL

        return str(MAVEN_CENTRAL_URL)
    parts = urlsplit(maven_url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise BadInput("POLEGRAPH_MAVEN_URL is not an http(s) address: give the root of a Maven repository")
    return maven_url


def _fill(lock: JarLock, folder: Path, base: str, progress: Progress | None) -> None:
    missing = [artifact for artifact in lock.artifacts if not _is_whole(artifact, folder)]
    if missing:
        _check_room(sum(artifact.size for artifact in missing), folder)
        _fetch_all(missing, lock.size, folder, base, progress)
    write_whole(_marker(lock, folder), f"{lock.digest}\n")


def _is_whole(artifact: Artifact, folder: Path) -> bool:
    return _has_size(artifact, folder) and file_sha256(folder / artifact.file_name) == artifact.sha256


def _has_size(artifact: Artifact, folder: Path) -> bool:
    try:
        return (folder / artifact.file_name).stat().st_size == artifact.size
    except OSError:
        return False


def _marker(lock: JarLock, folder: Path) -> Path:
    return folder / f"{lock.digest[:16]}.verified"


def _check_room(needed: int, folder: Path) -> None:
    make_folder(folder)
    free = shutil.disk_usage(folder).free
    if free < needed + SPARE_BYTES:
        raise ServerError(
            f"no room in {folder}: the server's jars need {needed:,} bytes more and {free:,} are free; free some space "
            "and run the command again"
        )


def _fetch_all(missing: list[Artifact], total: int, folder: Path, base: str, progress: Progress | None) -> None:
    from graph.managed.fetch import Fetcher  # brings the HTTP client, of no use when all is present

    stop, guard = Event(), Lock()
    done = total - sum(artifact.size for artifact in missing)

    def count(size: int) -> None:
        nonlocal done
        with guard:
            done += size

    fetcher = Fetcher(base, folder, stop)
    with ThreadPoolExecutor(WORKERS, thread_name_prefix="jars") as pool:
        largest_first = sorted(missing, key=lambda artifact: -artifact.size)
        futures = [pool.submit(fetcher.fetch, artifact, count) for artifact in largest_first]
        try:
            _watch(futures, lambda: progress(done, total) if progress else None)
        finally:
            stop.set()
            pool.shutdown(wait=True, cancel_futures=True)


def _watch(futures: list[Future[None]], report: Callable[[], None]) -> None:
    """Nothing, once all are done; the first failure is raised as soon as it happens."""
    waiting = set(futures)
    while waiting:
        finished, waiting = wait(waiting, timeout=_TICK_S, return_when=FIRST_EXCEPTION)
        report()
        for future in finished:
            future.result()
