"""The POLE example in the graph, loaded once for all that is asked of it, and its files as they are."""

from __future__ import annotations

import csv
import io
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest

from graph.catalogue import Catalogue
from graph.ids import Ids, entity_of
from graph.open import Graph
from graph.store import Store
from loaders.load import load
from loaders.mapping import load_mappings
from loaders.options import LoadOptions
from loaders.report import LoadReport
from security.marking import EVERYTHING
from security.viewer import Viewer
from tests.conftest import KEY, NOW, prepare

DATA = Path(os.environ.get("POLEGRAPH_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))
ARCHIVE = DATA / "neo4j-pole-example.zip"
MAPPING = Path(__file__).parent / "mappings" / "pole.yaml"
JANUARY = 1_767_225_600

NEEDED = [
    pytest.mark.database,
    pytest.mark.opendata,
    pytest.mark.skipif(not ARCHIVE.exists(), reason=f"open data is not at {DATA}: set POLEGRAPH_TEST_DATA"),
]


def raw(name: str) -> Iterator[dict[str, str]]:
    """The rows of one file of the example."""
    with zipfile.ZipFile(ARCHIVE) as archive, archive.open(f"crime-investigation.{name}.csv") as file:
        yield from csv.DictReader(io.TextIOWrapper(file, "utf-8"))


class Loaded:
    """The example in the graph."""

    def __init__(self, graph: Graph, report: LoadReport) -> None:
        self.graph = graph
        self.report = report
        self.viewer: Viewer = graph.catalogue.viewer("tester", EVERYTHING)

    def id(self, kind: str, key: str) -> str:
        """The entity id of a node of the example."""
        return entity_of(self.graph.ids.record("pole-example", kind, key, "OFFICIAL"))


@pytest.fixture(scope="package")
def pole(store: Store) -> Loaded:
    prepare(store)
    graph = Graph(store, Ids(KEY), Catalogue(store), lambda: NOW)
    return Loaded(graph, load(graph, load_mappings([MAPPING], []), LoadOptions(DATA, NOW, JANUARY)))


def social() -> nx.Graph[str]:
    """The people of the example by who knows whom."""
    ties: nx.Graph[str] = nx.Graph()
    for name in ("KNOWS", "KNOWS_LW", "KNOWS_SN", "KNOWS_PHONE", "FAMILY_REL"):
        ties.add_edges_from((row[":START_ID"], row[":END_ID"]) for row in raw(f"relationships.{name}"))
    return ties
