"""Officers with their collar numbers, and the businesses of the city."""

from dataclasses import dataclass

from loaders.world.chance import Chance, Weighted
from loaders.world.geography import City
from loaders.world.identifier import landline
from loaders.world.names import COMMUNITIES, Gender, given_name, proper, surname_pair
from loaders.world.names_variant import plain

_RANKS = Weighted.of(
    {"Constable": 78.0, "Sergeant": 14.0, "Inspector": 5.0, "Chief Inspector": 2.0, "Superintendent": 1.0}
)
_TRADES = (
    ("Taxi firm", "Cars"),
    ("Takeaway", "Grill"),
    ("Off licence", "Wines"),
    ("Garage", "Motors"),
    ("Vehicle hire", "Rentals"),
    ("Public house", "Arms"),
    ("Convenience store", "Stores"),
    ("Builder", "Construction"),
    ("Hand car wash", "Valeting"),
    ("Barber", "Barbers"),
)


@dataclass(frozen=True, slots=True)
class Officer:
    """A police officer."""

    collar: str
    rank: str
    given: str
    surname: str
    unit: str


@dataclass(frozen=True, slots=True)
class Business:
    """An organisation with its register number, phone and address index."""

    id: str
    name: str
    type: str
    company_number: str
    phone: str
    place: int


def officers_of(city: City, people: int, seed: int) -> list[Officer]:
    """One officer for every 70 people, at least 12, spread over the local policing units."""
    chance = Chance(seed, people, "officers")
    units = [area.code for area in city.areas if area.type == "LPU"]
    made = []
    for serial in range(max(12, people // 70)):
        community, gender = chance.pick(COMMUNITIES), chance.among(tuple(Gender))
        given = given_name(chance, community, gender, chance.integer(1965, 2001))
        surname = surname_pair(chance, community)[gender is Gender.FEMALE]
        made.append(Officer(str(1001 + serial), chance.pick(_RANKS), plain(given), plain(surname), chance.among(units)))
    return made


def businesses_of(city: City, people: int, seed: int) -> list[Business]:
    """One business for every 80 people, at least 5."""
    chance = Chance(seed, people, "businesses")
    made = []
    for serial in range(max(5, people // 80)):
        trade, suffix = chance.among(_TRADES)
        owner = plain(proper(surname_pair(chance, chance.pick(COMMUNITIES))[0]))
        place = int(chance.real() * len(city.addresses))
        number = f"{90_000_000 + serial:08d}"
        name = f"{owner} {suffix}{' Ltd' if chance.hit(0.6) else ''}"
        made.append(Business(f"B{serial:06d}", name, trade, number, landline(99_999 - serial), place))
    return made
