"""The first load gives the graph that loading into a graph gives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from graph import schema
from graph.catalogue import Catalogue
from graph.dump import dump
from graph.errors import LoadError
from graph.ids import Ids
from graph.open import Graph, connection, managed
from graph.read.run import run
from graph.settings import Settings
from graph.store import Store
from loaders.first import build, entities, first_load, is_first
from loaders.load import load
from loaders.mapping import load_mappings
from loaders.options import LoadOptions
from loaders.report import FileReport
from loaders.world import generate
from loaders.world.calendar import END
from resolution.key import INDEXED
from security.marking import EVERYTHING, parse_marking
from tests.conftest import KEY, NOW, prepare

pytestmark = pytest.mark.database

_AS_OF = int(datetime.fromordinal(END).replace(tzinfo=UTC).timestamp())


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Settings]:
    """A managed installation of its own, with the tests' key."""
    key = tmp_path / "key"
    key.write_bytes(KEY)
    settings = Settings(data_dir=tmp_path / "data", secret_key_file=key, heap_mb=512)
    yield settings
    managed(settings).stop()


def _world(folder: Path) -> tuple[LoadOptions, list[str]]:
    generate(folder, 200, 3, lambda *_: None)
    return LoadOptions(folder / "data", NOW, _AS_OF), sorted(str(p) for p in (folder / "mappings").glob("*.yaml"))


def _stamps(store: Store) -> dict[str, str]:
    rows = (row["properties"] for row in store.stream("dump/rows"))
    return {row["id"]: row["stamp"] for row in rows if "stamp" in row}


def _said(file: FileReport) -> dict[str, Any]:
    """What the rows of a file say, whether they are new or were there already."""
    return {name: part for name, part in file.as_json().items() if name != "rows"}


def test_a_first_load_gives_the_graph_of_an_incremental_one(
    store: Store, installation: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Small parts done by several processes, as of many rows.
    monkeypatch.setattr(build, "_SHARED", 0)
    monkeypatch.setattr(build, "_LEAST", 500)
    monkeypatch.setattr(entities, "_LEAST", 100)
    options, paths = _world(tmp_path / "world")
    mappings = load_mappings([Path(path) for path in paths], [])
    markings = [parse_marking("OFFICIAL"), parse_marking("OFFICIAL-SENSITIVE")]
    prepare(store)
    graph = Graph(store, Ids(KEY), Catalogue(store), lambda: NOW)
    incremental = load(graph, mappings, options)
    dump(graph, tmp_path / "incremental")
    assert is_first(installation)

    first = first_load(installation, markings, mappings, options, lambda *_: None, lambda: NOW)

    with Store(connection(installation)) as other:
        schema.apply(other, Ids(KEY), INDEXED, markings)
        dump(Graph(other, Ids(KEY), Catalogue(other), lambda: NOW), tmp_path / "first")
        imported = Graph(other, Ids(KEY), Catalogue(other), lambda: NOW)
        on_record = run(imported, imported.catalogue.viewer("engineer", EVERYTHING), first.run or "")
        stamps = _stamps(other)
        again = load(imported, mappings, options)
    assert (tmp_path / "first").read_bytes() == (tmp_path / "incremental").read_bytes()
    assert [file.as_json() for file in first.files] == [file.as_json() for file in incremental.files]
    assert len(stamps) > 1_000
    assert stamps == _stamps(store)
    assert [_said(file) for file in again.files] == [_said(file) for file in first.files]
    assert on_record is not None
    assert (on_record.state, on_record.report["files"]) == ("DONE", [file.as_json() for file in first.files])
    assert sum(file.loaded for file in again.files) == 0
    assert not is_first(installation)
    with pytest.raises(LoadError, match="polegraph db wipe"):
        first_load(installation, markings, mappings, options, lambda *_: None)
