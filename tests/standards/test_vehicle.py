"""Registration marks and vehicle numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.vehicle import VrmForm, check_vin, check_vrm, confusion_key, vrm_form


@pytest.mark.parametrize(
    ("mark", "form"),
    [
        ("AB12 CDE", VrmForm.CURRENT),
        ("A123 BCD", VrmForm.PREFIX),
        ("ABC 123A", VrmForm.SUFFIX),
        ("Q123 ABC", VrmForm.Q),
        ("101 D 234", VrmForm.DIPLOMATIC),
        ("12 AB 34", VrmForm.MILITARY),
        ("01234", VrmForm.TRADE),
        ("ABZ 1234", VrmForm.NORTHERN_IRELAND),
        ("AIA 123", VrmForm.NORTHERN_IRELAND),
        ("A 1", VrmForm.DATELESS),
        ("1234 AB", VrmForm.DATELESS),
        ("B-MW 1234", None),
        ("AB12 CDI", None),
    ],
)
def test_form(mark: str, form: VrmForm | None) -> None:
    assert vrm_form(mark) is form
    assert check_vrm(mark).value == mark.replace(" ", "").replace("-", "")


@pytest.mark.parametrize("text", ["UNKNOWN", "", "ABCDE1234567", "AB12/CDE", "ÄB12CDE"])
def test_what_is_no_mark(text: str) -> None:
    assert not check_vrm(text).valid


def test_misread_marks_share_a_key() -> None:
    assert confusion_key("AB12 CDE") == confusion_key("A81Z CDE")
    assert confusion_key("OI5 8ZL") == confusion_key("0L5 B2I")


@given(st.text())
def test_key_is_idempotent(text: str) -> None:
    assert confusion_key(confusion_key(text)) == confusion_key(text)
    vrm_form(text)


def test_vin() -> None:
    assert check_vin("wvwzzz1jz3w386752").valid
    assert not check_vin("WVWZZZ1JZ3W38675O").valid
    assert not check_vin("WVWZZZ1JZ3W38675").valid
