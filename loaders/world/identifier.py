"""Identifiers of the demo world's people and cars: right in form and check character, never issued to anybody."""

from dataclasses import dataclass

from loaders.world.chance import Chance, Weighted
from standards.identifier import cro_check_letter, nhs_check_digit, pnc_check_letter

# Form-valid prefixes that are not in use for people.
_NI_PREFIXES = ("ZX", "ZW", "XZ", "XW")


def pnc_id(serial: int, year: int) -> str:
    """A PNC id `YYYY/NNNNNNND` of the year in which the person came to notice."""
    number = serial % 10_000_000
    return f"{year}/{number:07d}{pnc_check_letter(year, number)}"


def cro_number(serial: int, year: int) -> str:
    """A criminal record office number `NNNNNN/YYD`."""
    number = serial % 1_000_000
    return f"{number:06d}/{year % 100:02d}{cro_check_letter(year, number)}"


def ni_number(chance: Chance, serial: int) -> str:
    """A National Insurance number with a prefix that no person has."""
    return f"{_NI_PREFIXES[serial // 1_000_000 % 4]}{serial % 1_000_000:06d}{chance.among('ABCD')}"


def nhs_number(serial: int) -> str:
    """An NHS number from 999 downwards, the range kept for tests; where the check digit would be 10, the next."""
    number = 999_000_000 - serial // 500_000 * 1_000_000 + serial % 500_000 * 2
    while (digit := nhs_check_digit(str(number))) is None:
        number += 1
    return f"{number}{digit}"


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A vehicle as it is in truth."""

    id: str
    vrm: str
    make: str
    model: str
    colour: str
    year: int


_MODELS = Weighted.of(
    {
        ("FORD", "FIESTA"): 9.0,
        ("FORD", "FOCUS"): 7.0,
        ("FORD", "TRANSIT"): 5.0,
        ("VAUXHALL", "CORSA"): 8.0,
        ("VAUXHALL", "ASTRA"): 6.0,
        ("VOLKSWAGEN", "GOLF"): 7.0,
        ("VOLKSWAGEN", "POLO"): 5.0,
        ("AUDI", "A3"): 4.0,
        ("BMW", "320D"): 4.0,
        ("MERCEDES", "C220"): 4.0,
        ("TOYOTA", "YARIS"): 4.0,
        ("NISSAN", "QASHQAI"): 5.0,
        ("RENAULT", "CLIO"): 4.0,
        ("PEUGEOT", "208"): 4.0,
        ("SKODA", "OCTAVIA"): 3.0,
        ("KIA", "PICANTO"): 3.0,
        ("YAMAHA", "MT-07"): 1.0,
    }
)
_COLOURS = Weighted.ranked("BLACK GREY SILVER WHITE BLUE RED GREEN YELLOW ORANGE".split(), 1.0)
_LATER = "ABCDEFGHJKLMNPRSTVWXY"


def vehicle(chance: Chance, serial: int) -> Vehicle:
    """A vehicle with a registration mark of any form: current, prefix, suffix, dateless or Northern Ireland."""
    make, model = chance.pick(_MODELS)
    form = chance.real()
    if form < 0.93:
        year = 2001 + int(24 * chance.real() ** 0.6)
        age = year % 100 + 50 * chance.hit(0.5)
        mark = f"X{chance.letters(1)}{age:02d}{chance.letters(3)}"
    elif form < 0.96:
        year = 1984 + chance.integer(0, 16)
        mark = f"{_LATER[min(year - 1984, 20)]}{chance.integer(21, 999)}X{chance.letters(2)}"
    elif form < 0.97:
        year = 1964 + chance.integer(0, 18)
        mark = f"X{chance.letters(2)}{chance.integer(1, 999)}{_LATER[year - 1964]}"
    elif form < 0.98:
        year, mark = 1960, f"{chance.integer(1, 9999)} X{chance.letters(1)}"
    else:
        year, mark = 2005 + chance.integer(0, 18), f"{chance.letters(1)}IZ{chance.integer(1, 9999)}"
    return Vehicle(f"V{serial:07d}", mark.replace(" ", ""), make, model, chance.pick(_COLOURS), year)


_AREAS = ("0161496", "0113496", "0114496", "0151496", "0116496", "0117496", "0118496", "0121496", "0131496", "0141496")


def mobile(serial: int) -> str:
    """The serial-th mobile number from 07701 on; Ofcom's drama range holds a thousand, too few for a city."""
    block, number = divmod(serial % 9_000_000, 1_000_000)
    return f"0770{block + 1}{number:06d}"


def drama_mobile(serial: int) -> str:
    """The serial-th number of Ofcom's drama range for mobiles, 07700 900000 to 900999."""
    return f"07700900{serial % 1000:03d}"


def landline(serial: int) -> str:
    """The serial-th landline number: Ofcom's drama ranges (496 0xxx) first; the switchboards are below 1,000."""
    turn, number = divmod(serial, 1000)
    return f"{_AREAS[turn % 10]}{turn // 10 % 10}{number:03d}"
