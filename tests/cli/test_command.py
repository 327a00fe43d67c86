"""Every command helps, and says what is wrong with where it runs."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
import typer

from cli.main import app
from graph.audit import audit_log
from graph.open import Graph
from graph.settings import Settings
from tests.cli.conftest import Command
from tests.conftest import KEY

_DOCS = Path(__file__).parents[2] / "docs"


def _commands(group: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    inner: dict[str, object] = getattr(group, "commands", {})
    for name, command in inner.items():
        yield from _commands(command, (*path, name))
    if not inner or getattr(group, "invoke_without_command", False):
        yield path


COMMANDS = list(_commands(typer.main.get_command(app)))


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_helps_with_an_example(polegraph: Command, path: tuple[str, ...]) -> None:
    ran = polegraph(*path, "--help")

    assert ran.code == 0
    assert f"Example: polegraph {' '.join(path)}" in " ".join(ran.out.split())


def test_the_reference_is_what_the_commands_say() -> None:
    generated = subprocess.run(
        [
            sys.executable,
            "-m",
            "typer",
            "cli.main",
            "utils",
            "docs",
            "--name",
            "polegraph",
            "--title",
            "The command line",
        ],
        capture_output=True,
        check=True,
        encoding="utf-8",
    ).stdout

    assert generated.strip() == (_DOCS / "cli.md").read_text("utf-8").strip(), "write it again with `make docs`"


def test_no_database(polegraph: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    monkeypatch.setenv("POLEGRAPH_NEO4J_URI", f"bolt://127.0.0.1:{port}")
    monkeypatch.setenv("POLEGRAPH_NEO4J_PASSWORD", "none")

    ran = polegraph("search", "smith")

    assert ran.code == 5
    assert f"127.0.0.1:{port}" in ran.err
    assert "POLEGRAPH_NEO4J_URI" in ran.err


@pytest.mark.database
def test_wrong_password(connected: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLEGRAPH_NEO4J_PASSWORD", "wrong")

    ran = connected("search", "smith")

    assert ran.code == 5
    assert "POLEGRAPH_NEO4J_PASSWORD" in ran.err
    assert "wrong" not in ran.err.replace("wrong ", "")


@pytest.mark.database
def test_another_key_is_refused(connected: Command, monkeypatch: pytest.MonkeyPatch, store: object) -> None:
    del store
    monkeypatch.delenv("POLEGRAPH_SECRET_KEY_FILE")

    ran = connected("schema", "apply")

    assert ran.code == 6
    assert "POLEGRAPH_SECRET_KEY_FILE" in ran.err


def test_unknown_settings_are_named(polegraph: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLEGRAPH_NEO4J_URL", "bolt://127.0.0.1")

    ran = polegraph("db", "status")

    assert (ran.code, "did you mean POLEGRAPH_NEO4J_URI?" in ran.err) == (2, True)


def test_a_wipe_asks_for_a_yes(polegraph: Command) -> None:
    ran = polegraph("db", "wipe")

    assert (ran.code, "--yes" in ran.err) == (2, True)


@pytest.mark.database
@pytest.mark.parametrize("asked", [("search", "smith"), ("schema", "check"), ("doctor",), ("loads",)])
def test_another_secret_key_than_the_graphs_is_refused(
    connected: Command, graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: tuple[str, ...]
) -> None:
    del graph
    other = tmp_path / "other.key"
    other.write_bytes(KEY[::-1])
    other.chmod(0o600)
    monkeypatch.setenv("POLEGRAPH_SECRET_KEY_FILE", str(other))

    ran = connected(*asked)

    assert ran.code != 0
    assert "another secret key" in ran.err + ran.out


def test_where_people_sign_in_a_command_that_looks_needs_a_purpose_too(
    polegraph: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLEGRAPH_AUTH", "oidc")
    monkeypatch.setenv("POLEGRAPH_REFERENCE_PURPOSES", "INVESTIGATION, CUSTODY")
    told = (
        (("search", "smith"), "say why you look: --purpose CODE"),
        (("resolve", "review", "--purpose", "CUSTODY"), "say of which case: --purpose CUSTODY; reference"),
    )
    for arguments, complaint in told:
        ran = polegraph(*arguments)
        assert (ran.code, complaint in ran.err) == (2, True), ran.err
        entry = orjson.loads([link.body for link in audit_log(Settings()).links()][-1])
        assert (entry["act"], entry["outcome"]) == ("REFUSAL", ["PURPOSE_REQUIRED"])
        assert entry["operation"] == " ".join(word for word in arguments[:2] if word != "smith")
    # What looks at nobody needs none, and who says which case is let on, to where there is no database.
    assert polegraph("analytics", "list").code == 0
    monkeypatch.setenv("POLEGRAPH_NEO4J_URI", "bolt://127.0.0.1:1")
    monkeypatch.setenv("POLEGRAPH_NEO4J_PASSWORD", "none")
    let_on = polegraph("search", "smith", "--purpose", "CUSTODY; c 7").err
    assert "127.0.0.1:1" in let_on
    assert "say" not in let_on
    for wrong, complaint in (("CURIOSITY", "--purpose: unknown purpose"), ("TEST; " + "x" * 2_000, "more than 2000")):
        ran = polegraph("export", "ndjson", "--out", "all.ndjson", "--purpose", wrong)
        assert (ran.code, complaint in ran.err) == (2, True), ran.err
        entry = orjson.loads([link.body for link in audit_log(Settings()).links()][-1])
        assert (entry["act"], entry["operation"], entry["outcome"]) == ("REFUSAL", "export", ["BAD_INPUT"])
        assert wrong not in str(entry)
    monkeypatch.setenv("POLEGRAPH_REFERENCE_PURPOSES", "CURIOSITY")
    assert "POLEGRAPH_REFERENCE_PURPOSES: unknown purpose 'CURIOSITY'" in polegraph("search", "smith").err
