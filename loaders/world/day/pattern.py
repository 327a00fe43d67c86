"""What a watch is to find in a day, and what it is not to: seeded, and told with whom to watch and which events it is.

Whom a pattern needs is told of by a marker, when the day begins, so that they can be watched before anything happens.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from loaders.world.calendar import END
from loaders.world.chance import Chance
from loaders.world.day.call import Call
from loaders.world.day.message import HOUR_S, MARKERS, SIGHTINGS, DayGiven, Message, moment
from loaders.world.day.town import Town
from loaders.world.names import Gender
from loaders.world.names_variant import plain
from loaders.world.population import Person

TOGETHER, VULNERABLE, PATHS, REPEATED = 3, 2, 2, 2
_CALLS = 4
# Whom and which cars patterns need; two of those who are together are never near enough.
CAST = TOGETHER + 2 + 2 * VULNERABLE + 3 * PATHS + REPEATED
CARS = TOGETHER + 2
_NEAR_M, _NEAR_S = 450.0, 2_700
_FAR_M, _LATER_S = 1_000.0, 3 * HOUR_S


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody or something to watch: its kind as the API has it, and the identifier that it is found by."""

    kind: str
    identifier: str


@dataclass(frozen=True, slots=True)
class Seeded:
    """A pattern of the day: whom to watch for it, as which pattern of a watch, and what has to fire.

    `events`: references of what an alert names: all in one, for ANYTHING one alert for each. `fires` is false for what
    is no more than like it. `due`: when its last message is sent (epoch).
    """

    name: str
    pattern: str
    subjects: tuple[Subject, ...]
    events: tuple[str, ...]
    due: int
    fires: bool = True

    def as_json(self) -> dict[str, Any]:
        """As a line of the truth says it."""
        return {**asdict(self), "due": moment(self.due)}


class Play:
    """Seeds the patterns of a day: messages that introduce the cast, sightings, and calls for the control room."""

    def __init__(self, town: Town, given: DayGiven, chance: Chance) -> None:
        self._town, self._given, self._chance = town, given, chance
        self._people = iter(enumerate(town.cast, 1))
        self._cars = iter(town.cars)
        self.introduced: list[Message] = []
        self.seen: list[Message] = []
        self.calls: list[Call] = []
        self.seeded: list[Seeded] = []

    def play(self) -> None:
        """Seed all of them."""
        for number in range(1, TOGETHER + 1):
            self._together(f"together-{number}", _NEAR_M, 0.0, _NEAR_S)
        self._together("far-apart", 1e9, _FAR_M, 0, fires=False)
        self._together("long-apart", _NEAR_M, 0.0, -_LATER_S, fires=False)
        for number in range(1, VULNERABLE + 1):
            self._vulnerable(f"vulnerable-{number}")
        for number in range(1, PATHS + 1):
            self._path(f"path-{number}")
        for number in range(1, REPEATED + 1):
            self._repeated(f"repeat-{number}")

    def _at(self) -> int:
        """Some moment of the day, neither at its beginning nor at its end."""
        return self._given.begin + int(self._given.span * (0.06 + 0.8 * self._chance.real()))

    def _place(self) -> int:
        return self._chance.integer(0, len(self._town.city.addresses) - 1)

    def _together(self, name: str, most: float, least: float, apart_s: int, *, fires: bool = True) -> None:
        """A person at an incident and a car read by a camera so far and so long from there."""
        chance, (key, person) = self._chance, self._introduced("WARNING_VIOLENT", "Violent towards officers")
        vrm = next(self._cars).vehicle.vrm
        first, at, place = f"{self._given.name}-{name}-0", self._at(), self._place()
        # A car can be watched once it is known.
        self.introduced.append(self._sighting(first, self._given.begin, self._given.begin - HOUR_S, vrm, self._place()))
        camera = self._town.near(place, most, least, start=self._place())
        seen_at = at + apart_s if apart_s < 0 else max(self._given.begin, at - chance.integer(0, apart_s))
        call = Call(f"{self._given.name}-{name}", at, place, "2", "001", "a man with a knife", suspect=key)
        sighting = f"{self._given.name}-{name}-1"
        self.calls.append(call)
        self.seen.append(self._sighting(sighting, max(self._given.begin + 60, seen_at), seen_at, vrm, camera))
        watched = (person, Subject("VEHICLE", vrm))
        self.seeded.append(Seeded(name, "TOGETHER", watched, (call.ref, sighting), at, fires))

    def _vulnerable(self, name: str) -> None:
        """Somebody who is marked as vulnerable and a suspect at one incident."""
        weak, person = self._introduced("VULNERABLE_ADULT", "Vulnerable adult")
        strong, _ = self._introduced("WARNING_VIOLENT", "Violent towards officers")
        at = self._at()
        call = Call(
            f"{self._given.name}-{name}",
            at,
            self._place(),
            "1",
            "001",
            "a neighbour being threatened",
            suspect=strong,
            victim=weak,
        )
        self.calls.append(call)
        self.seeded.append(Seeded(name, "VULNERABLE", (person,), (call.ref,), at))

    def _path(self, name: str) -> None:
        """Two who are joined by a third, with whom each was at an incident."""
        one, first = self._introduced("BAIL", "Police bail with conditions")
        third, _ = self._introduced("BAIL", "Police bail with conditions")
        two, last = self._introduced("BAIL", "Police bail with conditions")
        times = sorted((self._at(), self._at()))
        refs = []
        for number, (who, at) in enumerate(zip((one, two), times, strict=True), 1):
            ref = f"{self._given.name}-{name}-{number}"
            self.calls.append(Call(ref, at, self._place(), "3", "009", "a quarrel", suspect=who, victim=third))
            refs.append(ref)
        self.seeded.append(Seeded(name, "PATH", (first, last), tuple(refs), times[1]))

    def _repeated(self, name: str) -> None:
        """One telephone that calls again and again."""
        key, person = self._introduced("WARNING_SELF_HARM", "Self harm", with_phone=True)
        del key
        times = sorted(self._at() for _ in range(_CALLS))
        place, refs = self._place(), []
        for number, at in enumerate(times, 1):
            ref = f"{self._given.name}-{name}-{number}"
            self.calls.append(Call(ref, at, place, "2", "020", "that nobody comes", cli=person.identifier))
            refs.append(ref)
        self.seeded.append(Seeded(name, "ANYTHING", (person,), tuple(refs), times[-1]))

    def _introduced(self, code: str, text: str, *, with_phone: bool = False) -> tuple[str, Subject]:
        """The reference of a marker of the next of the cast, and how they, or their telephone, are found."""
        number, person = next(self._people)
        ref = f"{self._given.name}-M{number:02d}"
        phone = f"0770190{self._given.seed % 100:02d}{number:02d}" if with_phone else None
        self.introduced.append(Message(self._given.begin, *MARKERS, self._marker(ref, person, code, text, phone)))
        return ref, Subject("PHONE", f"+44{phone[1:]}") if phone else Subject("PERSON", person.nhs)

    def _marker(self, ref: str, person: Person, code: str, text: str, phone: str | None) -> dict[str, Any]:
        home = self._town.address(person.home(END))
        begin = moment(self._given.begin)
        return {
            "ref": ref,
            "code": code,
            "text": text,
            "from": begin[:10],
            "given_name": plain(person.given),
            "middle_name": plain(person.middle) or None,
            "surname": plain(person.surname),
            "dob": person.born.isoformat(),
            "gender": "Male" if person.gender is Gender.MALE else "Female",
            "phone": phone,
            "address": home.line,
            "postcode": home.postcode,
            "nhs_number": person.nhs,
            "pnc_id": person.pnc or None,
            "updated": begin,
        }

    def _sighting(self, key: str, sent: int, seen: int, vrm: str, place: int) -> Message:
        return sighting(self._town, self._chance, key, sent, seen, vrm, place)


def sighting(town: Town, chance: Chance, key: str, sent: int, seen: int, vrm: str, place: int) -> Message:
    """A car read by a camera at an address."""
    latitude, longitude = town.city.positions[place]
    row = {
        "sighting_id": key, "seen_at": moment(seen), "vrm": vrm, "camera": f"CAM{place % 40 + 1:03d}",
        "direction": chance.among("NESW"), "confidence": round(0.8 + 0.2 * chance.real(), 3), "latitude": latitude,
        "longitude": longitude, "updated": moment(sent),
    }  # fmt: skip
    return Message(sent, *SIGHTINGS, row)


def sightings(town: Town, given: DayGiven, chance: Chance) -> Iterator[Message]:
    """Cars that pass the cameras of the city, three for every two calls."""
    places = chance.sample(range(len(town.city.addresses)), min(40, len(town.city.addresses)))
    for number in range(round(given.calls * 1.5 * given.hours / 24)):
        at = given.begin + int(chance.real() * given.span)
        car = chance.among(town.keepings).vehicle
        yield sighting(town, chance, f"{given.name}-SG{number + 1:06d}", at, at, car.vrm, chance.among(places))
