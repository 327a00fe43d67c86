"""When things are due: groups, clear periods over resolved people, ages, reviews; without a database."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.errors import BadInput
from loaders.retain.due import Event, Person, Standing, Word, standings, years_after
from loaders.retain.policy import load_policy


def day(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


NOW = day("2026-11-28")
THEFT = Event("e_theft", "Crime", "THEFT", day("2015-03-01"))
LATER = Event("e_later", "Crime", "Burglary", day("2022-05-05"))
RAPE = Event("e_rape", "Crime", "Rape", day("2001-01-01"))


def person(id_: str, *parts: tuple[str, str | None], born: str | None = "1980-01-01") -> Person:
    return Person((id_,), (f"r_{id_}",), None if born is None else day(born), day("2026-01-01"), parts)


def stand(events: list[Event], people: list[Person], *words: Word) -> dict[str, Standing]:
    return {each.id: each for each in standings(load_policy(None), NOW, events, people, words)}


def test_a_later_matter_makes_the_older_ones_of_the_same_person_wait() -> None:
    alone = stand([THEFT], [person("p", ("e_theft", "SUSPECT"))])
    again = stand([THEFT, LATER], [person("p", ("e_theft", "SUSPECT"), ("e_later", "OFFENDER"))])

    assert (alone["p"].ready, alone["e_theft"].ready) == (True, True)
    assert (again["p"].ready, again["e_theft"].ready) == (False, False)
    assert again["e_theft"].due == again["p"].due == day("2028-05-05")


def test_a_victim_is_kept_as_long_as_the_matter_and_does_not_lengthen_it() -> None:
    found = stand(
        [THEFT, LATER],
        [person("p", ("e_theft", "SUSPECT")), person("v", ("e_theft", "VICTIM"), ("e_later", "WITNESS"))],
    )

    assert found["e_theft"].ready
    assert not found["v"].ready


def test_public_protection_asks_and_never_goes_before_the_subject_is_a_hundred() -> None:
    asked = (Word("r_p", "DISPOSE", at=NOW), Word("e_rape", "DISPOSE", at=NOW))
    young = stand([RAPE], [person("p", ("e_rape", None))], *asked)
    old = stand([RAPE], [person("p", ("e_rape", None), born="1920-01-01")], *asked)
    unasked = stand([RAPE], [person("p", ("e_rape", None), born="1920-01-01")])

    assert not young["p"].ready
    assert (old["p"].ready, old["e_rape"].ready) == (True, True)
    assert (unasked["p"].ready, unasked["p"].asks) == (False, True)


def test_a_word_that_lets_go_is_about_all_records_of_the_person_and_about_what_was_known_by_then() -> None:
    robbery = Event("e_robbery", "Crime", "Robbery", day("2012-01-01"))
    of_event = Word("e_robbery", "DISPOSE", at=NOW)
    parts = (("e_robbery", "SUSPECT"),)
    merged = Person(("p",), ("r_1", "r_2"), day("1980-01-01"), day("2026-01-01"), parts)
    one, other = (Word(id_, "DISPOSE", at=day("2025-01-01")) for id_ in ("r_1", "r_2"))
    sooner = Word("r_1", "DISPOSE", at=day("2011-12-31"))
    half = stand([robbery], [merged], one, of_event)
    whole = stand([robbery], [merged], one, other, of_event)
    outlived = stand([robbery], [merged], sooner, other, of_event)

    assert (whole["p"].ready, whole["e_robbery"].ready) == (True, True)
    for each in (half, outlived):
        assert (each["p"].ready, each["p"].asks, each["e_robbery"].ready) == (False, True, False)
        assert "1 of 2 records" in each["p"].because


@pytest.mark.parametrize("word", [Word("e_theft", "HOLD"), Word("e_theft", "RETAIN", day("2030-01-01"))])
def test_who_came_to_notice_is_kept_with_the_matter_that_is(word: Word) -> None:
    people = [person("p", ("e_theft", "SUSPECT")), person("q", ("e_other", "SUSPECT"))]
    other = Event("e_other", "Crime", "THEFT", day("2015-03-01"))
    dated = Event("e_theft", "Crime", "THEFT", day("2015-03-01"), review_on=day("2030-01-01"))
    said, given = stand([THEFT, other], people, word), stand([dated, other], people)

    for found in (said, given):
        assert (found["e_theft"].ready, found["p"].ready, found["q"].ready) == (False, False, True)
    assert given["p"].due == day("2030-01-01")


def test_a_restriction_holds_the_person_and_what_they_are_suspected_of() -> None:
    found = stand([THEFT], [person("p", ("e_theft", "SUSPECT"))], Word("r_p", "RESTRICTED"))

    assert (found["p"].held, found["p"].ready, found["e_theft"].ready) == (True, False, False)
    assert "RESTRICTED" in found["p"].because


@pytest.mark.parametrize("word", [Word("r_p", "HOLD"), Word("r_p", "RETAIN", day("2030-01-01"))])
def test_a_hold_and_a_review_keep_the_person_and_what_they_are_suspected_of(word: Word) -> None:
    found = stand([THEFT], [person("p", ("e_theft", "SUSPECT"))], word)

    assert not found["p"].ready
    assert not found["e_theft"].ready


def test_what_a_source_gives_stands_above_the_rules_and_undated_things_never_go() -> None:
    given = Event("e_theft", "Crime", "THEFT", day("2015-03-01"), group=2)
    dated = Event("e_dated", "Crime", "THEFT", day("2015-03-01"), review_on=day("2027-01-01"))
    undated = Event("e_undated", "Crime", "THEFT", None)
    found = stand([given, dated, undated], [])

    assert (found["e_theft"].group, found["e_theft"].asks) == (2, True)
    assert not found["e_dated"].ready
    assert (found["e_undated"].ready, found["e_undated"].due) == (False, None)


def test_years_end_on_the_same_day() -> None:
    assert years_after(day("2020-02-29"), 6) == day("2026-03-01")
    assert years_after(day("2020-02-28"), 6) == day("2026-02-28")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("rules: [{kind: Crimes, group: 3}]", "no kind of event"),
        ("rules: [{kind: Crime, group: 7}]", "no group 7"),
        ("groups: {1: {clear_years: 6, automatic: true}}", "1 to 4 are needed"),
        ("withdrawn_year: 3", "withdrawn_year"),
        ("[", "YAML"),
    ],
)
def test_a_policy_that_is_wrong_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    file = tmp_path / "retention.yaml"
    file.write_text(text)
    with pytest.raises(BadInput, match=complaint):
        load_policy(file)
