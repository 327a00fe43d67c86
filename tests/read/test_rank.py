"""Ranking by an entity's own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.answer import EntityView
from graph.read.asked import understand
from graph.read.rank import FLOOR, Ranking, value_score

PERSON = EntityView(
    "e_" + "a" * 20,
    "Person",
    0,
    "",
    {"given_name": "William", "surname": "Smith", "alias": ["Spike"], "pnc_id": ["2012/0123456X"]},
)
VEHICLE = EntityView("e_" + "b" * 20, "Vehicle", 0, "AB12CDE", {"vrm": "AB12CDE", "make": "FORD"})


def value(text: str, view: EntityView = PERSON, *, fuzzy: bool = True) -> float:
    return Ranking(understand(text, fuzzy=fuzzy)).score(view)[0]


def test_whole_names_are_one_in_either_order() -> None:
    assert value("William Smith") == value("SMITH, William") == 1.0


def test_better_answers_score_higher() -> None:
    falling = [value(text) for text in ("william smith", "bill smith", "wiliam smyth", "gwendolyn smith")]
    assert falling == sorted(falling, reverse=True)
    assert falling[2] > FLOOR > falling[-1]


def test_without_fuzzy_only_beginnings_pass() -> None:
    assert value("bill smith", fuzzy=False) < value("will smith", fuzzy=False)
    assert value("smyth", fuzzy=False) < FLOOR


@pytest.mark.parametrize("text", ["AB12CDE", "ab12 cde", "AB-12-CDE"])
def test_marks_match_however_typed(text: str) -> None:
    assert Ranking(understand(text)).score(VEHICLE) == (1.0, (("vrm", "AB12CDE"),))


def test_matched_names_the_fields_of_graphql() -> None:
    assert Ranking(understand("spike")).score(PERSON)[1] == (("aliases", "Spike"),)
    assert set(Ranking(understand("bill smith")).score(PERSON)[1]) == {("givenName", "William"), ("surname", "Smith")}
    assert Ranking(understand("2012 0123456X")).score(PERSON)[1] == (("pncId", "2012/0123456X"),)


def test_a_value_scores_by_its_typed_share() -> None:
    assert value_score("+447700900123", "+447700900123") == 1.0
    assert 0.6 < value_score("+4477", "+447700900123") < value_score("+447700900", "+447700900123") < 1.0


@pytest.mark.parametrize("text", ["william smith", "wiliam smiht", "Smith 2012/0123456X", "ab12 cde"])
def test_what_was_ranked_before_changes_no_score(text: str) -> None:
    officer = EntityView("e_" + "c" * 20, "Officer", 0, "", {"given_name": "Wiliam", "surname": "Smith"})
    firm = EntityView("e_" + "d" * 20, "Organisation", 0, "", {"name": "Smith William"})
    views = [PERSON, firm, officer, VEHICLE, firm, PERSON]
    ranking = Ranking(understand(text))
    assert [ranking.score(view) for view in views] == [Ranking(understand(text)).score(view) for view in views]


@given(st.text(min_size=1, max_size=40).filter(lambda text: any(c.isascii() and c.isalnum() for c in text)))
def test_scores_are_between_zero_and_one(text: str) -> None:
    assert 0.0 <= value(text) <= 1.0
