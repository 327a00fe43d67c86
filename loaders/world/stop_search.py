"""Stop and search: a file without a header, with observed and self-defined ethnicity, and names only where given."""

from loaders.world.calendar import START, a_day, a_moment
from loaders.world.chance import Weighted
from loaders.world.desk import Desk, World
from loaders.world.flaw import Fault
from loaders.world.names import HERITAGE
from loaders.world.noise import Quality
from loaders.world.writer import Dialect

SOURCE = "stop-search"
PER_PERSON = 0.24
_DIALECT = Dialect(",", "utf-8", "\n", header=False)
_QUALITY = Quality(
    typo=0.04,
    nickname=0.08,
    middle=0.15,
    birth_missing=0.06,
    birth_wrong=0.04,
    alias=0.08,
    address_missing=0.3,
    generic=0.01,
)
_LAWS = Weighted.of({"MDA 1971 s23": 6.0, "PACE 1984 s1": 4.0, "CJPOA 1994 s60": 0.6, "Firearms Act 1968 s47": 0.4})
_OBJECTS = {
    "MDA 1971 s23": ("Controlled drugs",),
    "PACE 1984 s1": ("Stolen goods", "Offensive weapons", "Going equipped"),
}
_OUTCOMES = Weighted.of(
    {"A no further action disposal": 7.0, "Arrest": 1.5, "Community resolution": 1.2, "Penalty notice": 0.5}
)
_SELF_UNKNOWN = ("NS", "")


def write_stop_search(world: World) -> None:
    """Write stop and search."""
    desk = Desk(world, "stop_search", SOURCE, _QUALITY)
    chance = desk.chance
    stopped = [person for person in world.people if 12 <= person.age(START) <= 65] or world.people
    weights = [1.0 + 6.0 * person.activity + (person.age(START) < 30) for person in stopped]
    pool = Weighted(stopped, weights)
    rows = []
    for serial in range(1, int(len(world.people) * PER_PERSON) + 1):
        person, day = chance.pick(pool), a_day(chance)
        rows.append(_row(desk, world, f"SS{serial:07d}", person.serial, day))
    faults = (Fault.COLUMN_COUNT, Fault.NO_KEY, Fault.TORN_QUOTE, Fault.ROW_KEY_REPEATED)
    desk.csv("searches.csv", (), rows, _DIALECT, faults=faults, vary=11)


def _row(desk: Desk, world: World, ref: str, who: int, day: int) -> list[str]:
    chance, person = desk.chance, world.people[who]
    moment = a_moment(chance, day)
    law = chance.pick(_LAWS)
    heritage = HERITAGE[person.community]
    place = int(chance.real() * len(world.city.addresses))
    latitude, longitude = world.city.positions[place]
    name = birth = line = postcode = vrm = ""
    if not chance.hit(0.18):
        seen = desk.person(ref, person, day)
        name, birth = seen.full, seen.born("{d:02d}.{m:02d}.{y}")
        line, postcode = seen.line, seen.postcode
    car = world.cars.get(person.serial)
    if car and chance.hit(0.35):
        vrm = car.vehicle.vrm
    outcome = chance.pick(_OUTCOMES)
    return [
        ref,
        f"{moment:%Y-%m-%d %H:%M}",
        name,
        birth,
        "Male" if person.gender == "Male" else "Female",
        heritage.ethnicity_self if chance.hit(0.7) else chance.among(_SELF_UNKNOWN),
        heritage.ethnicity_observed,
        line,
        postcode,
        law,
        chance.among(_OBJECTS.get(law, ("Anything to threaten or harm anyone",))),
        outcome,
        "True" if outcome != "A no further action disposal" and chance.hit(0.8) else "False",
        f"{latitude:.6f}",
        f"{longitude:.6f}",
        vrm,
        desk.officer().collar,
        f"{moment:%Y-%m-%d}",
    ]
