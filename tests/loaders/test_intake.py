"""Messages: taken by the mapping of the files, once and only once, each answered for itself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson
import pytest

from graph.errors import BadInput
from graph.open import Graph
from graph.read.search import search
from graph.store import Transaction
from loaders.intake import Intake, Outcome, Receipt, as_messages, messages
from loaders.mapping import load_mappings
from loaders.present import counts
from security.viewer import Viewer
from tests.conftest import NOW, prepare
from tests.whole.silo import DAY, HEADER, JANUARY, dumped, load_silo, write

NAMES = HEADER.strip().split(",")
ROWS = (
    "c1,BURGLARY,2025-11-02,p1,John Smith,1980-02-03,07700900123,77,OFFICIAL",
    "c2,THEFT,2025-11-05,p2,Jon Smith,1980-02-03,07700900123,77,OFFICIAL-SENSITIVE",
)


def _object(row: str) -> dict[str, Any]:
    return dict(zip(NAMES, row.split(","), strict=True))


def _lines(*objects: Mapping[str, Any]) -> list[bytes]:
    return [orjson.dumps(one) + b"\n" for one in objects]


@pytest.fixture
def intake(graph: Graph, tmp_path: Path) -> Intake:
    return Intake(graph, load_mappings([write(tmp_path, {})], []))


def _take(intake: Intake, lines: list[bytes], as_of: int | None = JANUARY) -> list[Receipt]:
    entry = intake.entry("crimes", "crimes*.csv")
    return intake.take("crimes", entry, messages(lines), as_of=as_of, today=NOW)


@pytest.mark.database
def test_messages_make_the_graph_that_files_make(graph: Graph, intake: Intake, tmp_path: Path) -> None:
    receipts = [*_take(intake, _lines(_object(ROWS[1]))), *_take(intake, _lines(_object(ROWS[0])))]
    assert [receipt.outcome for receipt in receipts] == [Outcome.LOADED, Outcome.LOADED]
    streamed = dumped(graph, tmp_path)
    prepare(graph.store)
    write(tmp_path / "file", {"crimes.csv": HEADER + "\n".join(ROWS) + "\n", "officers.csv": "collar,surname\n"})
    load_silo(graph, tmp_path / "file", JANUARY)
    # The cells as they stood are an object in one and a list in the other.
    assert _but_raw(streamed) == _but_raw(dumped(graph, tmp_path))


def _but_raw(lines: list[bytes]) -> list[object]:
    found = [orjson.loads(line) for line in lines]
    for _, line in found:
        line.pop("raw", None)
    return found


@pytest.mark.database
def test_a_message_is_found_at_once_and_counts_once(intake: Intake, graph: Graph, everyone: Viewer) -> None:
    assert _take(intake, _lines(_object(ROWS[0])))[0].outcome is Outcome.LOADED
    assert [hit.entity.label for hit in search(graph, everyone, "Smith", ["Person"]).items] == ["John Smith"]
    assert _take(intake, _lines(_object(ROWS[0])))[0].outcome is Outcome.UNCHANGED


@pytest.mark.database
def test_a_rehearsal_leaves_nothing_behind(intake: Intake, graph: Graph, tmp_path: Path) -> None:
    _take(intake, _lines(_object(ROWS[0])))
    before = dumped(graph, tmp_path), counts(graph.store)
    intake.rehearse()
    assert (dumped(graph, tmp_path), counts(graph.store)) == before
    assert _take(intake, _lines(_object(ROWS[1])))[0].outcome is Outcome.LOADED


@pytest.mark.database
def test_each_message_is_answered_for_itself(intake: Intake, graph: Graph, everyone: Viewer) -> None:
    bad = [b"{not json}\n", b"[1]\n", *_lines({"name": "nobody", "colour": "red"}, {"colour": "red"})]
    receipts = _take(intake, [*bad, *_lines(_object(ROWS[0]), _object(ROWS[1].replace("OFFICIAL-", "NO-")))])
    assert [(r.number, r.outcome.value, r.code) for r in receipts] == [
        (1, "rejected", "bad-json"),
        (2, "rejected", "bad-json"),
        (3, "rejected", "no-key"),
        (4, "rejected", "no-known-column"),
        (5, "loaded", None),
        (6, "rejected", "unknown-marking"),
    ]
    assert search(graph, everyone, "Smith", ["Person"]).items


@pytest.mark.database
def test_a_changed_message_needs_a_date_and_keeps_the_others(intake: Intake, graph: Graph, tmp_path: Path) -> None:
    _take(intake, _lines(_object(ROWS[0])), None)
    changed = _object(ROWS[0].replace("BURGLARY", "ROBBERY"))
    receipts = _take(intake, _lines(changed, _object(ROWS[1])), None)
    assert [(r.outcome.value, r.code) for r in receipts] == [("rejected", "undated-change"), ("loaded", None)]
    assert _take(intake, _lines(changed), JANUARY + DAY)[0].outcome is Outcome.LOADED
    assert any(b'"label":"ROBBERY"' in line for line in dumped(graph, tmp_path))


@pytest.mark.database
def test_the_file_of_the_messages_is_said_where_there_are_several(intake: Intake) -> None:
    with pytest.raises(BadInput, match=r"several files.*'crimes\*\.csv'"):
        intake.entry("crimes", None)
    with pytest.raises(BadInput, match="did you mean 'crimes'"):
        intake.entry("crime", None)
    with pytest.raises(BadInput, match=r"no file 'crimes\.csv'"):
        intake.entry("crimes", "crimes.csv")


@pytest.mark.parametrize(
    ("body", "count"),
    [(b'{"a": 1}', 1), (b'[{"a": 1}, {"a": 2}, 3]', 3), (b'{"a": 1}\n\n{"a": 2}\n', 2), (b'{\n "a": 1\n}', 1)],
)
def test_bodies_hold_one_object_an_array_or_lines(body: bytes, count: int) -> None:
    assert len(as_messages(body, 10)) == count


@pytest.mark.parametrize("body", [b"", b"\n", b"[]", b"[1,2,3,4,5,6,7,8,9,10,11]"])
def test_bodies_with_nothing_or_too_much_are_refused(body: bytes) -> None:
    with pytest.raises(BadInput, match="send 1 to 10"):
        as_messages(body, 10)


@pytest.mark.database
def test_whoever_has_nothing_new_but_a_date_is_not_resolved_again(
    intake: Intake, graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same graph as files make, whether a record is alone in its entity or not."""
    later = JANUARY + DAY
    mary = "p3,Mary Jones,1991-07-01,07700900555,12,OFFICIAL"
    rows = (ROWS[0], f"c3,FRAUD,2025-11-09,{mary}", f"c4,FRAUD,2025-11-10,{mary.replace('p3', 'p4')}")
    for row in rows:
        _take(intake, _lines(_object(row)))
    asked: list[str] = []
    run = Transaction.run

    def noted(self: Transaction, name: str, /, **params: Any) -> Any:
        asked.append(name)
        return run(self, name, **params)

    monkeypatch.setattr(Transaction, "run", noted)
    alone, together = ROWS[0].replace("BURGLARY", "ARSON"), rows[1].replace("FRAUD", "ROBBERY")
    _take(intake, _lines(_object(alone)), later)
    assert "load/date_records" in asked
    assert not {"load/update_records", "load/forget_identifiers", "resolve/placed"} & {*asked}
    asked.clear()
    _take(intake, _lines(_object(together)), later)
    assert {"load/update_records", "resolve/placed"} <= {*asked}
    streamed = dumped(graph, tmp_path)
    prepare(graph.store)
    folder = tmp_path / "file"
    for told, as_of in ((rows, JANUARY), ((alone, together), later)):
        write(folder, {"crimes.csv": HEADER + "\n".join(told) + "\n", "officers.csv": "collar,surname\n"})
        load_silo(graph, folder, as_of)
    assert _but_raw(streamed) == _but_raw(dumped(graph, tmp_path))
