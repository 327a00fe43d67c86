"""The file of the log: SQLite, whose triggers keep programs that are only careless from changing it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from filelock import FileLock

from security.own_file import BUSY_S, MODE, make_own

_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (seq INTEGER PRIMARY KEY, body BLOB NOT NULL, hash BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS probe (one INTEGER PRIMARY KEY, at REAL NOT NULL) STRICT;
CREATE TRIGGER IF NOT EXISTS entry_stays BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER IF NOT EXISTS entry_is_so BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'append-only'); END;
"""


def open_to_write(path: Path) -> sqlite3.Connection:
    """A connection whose commits are durable when they return; the file is made, its owner's alone, where it is not."""
    make_own(path)
    connection = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
    try:
        # SQLite does not wait where two switch to WAL at once, but says that the database is locked.
        with FileLock(path.with_name(f"{path.name}.lock"), timeout=BUSY_S, mode=MODE):
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


def open_to_read(path: Path) -> sqlite3.Connection:
    """A connection that changes nothing; sqlite3.Error where there is no log, or what is there is none."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_S)
    connection.execute("PRAGMA query_only = ON")
    return connection
