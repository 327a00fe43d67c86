"""A beat whose messages come one by one, each at a moment of the test's own: people, cars, events, ties, markers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from alert.alert import AlertView, alerts
from alert.watch import Wanted, WatchPattern, WatchView, watch
from graph.answer import Page
from graph.open import Graph
from loaders.intake import Intake, Outcome, messages
from loaders.mapping import load_mappings
from resolution.change import Watched
from security.marking import parse_grants
from security.viewer import Viewer
from tests.conftest import NOW
from tests.whole.silo import JANUARY, write

OPEN, SECRET = "OFFICIAL", "OFFICIAL-SENSITIVE; operation=ACORN"
MAPPING = """
source: beat
name: Beat
priority: 10
files:
  - path: "people.csv"
    row_key: "{id}"
    records:
      person:
        kind: Person
        key: "{id}"
        marking: {column: marking}
        properties: {name: name, date_of_birth: {column: dob, parse: date}}
  - path: "cars.csv"
    row_key: "{id}"
    records:
      car: {kind: Vehicle, key: "{id}", marking: {column: marking}, properties: {vrm: vrm}}
  - path: "parts.csv"
    row_key: "{id}"
    records:
      crime:
        kind: Crime
        key: "{event}"
        marking: {column: marking}
        properties:
          type: {value: THEFT}
          occurred_from: {column: at, parse: datetime}
          location: {latitude: latitude, longitude: longitude}
    links:
      - {type: INVOLVED_IN, from: {kind: [Person, Vehicle], key: "{who}"}, to: crime, marking: {column: marking},
         properties: {role: role}}
  - path: "stops.csv"
    row_key: "{id}"
    records:
      stop: {kind: StopSearch, key: "{event}", marking: {column: marking}, properties: {found: found}}
    links:
      - {type: INVOLVED_IN, from: {kind: Person, key: "{who}"}, to: stop, marking: {column: marking},
         properties: {role: role}}
  - path: "ties.csv"
    row_key: "{id}"
    records: {}
    links:
      - {type: ASSOCIATED_WITH, from: {kind: Person, key: "{a}"}, to: {kind: Person, key: "{b}"},
         marking: {column: marking}}
  - path: "markers.csv"
    row_key: "{id}"
    records:
      marker: {kind: Marker, key: "{id}", marking: {column: marking}, properties: {type: type}}
    links:
      - {type: SUBJECT_OF, from: {kind: Person, key: "{who}"}, to: marker, marking: {column: marking}}
"""


class Beat:
    """A graph with a clock that the test sets, and a watcher in front of it."""

    def __init__(self, graph: Graph, folder: Path) -> None:
        self.now = NOW
        self.graph = Graph(graph.store, graph.ids, graph.catalogue, lambda: self.now)
        self._intake = Intake(self.graph, load_mappings([write(folder, {}, MAPPING)], [OPEN, SECRET]))
        self._sent = 0

    def send(self, file: str, marking: str = OPEN, **cells: str) -> int:
        """One message, a minute after whatever was before; when it came."""
        self.now += 60
        self._sent += 1
        message = {"id": f"m{self._sent}", "marking": marking, **cells}
        entry = self._intake.entry("beat", f"{file}.csv")
        raw = json.dumps(message).encode()
        (receipt,) = self._intake.take("beat", entry, messages([raw]), as_of=JANUARY + self._sent, today=NOW)
        assert receipt.outcome is Outcome.LOADED, receipt
        self.graph.catalogue.refresh()
        return self.now

    def person(self, id_: str, name: str, marking: str = OPEN) -> str:
        """Somebody new; their entity's id."""
        self.send("people", marking, id=id_, name=name, dob=f"19{40 + self._sent}-01-02")
        return self.entity("Person", id_, marking)

    def car(self, id_: str, vrm: str) -> str:
        """A car; its entity's id."""
        self.send("cars", id=id_, vrm=vrm)
        return self.entity("Vehicle", id_)

    def part(self, who: str, event: str, at: str = "2026-09-01T10:00:00Z", metres: float = 0, **more: str) -> int:
        """Somebody has a part in an event, so many metres north of a place."""
        there = {"latitude": f"{52.4 + metres / 111_319:.6f}", "longitude": "-1.5"}
        return self.send("parts", **{"who": who, "event": event, "at": at, "role": "INVOLVED_PARTY", **there, **more})

    def entity(self, kind: str, key: str, marking: str = OPEN) -> str:
        """The id of an entity by the key of its record."""
        return "e_" + self.graph.ids.record("beat", kind, key, marking)[2:]

    def viewer(self, *grants: str, user: str = "pc-1") -> Viewer:
        """Who watches."""
        return self.graph.catalogue.viewer(user, parse_grants(grants or [OPEN]))

    def watch(
        self, *ids: str, patterns: tuple[WatchPattern, ...], viewer: Viewer | None = None, **more: Any
    ) -> WatchView:
        """A watch of these, from now on."""
        return watch(self.graph, viewer or self.viewer(), Wanted("mine", Watched(ids), patterns, **more))

    def page(self, viewer: Viewer | None = None, **given: Any) -> Page[AlertView]:
        """Alerts as they are told a second later."""
        self.now += 1
        return alerts(self.graph, viewer or self.viewer(), **given)[0]

    def told(self, viewer: Viewer | None = None, **given: Any) -> list[tuple[int, str]]:
        """When and by what each alert fired."""
        return [(each.fact.at, each.fact.what) for each in self.page(viewer, **given).items]
