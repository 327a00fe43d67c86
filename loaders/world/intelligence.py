"""Intelligence reports: NDJSON with a 3x5x2 grade and a marking on each, partial identities, phones and groups."""

from typing import Any

from loaders.world.calendar import START, a_day, a_moment, iso
from loaders.world.chance import Weighted
from loaders.world.desk import Desk, World
from loaders.world.flaw import Fault
from loaders.world.network import offenders_of
from loaders.world.noise import Quality
from loaders.world.population import Person

SOURCE = "intelligence"
PER_PERSON = 0.07
_QUALITY = Quality(
    typo=0.05,
    nickname=0.12,
    spelling=0.25,
    middle=0.1,
    alias=0.06,
    birth_missing=0.3,
    birth_wrong=0.04,
    phone_missing=0.4,
    address_missing=0.35,
    generic=0.01,
)
_OPEN = Weighted.of({"O": 0.62, "OS": 0.3, "OS-ACORN": 0.05, "S-BIRCH": 0.03})
_SOURCES = Weighted.of({"1": 3.0, "2": 6.0, "3": 1.0})
_ASSESSED = Weighted.of({"A": 2.0, "B": 3.0, "C": 3.0, "D": 4.0, "E": 0.5})
_TEXTS = (
    "{a} is dealing from the area of {street}.",
    "{a} was seen with {b} near {street} late in the evening.",
    "{a} is believed to use a vehicle {vrm} when committing offences.",
    "Associates of {a} are storing items at an address on {street}.",
    "{a} has fallen out with {b} over a debt.",
    "{a} is travelling out of the city by train most weekends.",
)
_RELATIONS = Weighted.of({"associate": 5.0, "co-offender": 3.0, "partner": 1.0, "contact": 2.0})


class Intelligence:
    """Writes the reports: on offenders at large, on the groups (some under BIRCH), on the county lines (ACORN)."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.desk = Desk(world, "intelligence", SOURCE, _QUALITY)
        self.rows: list[dict[str, Any]] = []

    def write(self) -> None:
        """Write the silo."""
        chance, world = self.desk.chance, self.world
        offenders = offenders_of(world.people) or world.people
        pool = Weighted(offenders, [person.activity or 1.0 for person in offenders])
        for _ in range(int(len(world.people) * PER_PERSON * 0.7)):
            one = chance.pick(pool)
            self._report(chance.pick(_OPEN), one, chance.pick(pool) if chance.hit(0.25) else None, None)
        for group in world.groups:
            for _ in range(chance.integer(0, 2)):
                pair = chance.sample(group.members, 2)
                marking = "S-BIRCH" if group.id.endswith("1") else chance.pick(_OPEN)
                self._report(marking, pair[0], pair[1], (group.id, group.name))
        for line in world.lines:
            actors = [*line.controllers, *line.runners, line.resident]
            for _ in range(chance.integer(12, 25)):
                boss, other = chance.among(line.controllers), chance.among(actors)
                marking = "OS-ACORN" if chance.hit(0.8) else "OS"
                named = (line.id, line.name)
                self._report(marking, boss, other if other is not boss else None, named, line.numbers[chance.hit(0.5)])
        self.rows.sort(key=lambda row: (row["at"], row["urn"]))
        faults = (Fault.UNKNOWN_MARKING, Fault.BAD_JSON, Fault.NO_KEY)
        self.desk.ndjson("reports.ndjson", self.rows, key="urn", faults=faults, marking="protective_marking")

    def _report(
        self, marking: str, one: Person, two: Person | None, group: tuple[str, str] | None, number: str = ""
    ) -> None:
        chance = self.desk.chance
        if two is one:
            two = None
        moment = a_moment(chance, a_day(chance))
        urn = f"INT-{moment:%y}-{len(self.rows) + 1:06d}"
        car = self.world.cars.get(one.serial)
        vrm = car.vehicle.vrm if car and chance.hit(0.3) else None
        if car and vrm:
            self.world.truth.entity(SOURCE, "Vehicle", vrm, car.vehicle.id)
        row: dict[str, Any] = {
            "urn": urn,
            "at": iso(moment),
            "protective_marking": marking,
            "source_eval": chance.pick(_SOURCES),
            "intel_eval": chance.pick(_ASSESSED),
            "handling": "C" if marking not in ("O", "OS") or chance.hit(0.2) else "P",
            "author": self.desk.officer().collar,
            "vrm": vrm,
            "group_ref": group[0] if group else None,
            "group_name": group[1] if group else None,
            "line_number": number or None,
            "relation": chance.pick(_RELATIONS) if two else None,
        }
        row |= self._subject("a", urn, one, moment.toordinal()) | self._subject("b", urn, two, moment.toordinal())
        street = self.desk.address(one.home(START)).street
        names = {"a": row["a_name"], "b": row["b_name"] or "others", "street": street, "vrm": vrm or "not known"}
        row["text"] = chance.among(_TEXTS).format(**names)
        self.rows.append(row)

    def _subject(self, letter: str, urn: str, person: Person | None, day: int) -> dict[str, str | None]:
        fields = ("name", "dob", "phone", "address", "postcode", "pnc")
        if person is None:
            return {f"{letter}_{name}": None for name in fields}
        chance = self.desk.chance
        seen = self.desk.person(f"{urn}/{letter.upper()}", person, day)
        if chance.hit(0.02):
            values = [seen.given, "", "", "", "", ""]
        else:
            pnc = person.pnc if chance.hit(0.25) else ""
            values = [seen.full, seen.born("{y}-{m:02d}-{d:02d}"), seen.phone, seen.line, seen.postcode, pnc]
        return {f"{letter}_{name}": value or None for name, value in zip(fields, values, strict=True)}


def write_intelligence(world: World) -> None:
    """Write the intelligence system."""
    Intelligence(world).write()
