"""Whatever is done to the log, verifying finds it; so does the script that needs nothing of ours."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from security.audit import AuditError, AuditLog, verify
from security.audit.chain import GENESIS, hash_of
from security.audit.look import lines
from tests.audit.conftest import file_of, log_in, looked, meddle
from tests.project.tree import ROOT

SCRIPT = ROOT / "tools" / "verify_audit.py"
FLIP = "UPDATE entry SET body = {0} WHERE seq = {1}"
REWRITE = "UPDATE entry SET body = {0}, hash = {1} WHERE seq = {2}"
DELETE = "DELETE FROM entry WHERE seq = {0}"
SWAP = "UPDATE entry SET body = (SELECT body FROM entry WHERE seq = 15 - {0}) WHERE seq IN ({0}, 15 - {0})"


def content(log: AuditLog, body: bytes) -> str:
    """An entry's content as the book's own language writes it."""
    return f"'\\x{body.hex()}'::bytea" if log.book.shared else f"x'{body.hex()}'"


def flip(log: AuditLog, number: int) -> None:
    (link,) = [link for link in log.links() if link.seq == number]
    spoilt = content(log, link.body.replace(b"pc 77", b"pc 78"))
    meddle(log, FLIP.format(spoilt, number))


def alone(log: AuditLog) -> subprocess.CompletedProcess[str]:
    """What the script says of the file, or of an export of the table, run by a Python without our packages."""
    told = log.seal.file.with_name("export.ndjson")
    if log.book.shared:
        told.write_bytes(b"".join(lines(log.links())))
    else:
        told = file_of(log)
    files = (SCRIPT, told, "--checkpoints", log.seal.file, "--key", log.seal.key_file)
    command = [sys.executable, "-I", "-S", *map(str, files)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def found(log: AuditLog) -> str:
    """The first thing that is wrong; the script agrees that there is one."""
    problems = verify(log).problems
    ran = alone(log)
    if log.book.shared and problems and problems[0].startswith("the log ends"):
        # An export may well be older than the newest checkpoint.
        return problems[0]
    assert ran.returncode == (1 if problems else 0), (problems, ran.stdout, ran.stderr)
    return problems[0] if problems else ""


def test_a_log_as_it_was_written_is_good(log: AuditLog) -> None:
    assert found(log) == ""
    verdict = verify(log)
    assert (verdict.entries, verdict.checkpoints, verdict.sealed) == (12, 2, 12)
    assert "12 entries" in alone(log).stdout


@pytest.mark.parametrize("number", [1, 5, 12])
def test_a_flip_is_found_where_it_is(log: AuditLog, number: int) -> None:
    flip(log, number)
    assert found(log).startswith(f"entry {number} is not the one that was written")


def test_every_bit_of_an_entry_counts(log: AuditLog) -> None:
    (link,) = [link for link in log.links() if link.seq == 5]
    for place in range(len(link.body)):
        spoilt = bytearray(link.body)
        spoilt[place] ^= 1
        before = next(each.hash for each in log.links(4))
        assert hash_of(before, 5, bytes(spoilt)) != link.hash


@pytest.mark.parametrize("number", [1, 6, 12])
def test_a_deletion_is_found(log: AuditLog, number: int) -> None:
    meddle(log, DELETE.format(number))
    said = "entry 1 is missing" if number == 1 else "entry 6 is missing" if number == 6 else "the log ends at entry 11"
    assert found(log).startswith(said)


def test_a_deletion_that_is_closed_up_is_found(log: AuditLog) -> None:
    meddle(log, "DELETE FROM entry WHERE seq = 6", "UPDATE entry SET seq = seq - 1 WHERE seq > 6")
    assert found(log).startswith("entry 6 is not the one that was written")


def test_an_insertion_is_found(log: AuditLog) -> None:
    meddle(
        log,
        "UPDATE entry SET seq = -seq - 1 WHERE seq > 6",
        "UPDATE entry SET seq = -seq WHERE seq < 0",
        "INSERT INTO entry SELECT 7, body, hash FROM entry WHERE seq = 3",
    )
    assert found(log).startswith("entry 7 is not the one that was written")


def test_a_changed_order_is_found(log: AuditLog) -> None:
    meddle(log, SWAP.format(7))
    assert found(log).startswith("entry 7 is not the one that was written")


def test_a_cut_end_is_found(log: AuditLog) -> None:
    meddle(log, "DELETE FROM entry WHERE seq > 8")
    assert found(log) == "the log ends at entry 8, and entry 12 was vouched for"


@pytest.mark.parametrize("folder", ["file"], indirect=True)
def test_a_rolled_back_file_is_found_and_stays_found(tmp_path: Path, log: AuditLog) -> None:
    with closing(sqlite3.connect(file_of(log))) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(file_of(log), tmp_path / "older.db")
    log.append(looked(13))
    log.close()
    shutil.copy(tmp_path / "older.db", file_of(log))
    assert found(log).startswith("the log ends at entry 12, and entry 13 was vouched for")
    again = log_in(tmp_path)
    again.append(looked(99), looked(100))
    assert found(again).startswith("entry 13 is not the one that a checkpoint vouches for")


def test_a_chain_made_anew_is_found(log: AuditLog) -> None:
    """Somebody rewrites an entry and every hash after it: only what was signed tells."""
    before, anew = GENESIS, []
    for link in log.links():
        body = link.body.replace(b"pc 77", b"pc 78") if link.seq == 3 else link.body
        before = sha256(before + link.seq.to_bytes(8, "big") + body).digest()
        anew.append(REWRITE.format(content(log, body), content(log, before), link.seq))
    meddle(log, *anew)
    assert found(log).startswith("entry 10 is not the one that a checkpoint vouches for")


@pytest.mark.parametrize("folder", ["file"], indirect=True)
def test_a_log_that_is_gone_is_found(log: AuditLog) -> None:
    file_of(log).unlink()
    assert "unable to open" in found(log)


@pytest.mark.parametrize("folder", ["file"], indirect=True)
def test_a_page_of_noise_is_found(log: AuditLog) -> None:
    with closing(sqlite3.connect(file_of(log))) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(file_of(log).read_bytes())
    content[4096 + 2048 : 4096 + 4096] = b"\xff" * 2048
    file_of(log).write_bytes(content)
    assert found(log)


@pytest.mark.parametrize(("old", "new"), [(b'"seq":10', b'"seq":11'), (b'"mac":"', b'"mac":"0'), (b"{", b"[")])
def test_a_changed_checkpoint_is_found(log: AuditLog, old: bytes, new: bytes) -> None:
    log.seal.file.write_bytes(log.seal.file.read_bytes().replace(old, new, 1))
    assert found(log).startswith("checkpoint 1 ")


def test_checkpoints_of_another_key_are_found(log: AuditLog) -> None:
    log.seal.key_file.write_bytes(b"k" * 32)
    assert found(log) == "checkpoint 1 is not signed by us"
    log.seal.key_file.unlink()
    with pytest.raises(AuditError, match=r"audit\.key"):
        verify(log)


def test_a_number_and_hash_noted_elsewhere_are_held_to(log: AuditLog) -> None:
    head = verify(log).head
    log.seal.file.unlink()
    assert verify(log, (12, bytes.fromhex(head))).problems == ()
    meddle(log, "DELETE FROM entry WHERE seq > 11")
    assert verify(log).problems == ()
    assert verify(log, (12, bytes.fromhex(head))).problems != ()
