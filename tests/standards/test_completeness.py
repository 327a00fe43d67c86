"""The "4+1" rule."""

import pytest

from standards.completeness import STANDARDS, completeness

FOUR = {"given_name": "Ann", "surname": "Reid", "date_of_birth": "1984-05-31", "gender": "Female"}
CONTACT = "address|phone|email"


@pytest.mark.parametrize("role", [*sorted(set(STANDARDS) - {"OFFENDER"}), None, "NO_SUCH_ROLE"])
def test_four_and_one_is_enough(role: str | None) -> None:
    assert completeness(role, FOUR, ["phone"]) == (STANDARDS.get(role or "", "P_006"), [])
    assert completeness(role, FOUR | {"email": ["a@example.org"]})[1] == []
    assert completeness(role, FOUR)[1] == [CONTACT]


def test_an_offender_also_needs_a_police_number() -> None:
    assert completeness("OFFENDER", FOUR, {"address"}) == ("P_001", ["pnc_id|cro_number"])
    assert completeness("OFFENDER", FOUR | {"pnc_id": ["1979/0163001B"]}, {"address"}) == ("P_001", [])


def test_empty_values_say_nothing() -> None:
    poor: dict[str, object] = {**FOUR} | {"surname": " ", "gender": None, "phone": []}
    assert completeness("VICTIM", poor) == ("P_004", ["surname", "gender", CONTACT])


def test_an_unknown_suspect_needs_four_descriptions() -> None:
    seen = {"gender": "Male", "build": "Thin", "height_cm": 180}
    standard, missing = completeness("SUSPECT", seen)
    assert standard == "P_003"
    assert "age" in missing
    assert "gender" not in missing
    assert completeness("SUSPECT", seen | {"year_of_birth": 1990}) == ("P_003", [])
    assert completeness(None, seen)[0] == "P_007"
