"""`polegraph retention`: what is due is shown, goes as it was shown, and is found nowhere afterwards."""

from __future__ import annotations

import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import neo4j
import orjson
import pytest
import zstandard

from graph.managed.instance import Connection
from graph.open import Graph, system_clock
from graph.workspace import Placed, Wanted, save
from resolution.model import shipped_document
from resolution.published import publish
from security.marking import EVERYTHING
from tests.cli.conftest import Command, connected, polegraph
from tests.whole.silo import HEADER, load_silo, write

pytestmark = pytest.mark.database
__all__ = ["connected", "polegraph"]

# Of one man, under two keys, whose matters are long past; nothing else has these values.
CANARIES = ("Quixworth", "Zebulon", "1971-11-11", "7700900911", "quixworth-reason")
ROWS = (
    "c1,THEFT,2012-05-01,p1,Zebulon Quixworth,1971-11-11,07700900911,9,OFFICIAL\n"
    "c2,THEFT,2011-05-01,p7,Zebulon Quixworth,1971-11-11,07700900911,9,OFFICIAL\n"
    # Came to notice again: everything of her stays.
    "c3,BURGLARY,2012-06-01,p2,Anna Nowak,1980-05-06,07700900101,1,OFFICIAL\n"
    "c4,BURGLARY,2025-06-01,p2,Anna Nowak,1980-05-06,07700900101,1,OFFICIAL\n"
    "c5,THEFT,2013-06-01,p3,John Kelly,1990-01-02,07700900102,1,OFFICIAL\n"
    "c8,THEFT,not a row: p1 of Quixworth\n"
    "c9,THEFT,not a row: p11\n"
    "c6,ROBBERY,2009-06-01,p4,Liam Khan,1985-03-04,07700900103,1,OFFICIAL\n"
)


@pytest.fixture
def town(graph: Graph, tmp_path: Path) -> Graph:
    """Three people whose matters are past, and one who came to notice again."""
    return lively(graph, tmp_path / "in", ROWS)


def lively(graph: Graph, folder: Path, rows: str) -> Graph:
    """These rows loaded, under the clock that the command has."""
    found = Graph(graph.store, graph.ids, graph.catalogue, system_clock)
    write(folder, {"crimes.csv": HEADER + rows, "officers.csv": "collar,surname\n1,Iqbal\n"})
    load_silo(found, folder)
    return found


def person(graph: Graph, key: str) -> str:
    return graph.ids.record("crimes", "Person", key, "OFFICIAL")


def stored(connection: Connection) -> Iterator[str]:
    """Every value of the graph, as text."""
    with (
        neo4j.GraphDatabase.driver(connection.uri, auth=(connection.user, connection.password)) as driver,
        driver.session() as session,
    ):
        for text in ("MATCH (n) RETURN properties(n) AS p", "MATCH ()-[r]->() RETURN properties(r) AS p"):
            yield from (str(record["p"]) for record in session.run(text))


def kept(archive: Path) -> Iterator[str]:
    """Every byte of a backup, unpacked."""
    with tarfile.open(archive) as tar:
        for member in tar:
            file = tar.extractfile(member)
            assert file is not None
            raw = zstandard.ZstdDecompressor().stream_reader(file) if member.name.endswith(".zst") else file
            yield raw.read().decode("utf-8", "replace")


def logged(folder: Path) -> str:
    with closing(sqlite3.connect(next(folder.rglob("audit.db")))) as log:
        return "".join(log.iterdump())


def found_in(texts: Iterator[str]) -> set[str]:
    return {canary for text in texts for canary in CANARIES if canary in text}


def test_what_is_due_goes_as_it_was_shown_and_is_found_nowhere(
    connected: Command, town: Graph, connection: Connection, tmp_path: Path
) -> None:
    quixworth, kelly = person(town, "p1"), person(town, "p3")
    decided = connected(
        "resolve", "decide", quixworth, person(town, "p7"), "POSSIBLY_SAME", "--reason", "quixworth-reason"
    )
    assert decided.code == 0, decided.err
    assert connected("retention", "review", kelly, "HOLD", "--reason", "claim 12").code == 0
    before = connected("backup", tmp_path / "before.tar")
    assert before.code == 0, before.err
    # Two models that were trained while he was there: the first stands no more.
    for about in ("superseded", "standing"):
        publish(town, shipped_document() | {"about": about}, "tester")
    # The proof can fail: all of it is there.
    assert found_in(stored(connection)) == found_in(kept(tmp_path / "before.tar")) == set(CANARIES)

    shown = orjson.loads(connected("retention", "run", "--dry-run", "--json").out)
    folder = tmp_path / "in" / "rejects"
    rejects = list(folder.rglob("*.csv"))
    refused = connected("retention", "run", "--as-shown", "0" * 16)
    ran = connected("retention", "run", "--as-shown", shown["token"], "--rejects", folder, "--json")

    assert (refused.code, ran.code) == (1, 0), ran.err
    assert {each["kind"] for each in shown["may_go"]} == {"Person", "Crime"}
    assert [each["kind"] for each in shown["ask"]] == ["Crime", "Person"]
    assert shown["rows"] == 2
    gone = orjson.loads(ran.out)
    assert quixworth in gone["erased"]
    assert kelly not in gone["erased"]
    assert (gone["files"], [file for file in rejects if file.exists()]) == ([str(file) for file in rejects], [])
    assert found_in(stored(connection)) == set()
    models = [orjson.loads(row["properties"]["document"]) for row in town.store.internal("keep/models")]
    assert [each["about"] for each in models] == ["standing"]
    for command in (("search", "Quixworth"), ("search", "07700900911"), ("profile", "e_" + quixworth[2:])):
        said = connected(*command, "--json")
        assert not any(canary in said.out for canary in CANARIES), command
    assert connected("search", "Nowak", "--json").out.count('"Anna Nowak"')
    assert connected("dump", tmp_path / "graph.jsonl").code == 0
    assert connected("backup", tmp_path / "after.tar").code == 0
    texts = [(tmp_path / "graph.jsonl").read_text(), *kept(tmp_path / "after.tar"), logged(tmp_path / "data")]
    assert found_in(iter(texts)) == set()
    (entry,) = [
        orjson.loads(line)["entry"]
        for line in connected("audit", "export").out.splitlines()
        if '"retention run"' in line and '"act":"ERASURE"' in line and '"outcome":["OK"]' in line
    ]
    assert (quixworth in entry["ids"], entry["details"]["rows"]) == (True, 2)
    # Delivered again it stays away, restored from a backup made since too.
    load_silo(town, tmp_path / "in")
    assert found_in(stored(connection)) == set()
    assert connected("db", "wipe", "--yes").code == 0
    assert connected("restore", tmp_path / "after.tar").code == 0
    load_silo(town, tmp_path / "in")
    assert found_in(stored(connection)) == set()


def test_a_hold_is_withdrawn_and_a_review_lets_go_what_asks_for_one(connected: Command, town: Graph) -> None:
    khan, robbery = person(town, "p4"), "e_" + town.ids.record("crimes", "Crime", "c6", "OFFICIAL")[2:]
    hold = connected("retention", "review", khan, "HOLD", "--reason", "claim 7", "--json")
    (review,) = orjson.loads(hold.out)["reviews"]
    for id_ in (khan, robbery):
        assert connected("retention", "review", id_, "DISPOSE", "--reason", "no risk").code == 0

    held = orjson.loads(connected("retention", "queue", "--json").out)
    assert connected("retention", "withdraw", review).code == 0
    free = orjson.loads(connected("retention", "queue", "--json").out)

    assert "e_" + khan[2:] in {each["id"] for each in held["held"]}
    assert {robbery, "e_" + khan[2:]} <= {each["id"] for each in free["may_go"]}
    assert connected("retention", "withdraw", review).code == 1
    assert connected("retention", "review", khan, "RETAIN", "--reason", "why").code == 2


def test_what_is_held_about_somebody_is_written_for_them_without_others(
    connected: Command, town: Graph, tmp_path: Path
) -> None:
    subject, other = ("e_" + person(town, id_)[2:] for id_ in ("p2", "p3"))
    drawn = [Placed(subject, 0, 0, note="seen with a van"), Placed(other, 1, 1, note="his sister")]
    town.catalogue.refresh()
    save(town, town.catalogue.viewer("tester", EVERYTHING), Wanted("of this case", things=tuple(drawn)))
    ran = connected("subject-access", subject, "--out", tmp_path / "request.json", "--purpose", "STANDARDS; r 12")

    assert ran.code == 0, ran.err
    told = orjson.loads((tmp_path / "request.json").read_bytes())
    assert {(each["source"], each["says"]["surname"], each["marking"]) for each in told["records"]} == {
        ("Crimes", "Nowak", "OFFICIAL")
    }
    assert {(each["type"], each["role"], each["to"].get("type")) for each in told["links"] if each["role"]} == {
        ("INVOLVED_IN", "SUSPECT", "BURGLARY")
    }
    assert [each["note"] for each in told["notes"]] == ["seen with a van"]
    assert (tmp_path / "request.json").stat().st_mode & 0o777 == 0o600
    assert "Kelly" not in (tmp_path / "request.json").read_text()
    crime = "e_" + town.ids.record("crimes", "Crime", "c3", "OFFICIAL")[2:]
    assert connected("subject-access", crime, "--out", tmp_path / "no.json").code == 2
    assert not (tmp_path / "no.json").exists()
