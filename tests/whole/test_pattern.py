"""The county line that is planted in a generated city is found, and the home that it took over."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from analysis.indicator import Pattern, indicators
from graph.catalogue import Catalogue
from graph.ids import Ids
from graph.open import Graph
from graph.read.record import records_of
from graph.store import Store
from loaders.load import load
from loaders.mapping import load_mappings
from loaders.options import LoadOptions
from loaders.world import generate
from loaders.world.calendar import END
from security.marking import EVERYTHING
from tests.conftest import KEY, prepare

pytestmark = pytest.mark.database
DAYS = 900


def table(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def test_the_planted_line_is_found_and_the_home_that_it_took_over(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prepare(store)
    made = generate(tmp_path, people=600, seed=7)
    today = int(datetime.fromordinal(END).replace(tzinfo=UTC).timestamp())
    graph = Graph(store, Ids(KEY), Catalogue(store), lambda: today)
    load(graph, load_mappings(list(made.mappings), []), LoadOptions(made.out / "data", today, today))
    graph.catalogue.refresh()
    viewer = graph.catalogue.viewer("tester", EVERYTHING)
    truth = table(made.out / "truth" / "networks.csv")
    numbers = {"+44" + row["truth"][1:] for row in truth if row["role"] == "LINE_NUMBER"}
    found = indicators(graph, viewer, Pattern.COUNTY_LINES, None, DAYS).items
    phones = {view.label for each in found for view in each.entities if view.kind == "Phone"}
    with capsys.disabled():
        precision, recall = (len(phones & numbers) / len(some) for some in (phones, numbers))
        print(f"\ncounty lines: {len(found)} found, precision {precision:.2f}, recall {recall:.2f}")  # noqa: T201
    assert phones == numbers
    (cuckooed,) = (row["truth"] for row in truth if row["role"] == "CUCKOOED")
    homes = indicators(graph, viewer, Pattern.CUCKOOING, None, DAYS).items
    people = {(row["source"], row["key"]): row["truth"] for row in table(made.out / "truth" / "persons.csv")}
    residents = [each.entities[1].id for each in homes]
    records = records_of(graph, viewer, residents)
    found_people = [
        {people.get((graph.catalogue.source(each.source).id, each.key)) for each in records[id_]} for id_ in residents
    ]
    with capsys.disabled():
        print(f"cuckooed homes: {len(homes)} found for 1 planted")  # noqa: T201
    assert any(cuckooed in some for some in found_people)
