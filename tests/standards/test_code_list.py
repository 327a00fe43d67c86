"""Code lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.code_list import (
    OUTCOMES,
    SELF_DEFINED_ETHNICITY,
    Grade,
    check_gender,
    check_observed_ethnicity,
    check_self_defined_ethnicity,
    parse_grade,
    parse_outcome,
)


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("M", "Male"),
        ("female", "Female"),
        ("2", "Female"),
        ("Non-Binary", "Non-Binary"),
        ("U", "Not Known"),
        ("trans-man", "Trans Male"),
    ],
)
def test_gender(text: str, gender: str) -> None:
    assert check_gender(text).value == gender


def test_self_defined_ethnicity_by_code_and_text() -> None:
    for code, text in SELF_DEFINED_ETHNICITY.items():
        assert check_self_defined_ethnicity(text).value == code
        assert check_self_defined_ethnicity(code.lower()).value == code
    assert not check_self_defined_ethnicity("White").valid


def test_observed_ethnicity() -> None:
    assert check_observed_ethnicity("IC4").value == "4"
    assert check_observed_ethnicity("Black").value == "3"
    assert not check_observed_ethnicity("White").valid
    assert not check_observed_ethnicity("IC8").valid


def test_every_outcome_code_is_itself() -> None:
    for code in OUTCOMES:
        outcome = parse_outcome(f"Outcome {code.lower()}")
        assert outcome is not None
        assert outcome.codes == (code,)


def test_unable_to_prosecute_stays_ambiguous() -> None:
    outcome = parse_outcome("Unable to prosecute suspect")
    assert outcome is not None
    assert outcome.codes == ("14", "15", "16")
    assert outcome.ambiguous


def test_open_and_unknown_outcomes_differ() -> None:
    running = parse_outcome("Under investigation")
    assert running is not None
    assert running.codes == ()
    assert not running.ambiguous
    assert parse_outcome("Lost in the post") is None


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("1A P", Grade(1, "A", "P")),
        ("2BC", Grade(2, "B", "C")),
        (" 3 e/c ", Grade(3, "E", "C")),
        ("E41", Grade(2, "D", "P")),
        ("B25", Grade(1, "A", "C")),
        ("1A", None),
        ("4AP", None),
        ("1F P", None),
        ("", None),
    ],
)
def test_grade(text: str, grade: Grade | None) -> None:
    assert parse_grade(text) == grade


@given(st.integers(1, 3), st.sampled_from("ABCDE"), st.sampled_from("PC"))
def test_grade_label_reads_back(source: int, intelligence: str, handling: str) -> None:
    grade = Grade(source, intelligence, handling)
    assert parse_grade(grade.label) == grade
