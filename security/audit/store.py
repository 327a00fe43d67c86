"""The file of the log: SQLite, whose triggers keep programs that are only careless from changing it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from filelock import FileLock

_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (seq INTEGER PRIMARY KEY, body BLOB NOT NULL, hash BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS probe (one INTEGER PRIMARY KEY, at REAL NOT NULL) STRICT;
CREATE TRIGGER IF NOT EXISTS entry_stays BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER IF NOT EXISTS entry_is_so BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'append-only'); END;
"""
# So long a writer waits for those of other processes; each takes a millisecond.
_BUSY_S = 10.0
_MODE = 0o600
_FOLDER_MODE = 0o700


def open_to_write(path: Path) -> sqlite3.Connection:
    """A connection whose commits are durable when they return; the file is made, its owner's alone, where it is not."""
    path.parent.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    _make(path)
    connection = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False)
    try:
        # SQLite does not wait where two switch to WAL at once, but says that the database is locked.
        with FileLock(path.with_name(f"{path.name}.lock"), timeout=_BUSY_S, mode=_MODE):
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN IMMEDIATE")
        for statement in _SCHEMA.strip().splitlines():
            connection.execute(statement)
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


def _make(path: Path) -> None:
    """The empty file, because SQLite would make it readable by others, and gives its side files the mode of this one.

    One that is there is not opened: closing it would give up the locks that this process has on it.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, _MODE))


def open_to_read(path: Path) -> sqlite3.Connection:
    """A connection that changes nothing; sqlite3.Error where there is no log, or what is there is none."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_BUSY_S)
    connection.execute("PRAGMA query_only = ON")
    return connection
