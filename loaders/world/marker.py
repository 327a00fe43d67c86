"""Markers: wanted, bail, missing and warnings, tab-separated, with three cells of name and dates year first."""

from collections.abc import Iterator
from datetime import date

from loaders.world.calendar import END, START, a_day
from loaders.world.chance import Weighted
from loaders.world.desk import Desk, World
from loaders.world.flaw import Fault
from loaders.world.network import offenders_of
from loaders.world.noise import Quality
from loaders.world.population import Person
from loaders.world.writer import Dialect

SOURCE = "markers"
PER_PERSON = 0.12
_DIALECT = Dialect("\t", "utf-8", "\n")
_QUALITY = Quality(typo=0.02, birth_missing=0.02, birth_wrong=0.02, alias=0.04, address_missing=0.25, stale=0.08)
_COLUMNS = (
    "MarkerRef Code Text Surname Forename1 Forename2 DOB Sex Address Postcode PNCID VRM "
    "ValidFrom ValidTo Authority Updated"
).split()
_OFFENDER_CODES = Weighted.of({"WM": 2.0, "BA": 3.0, "VI": 2.0, "WE": 1.0, "SH": 0.8, "ES": 0.2})
_OTHER_CODES = Weighted.of({"MP": 3.0, "VC": 1.0, "VA": 2.0, "SH": 1.0})
_TEXTS = {
    "WM": "Wanted on warrant, Northmere Magistrates",
    "BA": "Police bail with conditions",
    "VI": "Violent towards officers",
    "WE": "Known to carry knives",
    "SH": "Self harm",
    "ES": "Escaper",
    "MP": "Reported missing",
    "VC": "Vulnerable child",
    "VA": "Vulnerable adult",
}


def write_marker(world: World) -> None:
    """Write the markers."""
    desk = Desk(world, "marker", SOURCE, _QUALITY)
    rows = [_row(desk, world, serial, *chosen) for serial, chosen in enumerate(_chosen(desk, world), 1)]
    faults = (Fault.NO_KEY, Fault.ROW_KEY_REPEATED, Fault.COLUMN_COUNT)
    desk.csv("markers.tsv", _COLUMNS, rows, _DIALECT, faults=faults, vary=2)


def _chosen(desk: Desk, world: World) -> Iterator[tuple[Person, str, int]]:
    """Who is marked with which code from which day: the runners of the county lines go missing in their months."""
    chance = desk.chance
    for line in world.lines:
        for runner in line.runners:
            for _ in range(chance.integer(1, 4)):
                yield runner, "MP", line.changed + chance.integer(-200, 200)
        yield line.resident, "VA", line.changed + 30
    offenders = offenders_of(world.people) or world.people
    pool = Weighted(offenders, [person.activity or 1.0 for person in offenders])
    for _ in range(int(len(world.people) * PER_PERSON)):
        if chance.hit(0.7):
            yield chance.pick(pool), chance.pick(_OFFENDER_CODES), a_day(chance)
            continue
        person = chance.among(world.people)
        code = "VC" if person.age(START) < 13 else chance.pick(_OTHER_CODES)
        yield person, "MP" if code == "VC" and person.age(START) >= 18 else code, a_day(chance)


def _row(desk: Desk, world: World, serial: int, person: Person, code: str, day: int) -> list[str]:
    chance = desk.chance
    ref = f"MK{serial:06d}"
    seen = desk.person(ref, person, day)
    length = chance.integer(0, 9) if code == "MP" else chance.integer(20, 400)
    until = day + length if code in ("MP", "BA", "WM") and chance.hit(0.8) else 0
    car = world.cars.get(person.serial)
    vrm = car.vehicle.vrm if car and chance.hit(0.06) else ""
    if car and vrm:
        world.truth.entity(SOURCE, "Vehicle", vrm, car.vehicle.id)
    return [
        ref,
        code,
        _TEXTS[code],
        seen.surname,
        seen.given,
        seen.middle,
        seen.born("{y}/{m:02d}/{d:02d}"),
        "1" if person.gender == "Male" else "2",
        seen.line,
        seen.postcode,
        person.pnc if chance.hit(0.5) else "",
        vrm,
        f"{date.fromordinal(day):%Y/%m/%d}",
        f"{date.fromordinal(until):%Y/%m/%d}" if until else "",
        "Northmere Magistrates" if code in ("WM", "BA") else "",
        f"{date.fromordinal(min(END, day + length)):%Y/%m/%d}",
    ]
