"""The rows of a first load: which of their contents are live, and what each says, put aside by what it speaks of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from loaders.batch import LIFE, Written, plan
from loaders.bind import used_by
from loaders.encode import EncodedRow
from loaders.first.files import Columns, ImportFile, ImportPart
from loaders.first.spill import Spill, SpillWriter
from loaders.report import FileReport
from loaders.stored import Place, StoredRow, row_map, value_map

MAIN = "main"
INSIDE = (MAIN, MAIN)


class Arrived(NamedTuple):
    """A row as it was read, with the number of its batch."""

    seq: int
    row: EncodedRow


class Said(NamedTuple):
    """What a row says of a node: the node and its identity, the row's source, and the fields of a `RowClaim`."""

    node: str
    kind: str
    key: str
    mk: int
    source: int
    word: tuple[Any, ...]


@dataclass(slots=True)
class Asked:
    """Whom rows name without an id: identifiers, values of who uses or keeps them, and ends that are to be made.

    `made`: the JSON of an end and the number of its statement's marking.
    """

    identifiers: set[str] = field(default_factory=set)
    values: set[str] = field(default_factory=set)
    made: set[tuple[str, int]] = field(default_factory=set)

    def add(self, other: Asked) -> None:
        """Take over what another asks."""
        self.identifiers |= other.identifiers
        self.values |= other.values
        self.made |= other.made

    def note(self, stated: Sequence[dict[str, Any]]) -> bool:
        """Note whom these statements name; returns whether one is found by what he uses."""
        by_use = False
        for link in stated:
            for end in (link["f"], link["o"]):
                if "by" not in end:
                    continue
                self.identifiers.update(end["by"])
                if used_by(end):
                    by_use = True
                    self.values.add(end["v"])
                elif end["make"]:
                    self.made.add((orjson.dumps(end).decode(), link["m"]))
        return by_use


@dataclass(slots=True)
class RowsDone:
    """What became of rows: put aside again as they are stored, those apart that name somebody by what he uses.

    `said` (`Said`) and `values` (maps) are put aside by what they speak of; `written` has what each batch did, by its
    number; `reports` the counts of each file, by the file's number.
    """

    plain: Spill[StoredRow] = field(default_factory=Spill)
    by_use: Spill[StoredRow] = field(default_factory=Spill)
    said: Spill[Said] = field(default_factory=Spill)
    values: Spill[dict[str, Any]] = field(default_factory=Spill)
    asked: Asked = field(default_factory=Asked)
    files: list[ImportFile] = field(default_factory=list)
    written: dict[int, Written] = field(default_factory=dict)
    reports: dict[int, FileReport] = field(default_factory=dict)

    def add(self, other: RowsDone) -> None:
        """Take over what became of other rows."""
        for name in ("plain", "by_use", "said", "values", "asked"):
            getattr(self, name).add(getattr(other, name))
        self.files += other.files
        for seq, written in other.written.items():
            self.written[seq] = self.written[seq].and_more(written) if seq in self.written else written
        for number, report in other.reports.items():
            if number in self.reports:
                self.reports[number].add(report)
            else:
                self.reports[number] = report


@dataclass(frozen=True, slots=True)
class RowsGiven:
    """What the step needs: where to put things aside and write files, the place of each batch and the file it is of."""

    folder: Path
    out: Path
    places: Sequence[Place]
    of_file: Sequence[int]


def arrived_rows(given: RowsGiven, task: tuple[int, Spill[Arrived]]) -> RowsDone:
    """Settle the contents of all rows of some slots, in the order in which they came, and put aside what they say."""
    number, group = task
    done = RowsDone()
    rows: dict[str, StoredRow] = {}
    slots: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    values: dict[str, dict[str, Any]] = {}
    for seq, part in groupby(sorted(group, key=itemgetter(0)), key=itemgetter(0)):
        batch = [row for _, row in part]
        place = given.places[seq - 1]
        known = [content for row in batch if row.slot in slots for content in slots[row.slot]]
        planned = plan(batch, known, place.fulls)
        for row, life in planned.create:
            properties = row_map(row, place, life, seq)
            rows[row.id] = StoredRow(properties, row.claims)
            slots[row.slot].append(properties)
            for value in row.values:
                if value.id not in values:
                    values[value.id] = value_map(value, seq)
        for change in planned.change:
            rows[change["id"]].properties.update({name: change[name] for name in LIFE}, seq=seq)
        done.written[seq] = replace(planned.written, new=())
        done.reports.setdefault(given.of_file[seq - 1], FileReport("", "")).take(batch, planned.written)
    _put_aside(given, f"rows-{number:04}", rows.values(), values.values(), done)
    return done


def stored_rows(given: RowsGiven, task: tuple[int, Spill[StoredRow]]) -> RowsDone:
    """Put aside what rows say that were stored elsewhere; their values are put aside already."""
    number, group = task
    done = RowsDone()
    _put_aside(given, f"rows-{number:04}", list(group), (), done)
    return done


def _put_aside(
    given: RowsGiven, name: str, rows: Iterable[StoredRow], values: Iterable[dict[str, Any]], done: RowsDone
) -> None:
    names = ("plain", "by-use", "said", "values")
    writers = [SpillWriter[Any](given.folder / f"{name}-{what}") for what in names]
    plain, by_use, said, of_value = writers
    claims = []
    for row in rows:
        links = row.properties["links"]
        names_by_use = '"by":' in links and done.asked.note(orjson.loads(links))
        (by_use if names_by_use else plain).put(row.properties["id"], row)
        said.put_all(_said(row))
        claims += [(row.properties["id"], claim) for claim in row.claims]
    for value in values:
        of_value.put(value["id"], value)
    for writer in writers:
        writer.close()
    done.plain, done.by_use, done.said, done.values = (writer.spill for writer in writers)
    part = ImportPart(given.out, name)
    columns: Columns = {
        "name": [claim.name for _, claim in claims],
        "p": [claim.properties for _, claim in claims],
        "grade": [claim.grade for _, claim in claims],
    }
    part.links("SAYS", INSIDE, [id_ for id_, _ in claims], [claim.node for _, claim in claims], columns)
    done.files += part.files


def _said(row: StoredRow) -> Iterator[tuple[str, Said]]:
    p = row.properties
    life = (p["id"], p["live"], p["first_as_of"], p["last_as_of"], p["hash"])
    for claim in row.claims:
        word = (*life, claim.name, claim.properties, claim.grade)
        yield claim.node, Said(claim.node, claim.kind, claim.key, claim.mk, p["source"], word)
