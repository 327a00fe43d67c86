"""The city of Northmere: police areas, streets and addresses around a centre in the sea, in both coordinate systems.

Nobody lives there: the outcodes ZX1 to ZX24 are valid in form (DS_010) and belong to no place.
"""

from dataclasses import dataclass
from math import cos, sin, tau

from pyproj import Transformer

from loaders.world.chance import Chance

CITY = "Northmere"
CENTRE_EASTING, CENTRE_NORTHING = 560_000, 440_000
OUTCODES = 24
HOUSES = 24
BEATS_PER_LPU = 6
_INWARD = "ABDEFGHJLNPQRSTUWXYZ"

_HEADS = """High Church Station Victoria Albert Mill Park Queen King Chapel School Manor Elm Oak Ash Birch Cedar Willow
Hawthorn Rowan Beech Lime Maple Holly Ivy Laurel Garden Meadow Field Orchard Spring Brook River Bridge Ferry Quay
Harbour Market Castle Abbey Priory Bishop Canal Wharf Lock Foundry Forge Anvil Cooper Tanner Weaver Saddler Baker
North South East West Upper Lower Long Broad Hill Dale Moor Heath Common Green Cross Gate Wall Tower Crown Mitre
George Edward William Alfred Clarence Gladstone Disraeli Nelson Wellington Trafalgar Waterloo Alma Balaclava Sussex
Norfolk Suffolk Kent Surrey Devon Dorset Rutland Cheshire Lancaster York Durham Lincoln Derby Stafford Warwick
Gloucester Worcester Hereford Shrewsbury Ludlow Kestrel Falcon Heron Curlew Plover Lapwing Finch Swallow Martin
Heather Bracken Fern Clover Bluebell Primrose Poppy Daisy Thistle""".split()
_ENDINGS = "Street Road Avenue Lane Close Drive Grove Terrace Way Crescent Place Gardens Court Mews".split()
LOCALITIES = (
    "Eastgate,Saltholme,Millrise,Kirkfold,Harbourside,Stonebeck,Ravenhill,Thornmere,Moor End,Canalside,Oldfield,"
    "Whinside,Larkfield,Quarry Bank,Southmere,Priory Park,Wharfside,Beacon Hill,Fenwick Green,Castle Dene"
).split(",")
_FLATS = 6


@dataclass(frozen=True, slots=True)
class Area:
    """A police area: a beat inside a local policing unit."""

    code: str
    name: str
    type: str
    parent: str


@dataclass(frozen=True, slots=True)
class Address:
    """A delivery point with its truth id, parts, beat and OSGB36 position in metres."""

    id: str
    saon: str
    paon: str
    street: str
    locality: str
    postcode: str
    easting: int
    northing: int
    beat: str
    uprn: str

    @property
    def line(self) -> str:
        """Flat, number and street."""
        return f"{self.saon}, {self.paon} {self.street}" if self.saon else f"{self.paon} {self.street}"

    @property
    def full(self) -> str:
        """The line, the locality and the town."""
        return f"{self.line}, {self.locality}, {CITY}"


@dataclass(frozen=True, slots=True)
class City:
    """All areas and addresses; WGS84 positions stand beside the addresses, (latitude, longitude) by address index."""

    areas: tuple[Area, ...]
    addresses: tuple[Address, ...]
    positions: tuple[tuple[float, float], ...]

    @property
    def beats(self) -> tuple[Area, ...]:
        """The beats alone."""
        return tuple(area for area in self.areas if area.type == "BEAT")


def city(people: int, seed: int) -> City:
    """The city for so many people: about one address for every two of them, on streets of 24 doors."""
    chance = Chance(seed, people, "city")
    streets = max(12, int(people / 2.05 / HOUSES) + 1)
    areas = _areas(max(2, min(60, people // 2500 + 2)))
    beats = [area for area in areas if area.type == "BEAT"]
    centres = [_scatter(chance, 400 * len(beats) ** 0.5 + 1200) for _ in beats]
    addresses: list[Address] = []
    for street in range(streets):
        place = street % len(beats)
        addresses.extend(_street(chance, street, beats[place], centres[place], place))
    return City(tuple(areas), tuple(addresses), _positions(addresses))


def _areas(units: int) -> list[Area]:
    areas = [Area("NM", f"{CITY} Police", "FORCE", "")]
    for unit in range(units):
        name = LOCALITIES[unit % len(LOCALITIES)]
        areas.append(Area(f"NM{unit + 1:02d}", f"{name} LPU", "LPU", "NM"))
        areas.extend(
            Area(f"NM{unit + 1:02d}-{beat + 1}", f"{name} beat {beat + 1}", "BEAT", f"NM{unit + 1:02d}")
            for beat in range(BEATS_PER_LPU)
        )
    return areas


def _scatter(chance: Chance, spread: float) -> tuple[float, float]:
    angle, reach = tau * chance.real(), spread * chance.real() ** 0.5
    return CENTRE_EASTING + reach * cos(angle), CENTRE_NORTHING + reach * sin(angle)


def _postcode(serial: int) -> str:
    serial, outcode = divmod(serial, OUTCODES)
    serial, sector = divmod(serial, 10)
    first, second = divmod(serial % 400, 20)
    return f"ZX{outcode + 1} {sector}{_INWARD[first]}{_INWARD[second]}"


def _street(chance: Chance, serial: int, beat: Area, centre: tuple[float, float], place: int) -> list[Address]:
    name = f"{chance.among(_HEADS)} {chance.among(_ENDINGS)}"
    east, north = centre[0] + chance.normal(0, 250), centre[1] + chance.normal(0, 250)
    angle = tau * chance.real()
    flats = chance.hit(0.2)
    made = []
    for door in range(HOUSES):
        along = (door // _FLATS if flats else door) * 9.0
        made.append(
            Address(
                f"A{serial * HOUSES + door:07d}",
                f"Flat {door % _FLATS + 1}" if flats else "",
                str(door // _FLATS + 1 if flats else door + 1),
                name,
                LOCALITIES[place // BEATS_PER_LPU % len(LOCALITIES)],
                _postcode(serial * 2 + (door >= HOUSES // 2)),
                round(east + along * cos(angle)),
                round(north + along * sin(angle)),
                beat.code,
                f"{990_000_000_000 + serial * HOUSES + door:012d}",
            )
        )
    return made


def _positions(addresses: list[Address]) -> tuple[tuple[float, float], ...]:
    turn = Transformer.from_crs(27700, 4326, always_xy=True)
    longitude, latitude = turn.transform([a.easting for a in addresses], [a.northing for a in addresses])
    return tuple((round(north, 6), round(east, 6)) for north, east in zip(latitude, longitude, strict=True))
