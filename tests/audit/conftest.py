"""A log of a few entries, and what somebody with the file and a database tool can do to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from security.audit import Act, AuditLog, Book, Entry, FileBook, Seal, ServerBook
from security.viewer import Purpose, PurposeCode
from tests.postgres import Server, served

PERSON = "e_mzxw6ytboi2dqnbqga4q"


def log_in(folder: Path) -> AuditLog:
    """The log of a folder: in the database whose address the folder says, else in a file."""
    url = folder / "audit.url"
    book: Book = ServerBook(url.read_text()) if url.exists() else FileBook(folder / "audit.db")
    return AuditLog(book, Seal(folder / "audit.key", folder / "checkpoints"))


def file_of(log: AuditLog) -> Path:
    """The file of a log that has one."""
    assert isinstance(log.book, FileBook)
    return log.book.path


def looked(number: int, *ids: str) -> Entry:
    """An entry of somebody who looked at these."""
    purpose = Purpose(PurposeCode.INVESTIGATION, "case 7")
    return Entry(Act.CONSULTATION, "pc 77", "search", f"q{number}", "api", purpose=purpose, ids=ids)


def meddle(log: AuditLog, *statements: str) -> None:
    """Change the file or the table as its owner can: triggers first taken away."""
    url = log.seal.file.with_name("audit.url")
    if url.exists():
        with psycopg.connect(url.read_text()) as server:
            server.execute("ALTER TABLE polegraph_audit.entry DISABLE TRIGGER entry_stays")
            server.execute("SET search_path = polegraph_audit")
            for statement in statements:
                server.execute(statement.encode())
        return
    with closing(sqlite3.connect(file_of(log))) as connection:
        for trigger in ("entry_stays", "entry_is_so"):
            connection.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """The run's PostgreSQL."""
    with served() as server:
        yield server


@pytest.fixture
def database(postgres: Server, tmp_path: Path) -> str:
    """The address of a new database, which `log_in` of the test's folder keeps its log in."""
    url = postgres.database()
    (tmp_path / "audit.url").write_text(url)
    return url


@pytest.fixture(params=["file", "server"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder whose log is in a file, and one whose log is in PostgreSQL."""
    if request.param == "server":
        request.getfixturevalue("database")
    return tmp_path


@pytest.fixture
def log(folder: Path) -> AuditLog:
    """Twelve entries, the tenth and the last vouched for."""
    made = log_in(folder)
    for number in range(1, 11):
        made.append(looked(number, PERSON if number == 4 else f"e_{number}"))
    made.close()
    made.append(looked(11), looked(12))
    made.close()
    return made
