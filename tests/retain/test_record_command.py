"""`polegraph record`: what somebody says against a record, a wrong value put right, a marking raised and lowered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest

from graph import job
from graph.managed.instance import Connection
from graph.open import Graph
from graph.read.dispute import disputes_of_subjects
from graph.read.entity import entity
from graph.read.link import links
from graph.read.record import record, records_of
from graph.workspace import Placed, Wanted, save
from security.marking import EVERYTHING, parse_grants
from security.viewer import Viewer
from tests.audit.conftest import log_in
from tests.cli.conftest import Command, connected, polegraph
from tests.retain.test_retention_command import kept, lively, person, stored
from tests.whole.silo import DAY, JANUARY, dumped, load_silo

pytestmark = pytest.mark.database
__all__ = ["connected", "polegraph"]

WRONG, RIGHT = "1980-05-06", "1980-05-07"
ROWS = (
    f"c3,BURGLARY,2024-06-01,p2,Anna Nowak,{WRONG},07700900101,1,OFFICIAL\n"
    f"c4,BURGLARY,2025-06-01,p2,Anna Nowak,{WRONG},07700900101,1,OFFICIAL\n"
    "c5,THEFT,2025-06-01,p3,John Kelly,1990-01-02,07700900102,1,OFFICIAL\n"
)
SECRET = "OFFICIAL-SENSITIVE; operation=ACORN"


@pytest.fixture
def town(graph: Graph, tmp_path: Path) -> Graph:
    """Two people and their matters."""
    return lively(graph, tmp_path / "in", ROWS)


def seeing(graph: Graph, *markings: str) -> Viewer:
    graph.catalogue.refresh()
    return graph.catalogue.viewer("tester", parse_grants(markings) if markings else EVERYTHING)


def born(graph: Graph, id_: str) -> object:
    found = record(graph, seeing(graph), id_)
    return None if found is None else found.properties.get("date_of_birth")


def test_a_wrong_value_is_put_right_and_stays_so(
    connected: Command, town: Graph, connection: Connection, tmp_path: Path
) -> None:
    nowak = person(town, "p2")
    before, tied = dumped(town, tmp_path), len(links(town, seeing(town), "e_" + nowak[2:]).items)
    for wrong in (("shoe_size", "9"), ("date_of_birth", "yesterday"), ("phone", "07700900105")):
        assert connected("record", "rectify", nowak, wrong[0], "--value", wrong[1], "--reason", "x").code == 2
    assert connected("record", "rectify", "r_" + "a" * 20, "gender", "--reason", "x").code == 1
    assert dumped(town, tmp_path) == before

    worked_out = job.begin(town, seeing(town), "communities", "these")
    drawn = save(town, seeing(town), Wanted("of Nowak", things=(Placed("e_" + nowak[2:], 1.0, 2.0, note="his note"),)))
    asked = ("date_of_birth", "--value", "7 May 1980", "--reason", "passport seen", "--reference", "12/26", "--json")
    done = connected("record", "rectify", nowak, *asked)

    assert (done.code, orjson.loads(done.out)["rows"], orjson.loads(done.out)["value"]) == (0, 2, RIGHT), done.err
    assert born(town, nowak) == RIGHT
    assert not [text for text in stored(connection) if WRONG in text]
    # What was worked out with the wrong value is gone; what an officer wrote is the officer's own.
    assert town.store.write(lambda transaction: transaction.run("job/end", id=worked_out.id, ended={})) == []
    (kept_drawn,) = [row["properties"] for row in town.store.internal("keep/workspaces")]
    assert (kept_drawn["id"], kept_drawn["name"], kept_drawn["notes"]) == (drawn.id, "of Nowak", ["his note"])
    person_then = entity(town, seeing(town), "e_" + nowak[2:])
    assert person_then is not None
    assert person_then.properties["date_of_birth"] == RIGHT
    assert len(links(town, seeing(town), person_then.id).items) == tied
    # Delivered again, whole or not, later or not, the rows are there already: the right value stays.
    for options in ({}, {"as_of": JANUARY + DAY}, {"as_of": JANUARY + 2 * DAY, "full": True}):
        load_silo(town, tmp_path / "in", **options)  # type: ignore[arg-type]
        assert born(town, nowak) == RIGHT, options
    assert connected("backup", tmp_path / "after.tar").code == 0
    assert not [text for text in kept(tmp_path / "after.tar") if WRONG in text]
    assert connected("db", "wipe", "--yes").code == 0
    assert connected("restore", tmp_path / "after.tar").code == 0
    load_silo(town, tmp_path / "in", JANUARY + 3 * DAY)
    assert born(town, nowak) == RIGHT
    # Without a value the wrong one goes.
    assert connected("record", "rectify", nowak, "date_of_birth", "--reason", "not hers at all").code == 0
    assert born(town, nowak) is None
    report = tmp_path / "access.json"
    assert connected("subject-access", nowak.replace("r_", "e_"), "--out", report).code == 0
    (said,) = orjson.loads(report.read_bytes())["records"]
    assert [(each["right"], each["rectified"]) for each in said["disputes"]] == [("RECTIFIED", "date_of_birth")] * 2


def test_what_somebody_says_against_a_record_is_shown_with_it_and_goes_with_it(
    connected: Command, town: Graph, connection: Connection, tmp_path: Path
) -> None:
    kelly = person(town, "p3")
    told = ("--reason", "kelly-reason", "--statement", "kelly-statement", "--reference", "7/26", "--json")
    assert connected("record", "dispute", kelly, "RECTIFIED", *told).code == 2
    noted = connected("record", "dispute", kelly, "DISPUTED", *told)
    assert noted.code == 0, noted.err
    (shown,) = disputes_of_subjects(town, seeing(town), [kelly.replace("r_", "e_")])
    assert shown.id == orjson.loads(noted.out)["id"]
    assert "disputed since" in shown.sentence
    assert connected("record", "close", shown.id, "--reason", "withdrawn").code == 0
    assert connected("record", "close", shown.id, "--reason", "withdrawn").code == 1
    assert disputes_of_subjects(town, seeing(town), [kelly.replace("r_", "e_")]) == ()
    report = tmp_path / "access.json"
    assert connected("subject-access", kelly.replace("r_", "e_"), "--out", report).code == 0
    (said,) = orjson.loads(report.read_bytes())["records"]
    assert [each["statement"] for each in said["disputes"]] == ["kelly-statement"]
    assert connected("backup", tmp_path / "with.tar").code == 0
    assert any("kelly-statement" in text for text in kept(tmp_path / "with.tar"))

    drawn = (Placed(kelly.replace("r_", "e_"), 1.0, 2.0, note="kelly-note"),)
    save(town, seeing(town), Wanted("drawn", things=drawn))

    from loaders.retain.erase import erase

    assert [text for text in stored(connection) if "kelly-note" in text]
    rows = [row["properties"]["id"] for row in town.store.stream("dump/rows") if row["properties"]["key"] == "c5"]
    erase(town, rows, lambda *_: None)

    assert not [text for text in stored(connection) if "kelly-" in text]


def logged(folder: Path) -> list[dict[str, Any]]:
    """The entries of the command's log."""
    return [orjson.loads(link.body) for link in log_in(folder / "data" / "audit").links()]


def test_a_marking_is_raised_and_lowered_and_everything_moves_with_it(
    connected: Command, town: Graph, tmp_path: Path
) -> None:
    kelly = person(town, "p3")
    before = summary(town)
    there = "r_" + town.ids.record("crimes", "Person", "p3", SECRET)[2:]
    assert connected("record", "dispute", kelly, "RESTRICTED", "--reason", "court order 9").code == 0
    slip = connected("record", "mark", kelly, SECRET.replace("ACORN", "ACRON"))
    assert (slip.code, f'"{SECRET}"' in slip.err, "markings.yaml" in slip.err) == (2, True, True)
    raised = connected("record", "mark", kelly, SECRET, "--json")

    assert raised.code == 0, raised.err
    assert orjson.loads(raised.out) == {"record": there, "rows": 1, "gone": [kelly]}
    low, high = seeing(town, "OFFICIAL"), seeing(town, SECRET)
    crime = "e_" + town.ids.record("crimes", "Crime", "c5", "OFFICIAL")[2:]
    assert [record(town, each, there) is not None for each in (low, high)] == [False, True]
    assert record(town, high, kelly) is None
    ends = {
        (each["outcome"][0], each.get("marking")) for each in logged(tmp_path) if each["operation"] == "record mark"
    }
    assert ends == {("BEGUN", None), ("BAD_INPUT", None), ("OK", SECRET)}
    assert [len(links(town, each, crime).items) for each in (low, high)] == [1, 2]
    assert [len(disputes_of_subjects(town, each, [there.replace("r_", "e_")])) for each in (low, high)] == [0, 1]
    assert connected("search", "Kelly", "--markings", "OFFICIAL").out.count("Kelly") == 0
    # Its source delivers the row again, as it always was.
    load_silo(town, tmp_path / "in", JANUARY + DAY, full=True)
    assert len(records_of(town, high, [there.replace("r_", "e_")])) == 1
    assert record(town, seeing(town), kelly) is None

    assert connected("record", "mark", there, SECRET).code == 2
    assert connected("record", "mark", there, "OFFICIAL").code == 0

    assert summary(town) == before
    assert [len(links(town, each, crime).items) for each in (low, high)] == [2, 2]


def test_a_row_that_says_things_of_two_operations_is_under_both(
    connected: Command, town: Graph, tmp_path: Path
) -> None:
    """A marking that only a join makes gets its number where the row is written."""
    burglary = "r_" + town.ids.record("crimes", "Crime", "c5", "OFFICIAL")[2:]
    assert connected("record", "mark", person(town, "p3"), SECRET).code == 0
    other = "OFFICIAL-SENSITIVE; operation=BIRCH"
    with (tmp_path / "markings.yaml").open("a") as declared:
        declared.write(f'  - "{other}"\n')
    marked = connected("record", "mark", burglary, other)
    assert marked.code == 0, marked.err
    kelly = "e_" + town.ids.record("crimes", "Person", "p3", SECRET)[2:]
    assert [len(links(town, seeing(town, *held), kelly).items) for held in ((SECRET,), (SECRET, other))] == [1, 2]


def summary(graph: Graph) -> set[tuple[object, ...]]:
    """Every record and thing with its marking and the number of its visible links."""
    viewer = seeing(graph)
    found = graph.store.stream("dump/entities")
    ids = [row["properties"]["id"] for row in found]
    views = [view for id_ in ids if (view := entity(graph, viewer, id_)) is not None]
    return {(view.id, view.label, view.mk, len(links(graph, viewer, view.id).items)) for view in views}
