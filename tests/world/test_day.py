"""A day of the demo world: the same for a seed, as large as it says, with its hours, late and doubled messages."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.mapping import load_mappings
from loaders.world.day import Day, DayGiven, day_of, moment, write_mappings

# Saturday 28 November 2026, 06:00 in the city.
BEGIN = 1_795_845_600
GIVEN = DayGiven(2_000, 7, BEGIN)


@pytest.fixture(scope="module")
def day() -> Day:
    return day_of(GIVEN)


def last_said(day: Day, file: str) -> dict[tuple[str, ...], dict[str, object]]:
    """The last word on each row of a file, by what it says of its own time."""
    rows: dict[tuple[str, ...], dict[str, object]] = {}
    for message in day.messages:
        if message.file == file:
            known = rows.get(message.key)
            if known is None or str(known["updated"]) <= message.row["updated"]:
                rows[message.key] = dict(message.row)
    return rows


def test_a_seed_gives_a_day(day: Day) -> None:
    assert day_of(GIVEN) == day
    other = day_of(DayGiven(2_000, 8, BEGIN))
    assert other.messages != day.messages


def test_it_is_a_day_of_a_force(day: Day) -> None:
    incidents = last_said(day, "live/incidents.ndjson")
    assert 2_000 <= len(incidents) <= 2_200
    hours = Counter(str(row["opened"])[11:13] for row in incidents.values())
    assert hours["17"] + hours["18"] + hours["19"] > 3 * (hours["04"] + hours["05"] + hours["06"])
    closed = sum(row["status"] == "CLOSED" for row in incidents.values())
    assert closed > 0.85 * len(incidents)
    reports = [row for row in incidents.values() if str(row["main_ref"]).endswith("MAJOR")]
    assert len(reports) > 50
    (match,) = last_said(day, "live/fixtures.ndjson").values()
    assert (match["kick_off"], match["status"], match["officers"]) == ("2026-11-28T15:00:00Z", "OVER", 330)
    assert [each.at for each in day.messages] == sorted(each.at for each in day.messages)


def test_units_do_one_thing_at_a_time(day: Day) -> None:
    """A unit is at one incident at a time, and every response ends after it began."""
    busy: dict[object, list[tuple[str, str]]] = {}
    for row in last_said(day, "live/units.ndjson").values():
        if row["cleared"] is not None:
            busy.setdefault(row["unit"], []).append((str(row["assigned"]), str(row["cleared"])))
    assert len(busy) > 400
    for spans in busy.values():
        ordered = sorted(spans)
        assert all(begin <= end for begin, end in ordered)
        assert all(end <= begin for (_, end), (begin, _) in zip(ordered, ordered[1:], strict=False))


def test_states_follow_one_another(day: Day) -> None:
    for row in last_said(day, "live/incidents.ndjson").values():
        times = [str(row[name]) for name in ("opened", "assigned", "arrived", "closed") if row[name] is not None]
        assert times == sorted(times)


def test_disorder_is_as_asked() -> None:
    calm = day_of(DayGiven(2_000, 7, BEGIN, late=0, duplicate=0, corrected=0))
    sent = Counter((each.key, str(each.row["updated"])) for each in calm.messages)
    assert set(sent.values()) == {1}
    assert all(moment(each.at) == each.row["updated"] for each in calm.messages)
    wild = day_of(GIVEN)
    late = sum(moment(each.at) > each.row["updated"] for each in wild.messages)
    twice = sum(count - 1 for count in Counter((each.key, str(each.row["updated"])) for each in wild.messages).values())
    assert 0.04 < late / len(wild.messages) < 0.1
    assert 0.015 < twice / len(wild.messages) < 0.025


def test_patterns_come_whole_before_the_end(day: Day) -> None:
    assert {each.pattern for each in day.seeded} == {"TOGETHER", "VULNERABLE", "PATH", "ANYTHING"}
    sent = {str(each.row.get("ref") or each.row.get("sighting_id")) for each in (*day.prelude, *day.messages)}
    assert sent.issuperset(name for each in day.seeded for name in each.events)
    assert all(GIVEN.begin < each.due < GIVEN.end for each in day.seeded)


def test_its_mappings_pass_the_check_without_a_warning(tmp_path: Path) -> None:
    write_mappings(tmp_path)
    sources = load_mappings(sorted(tmp_path.glob("*.yaml")), ["OFFICIAL"])
    assert {source.source: source.warnings for source in sources if source.warnings} == {}
    assert {entry.path for source in sources for entry in source.files} >= {"live/incidents.ndjson"}


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 2_000_000_000), st.floats(0.1, 30), st.integers(24, 200))
def test_any_day_can_be_played(begin: int, hours: float, calls: int) -> None:
    """At any moment, of the days on which the clocks are changed too."""
    day = day_of(DayGiven(300, 3, begin, hours, calls, 200))
    assert all(begin < each.at < day.given.end for each in day.messages)
    assert {each.at for each in day.prelude} == {begin}
    assert day.after(hours / 2) == tuple(each for each in day.messages if each.at >= begin + round(hours * 1_800))
