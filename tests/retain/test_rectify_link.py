"""`polegraph record rectify` of a link: its ends, dates, role and grade put right, and staying so."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from graph.answer import LinkView
from graph.dump import dump
from graph.managed.instance import Connection
from graph.open import Graph, system_clock
from graph.read.dispute import disputes_of_records
from graph.read.link import link, links
from graph.read.record import record
from loaders.retain.erase import erase
from tests.cli.conftest import Command, connected, polegraph
from tests.retain.test_record_command import seeing
from tests.retain.test_retention_command import kept, logged, stored
from tests.whole.silo import DAY, JANUARY, load_silo, write

pytestmark = pytest.mark.database
__all__ = ["connected", "polegraph"]

SECRET = "OFFICIAL-SENSITIVE; operation=ACORN"
MAPPING = """
source: people
name: People
files:
  - path: "people*.csv"
    row_key: "{id}"
    records:
      it:
        kind: Person
        key: "{id}"
        properties:
          {name: name, date_of_birth: {column: dob, parse: date}, address: address, postcode: postcode, phone: phone}
  - path: "friends*.csv"
    row_key: "{id}"
    records: {}
    links:
      - type: ASSOCIATED_WITH
        from: {kind: Person, key: "{one}"}
        to: {kind: Person, key: "{other}"}
        marking: {column: marking}
        grade: {column: grade}
        properties: {role: role, valid_from: {column: since, parse: date}, valid_to: {column: until, parse: date}}
  - path: "vehicles*.csv"
    records:
      car: {kind: Vehicle, key: "{vrm}", properties: {vrm: vrm, make: make}}
    links:
      - {type: KEEPS, from: {kind: Person, key: "{keeper}"}, to: car}
"""
FILES = {
    "people.csv": "id,name,dob,address,postcode,phone\n"
    "p1,Anna Nowak,1980-05-06,9 Wrongway Lane Leeds,LS1 4AB,07700900101\n"
    "p2,John Kelly,1990-01-02,4 Other Road Leeds,LS2 9ZZ,07700900102\n"
    "p3,Liam Khan,1985-03-04,9 Wrongway Lane Leeds,LS1 4AB,07700900103\n",
    "friends.csv": "id,one,other,marking,grade,role,since,until\n"
    "f1,p1,p2,OFFICIAL,1A P,SIBLING,2019-03-01,2020-01-01\n"
    "f2,p1,p2,OFFICIAL,2B P,SIBLING,2019-03-01,\n"
    f"f3,p1,p3,{SECRET},1A P,PARTNER,2021,\n",
    "vehicles.csv": "vrm,make,keeper\nAB12CDE,FORD,p1\n",
}


@pytest.fixture
def town(graph: Graph, tmp_path: Path) -> Graph:
    """Three people, two of whom have one address, their ties and a car."""
    found = Graph(graph.store, graph.ids, graph.catalogue, system_clock)
    write(tmp_path / "in", FILES, MAPPING)
    load_silo(found, tmp_path / "in", markings=("OFFICIAL", SECRET))
    return found


def deliver(town: Graph, tmp_path: Path, days: int) -> None:
    """What the source says, again, later, and whole."""
    load_silo(town, tmp_path / "in", JANUARY + days * DAY, ("OFFICIAL", SECRET), full=True)


def person(graph: Graph, key: str) -> str:
    return graph.ids.record("people", "Person", key, "OFFICIAL")


def ties(graph: Graph, key: str, type_: str, *markings: str) -> list[LinkView]:
    found = links(graph, seeing(graph, *markings), "e_" + person(graph, key)[2:]).items
    return [each for each in found if each.type == type_]


def dumped(graph: Graph, folder: Path) -> str:
    dump(graph, folder / "dump.jsonl")
    return (folder / "dump.jsonl").read_text("utf-8")


def test_what_a_link_says_is_put_right_wherever_its_source_says_it_and_stays_so(
    connected: Command, town: Graph, tmp_path: Path
) -> None:
    before = dumped(town, tmp_path)
    wrong = next(each for each in ties(town, "p1", "ASSOCIATED_WITH", "OFFICIAL") if each.valid_to is not None)
    for name, value, code in (
        ("role", "COUSIN", 2), ("role", "SIBLING", 2), ("valid_from", "2024-01-01", 2), ("valid_from", "soon", 2),
        ("grade", "9Z", 2), ("shoe_size", "9", 2), ("to", person(town, "p9"), 1), ("to", "e_" + "a" * 20, 1),
    ):  # fmt: skip
        ran = connected("record", "rectify", wrong.id, name, "--value", value, "--reason", "x")
        assert ran.code == code, (name, value, ran.err)
    assert connected("record", "rectify", "l_" + "a" * 20 + "_0", "role", "--reason", "x").code == 1
    assert dumped(town, tmp_path) == before

    asked = ("valid_from", "--value", "1 May 2018", "--reason", "certificate seen", "--reference", "3/26", "--json")
    done = connected("record", "rectify", wrong.id, *asked)

    assert done.code == 0, done.err
    told = orjson.loads(done.out)
    assert told["rows"] == 2, "the other row of the source that said the same day"
    (now,) = (each for each in [link(town, seeing(town), told["link"])] if each is not None)
    assert (now.role, now.grade, now.valid_to) == (wrong.role, wrong.grade, wrong.valid_to)
    found = ties(town, "p1", "ASSOCIATED_WITH", "OFFICIAL")
    assert [(each.valid_from, each.precision) for each in found] == [(1_525_132_800, 3)] * 2
    assert link(town, seeing(town), wrong.id) is None
    assert connected("record", "rectify", told["link"], "grade", "--value", "3E C", "--reason", "x").code == 0
    deliver(town, tmp_path, 1)
    assert {each.valid_from for each in ties(town, "p1", "ASSOCIATED_WITH", "OFFICIAL")} == {1_525_132_800}
    assert {each.grade for each in ties(town, "p1", "ASSOCIATED_WITH", "OFFICIAL")} == {352, 221}
    settled = dumped(town, tmp_path)
    assert connected("backup", tmp_path / "after.tar").code == 0
    assert connected("db", "wipe", "--yes").code == 0
    assert connected("restore", tmp_path / "after.tar").code == 0
    assert dumped(town, tmp_path) == settled
    deliver(town, tmp_path, 2)
    assert {each.valid_from for each in ties(town, "p1", "ASSOCIATED_WITH", "OFFICIAL")} == {1_525_132_800}
    # Who it is about is told, at either end; and it can be put back.
    for key in ("p1", "p2"):
        report = tmp_path / f"{key}.json"
        assert connected("subject-access", "e_" + person(town, key)[2:], "--out", report).code == 0
        (said,) = orjson.loads(report.read_bytes())["records"]
        put_right = {each["rectified"] for each in said["disputes"]}
        assert put_right == {"ASSOCIATED_WITH grade", "ASSOCIATED_WITH valid_from"}
        assert {each["reference"] for each in said["disputes"]} == {"3/26", None}
    (one, _) = ties(town, "p1", "ASSOCIATED_WITH", "OFFICIAL")
    assert connected("record", "rectify", one.id, "valid_from", "--value", "2019-03-01", "--reason", "a slip").code == 0
    assert {each.valid_from for each in ties(town, "p1", "ASSOCIATED_WITH", "OFFICIAL")} == {1_551_398_400}


def test_a_wrong_address_goes_with_all_that_the_row_said_of_it(
    connected: Command, town: Graph, connection: Connection, tmp_path: Path
) -> None:
    (wrong,) = ties(town, "p1", "LIVES_AT")
    gone = connected("record", "rectify", wrong.id, "to", "--reason", "never lived there", "--json")

    assert (gone.code, orjson.loads(gone.out)["link"]) == (0, None), gone.err
    assert ties(town, "p1", "LIVES_AT") == []
    nowak = record(town, seeing(town), person(town, "p1"))
    assert nowak is not None
    assert {"address", "postcode"} & nowak.properties.keys() == set()
    assert nowak.properties["phone"]
    # Who lives there still does.
    assert len(ties(town, "p3", "LIVES_AT")) == 1
    (khans,) = ties(town, "p3", "LIVES_AT")
    assert connected("record", "rectify", khans.id, "to", "--reason", "neither did he").code == 0
    assert not [text for text in stored(connection) if "Wrongway" in text]
    deliver(town, tmp_path, 1)
    assert connected("backup", tmp_path / "after.tar").code == 0
    assert not [text for text in (*stored(connection), *kept(tmp_path / "after.tar")) if "Wrongway" in text]
    assert "Wrongway" not in logged(tmp_path / "data")
    # A phone is a value: nothing of it is left where nobody has it any more.
    (phone,) = ties(town, "p2", "USES")
    assert connected("record", "rectify", phone.id, "to", "--reason", "not his").code == 0
    assert not [text for text in stored(connection) if "7700900102" in text]


def test_another_stands_at_an_end(connected: Command, town: Graph, tmp_path: Path) -> None:
    (wrong,) = ties(town, "p1", "KEEPS")
    kelly = person(town, "p2")
    assert connected("record", "rectify", wrong.id, "from", "--value", kelly, "--reason", "V5C seen").code == 0
    deliver(town, tmp_path, 1)
    assert ties(town, "p1", "KEEPS") == []
    (right,) = ties(town, "p2", "KEEPS")
    assert (right.target.label, kelly in right.records) == (wrong.target.label, True)
    assert link(town, seeing(town), right.id) == right
    noted = disputes_of_records(town, seeing(town), [person(town, "p1"), *wrong.records])
    assert {each.rectified for some in noted.values() for each in some} == {"KEEPS from"}
    assert person(town, "p1") in noted
    (phone,) = ties(town, "p1", "USES")
    (other,) = ties(town, "p3", "USES")
    moved = connected("record", "rectify", phone.id, "to", "--value", other.target.id, "--reason", "misheard", "--json")
    assert moved.code == 0, moved.err
    assert [each.target.id for each in ties(town, "p1", "USES")] == [other.target.id]
    assert [each.id for each in ties(town, "p1", "USES")] == [orjson.loads(moved.out)["link"]]


def test_what_was_done_with_a_restricted_link_is_told_to_who_may_see_it_and_goes_with_either_end(
    connected: Command, town: Graph, connection: Connection, tmp_path: Path
) -> None:
    (wrong,) = (each for each in ties(town, "p1", "ASSOCIATED_WITH") if each.role == "PARTNER")
    nowak, khan = person(town, "p1"), person(town, "p3")
    low, high = seeing(town, "OFFICIAL"), seeing(town, SECRET)
    refused = connected("record", "rectify", wrong.id, "to", "--reason", "x", "--markings", "OFFICIAL")
    assert refused.code == 1
    assert connected("record", "rectify", wrong.id, "role", "--value", "SOCIAL", "--reason", "khan-reason").code == 0

    assert disputes_of_records(town, low, [nowak, khan]) == {}
    assert {id_: len(each) for id_, each in disputes_of_records(town, high, [nowak, khan]).items()} == {
        nowak: 1, khan: 1,
    }  # fmt: skip
    (seen,) = disputes_of_records(town, high, [nowak])[nowak]
    assert town.catalogue.marking(seen.mk).text == SECRET
    closing = connected("record", "close", seen.id, "--reason", "x", "--markings", "OFFICIAL")
    assert closing.code == 1
    # Khan's rows go: what was noted because of him at her record goes too.
    rows = [row["properties"] for row in town.store.stream("dump/rows")]
    erase(town, [row["id"] for row in rows if row["key"] in ("p3", "f3")], lambda *_: None)
    assert disputes_of_records(town, high, [nowak, khan]) == {}
    assert not [text for text in stored(connection) if "khan-reason" in text]
