"""A lock among processes that says who holds it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from os import getpid
from pathlib import Path

from graph.errors import ServerError


@contextmanager
def hold(lock: Path, timeout: float, purpose: str) -> Iterator[None]:
    """The lock file `lock`, held for the body; its folder is made, a dead holder's lock is free.

    ServerError after `timeout` seconds names the process that holds it, `purpose` being what we waited to do.
    """
    from filelock import FileLock, Timeout  # a running server is found without it

    make_folder(lock.parent)
    holder = lock.with_name(lock.name + ".holder")
    guard = FileLock(lock, timeout=timeout)
    try:
        guard.acquire()
        holder.write_text(str(getpid()), encoding="ascii")
    except Timeout:
        raise ServerError(
            f"cannot {purpose}: process {_read(holder)} has held {lock} for more than {timeout:.0f} s; "
            "wait for it, or end that process if it hangs"
        ) from None
    except OSError as error:
        guard.release()
        raise ServerError(
            f"cannot {purpose}: {lock.parent} cannot be written ({error.strerror or error}); fix its owner and rights, "
            "or free some space"
        ) from None
    try:
        yield
    finally:
        guard.release()


def make_folder(folder: Path) -> None:
    """The folder, made with its parents for its owner alone; ServerError when it cannot be had or written."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ServerError(f"cannot make the folder {folder}: {error.strerror}; choose another or free it") from None


def _read(holder: Path) -> str:
    try:
        return holder.read_text(encoding="ascii").strip() or "?"
    except OSError:
        return "?"
