"""Units on duty: who goes out when, and which unit is free for a call."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from heapq import heapify, heappop, heappush
from itertools import pairwise

from loaders.world.chance import Chance, Weighted
from loaders.world.day.message import DUTY, HOUR_S, DayGiven, Message, local, moment
from loaders.world.day.town import Town
from loaders.world.names import COMMUNITIES, Gender, given_name, surname_pair
from loaders.world.names_variant import plain

# Local hours at which shifts begin; the share of the force that answers calls on one of them, two in a unit.
_SHIFTS = (7, 15, 23)
_RESPONDING = 0.06
_RANKS = Weighted.of({"Constable": 85.0, "Sergeant": 12.0, "Inspector": 3.0})
_FIRST_COLLAR = 1_001
# Those who come on duty are told of over some minutes.
_PARADE_S = 900


@dataclass(frozen=True, slots=True)
class Unit:
    """Two officers on duty from one moment to another (epoch)."""

    name: str
    collars: tuple[str, str]
    on: int
    off: int


class Roster:
    """The units of each shift that touches the day."""

    def __init__(self, town: Town, given: DayGiven) -> None:
        self._town, self._given = town, given
        self._chance = Chance(given.seed, given.people, "day", "roster")
        self.shifts: list[list[Unit]] = []
        self._free: list[list[tuple[int, int]]] = []
        each = max(2, round(given.officers * _RESPONDING / 2))
        for begin, end in _times(given):
            number = _SHIFTS.index(local(begin).hour)
            units = [self._unit(number, place, each, begin, end) for place in range(each)]
            self.shifts.append(units)
            order = [(begin, place) for place in range(each)]
            heapify(order)
            self._free.append(order)

    def _unit(self, shift: int, place: int, each: int, begin: int, end: int) -> Unit:
        first = _FIRST_COLLAR + (shift * each + place) * 2
        return Unit(f"{'ELN'[shift]}{place + 1:03d}", (str(first), str(first + 1)), begin, end)

    def take(self, at: int, busy_s: int) -> tuple[Unit, int]:
        """The unit that is free first for a call that waits since `at`, for so long; and when it is (epoch)."""
        for units, free in zip(self.shifts, self._free, strict=True):
            if units[0].off > at and free[0][0] < units[0].off:
                ready, place = heappop(free)
                begun = max(at, ready)
                heappush(free, (begun + busy_s, place))
                return units[place], begun
        return self.shifts[-1][0], at

    def parades(self) -> Iterator[Message]:
        """A message for every officer who goes on duty; those who are on when the day begins, at its beginning."""
        named: dict[str, dict[str, str]] = {}
        lpus = [area.code for area in self._town.city.areas if area.type == "LPU"]
        for units in self.shifts:
            for place, unit in enumerate(units):
                after = place * _PARADE_S // len(units)
                at = max(self._given.begin, unit.on - _PARADE_S + after)
                for collar in unit.collars:
                    known = named.setdefault(collar, self._officer(collar))
                    team = f"{lpus[place % len(lpus)]} {unit.name}"
                    row = {"collar": collar, **known, "unit": team, "updated": moment(at)}
                    yield Message(at, *DUTY, row)

    def _officer(self, collar: str) -> dict[str, str]:
        """Who that is: an officer of the register where it has them."""
        known = int(collar) - _FIRST_COLLAR
        if known < len(self._town.officers):
            officer = self._town.officers[known]
            return {"rank": officer.rank, "given_name": officer.given, "surname": officer.surname}
        chance = self._chance
        community, gender = chance.pick(COMMUNITIES), chance.among(tuple(Gender))
        given = given_name(chance, community, gender, chance.integer(1965, 2003))
        surname = surname_pair(chance, community)[gender is Gender.FEMALE]
        return {"rank": chance.pick(_RANKS), "given_name": plain(given), "surname": plain(surname)}


def _times(given: DayGiven) -> Iterator[tuple[int, int]]:
    """When each shift that touches the day begins and ends; one that the clocks are changed in is longer or shorter."""
    first = local(given.begin - 10 * HOUR_S).replace(minute=0, second=0, microsecond=0)
    begins: list[int] = []
    for hours in range(int(given.hours) + 36):
        # Counted on the clock on the wall: the hour that it has twice begins no shift.
        there = first.replace(tzinfo=None) + timedelta(hours=hours)
        if there.hour in _SHIFTS:
            begins.append(int(there.replace(tzinfo=first.tzinfo).timestamp()))
    for begin, end in pairwise(begins):
        if end > given.begin and begin < given.end + HOUR_S:
            yield begin, end
