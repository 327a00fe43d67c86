"""Vehicles: keepers and camera sightings as Parquet with typed columns, times in UTC."""

from datetime import UTC, date, datetime
from typing import Any

import polars as pl

from loaders.world.belonging import Keeping
from loaders.world.calendar import END, START, a_day, a_moment, utc
from loaders.world.chance import Chance, Weighted
from loaders.world.desk import Desk, World
from loaders.world.flaw import Fault
from loaders.world.identifier import Vehicle
from loaders.world.names import Gender, title
from loaders.world.noise import Quality
from loaders.world.scribe import Scribe
from standards.identifier import driver_number

SOURCE = "vehicles"
SIGHTINGS_PER_PERSON = 0.42
_QUALITY = Quality(
    typo=0.012,
    spelling=0.05,
    nickname=0.0,
    middle=0.85,
    birth_missing=0.3,
    birth_wrong=0.01,
    address_missing=0.01,
    postcode_missing=0.01,
    stale=0.12,
    generic=0.0,
    accents=0.3,
)
_DATES = ("born", "from_date", "to_date", "updated")
_KEEPERS: dict[str, pl.DataType | type[pl.DataType]] = {
    name: pl.Date if name in _DATES else pl.Int32 if name == "year" else pl.String
    for name in (
        *("keeper_id", "vrm", "make", "model", "colour", "year", "holder", "name", "born", "driver_number"),
        *("address", "postcode", "from_date", "to_date", "updated"),
    )
}
_SIGHTINGS: dict[str, pl.DataType | type[pl.DataType]] = {
    "sighting_id": pl.String,
    "seen_at": pl.Datetime("ms", "UTC"),
    "vrm": pl.String,
    "camera": pl.String,
    "direction": pl.String,
    "confidence": pl.Float64,
    "latitude": pl.Float64,
    "longitude": pl.Float64,
}


def write_vehicle(world: World) -> None:
    """Write keepers and sightings."""
    desk = Desk(world, "vehicle", SOURCE, _QUALITY)
    keepers = [_keeper(desk, f"K{serial:07d}", keeping) for serial, keeping in enumerate(world.keepings, 1)]
    # What the firms are called is drawn from a stream of its own.
    scribe = Scribe(Chance(world.seed, len(world.people), "silo", "vehicle", "firms"))
    keepers += [_hire(desk, world, scribe, serial) for serial in range(1, len(world.keepings) // 25 + 1)]
    frame = pl.DataFrame(keepers, schema=_KEEPERS, orient="row")
    desk.parquet("keepers.parquet", frame, key="keeper_id", faults=(Fault.NO_KEY,))
    frame = pl.DataFrame(_sightings(desk, world), schema=_SIGHTINGS, orient="row").sort("seen_at", "sighting_id")
    desk.parquet("sightings.parquet", frame, key="sighting_id", faults=(Fault.NO_KEY,))


def _keeper(desk: Desk, key: str, keeping: Keeping) -> tuple[Any, ...]:
    chance, person, car = desk.chance, keeping.keeper, keeping.vehicle
    seen = desk.person(key, person, keeping.last or END)
    desk.world.truth.entity(SOURCE, "Vehicle", car.vrm, car.id)
    licence = None
    if chance.hit(0.15):
        licence = driver_number(
            person.surname, person.given[:1], person.born.isoformat(), female=person.gender is Gender.FEMALE
        )
    return (
        key, car.vrm, car.make, car.model, car.colour, car.year, "P",
        f"{title(chance, person.gender)} {seen.full}",
        _date(seen.birth), licence, seen.line or None, seen.postcode or None,
        date.fromordinal(keeping.first),
        date.fromordinal(keeping.last) if keeping.last else None,
        date.fromordinal(keeping.last or max(keeping.first, START)),
    )  # fmt: skip


def _date(birth: tuple[int, int, int] | None) -> date | None:
    try:
        return date(*birth) if birth else None
    except ValueError:
        return None


def _hire(desk: Desk, world: World, scribe: Scribe, serial: int) -> tuple[Any, ...]:
    chance = desk.chance
    business = chance.among(world.businesses)
    place = desk.address(business.place)
    key, vrm = f"O{serial:06d}", f"XO{chance.integer(10, 24)}{chance.letters(3)}"
    world.truth.entity(SOURCE, "Organisation", key, business.id)
    world.truth.entity(SOURCE, "Vehicle", vrm, f"H{vrm}")
    bought = date.fromordinal(a_day(chance))
    return (
        key, vrm, "FORD", "TRANSIT", "WHITE", 2020, "O", scribe.name(business.name), None, None,
        place.line, place.postcode, bought, None, bought,
    )  # fmt: skip


def _sightings(desk: Desk, world: World) -> list[tuple[Any, ...]]:
    """Reads of number plates at 40 cameras; the cars of county-line controllers pass in the small hours."""
    chance = desk.chance
    if not world.keepings:
        return []
    places = range(len(world.city.addresses))
    cameras = [(f"CAM{n:03d}", chance.among(places)) for n in range(1, 41)]
    pool = Weighted(world.keepings, [1.0 + 4.0 * keeping.keeper.activity for keeping in world.keepings])
    rows = []
    for serial in range(1, int(len(world.people) * SIGHTINGS_PER_PERSON) + 1):
        moment = a_moment(chance, a_day(chance))
        car = chance.pick(pool).vehicle
        rows.append(_sighting(desk, f"SG{serial:08d}", utc(moment), car, chance.among(cameras)))
    for line in world.lines:
        cars = [world.cars[boss.serial] for boss in line.controllers if boss.serial in world.cars]
        for night in range(30 if cars else 0):
            day = date.fromordinal(line.changed + 7 * night)
            moment = datetime(day.year, day.month, day.day, 1 + night % 4, chance.integer(0, 59), tzinfo=UTC)
            car = chance.among(cars).vehicle
            rows.append(_sighting(desk, f"SG{line.id}{night:04d}", moment, car, cameras[night % 2]))
    return rows


def _sighting(desk: Desk, key: str, moment: datetime, car: Vehicle, camera: tuple[str, int]) -> tuple[Any, ...]:
    chance = desk.chance
    latitude, longitude = desk.world.city.positions[camera[1]]
    read = car.vrm
    if chance.hit(0.01):
        read = read.translate(str.maketrans("O0B8S5", "0O8B5S"))
        desk.world.truth.entity(SOURCE, "Vehicle", read, car.id)
    return key, moment, read, camera[0], chance.among("NESW"), round(0.8 + 0.2 * chance.real(), 3), latitude, longitude
