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
"""


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
    return one


def stream(seed: int, number: int, batch: int) -> Iterator[list[dict[str, Any]]]:
    """Batches: of a hundred calls five come late, two twice, one is corrected and one goes to another marking."""
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
        again = [one for one in told if chance.random() < 0.02]
        told += new
        chosen = {one["ref"]: one for one in (*again, *changed, *new)}
        yield list(chosen.values())
