"""The files of one instance inside its data folder, and what polegraph remembers of its server."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from graph.errors import ServerError


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of an instance are; `data_dir` is absolute."""

    data_dir: Path

    @property
    def home(self) -> Path:
        """Neo4j's home folder."""
        return self.data_dir / "neo4j"

    @property
    def conf(self) -> Path:
        """The folder of neo4j.conf."""
        return self.home / "conf"

    @property
    def store(self) -> Path:
        """The folder of databases and transaction logs."""
        return self.home / "data"

    @property
    def import_folder(self) -> Path:
        """The folder that an import may read from."""
        return self.home / "import"

    @property
    def logs(self) -> Path:
        """The folder of the server's logs."""
        return self.data_dir / "logs"

    @property
    def console(self) -> Path:
        """What the server's process printed since its last start."""
        return self.logs / "console.log"

    @property
    def password(self) -> Path:
        """The file of the generated password."""
        return self.data_dir / "neo4j.password"

    @property
    def lock(self) -> Path:
        """The lock file of whoever starts or stops the server."""
        return self.home / "server.lock"

    @property
    def record(self) -> Path:
        """The file of the `Record`."""
        return self.home / "server.json"

    @property
    def graph(self) -> Path:
        """The folder of the graph's own store."""
        return self.store / "databases" / "neo4j"

    @property
    def transactions(self) -> Path:
        """The folder of the graph's transaction logs."""
        return self.store / "transactions" / "neo4j"

    @property
    def importing(self) -> Path:
        """The file that is there while a graph is imported: what lies beside it is not whole."""
        return self.home / "importing"

    @property
    def has_system_database(self) -> bool:
        """Whether the server has been started on this store, and so knows its users."""
        return (self.store / "databases" / "system").exists()


@dataclass(frozen=True, slots=True)
class Record:
    """What is remembered of a server: process id, its creation time (epoch seconds), Bolt port, Neo4j version.

    `pid` is None while a server is about to be started and after it was stopped.
    """

    port: int
    version: str
    pid: int | None = None
    created: float | None = None


def read_record(layout: Layout) -> Record | None:
    """What is remembered; None when there is nothing, or nothing that can be read."""
    try:
        found = json.loads(layout.record.read_text(encoding="utf-8"))
        return Record(int(found["port"]), str(found["version"]), found["pid"], found["created"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_record(layout: Layout, record: Record) -> None:
    """Nothing; the record is replaced as a whole, so that a reader never sees half of it."""
    write_whole(layout.record, json.dumps(asdict(record)))


def write_whole(path: Path, text: str) -> None:
    """Nothing; `path` then holds `text`, readable by its owner alone, or is untouched.

    ServerError names the file when it cannot be written (full disk, no right).
    """
    part = path.with_name(path.name + ".part")
    try:
        part.unlink(missing_ok=True)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    except OSError as error:
        raise ServerError(
            f"cannot write {path}: {error.strerror or error}; free some space, or fix its rights"
        ) from None
