"""The people of the city: families, couples, flatmates, people alone; twins, and sons named as their fathers."""

from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from loaders.world.calendar import END
from loaders.world.chance import Chance, Weighted
from loaders.world.names import COMMUNITIES, HERITAGE, Community, Gender, given_name, surname_pair

T = TypeVar("T")
_YEAR = date.fromordinal(END).year


@dataclass(slots=True, eq=False)
class Person:
    """One human being in truth: what never changes, and the spans of what does, each as (first day, value)."""

    id: str
    serial: int
    household: int
    community: Community
    gender: Gender
    born: date
    given: str
    middle: str
    surname: str
    maiden: str = ""
    alias: tuple[str, str] = ("", "")
    homes: list[tuple[int, int]] = field(default_factory=list)
    phones: list[tuple[int, str]] = field(default_factory=list)
    email: str = ""
    pnc: str = ""
    cro: str = ""
    ni: str = ""
    nhs: str = ""
    activity: float = 0.0
    height: int = 0
    build: str = ""
    foreign: bool = False

    def age(self, day: int) -> int:
        """Whole years on this ordinal day, about."""
        return int((day - self.born.toordinal()) / 365.25)

    def home(self, day: int) -> int:
        """The index of the address on this day."""
        return _then(self.homes, day)

    def phone(self, day: int) -> str:
        """The number in use on this day; empty for people without one."""
        return _then(self.phones, day) if self.phones else ""


def _then(spans: list[tuple[int, T]], day: int) -> T:
    held = spans[0][1]
    for first, value in spans[1:]:
        if first > day:
            break
        held = value
    return held


@dataclass(slots=True, eq=False)
class Household:
    """People who live at one address, the parents first; `kin` says that they are a family."""

    id: int
    kin: bool
    parents: list[Person]
    members: list[Person]


_KINDS = Weighted.of(
    {"family": 0.34, "couple": 0.22, "alone": 0.26, "single_parent": 0.09, "shared": 0.07, "wide": 0.02}
)
_BUILDS = Weighted.of({"Slim": 3.0, "Medium": 5.0, "Stocky": 1.5, "Heavy": 1.0, "Athletic": 1.0})


class Founder:
    """Founds households until the city has its people."""

    def __init__(self, people: int, seed: int) -> None:
        self.chance = Chance(seed, people, "population")
        self.wanted = people
        self.people: list[Person] = []
        self.households: list[Household] = []

    def settle(self) -> tuple[list[Person], list[Household]]:
        """Everybody, and the households in which they live."""
        while len(self.people) < self.wanted:
            kind = self.chance.pick(_KINDS)
            home = Household(len(self.households), kind != "shared", [], [])
            self.households.append(home)
            community = self.chance.pick(COMMUNITIES)
            if kind == "shared":
                self._friends(home, community)
            elif kind == "alone":
                self._adult(home, community, self._birthday(_YEAR - self.chance.integer(19, 92)))
            else:
                self._family(home, community, kind)
        return self.people, self.households

    def _friends(self, home: Household, community: Community) -> None:
        for _ in range(self.chance.integer(2, 6)):
            kin = community if self.chance.hit(0.6) else self.chance.pick(COMMUNITIES)
            self._adult(home, kin, self._birthday(_YEAR - self.chance.integer(18, 38)))

    def _family(self, home: Household, community: Community, kind: str) -> None:
        chance, elder = self.chance, _YEAR - _elder_age(self.chance, kind)
        names = surname_pair(chance, community)
        father = mother = None
        if kind != "single_parent" or chance.hit(0.15):
            father = self._add(home, community, Gender.MALE, self._birthday(elder), names[0])
        if kind != "single_parent" or father is None:
            mother = self._wife(home, community, names, elder + chance.integer(-2, 6))
        home.parents.extend(parent for parent in (father, mother) if parent)
        if kind in ("family", "single_parent", "wide"):
            self._children(home, community, names, father, (mother or father or home.members[0]).born.year)
        if kind == "wide":
            self._add(home, community, Gender.FEMALE, self._birthday(elder - chance.integer(20, 30)), names[1])

    def _wife(self, home: Household, community: Community, names: tuple[str, str], year: int) -> Person | None:
        chance = self.chance
        own = surname_pair(chance, community)[1]
        takes = 0.15 if community in (Community.ARABIC, Community.CHINESE, Community.SOMALI) else 0.72
        if community is Community.PAKISTANI and chance.hit(0.4):
            return self._add(
                home, community, Gender.FEMALE, self._birthday(year), chance.among(("Begum", "Bibi", "Akhtar"))
            )
        if chance.hit(takes):
            joined = f"{own}-{names[1]}" if chance.hit(0.05) and "-" not in own + names[1] else names[1]
            return self._add(home, community, Gender.FEMALE, self._birthday(year), joined, maiden=own)
        return self._add(home, community, Gender.FEMALE, self._birthday(year), own)

    def _children(
        self, home: Household, community: Community, names: tuple[str, str], father: Person | None, parent: int
    ) -> None:
        chance = self.chance
        year = parent + chance.integer(19, 32)
        namesake = father is not None and chance.hit(0.035)
        for _ in range(chance.integer(1, 3) + (chance.hit(0.3) and chance.integer(1, 3))):
            if year >= _YEAR:
                break
            born = self._birthday(year)
            for _twin in range(1 + chance.hit(0.02)):
                gender = chance.among((Gender.MALE, Gender.FEMALE))
                child = self._add(home, community, gender, born, names[gender is Gender.FEMALE])
                if namesake and father and gender is Gender.MALE:
                    child.given, child.middle, namesake = father.given, father.middle, False
            year += chance.integer(1, 4)

    def _adult(self, home: Household, community: Community, born: date) -> Person | None:
        gender = self.chance.among((Gender.MALE, Gender.FEMALE))
        return self._add(home, community, gender, born, surname_pair(self.chance, community)[gender is Gender.FEMALE])

    def _add(
        self, home: Household, community: Community, gender: Gender, born: date, surname: str, maiden: str = ""
    ) -> Person:
        chance, serial = self.chance, len(self.people)
        given = given_name(chance, community, gender, born.year)
        taken = {member.given for member in home.members if member.born == born or home.kin}
        while given in taken:
            given = given_name(chance, community, gender, born.year)
        middle = given_name(chance, community, gender, born.year) if chance.hit(0.45) else ""
        heritage = HERITAGE[community]
        person = Person(f"P{serial:07d}", serial, home.id, community, gender, born, given, middle, surname, maiden)
        person.height = round(chance.normal(176 if gender is Gender.MALE else 163, 7))
        person.build = chance.pick(_BUILDS)
        person.foreign = chance.hit(heritage.born_abroad)
        self.people.append(person)
        home.members.append(person)
        return person

    def _birthday(self, year: int) -> date:
        year = max(1925, min(_YEAR - 1, year))
        return date.fromordinal(date(year, 1, 1).toordinal() + self.chance.integer(0, 364))


def _elder_age(chance: Chance, kind: str) -> int:
    """The age of the elder parent of a household of this kind."""
    return chance.integer(22, 88) if kind == "couple" else chance.integer(24, 62)
