"""A parish of few people whose records are the same, may be the same and are not; rows come and go by deliveries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from graph.open import Graph
from loaders.load import load
from loaders.mapping import load_mappings
from loaders.options import LoadOptions
from tests.api.town import Asker
from tests.conftest import NOW
from tests.whole.silo import DAY, JANUARY, dumped, write

MAPPING = """
source: parish
name: Parish
priority: 10
files:
  - path: "people*.csv"
    row_key: "{id}"
    records:
      person:
        kind: Person
        key: "{id}"
        marking: {column: marking}
        properties:
          name: name
          date_of_birth: {column: dob, parse: date}
          gender: gender
          phone: phone
          address: address
          postcode: postcode
          nhs_number: nhs
          warning: warning
      vehicle: {kind: Vehicle, key: "{id}", when: "{vrm}", marking: {column: marking}, properties: {vrm: vrm}}
      crime:
        kind: Crime
        key: "{crime}"
        when: "{crime}"
        marking: {column: marking}
        properties: &where
          type: {value: THEFT}
          occurred_from: {column: at, parse: datetime}
          occurred_to: {column: until, parse: datetime}
          location: {latitude: latitude, longitude: longitude}
      custody: {kind: Custody, key: "{custody}", when: "{custody}", marking: {column: marking}, properties: *where}
    links:
      - {type: INVOLVED_IN, from: person, to: custody, when: "{custody}", marking: {column: marking}}
      - {type: INVOLVED_IN, from: person, to: crime, when: "{crime}", marking: {column: marking},
         properties: {role: {value: SUSPECT}}}
      - {type: KEEPS, from: person, to: vehicle, when: "{vrm}", marking: {column: marking}}
"""
_SAID = "id name dob gender phone address postcode nhs warning vrm"
_COLUMNS = f"{_SAID} crime custody at until latitude longitude marking".split()
# Enough who share nothing that a word or two is a small part of all.
STRANGERS = [
    {"id": f"x{n}", "name": f"{given} {family}", "dob": f"19{50 + n}-0{n % 9 + 1}-1{n % 10}"}
    for n, (given, family) in enumerate(
        (given, family) for given in ("Olga", "Peter", "Quentin", "Rosa") for family in ("Adler", "Bloom", "Carr")
    )
]


class Parish:
    """The parish in a graph: what is delivered, what its rows are called there, and the API over it."""

    def __init__(self, graph: Graph, client: TestClient, folder: Path) -> None:
        self.graph, self.ask, self._folder = graph, Asker(client), folder
        self.rows: dict[str, dict[str, str]] = {}
        self._deliveries = 0

    def deliver(self, rows: Iterable[Mapping[str, str]], gone: Iterable[str] = ()) -> None:
        """A full delivery: these rows are new or other than before, those are gone, the rest is as it was."""
        for row in rows:
            self.rows[row["id"]] = {"marking": "OFFICIAL", **row}
        for id_ in gone:
            del self.rows[id_]
        self._deliveries += 1
        place = self._folder / str(self._deliveries)
        lines = [",".join(row.get(name, "") for name in _COLUMNS) for row in self.rows.values()]
        mapping = write(place, {"people.csv": "\n".join([",".join(_COLUMNS), *lines, ""])}, MAPPING)
        options = LoadOptions(place, NOW, JANUARY + self._deliveries * DAY, full=True)
        report = load(self.graph, load_mappings([mapping], ()), options)
        assert report.rejected == 0, [file.codes for file in report.files]

    def record(self, id_: str, marking: str = "OFFICIAL") -> str:
        """The id of a person's record."""
        return self.graph.ids.record("parish", "Person", id_, marking)

    def entity(self, id_: str, marking: str = "OFFICIAL") -> str | None:
        """The entity that holds a person's record now."""
        found = self.ask(
            "query($id: ID!) { node(id: $id) { ... on Record { entity { id } } } }", id=self.record(id_, marking)
        )
        return found["node"]["entity"]["id"] if found["node"] and found["node"]["entity"] else None

    def dump(self, *, words: bool = True) -> list[bytes]:
        """The canonical dump, with the decisions or without."""
        lines = dumped(self.graph, self._folder)
        return lines if words else [line for line in lines if not line.startswith(b'["decision"')]


PREVIEW = """query($a: ID!, $b: ID!) { mergePreview(a: $a, b: $b) {
  token marking joins linksJoined contradictions recordsJoined together before { id label }
  goldenChanges { property before after rule record { id } beforeRecords { id } }
  newPaths { length nodes { id label } links { id } } } }"""
DECIDE = """mutation($a: ID!, $b: ID!, $verdict: Verdict!, $reason: String!, $token: String, $marking: String) {
  decide(a: $a, b: $b, verdict: $verdict, reason: $reason, previewToken: $token, marking: $marking) {
    decision { id verdict basis by at reason marking model weight retractedAt a { id } b { id } }
    entities { id label golden { property value } } } }"""
RETRACT = """mutation($id: ID!, $reason: String!) { retract(decision: $id, reason: $reason) {
    decision { id retractedAt retractedBy retractedReason } entities { id label } } }"""


def preview(parish: Parish, a: str, b: str, headers: dict[str, str] | None = None) -> dict[str, Any]:
    """The preview of two ids."""
    found: dict[str, Any] = parish.ask(PREVIEW, headers, a=a, b=b)["mergePreview"]
    return found


def say(
    parish: Parish, a: str, b: str, verdict: str, headers: dict[str, str] | None = None, **more: Any
) -> dict[str, Any]:
    """What deciding answers; SAME with a fresh token."""
    if verdict == "SAME" and "token" not in more:
        more["token"] = preview(parish, a, b, headers)["token"]
    given = {"reason": "seen together", **more}
    found: dict[str, Any] = parish.ask(DECIDE, headers, a=a, b=b, verdict=verdict, **given)["decide"]
    return found


def unsay(parish: Parish, id_: str, reason: str = "mistaken") -> dict[str, Any]:
    """What taking back answers."""
    found: dict[str, Any] = parish.ask(RETRACT, id=id_, reason=reason)["retract"]
    return found
