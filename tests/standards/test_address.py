"""Addresses as free text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.address import AddressParts, address_key, is_no_fixed_abode, parse_address


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("12 High St Manchester M1 1AA", AddressParts(None, "12", "High Street", None, "Manchester", "M1 1AA")),
        (
            "Flat 3, 12 High Street\nManchester\nm11aa",
            AddressParts("Flat 3", "12", "High Street", None, "Manchester", "M1 1AA"),
        ),
        ("Rose Cottage, Mill Lane, Ashby", AddressParts(None, "Rose Cottage", "Mill Lane", None, "Ashby", None)),
        ("178 Polding Street", AddressParts(None, "178", "Polding Street", None, None, None)),
        ("2/1, 45 Bath St, Partick, Glasgow", AddressParts("2/1", "45", "Bath Street", "Partick", "Glasgow", None)),
        ("12 a - 14 Oak Ave., Derby, UK", AddressParts(None, "12", "a - 14 Oak Avenue", None, "Derby", None)),
        ("12A-14 Oak Ave., Derby, UK", AddressParts(None, "12A-14", "Oak Avenue", None, "Derby", None)),
        ("4 St John's Rd, London", AddressParts(None, "4", "St John's Road", None, "London", None)),
        ("155 Cheetham Hill Rd Leeds", AddressParts(None, "155", "Cheetham Hill Road", None, "Leeds", None)),
        ("9 Lower St Stephen St", AddressParts(None, "9", "Lower St Stephen Street", None, None, None)),
        ("98 Tatton Road North, Derby", AddressParts(None, "98", "Tatton Road North", None, "Derby", None)),
        ("High Street, Leeds", AddressParts(None, None, "High Street", None, "Leeds", None)),
        ("NFA", AddressParts()),
        ("", AddressParts()),
    ],
)
def test_parse(text: str, parts: AddressParts) -> None:
    assert parse_address(text) == parts


def test_a_given_postcode_wins_and_a_bad_one_is_none() -> None:
    assert parse_address("12 High St, M1 1AA", "m1 1ab").postcode == "M1 1AB"
    assert parse_address("12 High St", "75001").postcode is None


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Flat 3, 12 High St, Manchester M1 1AA", "FLAT 3 12 HIGH STREET, M1 1AA"),
        ("Apt 2b, 5 Quay Street, Leeds LS1 4AA", "APARTMENT 2B 5 Quay St, LS14AA"),
        ("12 High Street, Leeds", "12 High St., Leeds, UK"),
    ],
)
def test_one_address_has_one_key(left: str, right: str) -> None:
    assert address_key(left) is not None
    assert address_key(left) == address_key(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Flat 3, 12 High St, M1 1AA", "Flat 4, 12 High St, M1 1AA"),
        ("Flat 21, 4 High St, M1 1AA", "2/1, 4 High St, M1 1AA"),
        ("12 High St, M1 1AA", "12A High St, M1 1AA"),
        ("12 High St, Leeds", "12 High St, Derby"),
    ],
)
def test_neighbours_have_other_keys(left: str, right: str) -> None:
    assert address_key(left) != address_key(right)


@pytest.mark.parametrize(
    "text", ["", "M1 1AA", "High Street, Leeds", "12 High Street", "NFA", "No fixed abode, Leeds M1 1AA", "12"]
)
def test_what_names_no_one_address_has_no_key(text: str) -> None:
    assert address_key(text) is None


@pytest.mark.parametrize(
    ("text", "ok"),
    [
        ("NFA", True),
        ("N.F.A.", True),
        ("No Fixed Abode", True),
        ("of no fixed address", True),
        ("Homeless", True),
        ("NFA Manchester", True),
        ("12 Homeless Road", False),
    ],
)
def test_no_fixed_abode(text: str, ok: bool) -> None:
    assert is_no_fixed_abode(text) is ok


@given(st.one_of(st.text(), st.text(alphabet="Flat 12, StRdM1A/-\n", max_size=40)), st.none() | st.text(max_size=8))
def test_no_text_breaks_it(text: str, postcode: str | None) -> None:
    assert address_key(parse_address(text, postcode)) == address_key(text, postcode)
