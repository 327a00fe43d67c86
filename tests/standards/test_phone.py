"""Telephone numbers."""

import pytest

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
