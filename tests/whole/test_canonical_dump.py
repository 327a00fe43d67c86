"""The canonical dump of a small demo world: the same in any order of loading, and after all entities are built anew."""

from __future__ import annotations

import dataclasses
import os
import random
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import orjson
import pytest

from graph.catalogue import Catalogue
from graph.ids import Ids
from graph.marking_numbers import StoredMarkings
from graph.model import RESOLVED
from graph.open import Graph
from graph.store import Store, Transaction
from loaders.load import load
from loaders.mapping import load_mappings
from loaders.mapping.spec import SourceMapping
from loaders.options import LoadOptions
from loaders.report import LoadReport
from loaders.settle import settle
from loaders.world import WorldSummary, generate
from loaders.world.calendar import END
from resolution.candidate import candidates
from resolution.fetch import fetch
from resolution.key import folded
from resolution.model import default_model
from resolution.score import score
from resolution.table import Table
from resolution.why import why_not
from security.marking import EVERYTHING
from tests.conftest import KEY, NOW, prepare
from tests.whole.silo import dumped

pytestmark = pytest.mark.database

PEOPLE = int(os.environ.get("POLEGRAPH_TEST_PEOPLE", "150"))
SEED = int(os.environ.get("POLEGRAPH_TEST_SEED", "7"))


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> WorldSummary:
    return generate(tmp_path_factory.mktemp("city"), PEOPLE, SEED)


@pytest.fixture(scope="module")
def files(city: WorldSummary) -> list[SourceMapping]:
    """One mapping for each file entry of every silo, in the order of the silos."""
    return [
        dataclasses.replace(source, files=(entry,))
        for source in load_mappings(list(city.mappings), ())
        for entry in source.files
    ]


@pytest.fixture(scope="module")
def shared(store: Store) -> Graph:
    """The run's graph; nothing of one test is left for the next."""
    return Graph(store, Ids(KEY), Catalogue(store), lambda: NOW)


def load_files(graph: Graph, city: WorldSummary, files: Sequence[SourceMapping]) -> LoadReport:
    """What loading these files together says."""
    day = int(datetime.fromordinal(END).replace(tzinfo=UTC).timestamp())
    return load(graph, files, LoadOptions(city.out / "data", NOW, day, rejects=city.out / "rejects"))


@pytest.fixture(scope="module")
def reference(shared: Graph, city: WorldSummary, files: list[SourceMapping]) -> list[bytes]:
    """The dump of the files loaded in their own order."""
    prepare(shared.store)
    load_files(shared, city, files)
    return dumped(shared, city.out)


def assert_same(found: Sequence[bytes], expected: Sequence[bytes]) -> None:
    """Fail with how many lines of which sort differ, and the first of them."""
    gone, new = sorted(set(expected) - set(found)), sorted(set(found) - set(expected))
    sorts = Counter(f"-{orjson.loads(line)[0]}" for line in gone) + Counter(f"+{orjson.loads(line)[0]}" for line in new)
    shown = b"\n".join([*(b"- " + line for line in gone[:3]), *(b"+ " + line for line in new[:3])]).decode()
    if sorts or len(found) != len(expected):
        pytest.fail(f"{dict(sorts)}, {len(expected)} lines and {len(found)}\n{shown}", pytrace=False)


@pytest.fixture
def loaded(shared: Graph, city: WorldSummary, files: list[SourceMapping], reference: list[bytes]) -> Graph:
    """The graph with the files loaded in their own order; a test that has left it as it was costs the next no load."""
    if dumped(shared, city.out) != reference:
        prepare(shared.store)
        load_files(shared, city, files)
    return shared


def test_a_second_load_changes_nothing_and_says_so(
    loaded: Graph, city: WorldSummary, files: list[SourceMapping], reference: list[bytes]
) -> None:
    report = load_files(loaded, city, files)
    assert sum(file.unchanged for file in report.files) > 1_000
    for file in report.files:
        assert file.loaded == 0, file.path
        assert file.read == file.unchanged + file.repeated + file.rejected, file.path
    assert_same(dumped(loaded, city.out), reference)


def test_resolving_all_again_changes_nothing(loaded: Graph, city: WorldSummary, reference: list[bytes]) -> None:
    settle(loaded, StoredMarkings(loaded.store), rebuild=True, progress=lambda *_: None)
    assert_same(dumped(loaded, city.out), reference)


def test_entities_that_were_dropped_come_back_the_same(
    loaded: Graph, city: WorldSummary, reference: list[bytes]
) -> None:
    loaded.store.write(_drop_entities)
    dropped = [line for line in dumped(loaded, city.out) if line.startswith(b'["entity"') and b'"Person"' in line]
    assert dropped == []
    settle(loaded, StoredMarkings(loaded.store), rebuild=True, progress=lambda *_: None)
    assert_same(dumped(loaded, city.out), reference)


def test_a_shuffled_order_gives_the_same_dump(
    shared: Graph, city: WorldSummary, files: list[SourceMapping], reference: list[bytes]
) -> None:
    prepare(shared.store)
    load_files(shared, city, random.Random(SEED).sample(files, len(files)))
    assert_same(dumped(shared, city.out), reference)


def test_file_after_file_backwards_gives_the_same_dump(
    shared: Graph, city: WorldSummary, files: list[SourceMapping], reference: list[bytes]
) -> None:
    """Each file in a load of its own, so that everything is settled between."""
    prepare(shared.store)
    for file in reversed(files):
        load_files(shared, city, [file])
    assert_same(dumped(shared, city.out), reference)


def test_the_score_that_is_explained_is_the_score_that_decided(loaded: Graph) -> None:
    loaded.catalogue.refresh()
    viewer = loaded.catalogue.viewer("tester", EVERYTHING)
    held = [record for record in fetch(loaded, "Person") if record.live]
    folds = [folded(record.properties) for record in held]
    table = Table.of([r.id for r in held], np.array([r.mk for r in held]), np.zeros(len(held), np.int64), folds)
    left, right = candidates(table)
    chosen = np.array(random.Random(SEED).sample(range(len(left)), 100))
    bits = score(table, left[chosen], right[chosen], default_model())
    for a, b, decided in zip(left[chosen], right[chosen], bits, strict=True):
        told = why_not(loaded, viewer, held[a].id, held[b].id)
        assert told.weight == decided, told.sentence


def _drop_entities(transaction: Transaction) -> None:
    """Every resolved entity with all that hangs on it; what is derived from it waits to be made again."""
    transaction.run_text("MATCH (e:Entity) WHERE e.kind IN $kinds DETACH DELETE e", {"kinds": list(RESOLVED)})
    transaction.run_text("MATCH (:Record)-[p:POSSIBLY_SAME]->() DELETE p", {})
    transaction.run_text("MATCH (r:Record) WHERE r.kind IN $kinds SET r:Unplaced:Unresolved", {"kinds": list(RESOLVED)})
    transaction.run_text("MATCH (w:Row) SET w:Unlinked", {})
