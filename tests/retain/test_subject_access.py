"""`polegraph subject-access`: somebody as a whole, who was told of them by whatever id they had, and nobody else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest

from graph.open import Graph
from graph.read.record import record
from security.audit import Act, Entry
from security.marking import EVERYTHING
from tests.audit.conftest import log_in
from tests.cli.conftest import Command, connected, polegraph
from tests.read.world import World
from tests.retain.test_retention_command import lively
from tests.whole.silo import DAY, HEADER, JANUARY, load_silo, write

pytestmark = pytest.mark.database
__all__ = ["connected", "polegraph"]

SENSITIVE = "OFFICIAL-SENSITIVE"
ROWS = (
    "c3,BURGLARY,2024-06-01,p2,Anna Nowak,1980-05-06,07700900101,1,OFFICIAL\n"
    "c4,THEFT,2024-07-01,p7,Anna Nowak,1980-05-06,07700900101,1,OFFICIAL\n"
    f"c5,ROBBERY,2025-06-01,p8,Anna Nowak,1980-05-06,07700900101,1,{SENSITIVE}\n"
    f"c6,ROBBERY,2025-06-01,p3,John Kelly,1990-01-02,07700900102,1,{SENSITIVE}\n"
)


@pytest.fixture
def town(graph: Graph, tmp_path: Path) -> Graph:
    """A woman of two records in the open and one that not everybody sees, and a man."""
    return lively(graph, tmp_path / "in", ROWS)


class Told:
    """What is asked and told of the woman."""

    def __init__(self, connected: Command, town: Graph, folder: Path) -> None:
        self.connected, self.folder, self.file = connected, folder, folder / "request.json"
        self.log = log_in(folder / "data" / "audit")
        keys = (("p2", "OFFICIAL"), ("p7", "OFFICIAL"), ("p8", SENSITIVE), ("p3", SENSITIVE))
        self.records = [town.ids.record("crimes", "Person", *each) for each in keys]
        viewer = town.catalogue.viewer("tester", EVERYTHING)
        found = [record(town, viewer, id_) for id_ in self.records]
        self.entities = [each.entity for each in found if each is not None and each.entity is not None]

    def report(self, *given: str, of: int = 0) -> dict[str, Any]:
        return self.report_of(self.entities[of], *given)

    def report_of(self, id_: str, *given: str) -> dict[str, Any]:
        ran = self.connected("subject-access", id_, "--out", self.file, *given)
        assert ran.code == 0, ran.err
        told: dict[str, Any] = orjson.loads(self.file.read_bytes())
        return told

    def disclosed(self, of: int = 0) -> list[tuple[str, tuple[str, ...]]]:
        """What was disclosed but by such a report."""
        told = self.report(of=of)["disclosed"]
        return [(each["by"], tuple(each["to"])) for each in told if each["by"] != "subject-access"]


@pytest.fixture
def told(connected: Command, town: Graph, tmp_path: Path) -> Told:
    return Told(connected, town, tmp_path)


def test_all_that_is_one_with_somebody_is_told_with_the_reasons(told: Told, connected: Command) -> None:
    nowak, _, covert, kelly = told.records
    for a, b, reason in ((nowak, covert, "one-of-hers"), (kelly, nowak, "two-people")):
        ran = connected("resolve", "decide", a, b, "POSSIBLY_SAME", "--reason", reason)
        assert ran.code == 0, ran.err
    assert connected("retention", "review", covert, "HOLD", "--reason", "civil claim").code == 0

    report = told.report()

    ended = [each for each in map(orjson.loads, (link.body for link in told.log.links())) if each["outcome"] == ["OK"]]
    assert [(each["operation"], each.get("marking")) for each in ended] == [
        ("resolve decide", SENSITIVE),
        ("resolve decide", SENSITIVE),
        ("retention review", None),
        ("subject-access", SENSITIVE),
    ]
    assert [(each["id"], each["marking"]) for each in report["held_as"]] == sorted(
        {(told.entities[0], "OFFICIAL"), (told.entities[2], SENSITIVE)}
    )
    assert {each["id"] for each in report["records"]} == set(told.records[:3])
    assert {each["to"].get("type") for each in report["links"] if each["role"]} == {"BURGLARY", "THEFT", "ROBBERY"}
    assert "SAME_IDENTITY" not in {each["type"] for each in report["links"]}
    assert {(each["reason"], tuple(sorted(each["records"]))) for each in report["decisions"]} == {
        ("one-of-hers", tuple(sorted((nowak, covert)))),
        ("two-people", (nowak,)),
    }
    assert [(each["record"], each["verdict"], each["reason"]) for each in report["reviews"]] == [
        (covert, "HOLD", "civil claim")
    ]
    assert {each["id"] for each in told.report("--markings", "OFFICIAL")["records"]} == set(told.records[:2])


def test_what_was_disclosed_under_an_older_id_and_to_whom(told: Told) -> None:
    assert told.entities[0] == told.entities[1]
    (former,) = {"e_" + id_[2:] for id_ in told.records[:2]} - {told.entities[0]}
    taken = Entry(Act.DISCLOSURE, "pc 7", "export", "q1", "api", ids=(former,), recipients=("file.csv",))
    told.log.append(
        taken,
        Entry(Act.DISCLOSURE, "pc 7", "export", "q2", "api", asked=(former,), outcome=("NOT_FOUND",)),
        # An alert of somebody's watch: that she is watched is not told.
        Entry(Act.DISCLOSURE, "pc 7", "webhook", "q3", "api", ids=(former,), recipients=("control.example",)),
        Entry(
            Act.DISCLOSURE, "pc 8", "export", "q4", "api", ids=(former,), recipients=("covert.csv",), marking=SENSITIVE
        ),
    )
    told.log.close()
    assert told.disclosed() == [("export", ("covert.csv",)), ("export", ("file.csv",))]
    assert told.disclosed(of=3) == []
    report = told.report("--markings", "OFFICIAL")
    assert "webhook" not in {each["by"] for each in report["disclosed"]}
    assert "covert.csv" not in {name for each in report["disclosed"] for name in each["to"]}
    # The covert export, and the reports that were written before with her record under it.
    assert report["disclosed_above"] == 2


def test_what_was_superseded_or_taken_back_is_told(told: Told, town: Graph, connected: Command, tmp_path: Path) -> None:
    nowak, kelly = told.records[0], told.records[3]
    noted = connected("record", "dispute", nowak, "DISPUTED", "--reason", "not her name", "--json")
    assert connected("record", "close", orjson.loads(noted.out)["id"], "--reason", "passport seen").code == 0
    later = ROWS.replace("c3,BURGLARY,2024-06-01,p2,Anna Nowak", "c3,BURGLARY,2024-06-01,p2,Anna Novak")
    later = later.replace("p3,John Kelly,1990-01-02,07700900102", "p9,Liam Khan,1985-03-04,07700900103")
    write(tmp_path / "in", {"crimes.csv": HEADER + later})
    load_silo(town, tmp_path / "in", as_of=JANUARY + DAY)

    report = told.report()
    before = {each["id"]: [said["says"]["surname"] for said in each["said_before"]] for each in report["records"]}
    assert before == {nowak: ["Nowak"], told.records[1]: [], told.records[2]: []}
    (said,) = next(each["said_before"] for each in report["records"] if each["id"] == nowak)
    assert (said["from"][:10], said["until"][:10]) == ("2026-01-01", "2026-01-02")
    assert {(each["type"], each["role"], each["superseded"][:10]) for each in report["former_links"]} == {
        ("INVOLVED_IN", "SUSPECT", "2026-01-02"),
        ("USES", None, "2026-01-02"),
    }

    (dispute,) = [each for record_of in report["records"] for each in record_of["disputes"]]
    assert (dispute["reason"], dispute["closed_because"]) == ("not her name", "passport seen")

    assert connected("subject-access", told.entities[3], "--out", tmp_path / "nobody.json").code == 1
    taken = told.report_of(kelly)
    assert (taken["subject"], taken["held_as"], taken["links"]) == (kelly, [], [])
    (record_of,) = taken["records"]
    assert [each["says"]["surname"] for each in record_of["said_before"]] == ["Kelly"]
    assert told.report_of(nowak)["subject"] == told.report()["subject"]


def test_the_text_of_a_report_is_not_told(told: Told, town: Graph) -> None:
    """Others are described in it."""
    world = World(town)
    anna = world.thing("Person", "Anna")
    report = world.thing("IntelReport", "I1", text="Ben was seen with her")
    home = world.thing("Address", "1 High Street", text="1 High Street")
    world.link("INVOLVED_IN", anna, report, role="SUBJECT")
    world.link("LIVES_AT", anna, home)
    said = told.report_of(anna)["links"]
    assert {(each["to"]["kind"], each["to"].get("text")) for each in said} == {
        ("IntelReport", None),
        ("Address", "1 High Street"),
    }


def test_an_export_of_all_is_told_to_those_whom_it_held(told: Told, connected: Command) -> None:
    for name, *given in (
        ("vehicles", "--kind", "VEHICLE"),
        ("open", "--markings", "OFFICIAL"),
        ("people", "--kind", "PERSON", "--markings", SENSITIVE),
    ):
        assert connected("export", "ndjson", "--out", told.folder / name, *given).code == 0
    found = [orjson.loads(link.body) for link in told.log.links()]
    assert [(each["outcome"], each.get("whole"), each.get("marking")) for each in found[3:6]] == [
        (["BEGUN"], None, None),
        (["BEGUN"], True, "OFFICIAL"),
        (["OK"], True, "OFFICIAL"),
    ]
    assert (found[-1]["details"]["kinds"], found[-1]["marking"]) == (["PERSON"], SENSITIVE)

    # She is also held in the open, the man is not: but who knows whether he was when that one was made.
    for of in (0, 3):
        assert told.disclosed(of) == [("export", ("people",)), ("export", ("open",))]
    who = connected("audit", "who", told.entities[3]).out
    assert "(all VEHICLE, up to OFFICIAL)" in who
