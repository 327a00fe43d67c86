"""What values a typed text may begin."""

from __future__ import annotations

import pytest

from graph.read.typed import email_prefixes, number_prefixes, phone_prefixes, postcode_prefixes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("07700 900123", ["+447700900123"]),
        ("+44 (0)7700 900123", ["+447700900123"]),
        ("0044 7700 900123", ["+447700900123"]),
        ("07700 9", ["+4477009"]),
        ("+44 7700", ["+447700"]),
        ("7700 9", ["+77009", "+4477009"]),
        ("123", []),
        ("smith", []),
    ],
)
def test_phones(text: str, expected: list[str]) -> None:
    assert phone_prefixes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("m11aa", ["M1 1AA"]),
        ("M1 1AA", ["M1 1AA"]),
        ("m1 1", ["M1 1"]),
        ("SW1A1", ["SW1A1", "SW 1A1", "SW1A 1"]),
        ("M1", ["M1"]),
        ("smith", []),
        ("M1 1AA London", []),
    ],
)
def test_postcodes(text: str, expected: list[str]) -> None:
    assert postcode_prefixes(text) == expected


def test_emails_and_numbers() -> None:
    assert email_prefixes("Ann@Ex") == ["Ann@Ex", "ann@ex"]
    assert email_prefixes("ann lee") == email_prefixes("an") == []
    assert number_prefixes("12-34-56") == ["12-34-56", "123456"]
    assert number_prefixes("smith") == []
