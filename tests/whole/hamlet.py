"""A small place where everybody shares with others: deliveries of it cross caps and make phones and homes generic."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from graph.open import Graph
from graph.store import Transaction
from loaders.load import deliveries_of, load_into
from loaders.mapping import load_mappings
from loaders.options import LoadOptions
from loaders.report import LoadReport
from loaders.run import Run, RunLog
from loaders.settle import Progress, settle
from loaders.sink import GraphSink
from resolution.model import Model, default_model
from resolution.run import KindReport
from resolution.space import CONTENT
from resolution.thing import THINGS
from tests.conftest import MARKINGS, NOW
from tests.whole.silo import DAY, JANUARY, write

MAPPING = """
source: hamlet
name: Hamlet
priority: 10
files:
  - path: "rows*.csv"
    row_key: "{id}"
    records:
      person:
        kind: Person
        key: "{person}"
        marking: {column: marking}
        properties:
          name: name
          date_of_birth: {column: dob, parse: date}
          phone: phone
          nhs_number: nhs
          address: address
          postcode: postcode
      vehicle:
        kind: Vehicle
        key: "{id}"
        when: "{vrm}"
        marking: {column: marking}
        properties: {vrm: vrm, vin: vin, colour: colour, make: {value: Ford}, model: {value: Focus}}
      home:
        kind: Address
        key: "{id}"
        when: "{premises}"
        marking: {column: marking}
        properties: {text: premises, postcode: postcode}
      firm:
        kind: Organisation
        key: "{id}"
        when: "{firm}"
        marking: {column: marking}
        properties: {name: firm, company_number: company}
    links:
      - {type: KEEPS, from: person, to: vehicle, marking: {column: marking}}
      - {type: DRIVES, from: person, to: {kind: Vehicle, by: {vrm: "{driven}"}, missing: make}, when: "{driven}",
         marking: {column: marking}}
      - {type: ASSOCIATED_WITH, from: person, to: {kind: Person, by: {nhs_number: "{friend}"}, missing: make},
         when: "{friend}", marking: {column: marking}}
"""
COLUMNS = (
    "id,person,name,dob,phone,nhs,address,postcode,vrm,vin,colour,firm,company,driven,friend,premises,marking".split(
        ","
    )
)
_GIVEN = "John Jon Sarah Sara Stephen Steven Emma Aisha".split()
_SURNAMES = "Smith Smyth Patel Okafor".split()
_BIRTHS = ("1980-02-03", "1980-03-02", "1991-11-05", "1991-11-06", "", "1975-07-30")
_PHONES = [f"0770090010{n}" for n in range(7)]
_HOMES = [(f"{number} Mill Lane", "ZX1 2AB") for number in range(1, 6)] + [("9 Quay Row", "ZX3 4CD")]
_NUMBERS = ("9434765919", "4010232137", "9434765870")
_VINS = ("", "WVWZZZ1JZXW000001", "WVWZZZ1JZXW000002")
# Marks misread, mistyped and half read; names that are alike; flats of a building, and their streets misspelt.
_MARKS = ("AB12CDE", "AB12COE", "A812CDE", "AB12CDF", "AB12", "XY34ZZZ", "XY34ZZ2", "BA12CDE")
_FIRMS = (
    "Mill Ltd",
    "Quay Ltd",
    "Mill Limited",
    "Quay Cars",
    "Quay Cars t/a Mill",
    "Quey Cars",
    "Red Lion",
    "Cars Quay",
)
_PREMISES = (
    "1 Quay Row",
    "1 Quay Rw",
    "1 Quey Row",
    "Flat 1, 2 Quay Row",
    "Flat 2, 2 Quay Row",
    "2 Quay Row",
    "1-3 Quay Row",
)

# Caps and numbers of names that a few records reach.
LOW_CAPS = {
    "id": 4,
    "contact": 4,
    "birth": 6,
    "home": 6,
    "year": 5,
    "area": 4,
    "day": 3,
    "origin": 4,
    "name": 5,
    "door": 4,
    "middle": 4,
    "initials": 4,
    "near": 4,
    "spot": 4,
}
_LOW = 3
LOW_GENERIC = {"phone": 3, "email": 2, "vrm": 2, "address": 4}


def touchy_model() -> Model:
    """The shipped model, but what is too common to tell people apart begins early."""
    model = default_model()
    fields = {
        name: dataclasses.replace(one, generic=LOW_GENERIC[name]) if name in LOW_GENERIC else one
        for name, one in model.fields.items()
    }
    return dataclasses.replace(model, fields=fields, caps=LOW_CAPS, beside={kind: _touchy(kind) for kind in THINGS})


def _touchy(kind: str) -> Model:
    model = default_model(kind)
    return dataclasses.replace(
        model, caps={family: min(cap, _LOW) if family != CONTENT else cap for family, cap in model.caps.items()}
    )


class Village:
    """The deliveries of a seed, each a handful of rows; later ones change rows of earlier ones."""

    def __init__(self, seed: int, people: int, deliveries: int, rows: int) -> None:
        self._chance = random.Random(seed)
        self._people = [self._person() for _ in range(people)]
        self.deliveries = [[self._row(rows * deliveries) for _ in range(rows)] for _ in range(deliveries)]

    def _pick(self, some: Sequence[str], empty: float) -> str:
        return "" if self._chance.random() < empty else self._chance.choice(some)

    def _person(self) -> dict[str, str]:
        name = f"{self._chance.choice(_GIVEN)} {self._chance.choice(_SURNAMES)}"
        address, postcode = self._chance.choice(_HOMES)
        said = {"name": name, "dob": self._chance.choice(_BIRTHS), "address": address, "postcode": postcode}
        return {**said, "nhs": self._pick(_NUMBERS, 0.8)}

    def _row(self, most: int) -> dict[str, str]:
        place = self._chance.randrange(len(self._people))
        said = dict(self._people[place])
        if self._chance.random() < 0.2:
            said["address"], said["postcode"] = self._chance.choice(_HOMES)
        if self._chance.random() < 0.15:
            said["postcode"] = ""
        if self._chance.random() < 0.1:
            said["name"] = f"{self._chance.choice(_GIVEN)} {said['name'].split()[1]}"
        mark = self._chance.choices(MARKINGS[:2], (4, 1))[0]
        return {
            **said,
            "id": str(self._chance.randrange(most)),
            # Several rows speak of one record, so that it comes to have more phones and homes than keys for them.
            "person": f"{place}-{self._chance.randrange(3)}",
            "phone": self._pick(_PHONES, 0.3),
            "vrm": self._pick(_MARKS, 0.5),
            "vin": self._pick(_VINS, 0.3),
            "colour": self._pick(["RED", "BLUE"], 0.5),
            "firm": self._pick(_FIRMS, 0.6),
            "premises": self._pick(_PREMISES, 0.6),
            "company": self._pick(["01234567", "07654321"], 0.5),
            "driven": self._pick(["AB12CDE", "CD56EFG", "GH78JKL"], 0.8),
            "friend": self._pick(_NUMBERS, 0.9),
            "marking": mark,
        }

    def words(self) -> Iterator[tuple[str, str, str, str]]:
        """Analysts' words without end: two keys of persons, the verdict, the marking of both records."""
        while True:
            a, b = (f"{self._chance.randrange(len(self._people))}-{self._chance.randrange(3)}" for _ in range(2))
            verdict = self._chance.choice(["SAME_AS", "DIFFERENT_FROM"])
            yield a, b, verdict, self._chance.choices(MARKINGS[:2], (4, 1))[0]


class ModelSink(GraphSink):
    """Writes into a graph and resolves by a model of its own, or leaves that for later (`None`)."""

    def __init__(self, graph: Graph, model: Model | None) -> None:
        run = Run("hamlet", NOW)
        super().__init__(graph, run, RunLog(graph, run), 5.0, lambda *_: None)
        self.graph = graph
        self.model = model

    def settle(self, *, by_evidence: bool, progress: Progress) -> list[KindReport]:
        """As the model says."""
        if self.model is None:
            return []
        return settle(self.graph, self.markings, resolve_evidence=by_evidence, model=self.model, progress=progress)


def deliver(
    sink: ModelSink, folder: Path, rows: Sequence[dict[str, str]], number: int, *, by_evidence: bool = True
) -> LoadReport:
    """Load a delivery, made as many days after January as its number says."""
    place = folder / f"d{number}"
    unique = {row["id"]: row for row in rows}.values()
    lines = [",".join(row[name] for name in COLUMNS) for row in unique]
    mapping = write(place, {"rows.csv": "\n".join([",".join(COLUMNS), *lines, ""])}, MAPPING)
    options = LoadOptions(place, NOW, JANUARY + number * DAY, resolve=by_evidence)
    return load_into(sink, deliveries_of(load_mappings([mapping], ()), options), options, lambda *_: None)


def say(graph: Graph, word: tuple[str, str, str, str]) -> str:
    """Store an analyst's word; the records that it is about wait until it is heeded. Returns its id."""
    a, b = sorted(graph.ids.record("hamlet", "Person", key, word[3]) for key in word[:2])
    mk = MARKINGS.index(word[3])
    given = {"id": graph.ids.decision(a, b, word[2], word[3]), "a": a, "b": b, "verdict": word[2], "mk": mk}

    def work(transaction: Transaction) -> None:
        transaction.run_text("MERGE (d:Decision {id: $d.id}) SET d = $d", {"d": {**given, "basis": "ANALYST"}})
        _wake(transaction, [a, b])

    graph.store.write(work)
    return str(given["id"])


def unsay(graph: Graph, decision: str) -> None:
    """Take back an analyst's word."""

    def work(transaction: Transaction) -> None:
        rows = transaction.run_text(
            "MATCH (d:Decision {id: $id}) SET d.retracted_at = 1 RETURN d.a AS a, d.b AS b", {"id": decision}
        )
        _wake(transaction, [rows[0]["a"], rows[0]["b"]])

    graph.store.write(work)


def _wake(transaction: Transaction, ids: list[str]) -> None:
    transaction.run_text("UNWIND $ids AS id MATCH (r:Record {id: id}) SET r:Unplaced", {"ids": ids})
