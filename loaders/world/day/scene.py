"""What makes a day larger than others: a match with its public-order load, a major incident that everybody reports."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from loaders.world.calendar import END
from loaders.world.chance import Chance
from loaders.world.day.call import Call
from loaders.world.day.message import FIXTURES, HOUR_S, DayGiven, Message, local, moment
from loaders.world.day.town import Town
from loaders.world.league import AWAY, HOME

# Officers of a police support unit; how many units a match of a force of 8,000 has, and how often there is trouble.
_PSU = 22
_PSUS = 15
_TROUBLE = 14
# The major incident: units that go, and calls about it.
_UNITS = 24
_REPORTS = 60
_REPORTED_S = 1_800


@dataclass(frozen=True, slots=True)
class Match:
    """A match of the day: its reference, kick-off (epoch), ground (index of an address) and officers."""

    ref: str
    kick_off: int
    ground: int
    officers: int


def match_of(town: Town, given: DayGiven, chance: Chance) -> Match:
    """The match: at three, in the evening on working days; where the day has no such hour, two fifths into it."""
    kick_off = given.begin + given.span * 2 // 5
    for hours in range(int(given.hours) + 1):
        there = local(given.begin + hours * HOUR_S).replace(minute=0, second=0)
        hour, minute = (15, 0) if there.weekday() >= 5 else (19, 45)
        at = int(there.replace(minute=minute).timestamp())
        if there.hour == hour and given.begin + HOUR_S <= at <= given.end - 3 * HOUR_S:
            kick_off = at
    officers = max(_PSU, round(_PSUS * given.officers / 8_000) * _PSU)
    return Match(f"{given.name}-MATCH", kick_off, chance.integer(0, len(town.city.addresses) - 1), officers)


def fixture(town: Town, given: DayGiven, match: Match, chance: Chance) -> Iterator[Message]:
    """What is said of the match: before, when it begins, and after."""
    home, venue, crowd = HOME[0]
    latitude, longitude = town.city.positions[match.ground]
    row: dict[str, Any] = {
        "fixture": match.ref, "status": "PLANNED", "category": "C", "kick_off": moment(match.kick_off), "home": home,
        "away": chance.among(AWAY), "competition": "League", "venue": venue, "expected": int(crowd * 0.9),
        "attendance": None, "officers": match.officers, "incidents": None, "arrests": None, "lat": latitude,
        "lon": longitude,
    }  # fmt: skip
    yield Message(given.begin, *FIXTURES, {**row, "updated": moment(given.begin)})
    row |= {"status": "ON", "attendance": int(crowd * (0.8 + 0.2 * chance.real()))}
    yield Message(match.kick_off, *FIXTURES, {**row, "updated": moment(match.kick_off)})
    over = match.kick_off + 2 * HOUR_S
    row |= {"status": "OVER", "incidents": _trouble(given), "arrests": chance.integer(1, 9)}
    yield Message(over, *FIXTURES, {**row, "updated": moment(over)})


def _trouble(given: DayGiven) -> int:
    return max(2, round(_TROUBLE * given.calls / 2_000))


def trouble(town: Town, given: DayGiven, match: Match, chance: Chance) -> Iterator[Call]:
    """Calls about disorder around the ground, from two hours before the match to three after it began."""
    for number in range(_trouble(given)):
        at = match.kick_off + int(chance.normal(0.5, 1.2) * HOUR_S)
        at = max(given.begin + 60, match.kick_off - 2 * HOUR_S, min(at, match.kick_off + 3 * HOUR_S, given.end - 60))
        place = (match.ground + chance.integer(0, 60)) % len(town.city.addresses)
        who = chance.among(town.callers)
        text = "fighting between groups of football supporters"
        yield Call(f"{match.ref}-F{number + 1:02d}", at, place, "1", "009", text, who, units=2, fixture=match.ref)


def major(town: Town, given: DayGiven, chance: Chance) -> Iterator[Call]:
    """A building on fire: one incident with many units, and the calls of all who see it, which go with that one."""
    at = given.begin + int(given.span * (0.55 + 0.15 * chance.real()))
    place = chance.integer(0, len(town.city.addresses) - 1)
    share = given.calls / 2_000
    main = f"{given.name}-MAJOR"
    text = "a building on fire, people inside"
    yield Call(
        main, at, place, "1", "016", text, chance.among(town.callers), units=max(3, round(_UNITS * share)), stays=150
    )
    for number in range(max(4, round(_REPORTS * share))):
        after = int(_REPORTED_S * chance.real() ** 2)
        who = chance.among(town.callers)
        near = (place + chance.integer(0, 40)) % len(town.city.addresses)
        line = who.phone(END)
        yield Call(f"{main}-{number + 1:03d}", at + 1 + after, near, "1", "016", text, who, line, stays=0, main=main)
