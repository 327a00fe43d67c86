"""Postcodes."""

import pytest

from standards.postcode import check_postcode, outcode, sector


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("m11aa", "M1 1AA"),
        ("M60 1NW", "M60 1NW"),
        ("CR2 6XH", "CR2 6XH"),
        ("dn55  1pt", "DN55 1PT"),
        ("W1A1HQ", "W1A 1HQ"),
        ("EC1A 1BB", "EC1A 1BB"),
        ("gir0aa", "GIR 0AA"),
    ],
)
def test_seven_outward_forms(text: str, normal: str) -> None:
    assert check_postcode(text).value == normal
    assert check_postcode(text).valid


@pytest.mark.parametrize(
    "text", ["", "Q1 1AA", "M1 1AC", "AJ1 1AA", "M1", "12345", "M1 1AAA", "GIR 1AA", "EC1C1BB0", "M1I 1AA"]
)
def test_what_is_no_postcode(text: str) -> None:
    assert not check_postcode(text).valid
    assert outcode(text) is None
    assert sector(text) is None


def test_parts() -> None:
    assert (outcode("ec1a1bb"), sector("ec1a1bb")) == ("EC1A", "EC1A 1")
