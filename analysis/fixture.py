"""Policed events as a model sees them: what is known of each before it begins."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.count_model import Case, CountModel
from analysis.london import local

_YEAR_S = 365.25 * 86_400
# What a year between two events takes from their likeness: what is long ago says less.
_A_YEAR_APART = 0.1


@dataclass(frozen=True, slots=True)
class Fixture:
    """An event: when it begins (epoch), its category, sides, competition and place, how many are expected or came."""

    at: int
    category: str | None = None
    home: str | None = None
    away: str | None = None
    competition: str | None = None
    place: str | None = None
    attendance: int | None = None

    @property
    def pair(self) -> str | None:
        """Who meets whom where; None where either is not known."""
        return f"{self.home} - {self.away}" if self.home and self.away else None

    @property
    def slot(self) -> str:
        """The day of the week and the hour in London: `Saturday 15`."""
        return f"{local(self.at):%A %H}"

    def case(self, usual: float) -> Case:
        """As a case of the model; `usual`: the attendance that is taken where none is known."""
        crowd = math.log(max(self.attendance or usual, 1))
        factors = {
            "category": self.category,
            "kick-off": self.slot,
            "away side": self.away,
            "rivalry": self.pair,
            "competition": self.competition,
            "place": self.place,
        }
        return Case({"attendance": crowd, "time": self.at / _YEAR_S}, factors)


@dataclass(frozen=True, slots=True)
class Past:
    """An event that was: its id, what was known of it before, and the officers and incidents."""

    id: str
    fixture: Fixture
    officers: int
    incidents: int


def past(row: Mapping[str, Any]) -> Past:
    """A row of `demand/events`; those expected are known before, those who came only after."""
    attendance = row["expected"] if row["expected"] is not None else row["attendance"]
    fixture = Fixture(
        row["at"], row["category"], row["home"], row["away"], row["competition"], row["place"], attendance
    )
    return Past(row["id"], fixture, row["officers"], row["incidents"])


class Experience:
    """What was learnt from past events; with it an event is held against each of them."""

    def __init__(self, events: Sequence[Past]) -> None:
        self.events = events
        crowds = [each.fixture.attendance for each in events if each.fixture.attendance]
        self.usual = float(statistics.median(crowds)) if crowds else 1.0
        cases = [each.fixture.case(self.usual) for each in events]
        self.model = CountModel(cases, [each.incidents for each in events])

    def usual_at(self, place: str | None) -> float:
        """The attendance that is usual at a place, else anywhere."""
        crowds = [e.fixture.attendance for e in self.events if e.fixture.place == place and e.fixture.attendance]
        return float(statistics.median(crowds)) if place and crowds else self.usual

    def case(self, fixture: Fixture) -> Case:
        """An event as a case."""
        return fixture.case(self.usual_at(fixture.place))

    def like(self, fixture: Fixture) -> list[tuple[float, Past]]:
        """Past events by similarity (0..1), then newest, then by id: how alike the model sees them, how long ago."""
        case = self.case(fixture)
        found = []
        for each in self.events:
            other = each.fixture.case(self.usual)
            far = self.model.apart(_timeless(case), _timeless(other))
            years = abs(fixture.at - each.fixture.at) / _YEAR_S
            found.append((round(math.exp(-far - _A_YEAR_APART * years), 6), each))
        return sorted(found, key=lambda pair: (-pair[0], -pair[1].fixture.at, pair[1].id))


def _timeless(case: Case) -> Case:
    return Case({**case.measures, "time": 0.0}, case.factors)
