"""Emergency calls and what becomes of each: opened, assigned, attended, closed, as rows of one incident that change."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from loaders.world.calendar import END
from loaders.world.chance import Chance, Weighted
from loaders.world.day.message import INCIDENTS, UNITS, Message, moment
from loaders.world.day.shift import Roster
from loaders.world.day.town import Town
from loaders.world.noise import Clerk, Quality, spoken
from loaders.world.plan import OFFENCES
from loaders.world.population import Person

_QUALITY = Quality(
    typo=0.045, nickname=0.08, middle=0.03, birth_missing=0.6, phone_missing=0.05, address_missing=0.3, generic=0.03
)
# Of emergency calls: one in four is an emergency.
PRIORITIES = Weighted.of({"1": 25.0, "2": 45.0, "3": 22.0, "4": 8.0})
# Minutes: until a unit is sent, and until it is there, in the mean; seconds at least between two states.
_SENT = {"1": 2.0, "2": 9.0, "3": 35.0, "4": 60.0}
_THERE = {"1": 6.0, "2": 16.0, "3": 35.0, "4": 50.0}
_LEAST_S = 20
_WHAT = (
    "a disturbance, shouting and banging",
    "somebody trying doors of cars",
    "a missing relative",
    "a fight outside",
    "a man acting strangely",
    "a collision",
    "concern for a neighbour",
    "a theft just now",
)


@dataclass(slots=True)
class Call:
    """An emergency call in truth. `units`: how many go; `suspect`, `victim`: references of the markers about them.

    `stays`: minutes at the place in the mean; 0 where nobody is sent, because another incident has it already.
    """

    ref: str
    opened: int
    place: int
    priority: str
    opening: str
    text: str
    caller: Person | None = None
    cli: str = ""
    units: int = 1
    stays: float = 35.0
    suspect: str | None = None
    victim: str | None = None
    main: str | None = None
    fixture: str | None = None
    rows: list[Message] = field(default_factory=list)


class Desk:
    """The control room: writes calls down, sends units, and says what it knows each time that is more."""

    def __init__(self, town: Town, roster: Roster, chance: Chance, corrected: float) -> None:
        self._town, self._roster, self._chance, self._corrected = town, roster, chance, corrected
        self._clerk = Clerk(chance, town.city, _QUALITY)

    def ordinary(self, ref: str, at: int) -> Call:
        """A call about something that happens every day, by somebody: some call again and again."""
        chance, town = self._chance, self._town
        who = None if chance.hit(0.1) else chance.pick(town.often) if chance.hit(0.25) else chance.among(town.callers)
        if who is not None and chance.hit(0.45):
            place = who.home(END)
        else:
            place = chance.pick(town.hot) if chance.hit(0.4) else chance.integer(0, len(town.city.addresses) - 1)
        priority = chance.pick(PRIORITIES)
        opening = chance.among(OFFENCES).opening if chance.hit(0.55) else f"0{chance.integer(10, 39)}"
        line = who.phone(END) if who is not None and chance.hit(0.85) else ""
        units = 1 + (priority == "1" and chance.hit(0.5))
        return Call(ref, at, place, priority, opening, chance.among(_WHAT), who, line, units)

    def live(self, call: Call) -> Iterator[Message]:
        """All messages about a call, each with everything that is known by then."""
        chance = self._chance
        row = self._row(call)
        wrong = chance.hit(self._corrected)
        if wrong:
            # It was taken down as something else at first, which the next message puts right.
            yield self._said(
                call.opened, {**row, "priority": "4" if call.priority != "4" else "3", "lat": None, "lon": None}
            )
            yield self._said(call.opened + chance.integer(30, 240), row)
        else:
            yield self._said(call.opened, row)
        if not call.stays:
            row |= {"closed": moment(call.opened + 600), "closing_code": call.opening, "status": "CLOSED"}
            yield self._said(call.opened + 600, row)
            return
        yield from self._attended(call, row)

    def _attended(self, call: Call, row: dict[str, Any]) -> Iterator[Message]:
        chance = self._chance
        ready = call.opened + _LEAST_S + int(60 * chance.gamma(2, _SENT[call.priority]))
        way = _LEAST_S + int(60 * chance.gamma(3, _THERE[call.priority]))
        stay = 300 + int(60 * chance.gamma(1.5, call.stays))
        crew = [self._roster.take(ready + 60 * more, way + stay) for more in range(call.units)]
        assigned = min(at for _, at in crew)
        arrived, closed = assigned + way, max(at for _, at in crew) + way + stay
        for unit, at in crew:
            sent: dict[str, Any] = {
                "ref": call.ref, "unit": unit.name, "officer_1": unit.collars[0], "officer_2": unit.collars[1],
                "assigned": moment(at), "cleared": None, "updated": moment(at),
            }  # fmt: skip
            yield Message(at, *UNITS, sent)
            free = at + way + stay
            yield Message(free, *UNITS, {**sent, "cleared": moment(free), "updated": moment(free)})
        row |= {"assigned": moment(assigned), "status": "ASSIGNED"}
        yield self._said(assigned, row)
        row |= {"arrived": moment(arrived), "status": "ATTENDED"}
        yield self._said(arrived, row)
        row |= {"closed": moment(closed), "closing_code": call.opening, "status": "CLOSED"}
        yield self._said(closed, row)

    def _said(self, at: int, row: dict[str, Any]) -> Message:
        return Message(at, *INCIDENTS, {**row, "updated": moment(at)})

    def _row(self, call: Call) -> dict[str, Any]:
        place = self._town.address(call.place)
        latitude, longitude = self._town.city.positions[call.place]
        return {
            "ref": call.ref,
            "status": "OPEN",
            "channel": "999",
            "priority": call.priority,
            "opening_code": call.opening,
            "closing_code": None,
            "opened": moment(call.opened),
            "assigned": None,
            "arrived": None,
            "closed": None,
            "address": f"{place.line}, {place.locality}",
            "postcode": place.postcode if self._chance.hit(0.6) else None,
            "lat": latitude,
            "lon": longitude,
            "beat": place.beat,
            **self._caller(call),
            "cli": call.cli or None,
            "suspect": call.suspect,
            "victim": call.victim,
            "main_ref": call.main,
            "fixture": call.fixture,
            "text": f"Caller reports {call.text}, {place.street}.",
        }

    def _caller(self, call: Call) -> dict[str, Any]:
        """The caller as heard; one in eight gives no name."""
        names = ("caller_name", "caller_dob", "caller_phone", "caller_address", "caller_postcode")
        if call.caller is None or self._chance.hit(0.12):
            return dict.fromkeys(names)
        seen = self._clerk.see(call.caller, END)
        told = (
            seen.full, seen.born("{y}-{m:02d}-{d:02d}"), spoken(self._chance, seen.phone), seen.line, seen.postcode
        )  # fmt: skip
        return {name: value or None for name, value in zip(names, told, strict=True)}
