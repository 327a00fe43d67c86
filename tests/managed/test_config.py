from __future__ import annotations

import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from graph.errors import ServerError
from graph.managed.check import checks
from graph.managed.config import Memory, ensure_password, server_settings, write_arguments, write_initial_user
from graph.managed.failure import LogMark, explain, is_port_taken, telling_lines
from graph.managed.guard import check_room, check_version
from graph.managed.layout import Layout, Record, read_record, write_record
from graph.open import managed
from graph.settings import Settings

PORT_TAKEN = """2026-01-01 10:00:00.000+0000 INFO  Starting...
2026-01-01 10:00:04.000+0000 ERROR Failed to start Neo4j on 127.0.0.1:7474.
java.lang.RuntimeException: Error starting Neo4j database server at /x/databases
\tat org.neo4j.graphdb.facade.Factory.start(Factory.java:288)
Caused by: org.neo4j.configuration.helpers.PortBindException: An error occurred while trying to bind
\t... 10 more
Caused by: io.netty.channel.unix.Errors$NativeIoException: bind(..) failed with error(-98): Address already in use
2026-01-01 10:00:04.100+0000 INFO  Stopped.
"""


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    made = Layout(tmp_path)
    for folder in (made.conf, made.logs, made.store):
        folder.mkdir(parents=True)
    return made


def use_store(layout: Layout) -> None:
    (layout.store / "databases" / "system").mkdir(parents=True)


def test_server_listens_on_loopback_bolt_only(layout: Layout) -> None:
    settings = server_settings(layout, 4242, Memory(heap_mb=700, page_cache_mb=90))

    assert settings["server.bolt.listen_address"] == "127.0.0.1:4242"
    assert {
        settings[name] for name in ("server.http.enabled", "server.https.enabled", "dbms.usage_report.enabled")
    } == {"false"}
    assert settings["dbms.security.auth_enabled"] == "true"
    assert settings["server.memory.heap.max_size"] == "700m"
    assert settings["server.memory.pagecache.size"] == "90m"


def test_an_installation_says_how_much_memory_its_server_takes(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, heap_mb=700, page_cache_mb=90)

    assert managed(settings).memory == Memory(heap_mb=700, page_cache_mb=90)


def test_arguments_survive_spaces_and_backslashes(tmp_path: Path) -> None:
    write_arguments(tmp_path / "java.args", [Path("/a folder/x.jar"), Path("C:\\jars\\y.jar")], 200, tmp_path)

    lines = (tmp_path / "java.args").read_text().splitlines()
    assert lines[0] == '"-Xms200m"'
    assert lines[-1] == f'"/a folder/x.jar{os.pathsep}C:\\\\jars\\\\y.jar"'


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
def test_password_is_made_once_private_and_made_private_again(layout: Layout) -> None:
    password = ensure_password(layout)

    assert layout.password.stat().st_mode & 0o777 == 0o600
    assert len(password) >= 32
    layout.password.chmod(0o644)
    assert not next(check for check in checks(layout.data_dir, layout.data_dir) if check.name == "password file").ok
    assert ensure_password(layout) == password
    assert layout.password.stat().st_mode & 0o777 == 0o600


def test_lost_or_empty_password_of_a_used_store_is_an_error(layout: Layout) -> None:
    use_store(layout)
    with pytest.raises(ServerError, match="is missing and the store knows only its password"):
        ensure_password(layout)
    layout.password.write_text("")
    with pytest.raises(ServerError, match="is empty"):
        ensure_password(layout)


def test_initial_user_is_written_only_before_the_first_start(layout: Layout) -> None:
    write_initial_user(layout, "secret")
    auth = layout.store / "dbms" / "auth.ini"
    assert auth.read_text().startswith("neo4j:SHA-256,")
    assert "secret" not in auth.read_text()
    auth.unlink()
    use_store(layout)
    write_initial_user(layout, "secret")
    assert not auth.exists()


@pytest.mark.parametrize("version", ["5.27.0", "4.4.9", "2025.1.0"])
def test_store_of_another_version_is_refused(layout: Layout, version: str) -> None:
    use_store(layout)
    with pytest.raises(ServerError, match=f"was written by Neo4j {version}, this polegraph runs 5.26.30"):
        check_version(Record(1, version), "5.26.30", layout)


def test_older_or_unused_store_is_taken(layout: Layout) -> None:
    check_version(Record(1, "2025.1.0"), "5.26.30", layout)
    use_store(layout)
    for last in (None, Record(1, "5.26.31"), Record(1, "5.20.0")):
        check_version(last, "5.26.30", layout)


def test_full_disk_is_seen_before_the_start(layout: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=5_000))

    with pytest.raises(ServerError, match=r"209,715,200 bytes free, there are 5,000"):
        check_room(layout)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"port": "x"}', '{"port": 1, "version": "5"}'])
def test_unreadable_record_is_none(layout: Layout, text: str) -> None:
    layout.record.write_text(text)
    assert read_record(layout) is None


def test_record_round_trips(layout: Layout) -> None:
    record = Record(4242, "5.26.30", 77, 1234.5)
    write_record(layout, record)
    assert read_record(layout) == record


def test_failure_tells_the_deepest_cause_of_this_start_only(layout: Layout) -> None:
    log = layout.logs / "neo4j.log"
    log.write_text(PORT_TAKEN)
    mark = LogMark(len(PORT_TAKEN))
    assert not is_port_taken(layout, mark)
    assert is_port_taken(layout, LogMark(0))

    with log.open("a") as out:
        out.write(
            "2026-01-02 10:00:00.000+0000 ERROR Failed.\nCaused by: java.io.IOException: No space left on device\n"
        )

    message = explain(layout, mark, "the server ended").message
    assert "No space left on device\nfree some space where the data folder is" in message
    assert "Address already in use" not in message
    assert str(layout.logs) in message


def test_telling_lines_skip_stack_frames() -> None:
    assert telling_lines(PORT_TAKEN) == [
        "Failed to start Neo4j on 127.0.0.1:7474.",
        "An error occurred while trying to bind",
        "bind(..) failed with error(-98): Address already in use",
    ]
    assert telling_lines("a\nb\n") == ["a", "b"]


def test_doctor_looks_at_everything_without_a_server(tmp_path: Path) -> None:
    found = {check.name: check for check in checks(tmp_path / "data", tmp_path / "cache", tmp_path / "no-java")}

    assert list(found) == ["driver", "java", "jars", "disk", "password file", "store", "server"]
    assert found["driver"].ok
    assert not found["java"].ok
    assert "fetches them" in found["jars"].advice
    assert found["server"].message == "stopped"
    assert not (tmp_path / "data").exists()
    assert all(check.ok or check.advice for check in found.values())
