"""The crime recording system: crimes, suspects, victims, witnesses and property in five CSV files joined by keys."""

from loaders.world.calendar import END, dmy, dmy_hm, later
from loaders.world.desk import Desk, World
from loaders.world.flaw import Fault
from loaders.world.names import HERITAGE
from loaders.world.noise import Quality, Seen, spoken
from loaders.world.plan import Crime
from loaders.world.population import Person
from loaders.world.writer import Dialect

SOURCE = "crime-system"
_DIALECT = Dialect(";", "utf-8-sig", "\r\n")
_QUALITY = Quality(typo=0.03, birth_missing=0.08, phone_missing=0.25, alias=0.05, maiden=0.05)
_OUTCOMES = (
    "Under investigation",
    "No suspect identified",
    "Charged",
    "Evidential difficulties",
    "Out of court disposal",
)
_STOLEN = (
    ("Mobile phone", 300),
    ("Laptop", 550),
    ("Cash", 120),
    ("Jewellery", 800),
    ("Bicycle", 400),
    ("Power tools", 350),
    ("Handbag", 90),
    ("Games console", 250),
    ("Spirits; 6 bottles", 150),
)
_METHODS = (
    "Offender forced the rear window with a levering tool; search untidy.",
    'Suspect said "you know what this is for" and made off on foot.',
    "Offender approached on a pedal cycle and snatched the item from the hand.",
    "Insecure door tried and entered, keys taken from the hall.",
    "Verbal altercation in the street followed by a single punch.",
    "Offender placed items in a foil lined bag and left without paying.",
)
_CRIMES = (
    "Crime No;Type;HO Class;Status;Outcome;Committed From;Committed To;Reported;Location Ref;Location;Postcode;Easting;"
    "Northing;Beat;OIC;Incident Ref;Series Of;Severity;Hate;MO;Updated"
).split(";")
_SUSPECTS = (
    "Nominal Ref;Crime No;Surname;Forenames;Alias;DOB;Sex;Ethnic App;Height;Build;Address;Postcode;Telephone;PNC ID;"
    "Suspect Status;Updated"
).split(";")
_VICTIMS = "Nominal Ref;Crime No;Name;DOB;Sex;Ethnicity;Address;Postcode;Telephone;Email;Maiden Name;Updated".split(";")
_WITNESSES = "Nominal Ref;Crime No;Name;DOB;Address;Postcode;Telephone;Updated".split(";")
_PROPERTY = "Property Ref;Crime No;Type;Description;Serial No;Value;VRM;Make;Colour;Updated".split(";")
_SEX = {"Male": "M", "Female": "F"}


class CrimeSystem:
    """Writes the five files; a nominal is one person record, found again by some clerks and made anew by others."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.desk = Desk(world, "crime", SOURCE, _QUALITY)
        self._nominals: dict[str, tuple[str, Seen]] = {}
        self._serial = 0
        self.crimes: list[list[str]] = []
        self.suspects: list[list[str]] = []
        self.victims: list[list[str]] = []
        self.witnesses: list[list[str]] = []
        self.property: list[list[str]] = []

    def write(self) -> None:
        """Write the silo."""
        series: dict[str, Crime] = {}
        for crime in self.world.crimes:
            first = series.setdefault(crime.series, crime) if crime.series else crime
            self._crime(crime, first)
            self._people(crime)
            self._stolen(crime)
        faults = (Fault.COLUMN_COUNT, Fault.TORN_QUOTE, Fault.ROW_KEY_REPEATED)
        self.desk.csv("crimes.csv", _CRIMES, self.crimes, _DIALECT, faults=faults)
        faults = (Fault.NO_KEY, Fault.UNDECODABLE, Fault.COLUMN_COUNT)
        self.desk.csv("suspects.csv", _SUSPECTS, self.suspects, _DIALECT, faults=faults)
        self.desk.csv("victims.csv", _VICTIMS, self.victims, _DIALECT, faults=(Fault.TORN_QUOTE, Fault.NO_KEY))
        self.desk.csv("witnesses.csv", _WITNESSES, self.witnesses, _DIALECT)
        self.desk.csv("property.csv", _PROPERTY, self.property, _DIALECT)

    def _crime(self, crime: Crime, first: Crime) -> None:
        chance, place = self.desk.chance, self.desk.address(crime.place)
        told_series = first is not crime and chance.hit(0.5)
        event = self.desk.event("Crime", crime.ref)
        if first is not crime:
            self.world.truth.connect(event, self.desk.event("Crime", first.ref), "SAME_SERIES")
        if crime.incident:
            self.world.truth.connect(("command-control", "Incident", crime.incident), event, "RECORDED_AS")
        self.world.truth.entity(SOURCE, "Address", place.uprn, place.id)
        end = dmy_hm(later(crime.moment, chance.integer(5, 600))) if chance.hit(0.4) else ""
        outcome = "Charged" if crime.suspects and chance.hit(0.4) else chance.among(_OUTCOMES)
        self.crimes.append(
            [
                crime.ref,
                crime.offence.name,
                crime.offence.code,
                "OPEN" if outcome == "Under investigation" else "FILED",
                outcome,
                dmy_hm(crime.moment),
                end,
                dmy_hm(later(crime.moment, chance.tail(0.8, 1300) * 15)),
                place.uprn,
                place.line,
                place.postcode if not chance.hit(0.01) else "ZX1 00A",
                str(place.easting),
                str(place.northing),
                place.beat,
                self.desk.officer().collar,
                crime.incident if crime.told else "",
                first.ref if told_series else "",
                f"{crime.offence.severity:.2f}",
                "Race" if chance.hit(0.02) else "",
                chance.among(_METHODS) if chance.hit(0.6) else "",
                self._updated(crime),
            ]
        )

    def _updated(self, crime: Crime) -> str:
        return dmy(min(END, crime.day + self.desk.chance.integer(15, 60)))

    def _nominal(self, person: Person, crime: Crime, again: float) -> tuple[str, Seen]:
        known = self._nominals.get(person.id)
        if known and self.desk.chance.hit(again):
            return known
        self._serial += 1
        ref = f"N{self._serial:07d}"
        self._nominals[person.id] = ref, self.desk.person(ref, person, crime.day)
        return self._nominals[person.id]

    def _people(self, crime: Crime) -> None:
        chance, updated = self.desk.chance, self._updated(crime)
        for person in crime.suspects:
            self.suspects.append(self._suspect(person, crime, updated))
        if crime.victim:
            person = crime.victim
            ref, seen = self._nominal(person, crime, 0.25)
            birth = seen.born("{d:02d}/{m:02d}/{y}")
            ethnicity = HERITAGE[person.community].ethnicity_self if chance.hit(0.6) else ""
            email = person.email if chance.hit(0.3) else ""
            maiden = person.maiden if chance.hit(0.15) else ""
            row = [ref, crime.ref, seen.surname_first, birth, _SEX[person.gender], ethnicity, seen.line, seen.postcode]
            self.victims.append([*row, spoken(chance, seen.phone), email, maiden, updated])
        for person in crime.witnesses:
            if person not in crime.suspects and person is not crime.victim:
                ref, seen = self._nominal(person, crime, 0.15)
                birth = seen.born("{d:02d}/{m:02d}/{y}") if chance.hit(0.7) else ""
                row = [ref, crime.ref, seen.surname_first, birth, seen.line, seen.postcode]
                self.witnesses.append([*row, spoken(chance, seen.phone), updated])

    def _suspect(self, person: Person, crime: Crime, updated: str) -> list[str]:
        chance = self.desk.chance
        ref, seen = self._nominal(person, crime, 0.3)
        alias = " ".join(person.alias) if person.alias[0] and chance.hit(0.25) else ""
        return [
            ref,
            crime.ref,
            seen.surname.upper(),
            seen.forenames,
            alias,
            seen.born("{d:02d}/{m:02d}/{y}"),
            _SEX[person.gender],
            HERITAGE[person.community].ethnicity_observed,
            str(person.height + chance.integer(-4, 4)) if chance.hit(0.5) else "",
            person.build if chance.hit(0.5) else "",
            seen.line,
            seen.postcode,
            spoken(chance, seen.phone),
            person.pnc if chance.hit(0.45) else "",
            chance.among(("SUSPECT", "SUSPECT", "CHARGED", "ELIMINATED", "CONVICTED")),
            updated,
        ]

    def _stolen(self, crime: Crime) -> None:
        chance, name = self.desk.chance, crime.offence.name
        if not name.startswith(("Burglary", "Theft", "Robbery", "Shop")) or not chance.hit(0.55):
            return
        ref = f"PR{len(self.property) + 1:06d}"
        updated = self._updated(crime)
        if name == "Theft of vehicle" and self.world.keepings:
            car = chance.among(self.world.keepings).vehicle
            self.world.truth.entity(SOURCE, "Vehicle", car.vrm, car.id)
            row = [ref, crime.ref, "VEHICLE", f"{car.make} {car.model}", "", "", car.vrm, car.make, car.colour, updated]
        else:
            what, worth = chance.among(_STOLEN)
            serial = chance.letters(3) + chance.digits(8) if worth > 200 and chance.hit(0.5) else ""
            price = str(int(worth * (0.5 + chance.real())))
            row = [ref, crime.ref, "STOLEN", what, serial, price, "", "", "", updated]
        self.property.append(row)


def write_crime(world: World) -> None:
    """Write the crime recording system."""
    CrimeSystem(world).write()
