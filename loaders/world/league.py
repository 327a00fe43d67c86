"""What is true of the football of the city: who meets whom and when, how much trouble comes, how many officers go.

The trouble of a match is a Poisson count whose mean is drawn from a gamma around what the crowd, the category, the
kick-off, the competition and the rivalry of the two make of it. Officers follow habit: the number of the last time,
corrected by half of what went wrong then. All of it is invented, so that a forecast can be held against a truth.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from math import exp, log

from loaders.world.calendar import END, START
from loaders.world.chance import Chance

HOME = (("Northmere Athletic", "Harbour Lane", 24000), ("Northmere Rovers", "Mill Park", 9000))
AWAY = (
    "Saltby Town,Ravenport City,Kirkham Vale,Stonebridge United,Oldmoor Albion,Eastwick Wanderers,"
    "Fenby Rangers,Thornwell,Whitmoor County,Larkhill Victoria,Bramstead,Castlebeck"
).split(",")
_CUPS = 4
# Days of the week (Monday is 0) and kick-offs, with how much more trouble they bring than a Saturday at three.
_KICK_OFFS = {(5, 15): 0.0, (5, 12): -0.25, (5, 17): 0.35, (6, 14): -0.1, (1, 19): 0.2}
_USUAL = ((5, 15), (5, 15), (5, 15), (5, 17), (6, 14), (1, 19))
_MINUTES = {12: 30, 15: 0, 17: 30, 14: 0, 19: 45}
_CATEGORY = {"A": 0.0, "B": 0.45, "C": 0.9}
_DERBY = 0.5
# The spread of what the two sides think of each other, and the shape of the gamma: a small one makes surprises.
_RIVALRY, _SHAPE = 0.4, 8.0
_OFFICERS_EACH = 5


@dataclass(frozen=True, slots=True)
class Match:
    """A match: what is known before, and of one that was played what came of it."""

    kick_off: datetime
    home: str
    away: str
    venue: str
    cup: bool
    expected: int
    attendance: int
    category: str
    officers: int
    incidents: int
    arrests: int
    played: bool


def matches(seed: object, people: int, first: int = START, last: int = END) -> list[Match]:
    """All matches at home from one ordinal day to another, in order of time, and of two months more, not yet played."""
    league = _League(Chance(seed, people, "league"))
    return sorted(league.matches(first, last), key=lambda match: (match.kick_off, match.home, match.away))


class _League:
    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        clubs = [name for name, _, _ in HOME]
        self._rivalry = {
            (home, away): chance.normal(0, _RIVALRY) for home in clubs for away in (*clubs, *AWAY) if home != away
        }
        self._before: dict[tuple[str, str], tuple[int, int]] = {}

    def matches(self, first: int, last: int) -> Iterator[Match]:
        """Season by season, so that habits know what was before."""
        for year in range(date.fromordinal(first).year - 1, date.fromordinal(last).year + 1):
            season = [each for home in HOME for each in self._season(year, *home)]
            for moment, home, away, venue, capacity, cup in sorted(season):
                day = moment.toordinal()
                if first <= day <= last + 62:
                    yield self._match(moment, home, away, venue, capacity, cup, played=day <= last)

    def _season(
        self, year: int, home: str, venue: str, capacity: int
    ) -> list[tuple[datetime, str, str, str, int, bool]]:
        """Everybody once in the league and some in the cup, August to May, one a week at most."""
        chance = self._chance
        others = [*AWAY, *(name for name, _, _ in HOME if name != home)]
        meetings = [(away, False) for away in others] + [(away, True) for away in chance.sample(others, _CUPS)]
        chance.shuffle(meetings)
        # Saturday is 6 of an ordinal day modulo 7; the two clubs are at home in turn.
        start = date(year, 8, 1).toordinal()
        saturday = start + (6 - start) % 7 + (7 if home == HOME[1][0] else 0)
        made = []
        for week, (away, cup) in enumerate(meetings):
            weekday, hour = chance.among(_USUAL)
            if self._derby(away) and chance.hit(0.7):
                weekday, hour = 5, 12
            day = date.fromordinal(saturday + 14 * week + (weekday - 5))
            moment = datetime(day.year, day.month, day.day, hour, _MINUTES[hour])
            made.append((moment, home, away, venue, capacity, cup))
        return made

    def _derby(self, away: str) -> bool:
        return any(away == name for name, _, _ in HOME)

    def _match(
        self, moment: datetime, home: str, away: str, venue: str, capacity: int, cup: bool, *, played: bool
    ) -> Match:
        chance, derby = self._chance, self._derby(away)
        rivalry = self._rivalry[home, away]
        crowd = int(capacity * min(1.0, 0.5 + 0.35 * chance.real() + 0.2 * derby - 0.1 * cup))
        feared = rivalry + _DERBY * derby + chance.normal(0, 0.3)
        category = "C" if derby or feared > 0.55 else "B" if feared > 0.05 else "A"
        made = 1.3 + 0.75 * log(crowd / 10_000) + _CATEGORY[category] + _DERBY * derby + rivalry
        made += _KICK_OFFS[moment.weekday(), moment.hour] + 0.15 * cup
        incidents = chance.poisson(chance.gamma(_SHAPE, exp(made)))
        officers = self._officers(home, away, crowd, category)
        self._before[home, away] = officers, incidents
        arrests = sum(chance.hit(0.35) for _ in range(incidents))
        expected = 100 * round(crowd * (1 + chance.normal(0, 0.05)) / 100)
        return Match(moment, home, away, venue, cup, expected, crowd, category, officers, incidents, arrests, played)

    def _officers(self, home: str, away: str, crowd: int, category: str) -> int:
        """By the crowd and the category the first time; then what it was, moved halfway to what would have done."""
        chance = self._chance
        if (home, away) in self._before:
            officers, incidents = self._before[home, away]
            usual = officers + 0.5 * (_OFFICERS_EACH * incidents - officers)
        else:
            usual = crowd / 400 * {"A": 0.6, "B": 1.1, "C": 2.0}[category] + 8
        return max(8, round(usual * (1 + chance.normal(0, 0.1))))
