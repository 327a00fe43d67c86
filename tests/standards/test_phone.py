"""Telephone numbers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.phone import check_phone, national_tail


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("07700 900123", "+447700900123"),
        ("+44 (0)7700 900123", "+447700900123"),
        ("0044 7700-900-123", "+447700900123"),
        ("0161 496 0000 ext 12", "+441614960000"),
        ("+1 202 555 0143", "+12025550143"),
        ("020 7946 0000", "+442079460000"),
    ],
)
def test_e164(text: str, number: str) -> None:
    assert check_phone(text).value == number
    assert check_phone(text).valid


@pytest.mark.parametrize(
    "text", ["999", "101", "1-(891)838-0212", "0800 FLOWERS", "call 07700900123", "", "0000000000"]
)
def test_what_is_no_number(text: str) -> None:
    assert not check_phone(text).valid


def test_region() -> None:
    assert check_phone("202 555 0143", "US").value == "+12025550143"


def test_tail() -> None:
    assert national_tail("+447700900123") == national_tail("07700 900123") == "700900123"
    assert national_tail("") == ""


# An extension is dropped, but leads to the library.
@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(["0", "+44", "+44 ", "+44-", "(0"]),
    st.sampled_from(
        ["", "7", "77", "7700900", "1481", "1534", "1624", "7624", "74576", "7781", "800", "55", "56", "3"]
    ),
    st.text("0123456789", min_size=10, max_size=10),
    st.integers(3, 9),
    st.sampled_from(["", " ", "-", "."]),
)
def test_a_british_number_at_a_glance_is_what_the_library_says(
    lead: str, begin: str, rest: str, at: int, sign: str
) -> None:
    figures = (begin + rest)[:10]
    text = lead + figures[:at] + (")" if "(" in lead else sign) + figures[at:]
    at_a_glance, by_library = check_phone(text), check_phone(f"{text} x1")
    assert at_a_glance.valid == by_library.valid
    assert not by_library.valid or at_a_glance.value == by_library.value
