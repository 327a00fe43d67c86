"""What a word or a restriction keeps: what its source took back too, and who came to notice at what is kept."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from graph.open import Graph, system_clock
from loaders.retain import load_policy, planned
from tests.cli.conftest import Command, connected, polegraph
from tests.whole.silo import load_silo, write

pytestmark = pytest.mark.database
__all__ = ["connected", "polegraph"]

MAPPING = """
source: crimes
name: Crimes
files:
  - path: "people*.csv"
    row_key: "{id}"
    records:
      it: {kind: Person, key: "{id}", properties: {name: name, date_of_birth: {column: dob, parse: date}}}
  - path: "crimes*.csv"
    row_key: "{id}"
    records:
      crime: {kind: Crime, key: "{id}", properties: {type: type, occurred_from: {column: date, parse: date}}}
    links:
      - {type: INVOLVED_IN, from: {kind: Person, key: "{person}"}, to: crime, properties: {role: {value: SUSPECT}}}
"""
PEOPLE = {
    "p1": "Zebulon Quixworth,1971-11-11",
    "p2": "Mordecai Abernathy,1949-12-12",
    "p3": "Ignatius Featherby,1950-10-10",
    "p4": "Liam Khan,1985-03-04",
}
LOADED, TAKEN_BACK = 1_356_998_400, 1_420_070_400  # 2013, 2015


VICTIMS = """
source: victims
name: Victims
files:
  - path: "parts*.csv"
    row_key: "{id}"
    links:
      - type: INVOLVED_IN
        from: {kind: Person, source: crimes, key: "{person}"}
        to: {kind: Crime, source: crimes, key: "{event}"}
        properties: {role: {value: VICTIM}}
"""


def deliver(graph: Graph, folder: Path, numbers: str, as_of: int, events: str | None = None) -> None:
    """These people, each with a theft of 2012 (or those of `events`), whole."""
    people = "".join(f"p{n},{PEOPLE[f'p{n}']}\n" for n in numbers)
    crimes = "".join(f"c{n},THEFT,2012-05-01,p{n}\n" for n in (numbers if events is None else events))
    write(folder, {"people.csv": f"id,name,dob\n{people}", "crimes.csv": f"id,type,date,person\n{crimes}"}, MAPPING)
    load_silo(graph, folder, as_of, full=True)


@pytest.fixture
def town(graph: Graph, tmp_path: Path) -> Graph:
    """Two people and their thefts that are due, and two whose source took everything back long ago."""
    found = Graph(graph.store, graph.ids, graph.catalogue, system_clock)
    deliver(found, tmp_path / "in", "1234", LOADED)
    return found


def person(graph: Graph, key: str) -> str:
    return graph.ids.record("crimes", "Person", key, "OFFICIAL")


def crime(graph: Graph, key: str) -> str:
    return "e_" + graph.ids.record("crimes", "Crime", key, "OFFICIAL")[2:]


def going(graph: Graph) -> set[str]:
    """The keys of the rows that would go."""
    rows = {row["properties"]["id"]: row["properties"]["key"] for row in graph.store.stream("dump/rows")}
    return {rows[id_] for id_ in planned(graph, load_policy(None)).rows}


def held(connected: Command) -> dict[str, str]:
    """Who is held, with what the queue says of it."""
    ran = connected("retention", "queue", "--json")
    assert ran.code == 0, ran.err
    return {each["id"]: each["because"] for each in orjson.loads(ran.out)["held"]}


@pytest.mark.parametrize("word", [("HOLD",), ("RETAIN", "--until", "2090-01-01")])
@pytest.mark.parametrize("of", ["p1", "c1"])
def test_what_its_source_took_back_stays_while_a_word_stands(
    connected: Command, town: Graph, tmp_path: Path, word: tuple[str, ...], of: str
) -> None:
    id_ = person(town, "p1") if of == "p1" else crime(town, "c1")
    said = connected("retention", "review", id_, *word, "--reason", "civil claim", "--json")
    (review,) = orjson.loads(said.out)["reviews"]
    deliver(town, tmp_path / "in", "34", TAKEN_BACK)

    assert going(town) == {"p2", "c2", "p3", "c3", "p4", "c4"}
    shown = orjson.loads(connected("retention", "run", "--dry-run", "--json").out)
    assert [(each["id"], each["verdict"]) for each in shown["words"]] == [(review, word[0])]
    assert connected("retention", "run", "--as-shown", shown["token"]).code == 0
    kept = {row["properties"]["key"] for row in town.store.stream("dump/rows")}
    assert kept == {"p1", "c1"}
    assert connected("retention", "withdraw", review).code == 0
    assert going(town) == {"p1", "c1"}


def test_a_hold_can_be_put_on_what_its_source_took_back(connected: Command, town: Graph, tmp_path: Path) -> None:
    deliver(town, tmp_path / "in", "34", TAKEN_BACK)
    for id_ in (person(town, "p1"), crime(town, "c2")):
        assert connected("retention", "review", id_, "HOLD", "--reason", "civil claim").code == 0

    assert going(town) == {"p3", "c3", "p4", "c4"}


def test_who_came_to_notice_at_what_is_held_is_held_with_it(connected: Command, town: Graph) -> None:
    assert connected("retention", "review", crime(town, "c3"), "HOLD", "--reason", "appeal").code == 0
    assert (
        connected("retention", "review", crime(town, "c4"), "RETAIN", "--until", "2090-01-01", "--reason", "x").code
        == 0
    )

    assert going(town) == {"p1", "c1", "p2", "c2"}
    assert "e_" + person(town, "p3")[2:] in held(connected)


@pytest.mark.parametrize("word", [("HOLD",), ("RETAIN", "--until", "2090-01-01")])
def test_an_event_is_kept_with_whoever_of_it_is_held_whatever_their_part(
    connected: Command, town: Graph, tmp_path: Path, word: tuple[str, ...]
) -> None:
    parts = "id,event,person\nv1,c3,p1\n"
    write(tmp_path / "parts", {"parts.csv": parts}, VICTIMS)
    load_silo(town, tmp_path / "parts", LOADED)
    assert {"c3", "p3", "p1", "v1"} <= going(town)
    assert connected("retention", "review", person(town, "p1"), *word, "--reason", "civil claim").code == 0

    assert going(town) == {"p2", "c2", "p4", "c4"}


OTHERS = """
source: others
name: Others
files:
  - path: "others*.csv"
    row_key: "{id}"
    records:
      it: {kind: Person, key: "{id}", properties: {name: name, date_of_birth: {column: dob, parse: date}}}
"""


def test_a_held_event_that_its_source_took_back_keeps_its_suspect_whose_own_file_stands(
    connected: Command, town: Graph, tmp_path: Path
) -> None:
    # What another source says of the same person is kept with it.
    write(tmp_path / "others", {"others.csv": f"id,name,dob\no1,{PEOPLE['p1']}\n"}, OTHERS)
    load_silo(town, tmp_path / "others", LOADED)
    assert "o1" in going(town)
    assert connected("retention", "review", crime(town, "c1"), "HOLD", "--reason", "appeal").code == 0
    deliver(town, tmp_path / "in", "1234", TAKEN_BACK, events="234")

    assert going(town) == {"p2", "c2", "p3", "c3", "p4", "c4"}


def test_a_restriction_holds_until_it_is_closed_and_the_queue_says_so(
    connected: Command, town: Graph, tmp_path: Path
) -> None:
    asked = ("RESTRICTED", "--reason", "kept as evidence", "--json")
    on_person = connected("record", "dispute", person(town, "p3"), *asked)
    on_crime = connected("record", "dispute", "r_" + crime(town, "c4")[2:], *asked)
    assert (on_person.code, on_crime.code) == (0, 0), on_crime.err

    assert going(town) == {"p1", "c1", "p2", "c2"}
    told = held(connected)
    assert "RESTRICTED" in told["e_" + person(town, "p3")[2:]]
    assert "RESTRICTED" in told[crime(town, "c4")]
    # What its source took back is closed like everything else.
    deliver(town, tmp_path / "in", "1234", TAKEN_BACK, events="123")
    for noted in (on_person, on_crime):
        assert connected("record", "close", orjson.loads(noted.out)["id"], "--reason", "trial is over").code == 0
    assert going(town) == {"p1", "c1", "p2", "c2", "p3", "c3", "p4", "c4"}
