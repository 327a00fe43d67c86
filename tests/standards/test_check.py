"""What every check has in common: it takes any text, and its normal form is its own normal form."""

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards import code_list, email, identifier, name, phone, postcode, vehicle
from standards.result import Checked

CHECKS: dict[str, tuple[Callable[[str], Checked], str]] = {
    "DS_010": (postcode.check_postcode, "m11aa"),
    "DS_011": (identifier.check_uprn, "10070001234"),
    "DS_031": (partial(name.check_name, serial="DS_031"), "JOHN PAUL"),
    "DS_037": (code_list.check_gender, "f"),
    "DS_038": (code_list.check_self_defined_ethnicity, "a2"),
    "DS_053": (phone.check_phone, "0161 496 0000"),
    "DS_054": (email.check_email, "A.Reader@Example.ORG"),
    "DS_056": (identifier.check_passport, "123 456 789"),
    "DS_060": (identifier.check_ni, "ab 12 34 56 c"),
    "DS_061": (identifier.check_driver, "MORGA 657054 SM9IJ 35"),
    "DS_065": (vehicle.check_vrm, "ab12 cde"),
    "DS_071": (identifier.check_cro, "265416/21g"),
    "DS_072": (identifier.check_pnc, "79/163001b"),
    "DS_112": (code_list.check_observed_ethnicity, "IC3"),
    "NHS": (identifier.check_nhs, "943 476 5919"),
    "VIN": (vehicle.check_vin, "wvwzzz1jz3w386752"),
    "COMPANY": (identifier.check_company, "sc 123456"),
}


@pytest.mark.parametrize("serial", CHECKS)
def test_a_good_value_passes_in_its_normal_form(serial: str) -> None:
    check, good = CHECKS[serial]
    result = check(f"  {good} ")
    assert result.valid
    assert result.serial == serial
    assert check(result.value) == result


@pytest.mark.parametrize("serial", CHECKS)
@given(
    text=st.one_of(
        st.text(),
        st.text(alphabet="0123456789ABCDEFSZ /+-.@", max_size=18),
        st.from_regex(r"[A-Z]{0,3}[0-9]{1,9}[A-Z]{0,3}", fullmatch=True),
    )
)
def test_no_text_breaks_it_and_the_normal_form_stays(serial: str, text: str) -> None:
    check, _ = CHECKS[serial]
    result = check(text)
    assert result.serial == serial
    if result.valid:
        assert check(result.value) == result
    else:
        assert result.value == text.strip()
