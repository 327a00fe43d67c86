"""A graph of an earlier version is brought up or says how; one of a newer version is left alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.open import Graph
from graph.schema import migrations
from graph.store import Store, Transaction
from tests.cli.conftest import ROWS, Command
from tests.conftest import prepare
from tests.whole.silo import HEADER, dumped, load_silo, write

pytestmark = pytest.mark.database

_NEWER = "0099_tomorrow"


@pytest.fixture
def silo(graph: Graph, tmp_path: Path) -> Path:
    folder = tmp_path / "silo"
    write(folder, {"crimes.csv": HEADER + ROWS, "officers.csv": "collar,surname\n1,Iqbal\n"})
    load_silo(graph, folder)
    return folder


def _age(store: Store) -> None:
    """Make the graph what the first version left: its one migration, and rows without the number of their batch."""
    store.run_schema([f"DROP INDEX {name} IF EXISTS" for name in ("decision_a", "decision_b", "row_seq", "batch_run")])

    def forget(transaction: Transaction) -> None:
        transaction.run_text("MATCH (m:Migration) WHERE m.name <> '0001_identity' DELETE m", {})
        transaction.run_text("MATCH (n) WHERE n.seq IS NOT NULL AND (n:Row OR n:Entity) REMOVE n.seq", {})

    store.write(forget)


@pytest.fixture
def newer(store: Store, graph: Graph) -> Iterator[Store]:
    """A graph on which a migration ran that nobody has here."""
    del graph
    store.write(lambda tx: tx.run("admin/record_migration", name=_NEWER, checksum="0"))
    yield store
    store.write(lambda tx: tx.run_text("MATCH (m:Migration {name: $name}) DELETE m", {"name": _NEWER}))
    prepare(store)


def test_a_graph_of_the_first_version_says_what_to_do_and_is_brought_up(
    connected: Command, graph: Graph, silo: Path, tmp_path: Path
) -> None:
    before = dumped(graph, tmp_path)
    _age(graph.store)
    for command in (("search", "smith"), ("backup", tmp_path / "old.tar"), ("schema", "check")):
        ran = connected(*command)
        assert (ran.code, "polegraph schema apply" in ran.err) == (6, True), command

    applied = connected("schema", "apply")

    assert applied.code == 0
    assert all(migration.name in applied.err for migration in migrations()[1:])
    assert connected("schema", "check").code == 0
    assert connected("backup", tmp_path / "old.tar").code == 0
    assert connected("db", "wipe", "--yes").code == 0
    assert connected("restore", tmp_path / "old.tar").code == 0
    assert dumped(graph, tmp_path) == before
    del silo


def test_a_graph_of_a_newer_version_is_left_alone(connected: Command, newer: Store, tmp_path: Path) -> None:
    write(tmp_path, {"crimes.csv": HEADER + ROWS, "officers.csv": "collar,surname\n1,Iqbal\n"})
    load = ("load", tmp_path / "mapping.yaml", "--data", tmp_path, "--as-of", "2026-01-01")
    before = newer.internal("load/counts")

    for command in (("search", "smith"), load, ("resolve",), ("schema", "apply"), ("schema", "check")):
        ran = connected(*command)
        assert (ran.code, _NEWER in ran.err, "newer version" in ran.err) == (6, True, True), (command, ran.err)
    assert newer.internal("load/counts") == before
