"""The football of the city: who meets whom, what is known before, and that trouble follows what it is drawn from."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from statistics import fmean

from loaders.world import WorldSummary
from loaders.world.calendar import END
from loaders.world.league import matches


def test_the_same_seed_plays_the_same_matches() -> None:
    assert matches(3, 300) == matches(3, 300)
    assert matches(3, 300) != matches(4, 300)


def test_everybody_comes_once_a_season_in_the_league() -> None:
    season = [
        match
        for match in matches(1, 300)
        if date(2023, 8, 1) <= match.kick_off.date() < date(2024, 8, 1) and not match.cup
    ]
    assert set(Counter((match.home, match.away) for match in season).values()) == {1}
    assert len(season) == 26


def test_two_matches_of_one_club_are_days_apart() -> None:
    for home in ("Northmere Athletic", "Northmere Rovers"):
        days = [match.kick_off.toordinal() for match in matches(1, 300) if match.home == home]
        assert min(b - a for a, b in zip(days, days[1:], strict=False)) >= 8


def test_trouble_follows_the_category_and_the_crowd() -> None:
    played = [match for seed in range(10) for match in matches(seed, 300)]
    by = {each: fmean(match.incidents for match in played if match.category == each) for each in "ABC"}
    assert by["A"] < by["B"] < by["C"]
    large = fmean(match.incidents for match in played if match.attendance > 12_000)
    assert large > fmean(match.incidents for match in played if match.attendance < 8_000)


def test_what_is_to_come_has_neither_officers_nor_incidents(town: WorldSummary) -> None:
    with (town.out / "data" / "football" / "fixtures.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["Updated"] == f"{date.fromordinal(END):%d/%m/%Y}"]
    coming = [row for row in rows if not row["Incidents"]]
    assert coming
    assert not any(row["Officers deployed"] or row["Attendance"] for row in coming)
    assert all(row["Expected"] for row in coming)
