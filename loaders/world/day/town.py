"""The city as a day finds it: the people, addresses and cars of the demo world with the same people and seed."""

from dataclasses import dataclass

from loaders.world.belonging import Keeping, Outfitter
from loaders.world.calendar import END
from loaders.world.chance import Chance, Weighted
from loaders.world.geography import Address, City, city
from loaders.world.network import offenders_of
from loaders.world.population import Founder, Person
from loaders.world.staff import Officer, officers_of


@dataclass(frozen=True, slots=True)
class Town:
    """Who and what there is; nobody in `cast`, and none of its cars, does anything but what a pattern says."""

    city: City
    people: list[Person]
    keepings: list[Keeping]
    officers: list[Officer]
    cast: list[Person]
    cars: list[Keeping]
    callers: list[Person]
    often: Weighted[Person]
    hot: Weighted[int]

    def address(self, index: int) -> Address:
        """The address at this index."""
        return self.city.addresses[index]

    def near(self, index: int, most: float, least: float = 0.0, start: int = 0) -> int:
        """An address at least and at most so many metres from another as the crow flies; raises ValueError for none."""
        here, many = self.address(index), len(self.city.addresses)
        for step in range(many):
            other = self.address((start + step) % many)
            apart = ((here.easting - other.easting) ** 2 + (here.northing - other.northing) ** 2) ** 0.5
            if least <= apart <= most:
                return (start + step) % many
        raise ValueError(f"no address is {least:g} to {most:g} m from another")


def town_of(people: int, seed: int, cast: int, cars: int) -> Town:
    """The city of the demo world, with so many people and cars put aside for what is to be watched."""
    place = city(people, seed)
    persons, households = Founder(people, seed).settle()
    keepings = Outfitter(place, persons, households, seed).equip()
    chance = Chance(seed, people, "day", "town")
    now = [keeping for keeping in keepings if not keeping.last]
    watched_cars = chance.sample(now, cars)
    chosen = _cast(chance, persons, {keeping.keeper.household for keeping in watched_cars}, cast)
    apart = {person.id for person in chosen}
    grown = [person for person in persons if person.age(END) >= 16 and person.id not in apart]
    marks = {keeping.vehicle.vrm for keeping in watched_cars}
    places = range(len(place.addresses))
    return Town(
        place,
        persons,
        [keeping for keeping in now if keeping.vehicle.vrm not in marks],
        officers_of(place, people, seed),
        chosen,
        watched_cars,
        grown,
        Weighted.ranked(chance.sample(grown, max(1, len(grown) // 20)), 0.5),
        Weighted.ranked(chance.sample(places, max(3, len(places) // 100)), 0.6),
    )


def _cast(chance: Chance, people: list[Person], households: set[int], many: int) -> list[Person]:
    """People of different households, who are known to the police where there are enough of those."""
    chosen: list[Person] = []
    taken = set(households)
    known = offenders_of(people)
    for some in (chance.sample(known, len(known)), chance.sample(people, len(people))):
        for person in some:
            if len(chosen) < many and person.household not in taken and person.age(END) >= 16:
                taken.add(person.household)
                chosen.append(person)
    if len(chosen) < many:
        raise ValueError(f"a city of {len(people)} people has not {many} to watch; ask for at least 200")
    return chosen
