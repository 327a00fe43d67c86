"""What is true of the world: who each record is, what is connected, who acts together, and which rows are wrong."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from loaders.world.flaw import BadRow
from loaders.world.network import CountyLine, Group
from loaders.world.writer import Dialect, csv_line

Event = tuple[str, str, str]


@dataclass(slots=True)
class Truth:
    """Collected while the silos are written; a record key is noted once and always for the same thing."""

    persons: dict[tuple[str, str], str] = field(default_factory=dict)
    entities: dict[tuple[str, str, str], str] = field(default_factory=dict)
    connected: dict[tuple[Event, Event], str] = field(default_factory=dict)
    bad_rows: list[BadRow] = field(default_factory=list)

    def person(self, source: str, key: str, truth: str) -> None:
        """Note that the person record of this source and key is this person."""
        if self.persons.setdefault((source, key), truth) != truth:
            raise ValueError(f"person record {key!r} of source {source!r} is said to be two people")

    def entity(self, source: str, kind: str, key: str, truth: str) -> None:
        """Note which vehicle, address or organisation a record is."""
        self.entities.setdefault((source, kind, key), truth)

    def connect(self, one: Event, other: Event, reason: str) -> None:
        """Note that two events, each (source, kind, key), belong together."""
        self.connected.setdefault((one, other), reason)

    def write(self, folder: Path, groups: Sequence[Group], lines: Sequence[CountyLine]) -> None:
        """Write the five files of `truth/`."""
        _table(folder / "persons.csv", ("source", "key", "truth"), ((*key, who) for key, who in self.persons.items()))
        _table(
            folder / "entities.csv",
            ("source", "kind", "key", "truth"),
            ((*key, what) for key, what in self.entities.items()),
        )
        _table(
            folder / "connected_events.csv",
            ("source_a", "kind_a", "key_a", "source_b", "kind_b", "key_b", "reason"),
            ((*one, *other, reason) for (one, other), reason in self.connected.items()),
        )
        _table(
            folder / "bad_rows.csv",
            ("source", "file", "line", "reason"),
            ((bad.source, bad.file, str(bad.line), bad.fault.value) for bad in self.bad_rows),
        )
        _table(folder / "networks.csv", ("network", "kind", "name", "role", "truth"), _members(groups, lines))


def _members(groups: Sequence[Group], lines: Sequence[CountyLine]) -> Iterable[tuple[str, ...]]:
    for group in groups:
        for member in group.members:
            yield group.id, "CO_OFFENDERS", group.name, "MEMBER", member.id
    for line in lines:
        head = (line.id, "COUNTY_LINE", line.name)
        yield from ((*head, "LINE_NUMBER", number) for number in line.numbers)
        yield from ((*head, "CONTROLLER", person.id) for person in line.controllers)
        yield from ((*head, "RUNNER", person.id) for person in line.runners)
        yield (*head, "CUCKOOED", line.resident.id)
        yield from ((*head, "BUYER", person.id) for person in line.buyers)


def _table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    dialect = Dialect()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(csv_line(row, dialect) for row in (columns, *rows)), encoding="utf-8", newline="")
