"""Who acts with whom: co-offending groups, and county lines with controllers, runners, cuckooed homes and buyers."""

from dataclasses import dataclass

from loaders.world.calendar import END, START
from loaders.world.chance import Chance
from loaders.world.identifier import drama_mobile
from loaders.world.population import Person

_FIRST = "Northside,Harbour,Quayside,Millrise,Ravenhill,Kirkfold,Saltholme,Whinside,Larkfield,Eastgate".split(",")
_LAST = "Crew,Boys,Firm,Set,Lot,Mob,Circle".split(",")


@dataclass(frozen=True, slots=True)
class Group:
    """People who offend together, under a name that intelligence gives them."""

    id: str
    name: str
    members: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class CountyLine:
    """A drugs line: a number that changes once, controllers, young runners, a cuckooed resident and buyers."""

    id: str
    name: str
    numbers: tuple[str, str]
    changed: int
    controllers: tuple[Person, ...]
    runners: tuple[Person, ...]
    resident: Person
    buyers: tuple[Person, ...]


def offenders_of(people: list[Person]) -> list[Person]:
    """The people with a criminal career."""
    return [person for person in people if person.activity]


def groups_of(people: list[Person], seed: int) -> list[Group]:
    """Co-offending groups of 3 to 9: near in age, the most active first; about a third of the offenders are in one."""
    chance = Chance(seed, len(people), "groups")
    pool = offenders_of(people)
    pool = [person for person in pool if chance.hit(min(0.9, 0.18 + person.activity / 30))]
    pool.sort(key=lambda person: (person.born.year // 4, person.serial * 7919 % 104_729))
    groups: list[Group] = []
    while len(pool) > 3:
        size = min(len(pool), chance.integer(3, 9))
        members, pool = tuple(pool[:size]), pool[size:]
        name = f"{chance.among(_FIRST)} {chance.among(_LAST)}"
        groups.append(Group(f"G{len(groups) + 1:04d}", f"{name} {len(groups) + 1}", members))
    return groups


def county_lines_of(people: list[Person], seed: int) -> list[CountyLine]:
    """One county line for every 7,000 people, at least one."""
    chance = Chance(seed, len(people), "county-lines")
    adults = [person for person in offenders_of(people) if 18 <= person.age(START) <= 40 and person.phones] or people
    young = [person for person in people if 13 <= person.age(START) <= 16 and person.phones] or people
    alone = [person for person in people if person.age(START) >= 35 and person.phones] or people
    lines = []
    for serial in range(max(1, len(people) // 7000)):
        buyers = chance.sample(alone, min(len(alone), len(people) // 8 + 6, chance.integer(60, 140)))
        lines.append(
            CountyLine(
                f"L{serial + 1:03d}",
                f"{chance.among('Ricky Max Jay Tee Dex Ghost Ace Rio'.split())} line {serial + 1}",
                (drama_mobile(2 * serial), drama_mobile(2 * serial + 1)),
                chance.integer(START + 300, END - 300),
                tuple(chance.sample(adults, min(len(adults), chance.integer(2, 3)))),
                tuple(chance.sample(young, min(len(young), chance.integer(4, 8)))),
                chance.among(alone),
                tuple(buyers),
            )
        )
    return lines
