"""Rows that the graph holds are known by their stamps: skipping them gives the report and the graph of reading them.

`POLEGRAPH_TEST_SEEDS` makes it longer.
"""

from __future__ import annotations

import os
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
import pytest

from graph.catalogue import Catalogue
from graph.errors import BadInput, PolegraphError
from graph.ids import Ids
from graph.open import Graph
from graph.store import Store
from loaders.intake import Intake, Outcome, messages
from loaders.known import Known, Seen
from loaders.load import deliveries_of, load_into
from loaders.mapping import load_mappings
from loaders.options import Bad, LoadOptions
from loaders.report import FileReport, LoadReport
from loaders.run import Going, Run, RunLog
from loaders.settle import silent
from loaders.sink import DrySink, GraphSink
from loaders.stored import Place
from tests.conftest import KEY, MARKINGS, NOW, prepare
from tests.whole.silo import DAY, HEADER, JANUARY, dumped, load_silo, write

pytestmark = pytest.mark.database

MAPPING = """
source: desk
files:
  - path: "stops*.csv"
    row_key: "{id}"
    marking: {column: marking}
    AS_OF
    records:
      stop: {kind: StopSearch, key: "{id}", properties: {occurred_from: {column: at, parse: date}}}
      person:
        kind: Person
        key: "{person}"
        when: "{person}"
        properties:
          name: name
          date_of_birth: {column: dob, parse: date, formats: [DD/MM/YY, DD/MM/YYYY]}
          phone: phone
    links:
      - {type: INVOLVED_IN, from: person, to: stop, properties: {role: {value: SUBJECT}}}
      - {type: HANDLED_BY, from: stop, to: {kind: Officer, key: "{officer}"}}
  - path: "notes*.csv"
    records:
      call: {kind: Incident, key: "{note}", when: "{note}", properties: {type: text}}
"""
COLUMNS = ("id", "at", "person", "name", "dob", "phone", "officer", "marking", "seen", "aside")
SEEDS = int(os.environ.get("POLEGRAPH_TEST_SEEDS", "4"))
Row = dict[str, str]


@dataclass(frozen=True)
class Delivery:
    """Files by name, the delivery's date, and how it is loaded."""

    files: Mapping[str, str]
    as_of: int | None
    today: int
    options: Mapping[str, Any] = field(default_factory=dict)


class _Counting(GraphSink):
    """Writes into a graph, and counts the rows that it is told to be there; `plain` never asks which are."""

    def __init__(self, graph: Graph, number: int, *, plain: bool) -> None:
        run = Run(f"run {number}", NOW)
        super().__init__(graph, run, RunLog(graph, run), 5.0, silent)
        self._plain = plain
        self.skipped = 0

    def known(self, source: int, entry: str, size: int, fulls: Sequence[int]) -> Known | None:
        return None if self._plain else super().known(source, entry, size, fulls)

    def write(self, place: Place, rows: Sequence[Any], report: FileReport, seen: Seen | None = None) -> None:
        self.skipped += 0 if seen is None else len(seen)
        super().write(place, rows, report, seen)


def _told(graph: Graph, folder: Path, given: Sequence[Delivery], mapping: str, *, plain: bool) -> tuple[list[Any], int]:
    """What each load said, the dump after all of them, and how many rows were skipped."""
    prepare(graph.store)
    told: list[Any] = []
    skipped = 0
    for number, delivery in enumerate(given):
        place = folder / str(number)
        write(place, delivery.files, mapping)
        # What is settled after every batch, or at the end alone, is the same.
        settle_s = 0.0 if plain else 60.0
        options = LoadOptions(
            place, delivery.today, delivery.as_of, batch_rows=3, settle_s=settle_s, **delivery.options
        )
        sink = _Counting(graph, number, plain=plain)
        try:
            work = deliveries_of(load_mappings([place / "mapping.yaml"], MARKINGS), options)
            dry = load_into(DrySink(graph), work, options, silent)
            report = load_into(sink, work, options, silent)
        except PolegraphError as error:
            told.append(str(error))
        else:
            told += [[file.as_json() for file in report.files], report.warnings, sink.statuses, sink._log.mk]
            told += [[file.as_json()["rows"] for file in dry.files]]
        skipped += sink.skipped
    return [*told, dumped(graph, folder)], skipped


class _Desk:
    """Makes deliveries by chance: rows stay, change, go, come twice, are bad; if not `alike` they stand otherwise."""

    def __init__(self, seed: int, *, own_dates: bool, alike: bool = False) -> None:
        self._chance = random.Random(seed)
        self._own_dates = own_dates
        self._alike = alike
        self._rows = {f"s{n}": self._row(f"s{n}") for n in range(10)}

    def _row(self, key: str) -> Row:
        pick = self._chance.choice
        return {
            "id": key,
            "at": pick(["2025-11-02", "03/11/2025", "31/02/2025", "4/11/25"]),
            "person": pick(["", "p1", "p2", "p3"]),
            "name": pick(["John Smith", "Jon Smith", 'Mary O\'Neil "May"', ""]),
            "dob": pick(["03/02/1980", "03/02/80", "01/09/2026", "x", "03/02/1890", ""]),
            "phone": pick(["07700900123", "+44 7700 900123", "12", ""]),
            "officer": pick(["77", ""]),
            "marking": pick(["OFFICIAL"] * 8 + ["OFFICIAL-SENSITIVE"] * 4 + ["NO SUCH"]),
            "seen": pick(["2026-01-02", "2026-01-04", "never", ""]) if self._own_dates else "",
            "aside": "",
        }

    def deliveries(self, count: int) -> list[Delivery]:
        return [self._delivery() for _ in range(count)]

    def _delivery(self) -> Delivery:
        chance = self._chance
        for key in list(self._rows):
            if chance.random() < 0.15:
                self._rows[key] = self._row(key)
        rows = [dict(row) for key, row in self._rows.items() if chance.random() < 0.9]
        for row in rows:
            row["aside"] = "" if self._alike else str(chance.random())
            if chance.random() < 0.1 and not self._alike:
                row["name"] = f" {row['name']} "
        if chance.random() < 0.4:
            rows.append(dict(chance.choice(rows)))
        if chance.random() < 0.2:
            rows.append({**chance.choice(rows), "phone": "0123"})
        if chance.random() < 0.2:
            rows.append({**chance.choice(rows), "id": ""})
        chance.shuffle(rows)
        columns = chance.sample(COLUMNS, len(COLUMNS)) if chance.random() < 0.3 and not self._alike else COLUMNS
        lines = [",".join(_quoted(row[name]) for name in columns) for row in rows]
        if chance.random() < 0.3:
            lines.insert(chance.randrange(len(lines)), "a,torn,row")
        cuts = sorted({0, len(lines), *(chance.randrange(len(lines)) for _ in range(chance.choice([0, 0, 1, 2])))})
        pairs = list(zip(cuts, cuts[1:], strict=False))
        files = {f"stops{n}.csv": _text(columns, lines[low:high]) for n, (low, high) in enumerate(pairs)}
        notes = [f"{n},{chance.choice(['fight', 'noise'])}" for n in range(5)] + [",says nothing", ","]
        files["notes.csv"] = _text(("note", "text"), chance.sample(notes, 6))
        dates = [JANUARY, JANUARY + DAY, JANUARY + 2 * DAY, JANUARY - DAY, JANUARY if self._alike else None]
        as_of = chance.choice(dates)
        full = as_of is not None and chance.random() < 0.4
        bad = Bad(rows=100) if chance.random() < 0.7 else Bad()
        today = chance.choice([NOW, NOW, NOW, NOW + DAY, NOW + 365 * DAY])
        return Delivery(files, as_of, today, {"full": full, "max_bad": bad})


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if '"' in cell else cell


def _text(columns: Sequence[str], lines: Sequence[str]) -> str:
    return "\n".join([",".join(columns), *lines, ""])


@pytest.fixture(scope="module")
def shared(store: Store) -> Graph:
    return Graph(store, Ids(KEY), Catalogue(store), lambda: NOW)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_skipping_gives_what_reading_gives(shared: Graph, tmp_path: Path, seed: int) -> None:
    own_dates = seed % 3 == 0
    mapping = MAPPING.replace("AS_OF", "as_of: {column: seen, parse: date}" if own_dates else "")
    given = _Desk(seed, own_dates=own_dates).deliveries(7)

    read, none = _told(shared, tmp_path, given, mapping, plain=True)
    found, skipped = _told(shared, tmp_path, given, mapping, plain=False)

    assert none == 0
    assert skipped > 0
    for number, (one, other) in enumerate(zip(found, read, strict=True)):
        assert one == other, f"seed {seed}, {number}"


@pytest.mark.parametrize("seed", range(SEEDS))
def test_rows_seen_again_in_another_order_make_the_same_graph(shared: Graph, tmp_path: Path, seed: int) -> None:
    mapping = MAPPING.replace("AS_OF", "")
    given = _Desk(100 + seed, own_dates=False, alike=True).deliveries(6)

    forth, skipped = _told(shared, tmp_path / "forth", given, mapping, plain=False)
    back, _ = _told(shared, tmp_path / "back", given[::-1], mapping, plain=True)

    assert skipped > 0
    assert _without_cells(forth[-1]) == _without_cells(back[-1]), f"seed {seed}"


def _without_cells(lines: Sequence[bytes]) -> list[Any]:
    """Rows keep the cells in which they came first."""
    found = map(orjson.loads, lines)
    return [[what, {name: value for name, value in line.items() if name != "raw"}] for what, line in found]


def _crimes(rows: int, changed: Sequence[int] = ()) -> dict[str, str]:
    """A file of crimes, of some of which the type changed, and one of officers."""
    lines = [
        f"c{n},{'ROBBERY' if n in changed else 'THEFT'},2025-11-02,p{n},John Smith {n},1980-02-03,,77,OFFICIAL"
        for n in range(rows)
    ]
    return {"crimes.csv": HEADER + "\n".join([*lines, ""]), "officers.csv": "collar,surname\n77,Iqbal\n"}


def _beside_rows(report: LoadReport) -> list[dict[str, Any]]:
    return [{name: part for name, part in file.as_json().items() if name != "rows"} for file in report.files]


def test_a_load_that_changes_nothing_writes_nothing(graph: Graph, tmp_path: Path) -> None:
    write(tmp_path, _crimes(7))
    first = load_silo(graph, tmp_path, batch_rows=3)
    (before,) = graph.store.internal("admin/installation")
    again = load_silo(graph, tmp_path, batch_rows=3)
    (after,) = graph.store.internal("admin/installation")
    assert [file.unchanged for file in again.files] == [7, 1]
    assert after["seq"] == before["seq"]
    assert _beside_rows(again) == _beside_rows(first)


def test_messages_may_come_while_known_rows_are_skipped(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mappings = load_mappings([write(tmp_path, _crimes(7))], ())
    changed = _crimes(7, [4])["crimes.csv"].splitlines()[5].split(",")
    fields = dict(zip(HEADER.strip().split(","), changed, strict=True))

    def take() -> None:
        intake = Intake(graph, mappings)
        sent = messages([orjson.dumps(fields)])
        (receipt,) = intake.take("crimes", mappings[0].files[0], sent, as_of=JANUARY + DAY, today=NOW)
        assert receipt.outcome is Outcome.LOADED

    class Interrupted(GraphSink):
        def known(self, source: int, entry: str, size: int, fulls: Sequence[int]) -> Known | None:
            found = super().known(source, entry, size, fulls)
            assert found is not None
            if entry.startswith("crimes"):
                take()
            return found

    load_silo(graph, tmp_path)
    load_silo(graph, tmp_path, JANUARY + DAY)
    take()
    expected = dumped(graph, tmp_path)

    prepare(graph.store)
    load_silo(graph, tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr("loaders.load.GraphSink", Interrupted)
        load_silo(graph, tmp_path, JANUARY + DAY)
    assert dumped(graph, tmp_path) == expected


def test_a_load_that_was_cut_short_goes_on_and_tells_the_same(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Cut(GraphSink):
        left = 2

        def write(self, place: Place, rows: Sequence[Any], report: FileReport, seen: Seen | None = None) -> None:
            if not Cut.left:
                raise KeyboardInterrupt
            Cut.left -= 1
            super().write(place, rows, report, seen)

    def deliver(folder: str, rows: int, changed: Sequence[int], **options: Any) -> LoadReport:
        write(tmp_path / folder, _crimes(rows, changed))
        return load_silo(graph, tmp_path / folder, JANUARY + (folder == "b") * DAY, batch_rows=3, **options)

    deliver("a", 12, ())
    whole = deliver("b", 14, (1, 4, 10))
    expected = dumped(graph, tmp_path)

    prepare(graph.store)
    deliver("a", 12, ())
    with monkeypatch.context() as patched:
        patched.setattr("loaders.load.GraphSink", Cut)
        with pytest.raises(KeyboardInterrupt):
            deliver("b", 14, (1, 4, 10))
    with pytest.raises(BadInput, match=r"given otherwise \(marking\)"):
        deliver("b", 14, (1, 4, 10), going=Going.RESUME, marking="OFFICIAL-SENSITIVE")
    resumed = deliver("b", 14, (1, 4, 10), going=Going.RESUME)
    assert [file.as_json() for file in resumed.files] == [file.as_json() for file in whole.files]
    assert dumped(graph, tmp_path) == expected
