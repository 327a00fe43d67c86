"""Custody: arrests and detentions in one Windows-1252 file, two-digit years of birth, PNC and CRO numbers, warnings."""

from datetime import datetime

from loaders.world.calendar import END, START, a_day, a_moment, dmy, dmy_hm, later
from loaders.world.chance import Weighted
from loaders.world.crime import SOURCE as CRIMES
from loaders.world.desk import Desk, World
from loaders.world.flaw import Fault
from loaders.world.names import HERITAGE
from loaders.world.noise import Quality, spoken
from loaders.world.plan import Crime
from loaders.world.population import Person
from loaders.world.writer import Dialect

SOURCE = "custody"
_DIALECT = Dialect("|", "windows-1252", "\r\n")
_QUALITY = Quality(
    typo=0.02,
    birth_missing=0.01,
    birth_wrong=0.02,
    phone_missing=0.35,
    alias=0.08,
    middle=0.7,
    generic=0.03,
    stale=0.05,
)
_COLUMNS = (
    "CUSTODY NO|ARREST NO|NAME|AKA|DOB|SEX|ETHNICITY SELF|ETHNICITY OBS|PLACE OF BIRTH|NATIONALITY|"
    "OCCUPATION|HEIGHT|ADDRESS|POSTCODE|PHONE|PNCID|CRO|NINO|WARNINGS|OFFENCE|CRIME NO|CO-ACCUSED PNC|"
    "ARRESTED|DETAINED|RELEASED|DISPOSAL|OFFICER|UPDATED"
).split("|")
_DISPOSALS = Weighted.of(
    {"Released under investigation": 4.0, "Charged": 4.0, "Bailed": 3.0, "No further action": 3.0, "Caution": 1.0}
)
_WARNINGS = Weighted.of({"": 6.0, "VIOLENT": 2.0, "WEAPONS": 1.0, "SELF HARM": 1.5, "ESCAPER": 0.4})
_WORK = (
    "Unemployed",
    "Labourer",
    "Driver",
    "Student",
    "Chef",
    "Warehouse operative",
    "Carer",
    "Roofer",
    "Sales assistant",
)


class Custody:
    """Writes the custody record of every arrest: those of recorded crimes, and others."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.desk = Desk(world, "custody", SOURCE, _QUALITY)
        self.rows: list[list[str]] = []

    def write(self) -> None:
        """Write the silo."""
        chance = self.desk.chance
        for crime in self.world.crimes:
            for person in crime.suspects:
                if chance.hit(0.6) and person.age(crime.day) >= 10:
                    others = [other.pnc for other in crime.suspects if other is not person and other.pnc]
                    start = later(crime.moment, chance.tail(0.5, 400) * 60)
                    self._row(person, start, crime, others[0] if others and chance.hit(0.6) else "")
        wanted = [person for person in self.world.people if person.activity > 1.2 and person.age(START) >= 13]
        for person in wanted:
            for _ in range(chance.count(min(4.0, person.activity / 6))):
                self._row(person, a_moment(chance, a_day(chance)), None, "")
        faults = (Fault.UNDECODABLE, Fault.COLUMN_COUNT, Fault.NO_KEY)
        self.desk.csv("custody.csv", _COLUMNS, self.rows, _DIALECT, faults=faults)

    def _row(self, person: Person, start: datetime, crime: Crime | None, accomplice: str) -> None:
        chance, world = self.desk.chance, self.world
        number = f"NM{start:%y}/{len(self.rows) + 1:06d}"
        seen = self.desk.person(number, person, start.toordinal())
        heritage = HERITAGE[person.community]
        told = crime if crime and chance.hit(0.8) else None
        if crime:
            custody, recorded = self.desk.event("Custody", number), (CRIMES, "Crime", crime.ref)
            world.truth.connect(recorded, custody, "LED_TO")
        detained = later(start, chance.integer(15, 90))
        self.rows.append(
            [
                number,
                f"A{len(self.rows) + 1:06d}",
                seen.surname_first,
                " ".join(person.alias) if person.alias[0] and chance.hit(0.5) else "",
                seen.born("{d:02d}-{m:02d}-{yy:02d}"),
                person.gender[0],
                heritage.ethnicity_self if chance.hit(0.85) else "NS",
                heritage.ethnicity_observed,
                chance.among(heritage.places) if person.foreign else "Northmere",
                heritage.nationality if person.foreign else "GBR",
                chance.among(_WORK) if chance.hit(0.6) else "",
                str(person.height + chance.integer(-2, 2)),
                seen.line,
                seen.postcode,
                spoken(chance, seen.phone),
                self._pnc(person),
                person.cro if chance.hit(0.6) else "",
                person.ni if chance.hit(0.15) else "",
                chance.pick(_WARNINGS),
                crime.offence.name if crime else "Breach of bail",
                told.ref if told else "",
                accomplice,
                dmy_hm(start),
                dmy_hm(detained),
                dmy_hm(later(detained, chance.integer(120, 1430))),
                chance.pick(_DISPOSALS),
                self.desk.officer().collar,
                dmy(min(END, start.toordinal() + 1)),
            ]
        )

    def _pnc(self, person: Person) -> str:
        if not person.pnc or not self.desk.chance.hit(0.85):
            return ""
        short = self.desk.chance.hit(0.2)
        return person.pnc[2:4] + "/" + person.pnc[5:].lstrip("0") if short else person.pnc


def write_custody(world: World) -> None:
    """Write the custody system."""
    Custody(world).write()
