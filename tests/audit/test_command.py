"""Every command that reads or changes the graph is on record, and the commands that read the record."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import orjson
import pytest

from security.audit import Act, AuditLog, Entry
from tests.audit.conftest import file_of, log_in, meddle
from tests.cli.conftest import Command, Ran, ask, connected, polegraph, town
from tests.cli.test_command import COMMANDS
from tests.project.tree import ROOT
from tests.whole.silo import HEADER, write

pytestmark = pytest.mark.database
__all__ = ["ask", "connected", "polegraph", "town"]

# What each command puts on record, or why it puts nothing.
RECORDED = {
    "demo": "COLLECTION",
    "load": "COLLECTION",
    "intake": "COLLECTION",
    "restore": "COLLECTION",
    "resolve": "COMBINATION",
    "resolve evaluate": "CONSULTATION",
    "resolve report": "CONSULTATION",
    "resolve train": "COMBINATION",
    "resolve model import": "COMBINATION",
    "resolve model show": "no data",
    "resolve model export": "no data",
    "resolve review": "CONSULTATION",
    "resolve preview": "CONSULTATION",
    "resolve decide": "COMBINATION",
    "resolve retract": "ALTERATION",
    "jobs key-players": "CONSULTATION",
    "jobs communities": "CONSULTATION",
    "jobs emerging-networks": "CONSULTATION",
    "jobs list": "CONSULTATION",
    "jobs show": "CONSULTATION",
    "jobs cancel": "CONSULTATION",
    "search": "CONSULTATION",
    "profile": "CONSULTATION",
    "path": "CONSULTATION",
    "explain": "CONSULTATION",
    "hotspots": "CONSULTATION",
    "demand": "CONSULTATION",
    "metrics": "CONSULTATION",
    "analytics list": "no data",
    "analytics show": "no data",
    "analytics disparity": "CONSULTATION",
    "quality": "CONSULTATION",
    "loads": "CONSULTATION",
    "audit who": "CONSULTATION",
    "audit verify": "CONSULTATION",
    "audit export": "DISCLOSURE",
    "audit move": "ALTERATION",
    "dump": "DISCLOSURE",
    "export": "DISCLOSURE",
    "backup": "DISCLOSURE",
    "subject-access": "DISCLOSURE",
    "access-review": "CONSULTATION",
    "record dispute": "ALTERATION",
    "record close": "ALTERATION",
    "record rectify": "ALTERATION",
    "record mark": "ALTERATION",
    "retention queue": "CONSULTATION",
    "retention review": "ALTERATION",
    "retention withdraw": "ALTERATION",
    "retention run": "ERASURE",
    "key create": "ALTERATION",
    "key revoke": "ALTERATION",
    "key list": "CONSULTATION",  # with --review, which reads the log
    "db wipe": "ERASURE",
    "serve": "whatever it answers",
    "world": "no graph",
    "mapping check": "no graph",
    "mapping suggest": "no graph",
    "mapping preset": "no graph",
    "mapping presets": "no graph",
    "schema apply": "no data",
    "schema check": "no data",
    "db start": "no data",
    "db stop": "no data",
    "db status": "no data",
    "doctor": "no data",
}


@pytest.fixture
def log(tmp_path: Path) -> AuditLog:
    """The log of the command's installation."""
    return log_in(tmp_path / "data" / "audit")


def entries(log: AuditLog) -> list[dict[str, Any]]:
    return [orjson.loads(link.body) for link in log.links()]


def ids(ran: Ran) -> list[str]:
    return [found["id"] for found in json.loads(ran.out)]


def test_every_command_is_on_record_or_says_why_not() -> None:
    assert {" ".join(path) for path in COMMANDS} == set(RECORDED)


def test_reads_are_on_record_with_whom_they_named(ask: Command, log: AuditLog) -> None:
    (john,) = ids(ask("search", "john smith", "--json"))
    (anna,) = ids(ask("search", "anna nowak", "--json", "--purpose", "INVESTIGATION; case 7"))
    for arguments in (
        ("profile", john),
        ("path", john, anna),
        ("explain", john, anna),
        ("loads",),
        ("quality", "crimes"),
        ("resolve", "report"),
    ):
        assert ask(*arguments).code == 0, arguments
    found = entries(log)
    assert [entry["operation"] for entry in found] == [
        "search",
        "search",
        "profile",
        "path",
        "explain",
        "loads",
        "quality",
        "resolve report",
    ]
    assert {entry["act"] for entry in found} == {"CONSULTATION"}
    assert (found[0]["ids"], found[1]["ids"], found[2]["asked"]) == ([john], [anna], [john])
    assert (found[1]["purpose"], found[1]["reference"]) == ("INVESTIGATION", "case 7")
    assert all({john, anna} <= set(entry["ids"]) for entry in found[3:5])
    assert found[3]["marking"] == "OFFICIAL"
    assert b"john smith" not in b"".join(link.body for link in log.links()).lower()


def test_a_refusal_is_on_record(ask: Command, log: AuditLog) -> None:
    absent = "e_aaaaaaaaaaaaaaaaaaaa"
    assert ask("profile", absent).code == 1
    assert ask("search", "smith", "--markings", "OFICIAL").code == 2
    assert [(e["act"], e["outcome"], e.get("asked")) for e in entries(log)] == [
        ("REFUSAL", ["NOT_FOUND"], [absent]),
        ("REFUSAL", ["BAD_INPUT"], None),
    ]


def test_acts_are_on_record_before_and_after(ask: Command, log: AuditLog, tmp_path: Path) -> None:
    row = "c9,THEFT,2025-05-01,p9,Ada Lovelace,1971-01-02,07700900109,1,OFFICIAL\n"
    write(tmp_path / "silo", {"crimes.csv": HEADER + row, "officers.csv": "collar,surname\n1,Iqbal\n"})
    mapping = next((tmp_path / "silo").glob("*.yaml"))
    assert ask("load", mapping, "--data", tmp_path / "silo", "--dry-run").code == 0
    assert not file_of(log).exists()
    assert ask("load", mapping, "--data", tmp_path / "silo").code == 0
    assert ask("resolve").code == 0
    assert ask("dump", tmp_path / "graph.jsonl").code == 0
    assert ask("backup", tmp_path / "kept.tar").code == 0
    assert ask("load", mapping, "--data", tmp_path / "silo", "--max-bad", "0", "--resume").code in (0, 1, 2)
    found = entries(log)
    assert [(e["operation"], e["act"], e["outcome"]) for e in found[:8]] == [
        (operation, act, [outcome])
        for operation, act in (
            ("load", "COLLECTION"),
            ("resolve", "COMBINATION"),
            ("dump", "DISCLOSURE"),
            ("backup", "DISCLOSURE"),
        )
        for outcome in ("BEGUN", "OK")
    ]
    assert sum(file["loaded"] for file in found[1]["details"]["files"].values()) == 1
    assert found[1]["details"]["run"]
    assert (found[4]["whole"], found[4]["recipients"]) == (True, ["graph.jsonl"])


def test_an_export_is_on_record_with_whom_it_holds(ask: Command, log: AuditLog, tmp_path: Path) -> None:
    (john,) = ids(ask("search", "john smith", "--json"))
    assert ask("export", "ndjson", "--around", john, "--out", tmp_path / "network.ndjson").code == 0
    assert ask("export", "ndjson", "--out", tmp_path / "all.ndjson", "--purpose", "TEST").code == 0
    _, begun, named, ended, began, taking, done = entries(log)
    assert {entry["outcome"][0] for entry in (begun, named, began, taking)} == {"BEGUN"}
    assert {entry["marking"] for entry in (named, ended, done)} == {"OFFICIAL"}
    assert (begun["asked"], begun["recipients"], "ids" in begun) == ([john], ["network.ndjson"], False)
    assert john in named["ids"]
    assert (named["ids"], ended["outcome"]) == (ended["ids"], ["OK"])
    assert (taking["whole"], done["whole"], done["purpose"]) == (True, True, "TEST")
    assert "whole" not in began
    shown = set(re.findall(r"\be_[a-z2-7]{20}\b", (tmp_path / "network.ndjson").read_text("utf-8")))
    assert john in shown <= set(named["ids"])


def test_nothing_is_printed_that_cannot_be_put_on_record(ask: Command, log: AuditLog) -> None:
    (john,) = ids(ask("search", "john smith", "--json"))
    os.truncate(file_of(log), 0)
    file_of(log).write_bytes(b"no database" * 1000)
    for side in ("-wal", "-shm"):
        Path(f"{file_of(log)}{side}").unlink(missing_ok=True)
    for arguments in (("profile", john), ("search", "john smith"), ("dump", "graph.jsonl"), ("audit", "who", john)):
        ran = ask(*arguments)
        assert (ran.code, ran.out, "audit log" in ran.err) == (1, "", True), arguments
    assert not Path("graph.jsonl").exists()
    assert "audit log" in ask("doctor").out


def test_who_and_export_tell_and_are_on_record_themselves(ask: Command, log: AuditLog) -> None:
    (john,) = ids(ask("search", "john smith", "--json", "--purpose", "INVESTIGATION; case 7"))
    told = ask("audit", "who", john).out.splitlines()
    assert len(told) == 2
    assert "INVESTIGATION; case 7  CONSULTATION search  OK" in told[0]
    assert [entry["seq"] for entry in json.loads(ask("audit", "who", john, "--json").out)] == [1, 2, 3]
    exported = ask("audit", "export", "--format", "ndjson").out.splitlines()
    assert [json.loads(line)["entry"]["operation"] for line in exported] == [
        "search",
        "audit who",
        "audit who",
        "audit export",
    ]
    assert ask("audit", "export", "--since", "2999-01-01").out == ""
    assert ask("audit", "export", "--since", "yesterday").code == 2


def test_verify_says_what_is_wrong(ask: Command, log: AuditLog) -> None:
    for _ in range(3):
        ask("search", "john smith")
    good = ask("audit", "verify", "--json")
    verdict = json.loads(good.out)
    assert (good.code, verdict["entries"], verdict["sealed"]) == (0, 3, 3)
    assert ask("audit", "verify", "--head", f"3:{verdict['head']}").code == 0
    assert ask("audit", "verify", "--head", "three").code == 2
    meddle(log, "DELETE FROM entry WHERE seq > 2")
    bad = ask("audit", "verify")
    assert (bad.code, "the log ends at entry 2, and entry 5 was vouched for" in bad.out) == (1, True)
    # It stays as it was found.
    assert ask("audit", "verify").out == bad.out


def test_whoever_reads_the_log_is_on_record(ask: Command, log: AuditLog) -> None:
    assert ask("key", "list", "--review").code == 0
    assert ask("key", "list").code == 0
    assert ask("audit", "verify").code == 0
    assert json.loads(ask("audit", "verify", "--json").out)["entries"] == 2
    assert [(e["act"], e["operation"]) for e in entries(log)] == [
        ("CONSULTATION", "key list"),
        ("CONSULTATION", "audit verify"),
        ("CONSULTATION", "audit verify"),
    ]


def test_a_full_disk_prints_nothing(ask: Command) -> None:
    (john,) = ids(ask("search", "john smith", "--json"))
    command = [sys.executable, "-m", "cli", "profile", john]
    # In a process of its own: a pipe takes what a file of this one would not.
    ran = [
        subprocess.run(
            ["sh", "-c", f'{limit} exec "$@"', "sh", *command], cwd=ROOT, capture_output=True, text=True, check=False
        )
        for limit in ("", "ulimit -f 0;")
    ]
    assert [(each.returncode, "Smith" in each.stdout) for each in ran] == [(0, True), (1, False)]
    assert (ran[1].stdout, "audit log" in ran[1].stderr) == ("", True)


def test_an_access_review_tells_what_each_user_and_key_did(ask: Command, log: AuditLog) -> None:
    assert ask("key", "create", "feed", "--role", "DATA_ENGINEER", "--days", "30").code == 0
    for role, marking in (("OFFICER", "OFFICIAL"), ("ANALYST", "OFFICIAL-SENSITIVE")):
        log.append(Entry(Act.CONSULTATION, "pc-77", "entity", "r", "api", role=role, marking=marking))
    log.append(Entry(Act.REFUSAL, "pc-77", "entity", "r", "api", outcome=("FORBIDDEN",)))
    # The second was cut off: how far it came nobody knows.
    for request, user, outcome in (("r", "pc-78", "BEGUN"), ("r", "pc-78", "OK"), ("r", "pc-79", "BEGUN")):
        marking = "OFFICIAL" if outcome == "OK" else "OFFICIAL-SENSITIVE"
        export = Entry(Act.DISCLOSURE, user, "export", request, "api", whole=True, marking=marking, outcome=(outcome,))
        log.append(export)
    log.close()

    found = {each["user"]: each for each in json.loads(ask("access-review", "--json").out)}

    officer = found["pc-77"]
    assert (officer["roles"], officer["acts"]) == (["ANALYST", "OFFICER"], {"CONSULTATION": 2, "REFUSAL": 1})
    assert (officer["highest_shown"], officer["key"]) == ("OFFICIAL-SENSITIVE", None)
    for user, marking in (("pc-78", "OFFICIAL"), ("pc-79", "OFFICIAL-SENSITIVE")):
        assert (found[user]["acts"], found[user]["highest_shown"]) == ({"DISCLOSURE": 1}, marking)
    (feed,) = [each for user, each in found.items() if user.endswith("feed")]
    assert (feed["roles"], feed["key"], feed["last"], feed["may_see"]) == (
        ["DATA_ENGINEER"],
        "active",
        None,
        "OFFICIAL",
    )
    assert "pc-77" in ask("access-review", "--days", "7").out
