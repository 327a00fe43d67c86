"""Every place that could still know somebody who was disposed of: stores, files, logs, a server that had them.

The proof can fail: before it goes, each of the values is found, and each question of the API names them.
"""

from __future__ import annotations

import gzip
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import neo4j
import orjson
import pytest
import zstandard
from starlette.testclient import TestClient

from api.app import create_app
from graph.managed.instance import Connection
from graph.open import Graph
from graph.read.entity import entity
from graph.read.link import links
from graph.settings import load_settings
from tests.cli.conftest import Command, Ran, connected, polegraph
from tests.project.tree import ROOT
from tests.retain.test_record_command import seeing
from tests.retain.test_retention_command import kept, lively, person, stored

pytestmark = pytest.mark.database
__all__ = ["connected", "polegraph"]

# What a source said of him.
SAID = ("Quixworth", "Zebulon", "1971-11-11", "7700900911", "Mordecai")
# What people wrote because of him: each in a place of its own.
WRITTEN = tuple(
    f"canary-{of}"
    for of in ("decision", "review", "dispute", "statement", "link", "watch", "alone", "drawn", "described", "beside")
)
ROWS = (
    "c1,THEFT,2012-05-01,p1,Zebulon Quixworth,1971-11-11,07700900911,9,OFFICIAL\n"
    "c2,THEFT,2011-05-01,p7,Mordecai Quixworth,1949-12-12,07700900911,9,OFFICIAL\n"
    "c0,THEFT,2010-05-01,p8,Ignatius Quixworth,1950-10-10,07700900911,9,OFFICIAL\n"
    "c8,THEFT,not a row: p1 of Quixworth\n"
    "c3,BURGLARY,2025-06-01,p2,Anna Nowak,1980-05-06,07700900101,1,OFFICIAL\n"
)
FORMATS = ("graphml", "csv", "ndjson", "ftm")
_WAIT_S = 60


@pytest.fixture
def town(graph: Graph, tmp_path: Path) -> Graph:
    """Three men who have a phone and whose matters are long past, and a woman whose are not."""
    return lively(graph, tmp_path / "in", ROWS)


@contextmanager
def served(town: Graph, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A server that keeps links in memory, as of the command's installation."""
    monkeypatch.setenv("POLEGRAPH_NETWORK_SNAPSHOT", "on")
    with TestClient(create_app(load_settings(), town), base_url="http://127.0.0.1") as client:
        yield client


def thing(town: Graph, key: str) -> str:
    """The entity that holds somebody's record, or the id that it had."""
    id_ = "e_" + person(town, key)[2:]
    found = entity(town, seeing(town), id_)
    return id_ if found is None else found.id


def ask(client: TestClient, name: str, /, **variables: Any) -> str:
    """What the server answers to a question of the client's documents, as text."""
    query = (ROOT / "client" / "documents" / f"{name}.graphql").read_text("utf-8")
    found = client.post("/graphql", json={"query": query, "variables": variables}).json()
    return orjson.dumps(found["data"]).decode() if "errors" not in found else orjson.dumps(found["errors"]).decode()


def write_about(client: TestClient, connected: Command, town: Graph) -> None:
    """Everything that people may write down because of him, in each place that keeps it."""
    his = person(town, "p1")
    him, her = thing(town, "p1"), thing(town, "p2")
    part = next(each for each in links(town, seeing(town), him).items if each.type == "INVOLVED_IN")
    commands = (
        ("resolve", "decide", his, person(town, "p7"), "POSSIBLY_SAME", "--reason", "canary-decision"),
        ("retention", "review", his, "DISPOSE", "--reason", "canary-review"),
        ("record", "dispute", his, "DISPUTED", "--reason", "canary-dispute", "--statement", "canary-statement"),
        ("record", "rectify", part.id, "role", "--value", "OFFENDER", "--reason", "canary-link"),
    )
    for command in commands:
        ran = connected(*command)
        assert ran.code == 0, (command, ran.err)
    ask(client, "watch", name="canary-watch", ids=[him, her], patterns=["ANYTHING"])
    ask(client, "watch", name="canary-alone", ids=[him], patterns=["ANYTHING"])
    placed = [{"id": id_, "x": 0.0, "y": 0.0, "note": note} for id_, note in ((him, "canary-beside"), (her, None))]
    drawn = {"name": "canary-drawn", "note": "canary-described", "things": placed}
    assert "canary-drawn" in ask(client, "saveWorkspace", workspace=drawn)


def let_wait(town: Graph) -> None:
    """An alert of each watch waits to be delivered."""
    waiting = [
        {
            "id": f"waits-{row['properties']['id']}", "watch": row["properties"]["id"], "webhook": "desk", "at": 0,
            "pattern": "ANYTHING", "state": "WAITING", "due": 0, "tries": 0,
        }
        for row in town.store.internal("keep/watches")
    ]  # fmt: skip
    assert len(waiting) == 2
    town.store.write(lambda transaction: transaction.run("alert/put_deliveries", nodes=waiting))


def answered(ran: Ran) -> Any:
    """What a command answered, without what the server of this process logs meanwhile."""
    return orjson.loads(ran.out[ran.out.index("{") : ran.out.rindex("}") + 1])


def questions(town: Graph) -> Mapping[str, dict[str, Any]]:
    """Questions that name him while he is there; by their documents."""
    him = thing(town, "p1")
    partial = {"name": "Zebulon Quixworth", "dateOfBirth": "1971-11-11"}
    return {
        "search": {"text": "Quixworth"},
        "subjectProfile": {"id": him},
        "identify": {"partial": partial},
        "stopCheck": {"phone": "07700900911"},
        "changesSince": {"ids": [him], "since": "2020-01-01T00:00:00Z"},
        "communities": {"scope": {"kinds": ["PHONE"]}},
        "workspaces": {},
        "watches": {},
    }


def files(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file below a folder, unpacked where it is packed."""
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        raw = path.read_bytes()
        if path.suffix == ".gz":
            raw = gzip.decompress(raw)
        elif path.suffix == ".zst":
            raw = zstandard.ZstdDecompressor().stream_reader(raw).read()
        elif zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                raw = b"".join(map(packed.read, packed.namelist()))
        yield path.name, raw.decode("utf-8", "replace")


def found_by_text(connection: Connection) -> Iterator[tuple[str, str]]:
    """What the database's full-text indexes find of what a source said."""
    with (
        neo4j.GraphDatabase.driver(connection.uri, auth=(connection.user, connection.password)) as driver,
        driver.session() as session,
    ):
        for index in session.run("SHOW FULLTEXT INDEXES YIELD name RETURN name").value():
            for word in ("Quixworth", "Zebulon"):
                call = "CALL db.index.fulltext.queryNodes($index, $word) YIELD node RETURN properties(node) AS p"
                found = session.run(call, index=index, word=word)
                yield from ((f"full text {index}", f"{word} {each}") for each in found.value())


def logged_by_database(connection: Connection) -> Iterator[tuple[str, str]]:
    """The database's own logs, where it is on this machine."""
    with (
        neo4j.GraphDatabase.driver(connection.uri, auth=(connection.user, connection.password)) as driver,
        driver.session() as session,
    ):
        for folder in session.run("SHOW SETTINGS 'server.directories.logs' YIELD value").value():
            yield from ((f"database's log {name}", text) for name, text in files(Path(folder)))


def deliveries(town: Graph) -> list[dict[str, Any]]:
    """Alerts that wait to be delivered."""
    return [row["properties"] for row in town.store.internal("keep/deliveries")]


def everywhere(
    client: TestClient,
    connected: Command,
    town: Graph,
    connection: Connection,
    folder: Path,
    said: Callable[[], str],
) -> dict[str, set[str]]:
    """Which of the values each place holds; `said`: what the server of this process logged since it was last asked."""
    places: list[tuple[str, str]] = [("the graph", text) for text in stored(connection)]
    places += [("server's log", said())]
    places += [("deliveries", str(each)) for each in deliveries(town)]
    places += found_by_text(connection)
    out = folder / f"out{time.monotonic_ns()}"
    out.mkdir()
    for ran in (
        connected("dump", out / "graph.jsonl"),
        connected("backup", out / "backup.tar"),
        *(connected("export", each, "--out", out / f"export.{each}") for each in FORMATS),
    ):
        assert ran.code == 0, ran.err
    places += [("backup", text) for text in kept(out / "backup.tar")]
    places += [
        (f"file {name}", text)
        for name, text in (*files(out), *files(folder / "data"), *files(folder / "in" / "rejects"))
    ]
    places += [("audit export", connected("audit", "export").out)]
    places += [("retention queue", connected("retention", "queue", "--json").out)]
    places += [(f"question {name}", ask(client, name, **given)) for name, given in questions(town).items()]
    places += [("server's log", said()), *logged_by_database(connection)]
    found: dict[str, set[str]] = {}
    for place, text in places:
        found.setdefault(place, set()).update(each for each in (*SAID, *WRITTEN) if each in text)
    return found


def test_nobody_and_nothing_knows_him_any_more(
    connected: Command,
    town: Graph,
    connection: Connection,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def said() -> str:
        return "\n".join(capsys.readouterr())

    with served(town, monkeypatch) as client:
        write_about(client, connected, town)
        let_wait(town)
        job = orjson.loads(ask(client, "startCommunities", **questions(town)["communities"]))["startCommunities"]["id"]
        until = time.monotonic() + _WAIT_S
        while '"DONE"' not in (told := ask(client, "job", id=job)):
            assert time.monotonic() < until, told
            time.sleep(0.05)
        before = everywhere(client, connected, town, connection, tmp_path, said)
        assert set().union(*before.values()) == {*SAID, *WRITTEN}, before
        assert before["the graph"] == {*SAID, *WRITTEN}
        assert not {name for name in before if "log" in name and before[name]}, before
        for place in (name for name in before if name.startswith(("question", "backup", "full text", "file export"))):
            assert before[place], f"{place} told nothing of him while he was there"

        shown = answered(connected("retention", "run", "--dry-run", "--json"))
        rejects = tmp_path / "in" / "rejects"
        ran = connected("retention", "run", "--as-shown", shown["token"], "--rejects", rejects, "--json")

        assert ran.code == 0, ran.err
        assert person(town, "p1") in answered(ran)["erased"]
        after = everywhere(client, connected, town, connection, tmp_path, said)
        assert {place: held for place, held in after.items() if held} == {}
        watched = {row["properties"]["id"] for row in town.store.internal("keep/watches")}
        assert {each["watch"] for each in deliveries(town)} == watched
        assert len(watched) == 1
        assert "NOT_FOUND" in ask(client, "job", id=job) or "null" in ask(client, "job", id=job)
        assert "Nowak" in ask(client, "search", text="Nowak")
