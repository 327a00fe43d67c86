"""Made-up people in homes, and what is written of them: truth, and who is mistaken for whom, known.

`python -m bench.townsfolk 1000000 town.parquet 1` writes the records, and beside them the pairs of twins, of parent and
child of one name, and of flatmates. Names are those of the demo world; nobody lives there.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import combinations
from pathlib import Path

import polars as pl

from loaders.world.chance import Chance, Weighted
from loaders.world.names import COMMUNITIES, Community, Gender, given_name, surname_pair
from loaders.world.names_variant import NICKNAMES, SPELLINGS
from loaders.world.noise import Birth, misdate, mistype

_RECORDS_EACH = Weighted.of({1: 0.57, 2: 0.25, 3: 0.1, 4: 0.05, 6: 0.02, 9: 0.01})
_HOME_OF = Weighted.of({1: 0.35, 2: 0.3, 3: 0.17, 4: 0.13, 5: 0.05})
_STREETS = [
    f"{name} {sort}"
    for name in (
        "Abbey Albion Anchor Bakers Barley Beacon Bridge Cable Canal Castle Chapel Copper Crown Dale Dock Elder Fern "
        "Ferry Forge Garden Granary Harbour Heath Hollow Kiln Lantern Linden Mason Meadow Mercer Mill Orchard Osier "
        "Paddock Pier Quarry Reed Rope Saddler Salter Sluice Spring Stable Tanner Thorn Turner Vine Weaver Willow Wool"
    ).split()
    for sort in ("Road", "Street", "Lane", "Avenue", "Close", "Terrace")
]
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
_LOOKALIKES = ("twins", "parent and child", "flatmates")
Row = tuple[str | None, ...]
COLUMNS = ("uid", "truth", "first_name", "middle", "surname", "dob", "postcode", "address", "phone", "vrm")


@dataclass(frozen=True, slots=True)
class Noise:
    """How badly people are written down, as multiples of what is usual: misspelt, misdated, moved, left out."""

    names: float = 1.0
    dates: float = 1.0
    homes: float = 1.0
    contacts: float = 1.0
    missing: float = 1.0

    @staticmethod
    def parse(text: str) -> Noise:
        """Return what `names=3,missing=0.5` says; raises ValueError for another text."""
        parts = [part.partition("=") for part in text.split(",")]
        known = {each.name for each in fields(Noise)}
        if unknown := sorted({name for name, _, _ in parts} - known):
            raise ValueError(f"noise: there is none of {unknown[0]!r}, but of {', '.join(sorted(known))}")
        return Noise(**{name: float(times) for name, _, times in parts})

    def __str__(self) -> str:
        """What differs from the usual, as it is part of a file's name."""
        found = ((each.name, getattr(self, each.name)) for each in fields(self))
        return "".join(f"-{name}{times:g}" for name, times in found if times != 1)


@dataclass(slots=True)
class _Person:
    given: str
    middle: str
    surname: str
    birth: Birth
    home: int
    phone: str
    vrm: str


@dataclass(frozen=True, slots=True)
class _Home:
    postcode: str
    line: str


class _Town:
    def __init__(self, records: int, seed: int, noise: Noise) -> None:
        self.noise = noise
        self.chance = Chance(f"bench {seed}")
        self.people: list[_Person] = []
        self.homes: list[_Home] = []
        self.pairs: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._postcodes = [self._postcode() for _ in range(max(records // 60, 20))]
        self._wanted = records

    def records(self) -> Iterator[Row]:
        number = 0
        while number < self._wanted:
            first = len(self.people)
            self._settle()
            for who in range(first, len(self.people)):
                for _ in range(min(self.chance.pick(_RECORDS_EACH), self._wanted - number)):
                    yield (f"r{number}", str(who), *self._written(self.people[who]))
                    number += 1

    def _postcode(self) -> str:
        c = self.chance
        return f"ZX{c.integer(1, 60)} {c.integer(1, 9)}{c.among(_LETTERS)}{c.among(_LETTERS)}"

    def _home(self) -> int:
        self.homes.append(
            _Home(self.chance.among(self._postcodes), f"{self.chance.integer(1, 180)} {self.chance.among(_STREETS)}")
        )
        return len(self.homes) - 1

    def _settle(self) -> None:
        """People move into a new home: a family of one surname, or flatmates of several."""
        chance, home, first = self.chance, self._home(), len(self.people)
        community = chance.pick(COMMUNITIES)
        flat, surnames, phone = chance.hit(0.2), surname_pair(chance, community), self._phone()
        for _ in range(chance.pick(_HOME_OF)):
            gender = chance.among((Gender.MALE, Gender.FEMALE))
            own = surname_pair(chance, community) if flat else surnames
            person = self._person(community, gender, own[gender is Gender.FEMALE], home)
            if not flat and chance.hit(0.2):
                person.phone = phone
            self.people.append(person)
        members = range(first, len(self.people))
        if flat:
            self.pairs["flatmates"] += [(str(a), str(b)) for a, b in combinations(members, 2)]
        elif len(members) > 2:
            self._resemble(members)

    def _resemble(self, members: Sequence[int]) -> None:
        one, two, three = (self.people[place] for place in members[:3])
        if self.chance.hit(0.04):
            two.birth, two.surname = three.birth, three.surname
            self.pairs["twins"].append((str(members[1]), str(members[2])))
        elif self.chance.hit(0.05):
            three.given, three.surname = one.given, one.surname
            three.birth = (one.birth[0] + self.chance.integer(19, 36), self.chance.integer(1, 12), three.birth[2])
            self.pairs["parent and child"].append((str(members[0]), str(members[2])))

    def _person(self, community: Community, gender: Gender, surname: str, home: int) -> _Person:
        c = self.chance
        birth = (c.integer(1940, 2007), c.integer(1, 12), c.integer(1, 28))
        given, middle = (given_name(c, community, gender, birth[0]) for _ in range(2))
        vrm = f"Z{c.among(_LETTERS)}{c.integer(51, 74)} {c.among(_LETTERS)}{c.among(_LETTERS)}{c.among(_LETTERS)}"
        return _Person(given, middle if c.hit(0.5) else "", surname, birth, home, self._phone(), vrm)

    def _phone(self) -> str:
        return f"07{self.chance.integer(100_000_000, 999_999_999)}"

    def _written(self, person: _Person) -> Row:
        c, noise = self.chance, self.noise
        home = self.homes[c.integer(0, len(self.homes) - 1) if c.hit(0.15 * noise.homes) else person.home]
        given, surname = self._spelled(person.given), self._spelled(person.surname)
        if c.hit(0.05 * noise.names):
            given = c.among(NICKNAMES.get(given.lower(), (given,)))
        if person.middle and c.hit(0.02 * noise.names):
            given = person.middle
        if c.hit(0.02 * noise.names):
            given, surname = surname, given
        if c.hit(0.02 * noise.names):
            surname = c.among(self.people).surname
        year, month, day = misdate(c, person.birth) if c.hit(0.05 * noise.dates) else person.birth
        left_out = noise.missing
        return (
            given,
            person.middle if c.hit(1 - 0.35 * left_out) and person.middle else None,
            surname,
            None if c.hit(0.1 * left_out) else f"{year:04d}-{month:02d}-{day:02d}",
            None if c.hit(0.12 * left_out) else home.postcode,
            None if c.hit(0.15 * left_out) else mistype(c, home.line) if c.hit(0.04 * noise.homes) else home.line,
            None if c.hit(0.45 * left_out) else self._phone() if c.hit(0.06 * noise.contacts) else person.phone,
            None if c.hit(0.8 * left_out) else person.vrm,
        )

    def _spelled(self, name: str) -> str:
        c, times = self.chance, self.noise.names
        if c.hit(0.12 * times):
            name = c.among(SPELLINGS.get(name.lower(), (name,)))
        return mistype(c, name) if c.hit(0.05 * times) else name


_USUAL = Noise()


def write_people(records: int, path: Path, seed: int, noise: Noise = _USUAL) -> None:
    """Write so many records as a Parquet file, and the pairs that are mistaken for one another beside it."""
    town = _Town(records, seed, noise)
    columns = zip(*town.records(), strict=True)
    pl.DataFrame(dict(zip(COLUMNS, map(list, columns), strict=True)), dict.fromkeys(COLUMNS, pl.String)).write_parquet(
        path
    )
    known = {sort: town.pairs[sort] for sort in _LOOKALIKES}
    path.with_suffix(".lookalikes.json").write_text(json.dumps(known), "utf-8")


if __name__ == "__main__":
    write_people(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)
