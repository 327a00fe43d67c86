"""Rows into the graph: once and only once, in any order, with what changed replaced and what is missing awaited."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import LoadError, MappingError
from graph.marking_numbers import StoredMarkings
from graph.open import Graph
from graph.read.entity import entity
from graph.read.link import links
from graph.read.search import search
from loaders.settle import settle
from security.marking import EVERYTHING, Grants
from security.viewer import Viewer
from tests.conftest import prepare
from tests.whole.silo import DAY, HEADER, JANUARY, dumped, load_silo, write

pytestmark = pytest.mark.database

CRIME = "c1,BURGLARY,2025-11-02,p1,John Smith,1980-02-03,07700900123,77,OFFICIAL\n"
OTHER = "c2,THEFT,2025-11-05,p2,Jon Smith,1980-02-03,07700900123,77,OFFICIAL\n"
OFFICERS = "collar,surname\n77,Iqbal\n"


def test_a_second_load_changes_nothing(graph: Graph, tmp_path: Path) -> None:
    write(tmp_path, {"crimes.csv": HEADER + CRIME + OTHER, "officers.csv": OFFICERS})
    first = load_silo(graph, tmp_path)
    before = dumped(graph, tmp_path)
    second = load_silo(graph, tmp_path)
    assert [(f.read, f.loaded, f.unchanged) for f in first.files] == [(2, 2, 0), (1, 1, 0)]
    assert [(f.read, f.loaded, f.unchanged) for f in second.files] == [(2, 0, 2), (1, 0, 1)]
    assert dumped(graph, tmp_path) == before


def test_records_of_one_person_become_one_entity(graph: Graph, everyone: Viewer, tmp_path: Path) -> None:
    write(tmp_path, {"crimes.csv": HEADER + CRIME + OTHER, "officers.csv": OFFICERS})
    load_silo(graph, tmp_path)
    people = [hit.entity for hit in search(graph, everyone, "smith", ["Person"]).items]
    assert len(people) == 1
    involved = links(graph, everyone, people[0].id).items
    assert sorted(link.target.label for link in involved if link.type == "INVOLVED_IN") == ["BURGLARY", "THEFT"]


def test_links_wait_for_ends_that_have_not_come(graph: Graph, tmp_path: Path) -> None:
    write(tmp_path / "a", {"crimes.csv": HEADER + CRIME, "officers.csv": "collar,surname\n"})
    report = load_silo(graph, tmp_path / "a")
    assert report.files[0].as_json()["links"]["HANDLED_BY"] == {"stated": 1, "loaded": 0, "dangling": 1}
    write(tmp_path / "b", {"crimes.csv": HEADER, "officers.csv": OFFICERS})
    load_silo(graph, tmp_path / "b")
    late = dumped(graph, tmp_path)
    prepare(graph.store)
    write(tmp_path / "c", {"crimes.csv": HEADER + CRIME, "officers.csv": OFFICERS})
    load_silo(graph, tmp_path / "c")
    assert dumped(graph, tmp_path) == late


def test_a_changed_row_replaces_the_older_whatever_comes_first(graph: Graph, tmp_path: Path) -> None:
    write(tmp_path / "old", {"crimes.csv": HEADER + CRIME, "officers.csv": OFFICERS})
    write(tmp_path / "new", {"crimes.csv": HEADER + CRIME.replace("BURGLARY", "ROBBERY"), "officers.csv": OFFICERS})
    load_silo(graph, tmp_path / "old", JANUARY)
    load_silo(graph, tmp_path / "new", JANUARY + DAY)
    in_order = dumped(graph, tmp_path)
    assert any(b"ROBBERY" in line and b'"entity"' in line[:12] for line in in_order)
    assert not any(b"BURGLARY" in line and b'"entity"' in line[:12] for line in in_order)
    prepare(graph.store)
    load_silo(graph, tmp_path / "new", JANUARY + DAY)
    load_silo(graph, tmp_path / "old", JANUARY)
    assert dumped(graph, tmp_path) == in_order


def test_an_undated_delivery_may_not_change_a_row(graph: Graph, tmp_path: Path) -> None:
    write(tmp_path, {"crimes.csv": HEADER + CRIME, "officers.csv": OFFICERS})
    load_silo(graph, tmp_path, None)
    write(tmp_path, {"crimes.csv": HEADER + CRIME.replace("BURGLARY", "ROBBERY"), "officers.csv": OFFICERS})
    with pytest.raises(LoadError, match="--as-of"):
        load_silo(graph, tmp_path, None)


def test_rebuilding_all_entities_changes_nothing(graph: Graph, tmp_path: Path) -> None:
    write(tmp_path, {"crimes.csv": HEADER + CRIME + OTHER, "officers.csv": OFFICERS})
    load_silo(graph, tmp_path)
    before = dumped(graph, tmp_path)
    settle(graph, StoredMarkings(graph.store), rebuild=True, progress=lambda *_: None)
    assert dumped(graph, tmp_path) == before


def test_a_hidden_record_is_absent(graph: Graph, tmp_path: Path) -> None:
    hidden = CRIME.replace("OFFICIAL", "OFFICIAL-SENSITIVE")
    write(tmp_path, {"crimes.csv": HEADER + hidden, "officers.csv": OFFICERS})
    load_silo(graph, tmp_path)
    everyone = graph.catalogue.viewer("a", EVERYTHING)
    floor = graph.catalogue.viewer("b", Grants())
    (found,) = search(graph, everyone, "smith", ["Person"]).items
    assert entity(graph, floor, found.entity.id) is None
    assert search(graph, floor, "smith").items == ()


def test_a_date_that_is_none_is_kept_and_breaks_nothing(graph: Graph, everyone: Viewer, tmp_path: Path) -> None:
    write(tmp_path, {"crimes.csv": HEADER + CRIME.replace("2025-11-02", "31/02/2025"), "officers.csv": OFFICERS})
    report = load_silo(graph, tmp_path)
    assert report.files[0].findings["DS_001"] == 1
    (person,) = (hit.entity for hit in search(graph, everyone, "smith", ["Person"]).items)
    (link,) = (each for each in links(graph, everyone, person.id).items if each.type == "INVOLVED_IN")
    assert link.target.properties["occurred_from"] == "31/02/2025"


def test_a_missing_column_is_told_before_a_row_is_written(graph: Graph, tmp_path: Path) -> None:
    write(tmp_path, {"crimes.csv": HEADER + CRIME, "officers.csv": "collar,name\n77,Iqbal\n"})
    with pytest.raises(MappingError, match="unknown column 'surname'"):
        load_silo(graph, tmp_path)
    assert dumped(graph, tmp_path) == []


REGISTER = """
source: {source}
name: {source}
priority: {priority}
files:
  - path: people.csv
    records:
      person:
        kind: Person
        key: "{{id}}"
        properties:
          name: name
          date_of_birth: {{column: dob, parse: date}}
          phone: phone
          occupation: work
"""


def test_a_source_that_counts_more_than_before_wins(graph: Graph, everyone: Viewer, tmp_path: Path) -> None:
    for source, work in (("one", "Baker"), ("other", "Miller")):
        people = f"id,name,dob,phone,work\n{source},John Smith,1980-02-03,07700900123,{work}\n"
        write(tmp_path / source, {"people.csv": people}, REGISTER.format(source=source, priority=50))
    for priority, expected in ((10, "Miller"), (90, "Baker"), (90, "Baker"), (20, "Miller")):
        write(tmp_path / "one", {}, REGISTER.format(source="one", priority=priority))
        for source in ("one", "other"):
            load_silo(graph, tmp_path / source)
        (hit,) = search(graph, everyone, "john smith", ["Person"]).items
        assert hit.entity.properties["occupation"] == expected
    again = dumped(graph, tmp_path)
    prepare(graph.store)
    for source in ("one", "other"):
        load_silo(graph, tmp_path / source)
    assert dumped(graph, tmp_path) == again
