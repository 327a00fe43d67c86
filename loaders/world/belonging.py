"""What people have: homes they move between, phones they share or hand on, cars, numbers, second names."""

from collections import deque
from dataclasses import dataclass
from datetime import date

from loaders.world.calendar import END, START
from loaders.world.chance import Chance
from loaders.world.geography import City
from loaders.world.identifier import Vehicle, cro_number, landline, mobile, nhs_number, ni_number, pnc_id, vehicle
from loaders.world.names import Gender, given_name, surname_pair
from loaders.world.names_variant import plain
from loaders.world.population import Household, Person


@dataclass(frozen=True, slots=True)
class Keeping:
    """A vehicle kept by a person from one day until another (0: until now)."""

    vehicle: Vehicle
    keeper: Person
    first: int
    last: int


class Outfitter:
    """Gives everybody homes, phones, identifiers, cars, and a few a criminal career."""

    def __init__(self, city: City, people: list[Person], households: list[Household], seed: int) -> None:
        self.chance = Chance(seed, len(people), "belonging")
        self.people, self.households, self.city = people, households, city
        self.keepings: list[Keeping] = []
        self._mobiles = 0
        self._dropped: deque[tuple[int, str]] = deque()
        self._marks: set[str] = set()
        order = list(range(len(city.addresses)))
        self.chance.shuffle(order)
        self._vacant = deque(order)

    def equip(self) -> list[Keeping]:
        """Everybody in place; returns who keeps which vehicle when."""
        for index, household in enumerate(self.households):
            self._house(household, index)
            self._connect(household, index)
        for person in self.people:
            self._number(person)
            self._career(person)
            self._car(person)
        return self.keepings

    def _free(self) -> int:
        if self._vacant:
            return self._vacant.pop()
        return int(self.chance.real() * len(self.city.addresses))

    def _house(self, household: Household, index: int) -> None:
        chance, home = self.chance, self._free()
        for person in household.members:
            person.homes.append((0, home))
        if household.members and chance.hit(0.09):
            day, target = chance.integer(START, END), self._free()
            for person in household.members:
                person.homes.append((day, target))
            self._vacant.appendleft(home)
        elif len(household.members) > 1 and chance.hit(0.1):
            leaver = chance.among(household.members)
            if leaver.age(START) > 17:
                leaver.homes.append((chance.integer(START, END), self._free()))

    def _connect(self, household: Household, index: int) -> None:
        chance = self.chance
        fixed = landline(1000 + index) if chance.hit(0.2) else ""
        lent = ""
        for person in household.members:
            if person.age(START) < 11:
                number = lent if chance.hit(0.5) else ""
            elif lent and household.kin and chance.hit(0.04):
                number = lent
            elif chance.hit(0.94):
                number = self._mobile(START)
            else:
                number = fixed
            if number:
                person.phones.append((0, number))
                lent = lent or number
            if number and number != fixed and chance.hit(0.1):
                day = chance.integer(START + 30, END)
                person.phones.append((day, self._mobile(day)))
                self._dropped.append((day + 200, number))

    def _mobile(self, day: int) -> str:
        if self._dropped and day > self._dropped[0][0] and self.chance.hit(0.3):
            return self._dropped.popleft()[1]
        self._mobiles += 1
        # Steps by a prime, so that neighbours do not hold neighbouring numbers.
        return mobile(self._mobiles * 7919 % 1_000_000 if self._mobiles < 1_000_000 else self._mobiles)

    def _number(self, person: Person) -> None:
        chance = self.chance
        person.ni = ni_number(chance, person.serial) if person.age(END) >= 16 else ""
        person.nhs = nhs_number(person.serial)
        if person.age(START) >= 14 and chance.hit(0.6):
            name = f"{plain(person.given)}.{plain(person.surname)}".lower().replace("'", "").replace(" ", "")
            person.email = f"{name}{person.serial % 997}@{chance.among(('mail', 'post', 'inbox'))}.example"

    def _career(self, person: Person) -> None:
        chance, age = self.chance, person.age(START)
        if not 13 <= age <= 58:
            return
        likely = 0.13 if person.gender is Gender.MALE else 0.035
        if not chance.hit(likely * (1.5 if age < 32 else 0.7)):
            return
        person.activity = chance.tail(0.95, 30.0)
        known = min(END, START + chance.integer(-5000, 600))
        year = max(person.born.year + 12, date.fromordinal(known).year)
        if year <= date.fromordinal(END).year:
            person.pnc = pnc_id(person.serial * 13 + 10_007, year)
            person.cro = cro_number(person.serial * 17 + 1_009, year) if chance.hit(0.7) else ""
        if chance.hit(0.12):
            alias = given_name(chance, person.community, person.gender, person.born.year)
            same = person.surname if chance.hit(0.4) else surname_pair(chance, person.community)[0]
            person.alias = (alias, same)

    def _car(self, person: Person) -> None:
        chance = self.chance
        if person.age(START) < 17 or not chance.hit(0.36):
            return
        car = vehicle(chance, len(self.keepings))
        while car.vrm in self._marks:
            car = vehicle(chance, len(self.keepings))
        self._marks.add(car.vrm)
        if chance.hit(0.85):
            self.keepings.append(Keeping(car, person, chance.integer(START - 2000, END), 0))
            return
        sold = chance.integer(START, END)
        self.keepings.append(Keeping(car, person, sold - chance.integer(100, 1500), sold))
        buyer = chance.among(self.people)
        if buyer.age(START) >= 17 and buyer is not person:
            self.keepings.append(Keeping(car, buyer, sold, 0))
