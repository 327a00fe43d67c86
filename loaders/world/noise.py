"""How a clerk of one silo writes a person down: what is left out, misheard, mistyped, out of date or untrue."""

from dataclasses import dataclass

from loaders.world.calendar import START
from loaders.world.chance import Chance, Weighted
from loaders.world.geography import CITY, City
from loaders.world.names import Community
from loaders.world.names_variant import NICKNAMES, SPELLINGS, plain
from loaders.world.population import Person

Birth = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Quality:
    """The habits of a silo as probabilities (0..1)."""

    typo: float = 0.03
    spelling: float = 0.12
    nickname: float = 0.04
    swapped: float = 0.008
    initial: float = 0.004
    middle: float = 0.4
    maiden: float = 0.03
    alias: float = 0.0
    stale: float = 0.03
    birth_missing: float = 0.1
    birth_wrong: float = 0.025
    phone_missing: float = 0.2
    address_missing: float = 0.08
    postcode_missing: float = 0.08
    generic: float = 0.015
    malformed: float = 0.003
    accents: float = 0.0


@dataclass(slots=True)
class Seen:
    """A person as written down once. `birth` is (year, month, day) and may be no date; empty text is missing."""

    given: str
    middle: str
    surname: str
    birth: Birth | None
    phone: str
    address: str
    line: str
    postcode: str

    @property
    def forenames(self) -> str:
        """Given and middle names in one cell."""
        return f"{self.given} {self.middle}" if self.middle else self.given

    @property
    def surname_first(self) -> str:
        """`SURNAME, Forenames`."""
        return f"{self.surname.upper()}, {self.forenames}"

    @property
    def full(self) -> str:
        """Forenames and surname in speaking order."""
        return f"{self.forenames} {self.surname}"

    def born(self, form: str) -> str:
        """The date of birth in a format of named fields (y, m, d, yy), or nothing."""
        if self.birth is None:
            return ""
        year, month, day = self.birth
        return form.format(y=year, m=month, d=day, yy=year % 100)


_NEAR = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wertyuioposdfghjklkxcvbnmn", strict=True))
_SWITCHBOARDS = tuple(f"016149600{number:02d}" for number in (10, 20, 30, 40, 50, 60, 70, 80))
_SWITCHBOARD = Weighted.ranked(_SWITCHBOARDS, 1.0)
_GENERIC_PLACES = Weighted.of(
    {
        ("No fixed abode", ""): 5.0,
        (f"Northmere General Hospital, Infirmary Road, {CITY}", "ZX1 1NH"): 3.0,
        (f"Harbour House Hostel, 2 Quay Street, {CITY}", "ZX2 1HH"): 4.0,
        (f"Central Police Station, 1 Gate Street, {CITY}", "ZX1 1PS"): 1.5,
        (f"The Foyer, 14 Station Road, {CITY}", "ZX3 1FY"): 2.0,
    }
)
_BAD_PHONES = ("UNKNOWN", "07700", "+48 512 345 678", "00000000000", "0161 496")
_BAD_POSTCODES = ("ZX1", "QZ99 1II", "UNKNOWN", "ZX11 1", "12345")


def mistype(chance: Chance, text: str) -> str:
    """The text with one slip of the fingers: a letter changed, lost, doubled or swapped with the next."""
    if len(text) < 3:
        return text
    at = chance.integer(1, len(text) - 2)
    slip = chance.real()
    if slip < 0.35:
        return text[:at] + _NEAR.get(text[at].lower(), "e") + text[at + 1 :]
    if slip < 0.6:
        return text[:at] + text[at + 1 :]
    if slip < 0.75:
        return text[:at] + text[at] + text[at:]
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def misdate(chance: Chance, birth: Birth) -> Birth:
    """The date with a usual error: day and month swapped, a digit wrong, the first of January, or no day at all."""
    year, month, day = birth
    kind = chance.real()
    if kind < 0.3 and day <= 12 and day != month:
        return year, day, month
    if kind < 0.6:
        return year, month, day + 1 if day < 28 and day % 10 != 9 else day - 1
    if kind < 0.8:
        return year + chance.among((-10, -1, 1)), month, min(day, 28)
    if kind < 0.92:
        return year, month % 12 + 1, min(day, 28)
    return (year, 1, 1) if kind < 0.97 else (year, 2, 31)


class Clerk:
    """Writes people down with the habits of one silo."""

    def __init__(self, chance: Chance, city: City, quality: Quality) -> None:
        self.chance, self.city, self.quality = chance, city, quality

    def see(self, person: Person, day: int) -> Seen:
        """The person as this silo has it on this day."""
        chance, quality = self.chance, self.quality
        given, surname = self._name(person)
        middle = ""
        if person.middle and chance.hit(quality.middle):
            middle = person.middle if chance.hit(0.7) else person.middle[0]
        birth = None
        if not chance.hit(quality.birth_missing):
            birth = (person.born.year, person.born.month, person.born.day)
            if chance.hit(quality.birth_wrong):
                birth = misdate(chance, birth)
        address, line, postcode = self._address(person, day)
        return Seen(
            plain(given), plain(middle), plain(surname), birth, self._phone(person, day), address, line, postcode
        )

    def _name(self, person: Person) -> tuple[str, str]:
        chance, quality = self.chance, self.quality
        given, surname = person.given, person.surname
        if person.maiden and chance.hit(quality.maiden):
            surname = person.maiden
        if person.alias[0] and chance.hit(quality.alias):
            given, surname = person.alias
        spelling = quality.spelling * (0.15 if person.community is Community.BRITISH else 1.0)
        if chance.hit(quality.nickname) and (short := NICKNAMES.get(given.lower())):
            given = chance.among(short).capitalize()
        given, surname = self._spelt(given, spelling), self._spelt(surname, spelling)
        if chance.hit(quality.typo):
            given, surname = (mistype(chance, given), surname) if chance.hit(0.5) else (given, mistype(chance, surname))
        if "-" in surname and chance.hit(0.25):
            surname = surname.replace("-", " ") if chance.hit(0.6) else chance.among(surname.split("-"))
        if chance.hit(quality.initial):
            given = given[0]
        if chance.hit(quality.swapped * (8 if person.community is Community.CHINESE else 1)):
            given, surname = surname, given
        return given, surname

    def _spelt(self, name: str, likely: float) -> str:
        if self.chance.hit(likely) and (others := SPELLINGS.get(name.lower())):
            return self.chance.among(others).title()
        return name

    def _phone(self, person: Person, day: int) -> str:
        chance, quality = self.chance, self.quality
        if chance.hit(quality.generic):
            return chance.pick(_SWITCHBOARD)
        if not person.phones or chance.hit(quality.phone_missing):
            return ""
        if chance.hit(quality.malformed):
            return chance.among(_BAD_PHONES)
        return person.phone(START if chance.hit(quality.stale) else day)

    def _address(self, person: Person, day: int) -> tuple[str, str, str]:
        chance, quality = self.chance, self.quality
        if chance.hit(quality.generic):
            text, postcode = chance.pick(_GENERIC_PLACES)
            return text, text, postcode
        if chance.hit(quality.address_missing):
            return "", "", ""
        at = self.city.addresses[person.home(START if chance.hit(quality.stale) else day)]
        if chance.hit(quality.postcode_missing):
            return at.full, at.line, ""
        if chance.hit(quality.malformed):
            return at.full, at.line, chance.among(_BAD_POSTCODES)
        line = mistype(chance, at.line) if chance.hit(quality.typo) else at.line
        return at.full, line, at.postcode


def spoken(chance: Chance, phone: str) -> str:
    """A phone number in one of the ways people write it; other text unchanged."""
    if not phone.startswith("0") or len(phone) != 11:
        return phone
    way = chance.real()
    if way < 0.5:
        return phone
    if way < 0.75:
        return f"{phone[:5]} {phone[5:]}"
    if way < 0.9:
        return f"+44{phone[1:]}"
    return f"+44 (0){phone[1:5]} {phone[5:8]} {phone[8:]}"
