"""What happens in the city: crimes with their people and places, and the calls for service they and others cause."""

from dataclasses import dataclass, field
from datetime import datetime

from loaders.world.calendar import START, a_day, a_moment, later
from loaders.world.chance import Chance, Weighted
from loaders.world.geography import City
from loaders.world.network import Group, offenders_of
from loaders.world.population import Household, Person

CRIMES_PER_PERSON = 0.55
INCIDENTS_PER_PERSON = 0.7


@dataclass(frozen=True, slots=True)
class Offence:
    """A kind of crime: Home Office class, weight, probability of a named suspect, where it happens, severity 0..1."""

    name: str
    code: str
    weight: float
    known: float
    where: str
    severity: float
    opening: str

    @property
    def domestic(self) -> bool:
        """True for what happens inside families too."""
        return self.where == "home" and self.opening == "001"


OFFENCES = (
    Offence("Violence without injury", "105/01", 14, 0.6, "home", 0.35, "001"),
    Offence("Violence with injury", "008/06", 10, 0.6, "street", 0.55, "001"),
    Offence("Burglary - residential", "028/30", 8, 0.18, "home", 0.5, "005"),
    Offence("Burglary - business", "030/20", 4, 0.25, "street", 0.4, "005"),
    Offence("Theft from vehicle", "045/10", 8, 0.1, "home", 0.2, "006"),
    Offence("Theft of vehicle", "048/01", 4, 0.15, "home", 0.35, "006"),
    Offence("Shoplifting", "046/00", 11, 0.5, "street", 0.15, "003"),
    Offence("Robbery", "034/01", 3, 0.3, "street", 0.7, "004"),
    Offence("Criminal damage", "058/01", 10, 0.25, "home", 0.2, "002"),
    Offence("Possession of drugs", "092/50", 6, 0.95, "street", 0.25, "007"),
    Offence("Drug trafficking", "092/40", 3, 0.9, "street", 0.6, "007"),
    Offence("Possession of weapons", "010/13", 3, 0.9, "street", 0.55, "008"),
    Offence("Public order", "125/12", 9, 0.5, "street", 0.25, "009"),
    Offence("Stalking and harassment", "008/59", 7, 0.7, "home", 0.45, "001"),
)
_OFFENCES = Weighted(OFFENCES, [offence.weight for offence in OFFENCES])
_SUSPECTS = Weighted.of({1: 0.74, 2: 0.17, 3: 0.07, 4: 0.02})


@dataclass(slots=True, eq=False)
class Crime:
    """A crime in truth. `incident` is its call for service, `series` the crimes that one group did in one spree."""

    offence: Offence
    moment: datetime
    place: int
    suspects: list[Person]
    victim: Person | None
    witnesses: list[Person]
    series: str = ""
    ref: str = ""
    incident: str = ""
    told: bool = False
    custody: list[str] = field(default_factory=list)

    @property
    def day(self) -> int:
        """The ordinal day on which it happened."""
        return self.moment.toordinal()


@dataclass(slots=True, eq=False)
class Incident:
    """A call for service in truth."""

    ref: str
    moment: datetime
    place: int
    caller: Person | None
    opening: str
    crime: Crime | None


class Planner:
    """Draws the events of the world's days."""

    def __init__(
        self, city: City, people: list[Person], households: list[Household], groups: list[Group], seed: int
    ) -> None:
        self.chance = chance = Chance(seed, len(people), "plan")
        self.city, self.people, self.households = city, people, households
        offenders = offenders_of(people) or people
        self._offenders = Weighted(offenders, [person.activity or 1.0 for person in offenders])
        self._groups = (
            Weighted(groups, [sum(m.activity for m in group.members) for group in groups]) if groups else None
        )
        grown = [person for person in people if person.age(START) >= 10]
        self._grown = grown
        self._often = Weighted.ranked(chance.sample(grown, max(1, len(grown) // 20)), 0.5)
        places = range(len(city.addresses))
        self._hot = Weighted.ranked(chance.sample(places, max(3, len(places) // 100)), 0.6)
        self._sprees = 0

    def crimes(self) -> list[Crime]:
        """All crimes in order of time, numbered `NM/YY/NNNNNN`."""
        made: list[Crime] = []
        wanted = int(len(self.people) * CRIMES_PER_PERSON)
        while len(made) < wanted:
            if self._groups and self.chance.hit(0.012):
                made.extend(self._spree(self._groups))
            else:
                made.append(self._crime(self.chance.pick(_OFFENCES)))
        del made[wanted:]
        made.sort(key=lambda crime: crime.moment)
        for serial, crime in enumerate(made, 1):
            crime.ref = f"NM/{crime.moment:%y}/{serial:06d}"
        return made

    def _crime(self, offence: Offence) -> Crime:
        chance = self.chance
        day = a_day(chance)
        victim = self._victim() if chance.hit(0.78) else None
        home = offence.where == "home" and victim is not None and chance.hit(0.75)
        place = victim.home(day) if home and victim else self._place()
        suspects = self._suspects(offence, victim) if chance.hit(offence.known) else []
        witnesses = [chance.among(self._grown)] if chance.hit(0.18) else []
        return Crime(offence, a_moment(chance, day), place, suspects, victim, witnesses)

    def _victim(self) -> Person:
        return self.chance.pick(self._often) if self.chance.hit(0.25) else self.chance.among(self._grown)

    def _place(self) -> int:
        if self.chance.hit(0.4):
            return self.chance.pick(self._hot)
        return int(self.chance.real() * len(self.city.addresses))

    def _suspects(self, offence: Offence, victim: Person | None) -> list[Person]:
        chance = self.chance
        if victim and offence.domestic and chance.hit(0.45):
            kin = [m for m in self.households[victim.household].members if m is not victim and m.age(START) >= 15]
            if kin:
                return [chance.among(kin)]
        count = chance.pick(_SUSPECTS)
        if count > 1 and self._groups and chance.hit(0.8):
            members = chance.pick(self._groups).members
            return chance.sample(members, min(count, len(members)))
        return list(dict.fromkeys(self._offender(victim) for _ in range(count)))

    def _offender(self, victim: Person | None) -> Person:
        offender = self.chance.pick(self._offenders)
        while offender is victim and len(self.people) > 1:
            offender = self.chance.among(self._grown)
        return offender

    def _spree(self, groups: Weighted[Group]) -> list[Crime]:
        """Three to nine like crimes of one group within three weeks, a few streets apart."""
        chance = self.chance
        self._sprees += 1
        group = chance.pick(groups)
        offence = chance.among([OFFENCES[2], OFFENCES[4], OFFENCES[5], OFFENCES[7]])
        first, around = a_day(chance), self._place()
        crimes = []
        for _ in range(chance.integer(3, 9)):
            crime = self._crime(offence)
            crime.moment = a_moment(chance, first + chance.integer(0, 20))
            crime.place = (around + chance.integer(0, 96)) % len(self.city.addresses)
            crime.suspects = chance.sample(group.members, 2) if chance.hit(0.3) else []
            crime.series = f"S{self._sprees:05d}"
            crimes.append(crime)
        return crimes

    def incidents(self, crimes: list[Crime]) -> list[Incident]:
        """All calls for service in order of time; six crimes in ten began as one, and three in four of those say so."""
        chance = self.chance
        made = []
        for crime in crimes:
            if chance.hit(0.6):
                caller = crime.victim or (crime.witnesses[0] if crime.witnesses else None)
                moment = later(crime.moment, chance.integer(1, 90))
                made.append(Incident("", moment, crime.place, caller, crime.offence.opening, crime))
        while len(made) < int(len(self.people) * INCIDENTS_PER_PERSON):
            day = a_day(chance)
            caller = None if chance.hit(0.12) else self._victim()
            place = caller.home(day) if caller and chance.hit(0.45) else self._place()
            made.append(Incident("", a_moment(chance, day), place, caller, f"0{chance.integer(10, 39)}", None))
        made.sort(key=lambda incident: incident.moment)
        for serial, incident in enumerate(made, 1):
            incident.ref = f"{incident.moment:%Y%m%d}-{serial:07d}"
            if incident.crime:
                incident.crime.incident, incident.crime.told = incident.ref, chance.hit(0.75)
        return made
