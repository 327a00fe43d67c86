"""The command, run in this process against the run's database."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from cli.main import main
from graph.catalogue import Catalogue
from graph.ids import Ids
from graph.managed.instance import Connection
from graph.open import Graph
from graph.store import Store
from tests.conftest import KEY, MARKINGS, NOW, prepare
from tests.whole.silo import HEADER, load_silo, write

ROWS = (
    "c1,THEFT,2025-05-01,p1,John Smith,1971-01-02,07700900101,1,OFFICIAL\n"
    "c2,BURGLARY,2025-06-01,p2,Anna Nowak,1980-05-06,07700900101,1,OFFICIAL\n"
    "c2,BURGLARY,2025-06-01,p2,Anna Nowak,1980-05-06,07700900101,1,OFFICIAL\n"
)


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


Command = Callable[..., Ran]


@pytest.fixture
def polegraph(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    """The command with an installation of its own and no database."""
    for name, value in {"DATA_DIR": tmp_path / "data", "CACHE_DIR": tmp_path / "cache"}.items():
        monkeypatch.setenv(f"POLEGRAPH_{name}", str(value))

    def run(*arguments: str | Path) -> Ran:
        monkeypatch.setattr(sys, "argv", ["polegraph", *map(str, arguments)])
        capsys.readouterr()
        code = 0
        try:
            main()
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 1 if ended.code else 0
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return Ran(code, said.out, said.err)

    return run


@pytest.fixture
def connected(polegraph: Command, connection: Connection, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    """The command with the run's database, its key and its markings."""
    (tmp_path / "key").write_bytes(KEY)
    (tmp_path / "markings.yaml").write_text("markings:\n" + "".join(f'  - "{text}"\n' for text in MARKINGS))
    given = {
        "NEO4J_URI": connection.uri,
        "NEO4J_USER": connection.user,
        "NEO4J_PASSWORD": connection.password,
        "SECRET_KEY_FILE": str(tmp_path / "key"),
        "MARKINGS_FILE": str(tmp_path / "markings.yaml"),
    }
    for name, value in given.items():
        monkeypatch.setenv(f"POLEGRAPH_{name}", value)
    return polegraph


@pytest.fixture(scope="module")
def town(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """Two people who share a phone."""
    prepare(store)
    graph = Graph(store, Ids(KEY), Catalogue(store), lambda: NOW)
    folder = tmp_path_factory.mktemp("town")
    write(folder, {"crimes.csv": HEADER + ROWS, "officers.csv": "collar,surname\n1,Iqbal\n"})
    load_silo(graph, folder)
    return graph


@pytest.fixture
def ask(connected: Command, town: Graph) -> Command:
    """The command with the town's graph."""
    del town
    return connected
