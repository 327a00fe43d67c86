"""The world while it is being written, and the desk at which one silo writes its files and notes their truth."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from loaders.world.belonging import Keeping
from loaders.world.chance import Chance
from loaders.world.flaw import BadRow, Fault
from loaders.world.geography import Address, City
from loaders.world.network import CountyLine, Group
from loaders.world.noise import Clerk, Quality, Seen
from loaders.world.plan import Crime, Incident
from loaders.world.population import Person
from loaders.world.staff import Business, Officer
from loaders.world.truth import Truth
from loaders.world.writer import Dialect, Places, write_csv, write_ndjson, write_parquet


@dataclass(frozen=True, slots=True)
class FileSummary:
    """A written source file: its path below `data/`, its rows without a header, and how many of them are wrong."""

    source: str
    path: str
    rows: int
    bad: int


@dataclass(frozen=True, slots=True)
class World:
    """All that is true before a silo writes any of it down."""

    out: Path
    seed: int
    city: City
    people: list[Person]
    keepings: list[Keeping]
    cars: dict[int, Keeping]
    groups: list[Group]
    lines: list[CountyLine]
    officers: list[Officer]
    businesses: list[Business]
    crimes: list[Crime]
    incidents: list[Incident]
    truth: Truth = field(default_factory=Truth)
    files: list[FileSummary] = field(default_factory=list)


class Desk:
    """One silo's desk: its stream of chance, its clerk, its folder and its part of the truth."""

    def __init__(self, world: World, silo: str, source: str, quality: Quality) -> None:
        self.world, self.silo, self.source = world, silo, source
        self.chance = Chance(world.seed, len(world.people), "silo", silo)
        self._clerk = Clerk(self.chance, world.city, quality)

    def person(self, key: str, person: Person, day: int) -> Seen:
        """The person as the clerk writes them down on this day under this record key."""
        self.world.truth.person(self.source, key, person.id)
        return self._clerk.see(person, day)

    def address(self, index: int) -> Address:
        """The address at this index of the city."""
        return self.world.city.addresses[index]

    def officer(self) -> Officer:
        """Some officer."""
        return self.chance.among(self.world.officers)

    def event(self, kind: str, key: str) -> tuple[str, str, str]:
        """An event of this source as the truth names it."""
        return self.source, kind, key

    def csv(
        self,
        name: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[str]],
        dialect: Dialect,
        *,
        faults: Sequence[Fault] = (),
        vary: int = 1,
    ) -> None:
        """Write a CSV file of this silo."""
        self._note(name, write_csv(self._path(name), columns, rows, dialect, self.chance, faults, vary))

    def ndjson(
        self, name: str, rows: Sequence[dict[str, Any]], *, key: str, faults: Sequence[Fault] = (), marking: str = ""
    ) -> None:
        """Write an NDJSON file of this silo."""
        self._note(name, write_ndjson(self._path(name), rows, self.chance, key, faults, marking))

    def parquet(self, name: str, frame: pl.DataFrame, *, key: str, faults: Sequence[Fault] = ()) -> None:
        """Write a Parquet file of this silo."""
        self._note(name, write_parquet(self._path(name), frame, key, faults))

    def _path(self, name: str) -> Path:
        return self.world.out / "data" / self.silo / name

    def _note(self, name: str, written: tuple[int, Places]) -> None:
        rows, places = written
        path = f"{self.silo}/{name}"
        self.world.files.append(FileSummary(self.source, path, rows, len(places)))
        self.world.truth.bad_rows.extend(BadRow(self.source, path, line, fault) for line, fault in places)
