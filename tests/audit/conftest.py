"""A log of a few entries, and what somebody with the file and a database tool can do to it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from security.audit import Act, AuditLog, Entry, Seal
from security.viewer import Purpose, PurposeCode

PERSON = "e_mzxw6ytboi2dqnbqga4q"


def log_in(folder: Path) -> AuditLog:
    """The log of a folder."""
    return AuditLog(folder / "audit.db", Seal(folder / "audit.key", folder / "checkpoints"))


def looked(number: int, *ids: str) -> Entry:
    """An entry of somebody who looked at these."""
    purpose = Purpose(PurposeCode.INVESTIGATION, "case 7")
    return Entry(Act.CONSULTATION, "pc 77", "search", f"q{number}", "api", purpose=purpose, ids=ids)


def meddle(log: AuditLog, *statements: str) -> None:
    """Change the file as its owner can: triggers first taken away."""
    with closing(sqlite3.connect(log.path)) as connection:
        for trigger in ("entry_stays", "entry_is_so"):
            connection.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


@pytest.fixture
def log(tmp_path: Path) -> AuditLog:
    """Twelve entries, the tenth and the last vouched for."""
    made = log_in(tmp_path)
    for number in range(1, 11):
        made.append(looked(number, PERSON if number == 4 else f"e_{number}"))
    made.close()
    made.append(looked(11), looked(12))
    made.close()
    return made
