"""A small SQLite file that is its owner's alone: whoever changes it waits for others, and a change is durable."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

MODE = 0o600
FOLDER_MODE = 0o700
# So long whoever writes waits for other processes, in seconds; each takes a millisecond.
BUSY_S = 10.0


def make_own(path: Path) -> None:
    """The empty file and its folder, because SQLite would make it readable by others.

    It gives its side files the mode of this one. One that is there is not opened: closing it would give up the locks
    that this process has on it.
    """
    path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, MODE))


class OwnFile:
    """The rows of one table, made on the first change; `schema` makes it where it is not."""

    def __init__(self, path: Path, schema: str) -> None:
        self._path = path
        self._schema = schema

    def rows(self, text: str, given: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """What a query finds, nothing where there is no file yet; raises sqlite3.Error."""
        if not self._path.exists():
            return []
        with closing(self._opened()) as file:
            return file.execute(text, given).fetchall()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction, durable where it ends well; raises sqlite3.Error and OSError."""
        make_own(self._path)
        with closing(self._opened()) as file, file:
            file.execute(self._schema)
            yield file

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=BUSY_S)
        connection.execute("PRAGMA synchronous = FULL")
        return connection
