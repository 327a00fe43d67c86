"""A log in PostgreSQL: no more may be done than adding, nothing is answered while it is away, and nothing is lost."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import orjson
import psycopg
import pytest
from psycopg import sql
from pydantic import SecretStr
from starlette.testclient import TestClient

from api.app import create_app
from graph.audit import audit_log, check_log
from graph.errors import BadInput
from graph.open import Graph
from graph.settings import Settings
from security.audit import AuditError, AuditLog, FileBook, Seal, ServerBook, verify
from security.audit.book import AwayError
from security.audit.file_book import file_system_of
from tests.audit.conftest import log_in, looked, meddle
from tests.cli.conftest import Command, connected, polegraph, town
from tests.postgres import Server
from tests.project.tree import ROOT

__all__ = ["connected", "polegraph", "town"]
GRANTS = re.findall(r"```sql\n(.*?)```", (ROOT / "docs" / "audit.md").read_text("utf-8"), re.DOTALL)
# What an account that may only add is refused.
FORBIDDEN = (
    "UPDATE polegraph_audit.entry SET body = body",
    "DELETE FROM polegraph_audit.entry",
    "TRUNCATE polegraph_audit.entry",
    "ALTER TABLE polegraph_audit.entry DISABLE TRIGGER entry_stays",
    "DROP TABLE polegraph_audit.entry",
    "BEGIN; LOCK TABLE polegraph_audit.entry IN ACCESS EXCLUSIVE MODE",
)
TERMINATE = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'"
TWICE = "INSERT INTO entry SELECT seq, 'another', hash FROM entry WHERE seq = {}"
ADDRESS = "postgresql://polegraph:hush-hush@127.0.0.1:1/audit"


def run(url: str, text: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(text.encode())


@contextmanager
def away(postgres: Server, url: str) -> Iterator[None]:
    """No connection to this database, neither those there are nor new ones."""
    name = psycopg.conninfo.conninfo_to_dict(url)["dbname"]
    allow = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute(allow.format(sql.Identifier(str(name)), sql.SQL("false")))
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
        try:
            yield
        finally:
            connection.execute(allow.format(sql.Identifier(str(name)), sql.SQL("true")))


@contextmanager
def standing_still(postgres: Server) -> Iterator[None]:
    """All of the server's processes stopped; their host goes on answering for them."""
    assert postgres.process is not None, "only a server of the tests' own is stopped: unset POLEGRAPH_TEST_POSTGRES_URL"
    first = postgres.process.pid
    os.kill(first, signal.SIGSTOP)
    children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
    try:
        for child in children:
            os.kill(int(child), signal.SIGSTOP)
        yield
    finally:
        for pid in (*map(int, children), first):
            os.kill(pid, signal.SIGCONT)


@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET body = body", "DELETE FROM {} WHERE seq = 2", "TRUNCATE {}", "DELETE FROM {}"]
)
def test_entries_are_only_added(database: str, tmp_path: Path, statement: str) -> None:
    with closing(log_in(tmp_path)) as log:
        log.append(looked(1), looked(2))
    for before in ("", "SET session_replication_role = replica; "):
        with pytest.raises(psycopg.Error, match="append-only"):
            run(database, before + statement.format("polegraph_audit.entry"))
    assert verify(log).entries == 2


def test_an_account_with_the_documented_grants_adds_and_reads_and_no_more(
    postgres: Server, database: str, tmp_path: Path
) -> None:
    run(postgres.url, "DROP ROLE IF EXISTS writer; CREATE ROLE writer LOGIN PASSWORD 'hush-hush'")
    owner = log_in(tmp_path)
    owner.probe()
    owner.close()
    assert "could change entries" in owner.book.warnings()[0]
    run(database, "".join(GRANTS).replace("polegraph TO", "writer TO").replace("TO polegraph", "TO writer"))
    (tmp_path / "password").write_text("hush-hush\n")
    url = psycopg.conninfo.make_conninfo(database, user="writer")
    settings = Settings(data_dir=tmp_path, audit_url=SecretStr(url), audit_password_file=tmp_path / "password")
    try:
        with closing(audit_log(settings)) as log:
            log.append(looked(1), looked(2))
            log.probe()
            assert (check_log(log), log.book.warnings(), log.book.exists()) == ([], [], True)
        assert (verify(log).entries, verify(log).problems) == (2, ())
        own = psycopg.conninfo.make_conninfo(url, password="hush-hush")
        for refused in FORBIDDEN:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                run(own, refused)
        (tmp_path / "password").write_text("guessed")
        with pytest.raises(AuditError, match="password") as wrong:
            audit_log(settings).append(looked(3))
        assert "guessed" not in str(wrong.value)
    finally:
        run(database, "DROP OWNED BY writer")
        run(postgres.url, "DROP ROLE writer")


def test_a_server_that_is_away_refuses_and_one_that_is_back_goes_on(
    postgres: Server, database: str, tmp_path: Path
) -> None:
    log = log_in(tmp_path)
    log.append(looked(1))
    with away(postgres, database):
        with pytest.raises(AuditError, match="not currently accepting"):
            log.append(looked(2))
        assert check_log(log)[0].startswith("nothing is answered")
        with pytest.raises(AwayError):
            verify(log)
    assert log.append(looked(3)) == 2
    # A connection that ended meanwhile, as when the server was started anew, costs no answer.
    name = psycopg.conninfo.conninfo_to_dict(database)["dbname"]
    run(postgres.url, TERMINATE.format(name))
    assert log.append(looked(4)) == 3
    log.close()
    assert (verify(log).entries, verify(log).problems) == (3, ())


def test_a_server_that_stands_still_is_not_waited_for_without_end(
    postgres: Server, database: str, tmp_path: Path
) -> None:
    seal = Seal(tmp_path / "audit.key", tmp_path / "checkpoints")
    log = AuditLog(ServerBook(database, wait_s=1), seal)
    log.append(looked(1))
    reading = iter(log.links())
    next(reading)
    with standing_still(postgres):
        # Over the connection that there is, over a new one, and by several at once.
        with pytest.raises(AuditError, match=r"audit log .*time"):
            log.append(looked(2))
        with pytest.raises(AuditError, match=r"audit log .*time"):
            log.append(looked(2))
        with ThreadPoolExecutor(4) as pool:
            tried = [pool.submit(log.append, looked(number)) for number in range(4)]
        assert all(isinstance(each.exception(), AuditError) for each in tried)
        assert check_log(log)[0].startswith("nothing is answered")
        with pytest.raises(AwayError):
            verify(log)
    # What was on its way may have been kept, without an answer; nothing is lost, and the chain is one.
    last = log.append(looked(3))
    log.close()
    assert (verify(log).entries, verify(log).problems) == (last, ())
    assert 2 <= last <= 3


def test_pages_are_those_of_the_numbers(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del database
    with closing(log_in(tmp_path)) as log:
        log.append(*(looked(number) for number in range(40)))
    seqs = list(range(1, 41))
    for size in (1, 3, 7, 40, 100):
        monkeypatch.setattr("security.audit.server_book._ITEMS", size)
        assert [link.seq for link in log.links(4)] == seqs[3:]
        assert [link.seq for link in log.backwards(30)] == seqs[28::-1]
    meddle(log, "DELETE FROM entry WHERE seq BETWEEN 8 AND 25")
    for size in (1, 3, 7):
        monkeypatch.setattr("security.audit.server_book._ITEMS", size)
        left = [*seqs[:7], *seqs[25:]]
        assert ([link.seq for link in log.links()], [link.seq for link in log.backwards()]) == (left, left[::-1])


def test_a_server_that_keeps_nothing_for_sure_is_refused(postgres: Server, database: str, tmp_path: Path) -> None:
    name = psycopg.conninfo.conninfo_to_dict(database)["dbname"]
    run(postgres.url, f"ALTER DATABASE {name} SET synchronous_commit = off")
    book = ServerBook(database)
    with closing(book._to_write()) as connection:
        assert connection.execute("SHOW synchronous_commit").fetchone() == ("on",)
    run(postgres.url, "ALTER SYSTEM SET fsync = off")
    try:
        run(postgres.url, "SELECT pg_reload_conf(), pg_sleep(0.2)")
        with pytest.raises(AuditError, match="fsync off"):
            log_in(tmp_path).append(looked(1))
    finally:
        run(postgres.url, "ALTER SYSTEM RESET fsync")
        run(postgres.url, "SELECT pg_reload_conf(), pg_sleep(0.2)")


def test_an_entry_that_is_there_twice_is_found(database: str, tmp_path: Path) -> None:
    del database
    with closing(log_in(tmp_path)) as log:
        log.append(*(looked(number) for number in range(9_000)))
    for seq in (4_000, 3_999, 9_000):
        meddle(
            log,
            "ALTER TABLE entry DROP CONSTRAINT IF EXISTS entry_pkey",
            TWICE.format(seq),
        )
        assert any(f"entry {seq} " in problem for problem in verify(log).problems), seq


def test_a_log_of_a_file_goes_on_in_postgresql(
    database: str, polegraph: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    seal = Seal(data / "audit.key", data / "audit" / "audit.db.checkpoints")
    with closing(AuditLog(FileBook(data / "audit" / "audit.db"), seal)) as before:
        before.append(*(looked(number) for number in range(2_500)))
    refused = polegraph("audit", "move", before.book.place)
    assert (refused.code, "POLEGRAPH_AUDIT_URL" in refused.err) == (2, True)
    monkeypatch.setenv("POLEGRAPH_AUDIT_URL", database)
    assert "2,500 entries" in polegraph("audit", "move", before.book.place).err
    # Again: what is there stays.
    assert polegraph("audit", "move", before.book.place).code == 0
    after = AuditLog(ServerBook(database), seal)
    verdict = verify(after)
    assert (verdict.entries, verdict.sealed, verdict.problems) == (2_502, 2_502, ())
    assert [*after.links()][:2_500] == [*before.links()]
    with closing(AuditLog(FileBook(tmp_path / "other.db"), Seal(tmp_path / "key", tmp_path / "seals"))) as other:
        other.append(looked(1))
    assert "is another one" in polegraph("audit", "move", other.book.place).err
    assert polegraph("audit", "move", tmp_path / "none.db").code == 2
    assert verify(after).entries == 2_502


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"audit_url": SecretStr("mysql://hush-hush@x")}, "AUDIT_URL"),
        ({"audit_url": SecretStr(ADDRESS), "audit_path": Path("x.db")}, "unset one"),
        ({"audit_url": SecretStr(ADDRESS), "audit_password_file": Path("none")}, "AUDIT_PASSWORD_FILE"),
        ({"audit_password_file": Path("none")}, "AUDIT_PASSWORD_FILE"),
    ],
)
def test_settings_that_do_not_go_together_are_refused(given: dict[str, object], said: str) -> None:
    with pytest.raises(BadInput, match=said) as refused:
        audit_log(Settings.model_validate(given))
    assert "hush" not in str(refused.value)


def test_no_password_is_ever_told() -> None:
    log = audit_log(Settings(audit_url=SecretStr(ADDRESS)))
    with pytest.raises(AuditError, match=r"postgresql://127\.0\.0\.1:1/audit: ") as error:
        log.probe()
    assert "hush" not in str(error.value)


def test_a_file_where_several_hosts_see_it_is_known() -> None:
    mounts = (
        "/dev/sda / ext4 rw 0 0\nnas:/x /srv/the\\040share nfs4 rw 0 0\ntmpfs /srv/the\\040share/near tmpfs rw 0 0\n"
    )
    found = [file_system_of(Path(path), mounts) for path in ("/a.db", "/srv/the share/a.db", "/srv/the share/near/a")]
    assert found == ["ext4", "nfs4", "tmpfs"]


@pytest.mark.database
def test_nothing_is_answered_while_it_is_away(postgres: Server, database: str, town: Graph, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, audit_url=SecretStr(database))
    question = {"query": '{ search(text: "smith") { edges { node { entity { id } } } } }'}
    with TestClient(create_app(settings, town), base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        assert _answered(client, question)
        with away(postgres, database):
            answer = client.post("/graphql", json=question)
            ready = client.get("/readyz")
        assert (answer.json().get("data"), answer.json()["errors"][0]["extensions"]["code"]) == (None, "UNAVAILABLE")
        assert (ready.status_code, "nothing is answered" in ready.text) == (503, True)
        assert _answered(client, question)
    entries = [orjson.loads(link.body) for link in audit_log(settings).links()]
    assert sum(entry["outcome"] == ["OK"] for entry in entries) == 2


def _answered(client: TestClient, question: dict[str, str]) -> bool:
    """Whether it is answered, on a busy machine in the end."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if (client.post("/graphql", json=question).json().get("data") or {}).get("search", {}).get("edges"):
            return True
        time.sleep(1)
    return False
