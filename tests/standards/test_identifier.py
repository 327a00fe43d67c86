"""Check characters of identifiers."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from standards.identifier import (
    check_company,
    check_cro,
    check_driver,
    check_nhs,
    check_ni,
    check_passport,
    check_pnc,
    check_uprn,
    cro_check_letter,
    driver_number,
    nhs_check_digit,
    pnc_check_letter,
)

YEARS, SERIALS = st.integers(1940, 2039), st.integers(0, 999_999)


@pytest.mark.parametrize(
    "text",
    ["2002/0073319Z", "2003/0062845E", "2003/0011985X", "1979/0163001B", "2001/0171310W", "1981/0154257C"],
)
def test_published_pnc_ids_pass_in_every_form(text: str) -> None:
    assert check_pnc(text).valid
    assert check_pnc(text[2:]).value == text
    assert check_pnc(text.replace("/", "")).value == text


@given(YEARS, st.integers(0, 9_999_999))
def test_made_pnc_ids_pass(year: int, serial: int) -> None:
    number = f"{year}/{serial:07d}{pnc_check_letter(year, serial)}"
    assert check_pnc(number).value == number
    assert check_pnc(f"{year % 100:02d}/{serial}{number[-1]}").value == number


@given(YEARS, SERIALS, st.booleans())
def test_made_cro_numbers_pass(year: int, serial: int, short: bool) -> None:
    letter = cro_check_letter(year, serial, short=short)
    number = f"SF{year % 100:02d}/{serial}{letter}" if short else f"{serial:06d}/{year % 100:02d}{letter}"
    assert check_cro(number).value == number


@given(YEARS, SERIALS, st.data())
def test_one_wrong_figure_is_found(year: int, serial: int, data: st.DataObject) -> None:
    pnc = f"{year}/{serial:07d}{pnc_check_letter(year, serial)}"
    cro = f"{serial:06d}/{year % 100:02d}{cro_check_letter(year, serial)}"
    for check, number, first in ((check_pnc, pnc, 2), (check_cro, cro, 0)):
        place = data.draw(st.sampled_from([at for at in range(first, len(number)) if number[at].isdigit()]))
        other = data.draw(st.sampled_from(sorted(set("0123456789") - {number[place]})))
        assert not check(number[:place] + other + number[place + 1 :]).valid


@given(st.from_regex(r"[0-9]{9}", fullmatch=True), st.integers(0, 9), st.data())
def test_nhs_numbers_find_one_wrong_figure(nine: str, place: int, data: st.DataObject) -> None:
    digit = nhs_check_digit(nine)
    assume(digit is not None and len(set(nine)) > 1)
    number = f"{nine}{digit}"
    assert check_nhs(f"{number[:3]} {number[3:6]} {number[6:]}").value == number
    other = data.draw(st.sampled_from(sorted(set("0123456789") - {number[place]})))
    assert not check_nhs(number[:place] + other + number[place + 1 :]).valid


@pytest.mark.parametrize("text", ["117-66-8129", "0000000000", "9999999999", "943476591X", "٩434765919"])
def test_what_is_no_nhs_number(text: str) -> None:
    assert not check_nhs(text).valid


@pytest.mark.parametrize("text", ["GB123456A", "AO123456A", "DA123456A", "AB123456E", "AB12345A", "BG123456A"])
def test_what_is_no_ni_number(text: str) -> None:
    assert not check_ni(text).valid


def test_ni_number_may_lack_its_suffix() -> None:
    assert check_ni("ab 123456 ").value == "AB123456"


@given(st.text(max_size=12), st.from_regex(r"[A-Z]{0,2}", fullmatch=True), st.dates(), st.booleans())
def test_made_driver_numbers_pass(surname: str, initials: str, birth: object, female: bool) -> None:
    assume(re.search("[A-Za-z]", surname))
    assert check_driver(driver_number(surname, initials, str(birth), female=female)).valid


@pytest.mark.parametrize(
    "text", ["MORGA613054SM9IJ", "MORGA657324SM9IJ", "12345657054SM9IJ", "MORGA657054SM9I", "M9RGA657054SM9IJ"]
)
def test_what_is_no_driver_number(text: str) -> None:
    assert not check_driver(text).valid


@pytest.mark.parametrize(
    ("text", "ok"), [("A123456", True), ("123456A", True), ("123456789", True), ("12345678", False), ("AB12345", False)]
)
def test_passport(text: str, ok: bool) -> None:
    assert check_passport(text).valid is ok


def test_leading_zeros_are_put_back() -> None:
    assert check_uprn("10070001234").value == "010070001234"
    assert check_company("445790").value == "00445790"
    assert not check_uprn("0").valid
    assert not check_uprn("1234567890123").valid
    assert not check_company("XX123456").valid
