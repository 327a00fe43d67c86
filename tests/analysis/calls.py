"""A seeded stream of calls for service as messages: some late, repeated, corrected, taken back, under two markings."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from graph.open import Graph
from loaders.intake import Intake, messages
from loaders.mapping import load_mappings
from tests.conftest import NOW

DAY = 86_400
_NAMES = "Ashe Burrows Cole Drake Eaves Finch Gale Hobbs".split()
CALLS = """
source: calls
name: Calls
priority: 50
files:
  - path: "calls*.csv"
    row_key: "{ref}"
    records:
      call:
        kind: Incident
        key: "{ref}"
        marking: {column: marking}
        properties:
          type: type
          priority: priority
          status: status
          occurred_from: {column: opened, parse: datetime}
          opened_at: {column: opened, parse: datetime}
          assigned_at: {column: assigned, parse: datetime}
          arrived_at: {column: arrived, parse: datetime}
          closed_at: {column: closed, parse: datetime}
      home:
        kind: Address
        key: "{ref}/L"
        when: "{address}"
        marking: {column: marking}
        properties: {text: address, postcode: postcode}
      beat:
        kind: Area
        key: "{beat}"
        when: "{beat}"
        properties: {code: beat}
      caller:
        kind: Person
        key: "{ref}/C"
        when: "{caller}"
        marking: {column: marking}
        properties: {name: caller, date_of_birth: {column: born, parse: date}, phone: phone}
      officer:
        kind: Officer
        key: "{officer}"
        when: "{officer}"
        properties: {collar_number: officer, unit: unit}
    links:
      - {type: OCCURRED_AT, from: call, to: home}
      - {type: OCCURRED_AT, from: call, to: beat}
      - {type: IN, from: home, to: beat}
      - {type: INVOLVED_IN, from: caller, to: call, properties: {role: {value: CALLER}}}
      - {type: HANDLED_BY, from: call, to: officer}
  - path: "areas*.csv"
    row_key: "{code}"
    records:
      area: {kind: Area, key: "{code}", properties: {code: code, name: name}}
    links:
      - {type: IN, from: area, to: {kind: Area, key: "{upper}"}, marking: {column: marking}}
"""
# Few enough for many to call again, and from where others did.
_BEATS = ("B1", "B2", "B3", "")
_CALLERS = [(f"Ada {name}", f"19{50 + n}-02-03", f"07700 9001{n:02}") for n, name in enumerate(_NAMES)]
_ADDRESSES = [(f"{n} Mill Lane, Foxton", f"CB22 {n}AA") for n in range(1, 9)]


def stamp(at: int, text: str = "%Y-%m-%dT%H:%M:%SZ") -> str:
    """A time as it is written; to the minute or to the day by another `text`."""
    return datetime.fromtimestamp(at, UTC).strftime(text)


def intake(graph: Graph, folder: Path) -> Intake:
    """What takes them."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "calls.yaml"
    path.write_text(CALLS, "utf-8")
    return Intake(graph, load_mappings([path], []))


def take(into: Intake, calls: list[dict[str, Any]], as_of: int) -> None:
    """Take these in one transaction, dated."""
    lines = [orjson.dumps(call) + b"\n" for call in calls]
    into.take("calls", into.entry("calls", "calls*.csv"), messages(lines), as_of=as_of, today=NOW)


def place(into: Intake, code: str, upper: str, as_of: int, name: str = "", marking: str = "OFFICIAL") -> None:
    """Say in what an area lies, and what it is called."""
    line = orjson.dumps({"code": code, "upper": upper, "name": name or code, "marking": marking})
    into.take("calls", into.entry("calls", "areas*.csv"), messages([line]), as_of=as_of, today=NOW)


def call(chance: random.Random, ref: int, at: int) -> dict[str, Any]:
    """One call and what came of it."""
    written = chance.choice(("%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%MZ"))
    one = {
        "ref": f"c{ref}",
        "type": chance.choice(("999", "101", "")),
        "priority": chance.choice(("1", "2", "3", "4", "")),
        "status": chance.choice(("OPEN", "CLOSED")),
        "opened": stamp(at, written),
        "marking": chance.choice(("OFFICIAL", "OFFICIAL", "OFFICIAL-SENSITIVE")),
    }
    for name, longest in (("assigned", 600), ("arrived", 3_600), ("closed", 3 * DAY)):
        one[name] = stamp(at + chance.randrange(longest), written) if chance.random() < 0.7 else ""
    return one | there(chance)


def there(chance: random.Random) -> dict[str, str]:
    """Where a call is from, by whom, and who is on it."""
    caller, born, phone = chance.choice([*_CALLERS, ("", "", "")])
    address, postcode = chance.choice([*_ADDRESSES, ("", "")])
    officer = chance.choice(("4401", "4402", "4403", ""))
    told = {"caller": caller, "born": born, "phone": phone, "address": address, "postcode": postcode}
    return told | {"beat": chance.choice(_BEATS), "officer": officer, "unit": chance.choice(("Response A", "B", ""))}


def stream(seed: int, number: int, batch: int) -> Iterator[list[dict[str, Any]]]:
    """Batches: of a hundred calls five are late, two come twice; one each is corrected, goes elsewhere, is remarked."""
    chance = random.Random(seed)
    told: list[dict[str, Any]] = []
    for start in range(0, number, batch):
        new = []
        for ref in range(start, start + batch):
            late = chance.random() < 0.05
            at = NOW - chance.randrange(1, 65 * DAY if late else 3 * DAY)
            new.append(call(chance, ref, at))
        changed = [one | {"priority": chance.choice("1234"), "closed": ""} for one in told if chance.random() < 0.01]
        changed += [one | {"marking": "OFFICIAL-SENSITIVE"} for one in told if chance.random() < 0.01]
        changed += [one | there(chance) for one in told if chance.random() < 0.01]
        again = [one for one in told if chance.random() < 0.02]
        told += new
        chosen = {one["ref"]: one for one in (*again, *changed, *new)}
        yield list(chosen.values())
