"""Entries are durable, one chain whoever writes, and refused as a whole where they cannot be kept."""

from __future__ import annotations

import resource
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier
from pathlib import Path

import orjson
import pytest

from graph.audit import check_log
from security.audit import Act, AuditError, AuditLog, Entry, verify
from security.audit.file_book import open_to_write
from security.audit.look import LineError, between, lines, read_lines, who
from security.viewer import Purpose, PurposeCode
from tests.audit.conftest import PERSON, log_in, looked
from tests.project.tree import ROOT

# Appends as fast as it can, and says of each entry that it is kept only when it is.
WRITER = """
import sys
from pathlib import Path
from tests.audit.conftest import log_in, looked
log = log_in(Path(sys.argv[1]))
for number in range(int(sys.argv[2])):
    sys.stdout.write(f"{log.append(looked(number))}\\n")
    sys.stdout.flush()
log.close()
"""


def start(folder: Path, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(folder), str(count)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_an_entry_says_what_the_law_wants_and_nothing_empty(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    log._clock = lambda: 1_790_000_000.1234
    purpose = Purpose(PurposeCode.CUSTODY)
    log.append(
        Entry(Act.DISCLOSURE, "pc 77", "backup", "q1", "cli", purpose=purpose, whole=True, recipients=("x.tar",))
    )
    (link,) = log.links()
    assert link.body == (
        b'{"act":"DISCLOSURE","at":"2026-09-21T14:13:20.123Z","component":"cli","operation":"backup","outcome":["OK"],'
        b'"purpose":"CUSTODY","recipients":["x.tar"],"request":"q1","user":"pc 77","whole":true}'
    )


def test_a_name_that_is_no_text_is_on_record_all_the_same(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    log.append(Entry(Act.DISCLOSURE, "pc 77", "dump", "q1", "cli", recipients=("gr\udce4ph", "größe")))
    (link,) = log.links()
    assert orjson.loads(link.body)["recipients"] == ["gr?ph", "größe"]
    log.close()
    assert verify(log).problems == ()


@pytest.mark.parametrize("folder", ["file"], indirect=True)
def test_files_are_their_owners_alone(log: AuditLog) -> None:
    log.append(looked(1))
    files = [*log.seal.file.parent.glob("audit*"), log.seal.file]
    assert len(files) == 6
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_threads_share_a_commit_and_keep_one_chain(folder: Path) -> None:
    log = log_in(folder)
    with ThreadPoolExecutor(16) as pool:
        numbers = list(pool.map(lambda n: log.append(looked(n), looked(-n)), range(400)))
    log.close()
    assert sorted(numbers) == list(range(2, 801, 2))
    assert (verify(log).entries, verify(log).problems) == (800, ())


def _open_anew(folder: Path, at_once: Barrier, errors: SimpleQueue[str]) -> None:
    for attempt in range(40):
        at_once.wait(60)
        try:
            open_to_write(folder / str(attempt) / "audit.db").close()
        except sqlite3.Error as error:
            errors.put(str(error))


def test_many_processes_open_a_new_log_at_once(tmp_path: Path) -> None:
    spawn = get_context("spawn")
    at_once, errors = spawn.Barrier(4), spawn.SimpleQueue()
    opening = [spawn.Process(target=_open_anew, args=(tmp_path, at_once, errors)) for _ in range(4)]
    for process in opening:
        process.start()
    for process in opening:
        process.join(120)
    assert [process.exitcode for process in opening] == [0] * 4
    assert errors.empty()


def test_processes_share_one_chain(folder: Path) -> None:
    writers = [start(folder, 300) for _ in range(2)]
    told = [set(map(int, writer.communicate(timeout=60)[0].split())) for writer in writers]
    assert told[0] | told[1] == set(range(1, 601))
    verdict = verify(log_in(folder))
    assert (verdict.entries, verdict.sealed, verdict.problems) == (600, 600, ())


def test_what_was_acknowledged_survives_a_kill(folder: Path) -> None:
    for attempt in range(3):
        writer = start(folder, 1_000_000)
        assert writer.stdout is not None
        told = [int(writer.stdout.readline()) for _ in range(20 + 50 * attempt)]
        writer.send_signal(signal.SIGKILL)
        told += map(int, writer.communicate(timeout=60)[0].split("\n")[:-1])
        log = log_in(folder)
        assert {link.seq for link in log.links()} >= set(told)
        assert verify(log).problems == ()
        log.append(looked(0))
        log.close()


@pytest.mark.parametrize("folder", ["file"], indirect=True)
def test_a_log_that_cannot_be_written_refuses_and_recovers(log: AuditLog) -> None:
    log.append(looked(13))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    try:
        with pytest.raises(AuditError, match=r"audit\.db"):
            log.append(looked(14))
        with pytest.raises(AuditError):
            log.probe()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    log.probe()
    assert log.append(looked(15)) == 14
    log.close()
    assert verify(log).problems == ()


def test_a_place_that_is_none_refuses(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AuditError):
        log_in(tmp_path / "file").append(looked(1))
    (tmp_path / "audit.db").write_bytes(b"no database" * 1000)
    with pytest.raises(AuditError, match="not a database"):
        log_in(tmp_path).append(looked(1))


def test_checkpoints_that_cannot_be_signed_are_told_and_made_up_for(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    log.seal.file.mkdir()
    log.append(looked(1))
    log.close()
    assert "checkpoints" in check_log(log)[0]
    log.seal.file.rmdir()
    log.append(looked(2))
    log.close()
    assert verify(log).sealed == 2
    assert check_log(log) == []


def test_checkpoints_come_by_number_and_by_time(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = log_in(folder)
    log.append(*(looked(n) for n in range(1_000)))
    assert verify(log).sealed == 1_000
    monkeypatch.setattr("security.audit.log._UNSEALED_S", 0.05)
    log.append(looked(1))
    until = time.monotonic() + 10
    while verify(log).sealed < 1_001 and time.monotonic() < until:
        time.sleep(0.05)
    assert verify(log).sealed == 1_001
    log.close()


def test_a_checkpoint_that_failed_comes_without_another_entry(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as it fails health tells everybody to stay away: nobody comes whose entry would try it again."""
    monkeypatch.setattr("security.audit.log._UNSEALED_S", 0.05)
    log = log_in(folder)
    log.seal.file.mkdir()
    log.append(looked(1))
    until = time.monotonic() + 10
    while not check_log(log) and time.monotonic() < until:
        time.sleep(0.05)
    assert "checkpoints are not signed" in check_log(log)[0]
    log.seal.file.rmdir()
    while check_log(log) and time.monotonic() < until:
        time.sleep(0.05)
    assert (check_log(log), verify(log).sealed) == ([], 1)
    log.close()


def test_an_export_is_the_log_byte_for_byte(tmp_path: Path, log: AuditLog) -> None:
    text = list(lines(log.links()))
    assert [orjson.loads(line)["entry"] for line in text] == [orjson.loads(link.body) for link in log.links()]
    assert list(read_lines(text)) == list(log.links())
    spoilt = [text[0], text[1].replace(b"pc 77", b"pc 78"), *text[2:]]
    for wrong in (spoilt, text[1:], [text[0], text[2]], [b"{}\n"], [text[0][:-10]]):
        with pytest.raises(LineError):
            list(read_lines(wrong))
    export = tmp_path / "export.ndjson"
    script = [sys.executable, "-I", "-S", str(ROOT / "tools" / "verify_audit.py"), str(export)]
    for content, code in ((text, 0), (text[4:9], 0), (spoilt, 1), (text[:3] + text[4:], 1)):
        export.write_bytes(b"".join(content))
        assert subprocess.run(script, capture_output=True, check=False).returncode == code


def test_an_export_of_a_time_leaves_nothing_out_of_it(folder: Path) -> None:
    log = log_in(folder)
    # The clock is put back once: order is that of the numbers.
    for at in (0, 86_400, 86_401, 86_399, 86_402, 200_000):
        log._clock = partial(float, at)
        log.append(looked(at))
    chosen = [orjson.loads(line)["seq"] for line in between(log, "1970-01-02", "1970-01-03")]
    assert chosen == [2, 3, 4, 5]
    assert list(between(log, "1980", None)) == []
    assert len(list(between(log, None, None))) == 6


def test_who_finds_those_who_asked_and_who_were_answered(log: AuditLog) -> None:
    log.append(Entry(Act.REFUSAL, "pc 1", "node", "q", "api", asked=(PERSON,)))
    log.append(Entry(Act.DISCLOSURE, "root", "backup", "q", "cli", whole=True))
    assert [(seq, entry["user"]) for seq, entry in who(log, PERSON)] == [(4, "pc 77"), (13, "pc 1"), (14, "root")]
    assert [seq for seq, _ in who(log, "case 7")] == [14]


def test_two_that_have_it_open_take_turns(log: AuditLog) -> None:
    one, other = log, log_in(log.seal.file.parent)
    assert [one.append(looked(1)), other.append(looked(2)), one.append(looked(3))] == [13, 14, 15]
