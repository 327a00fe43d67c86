"""Ids are base32 of an HMAC-SHA-256, as any library makes it."""

from __future__ import annotations

import base64
import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import BadInput
from graph.ids import Ids, entity_of, is_id, joined, link_id, parse_link_id, record_of

_TEXT = st.characters(codec="utf-8")


@given(st.binary(min_size=32, max_size=100), st.text(_TEXT), st.text(_TEXT))
def test_an_id_is_what_hmac_and_base64_make(key: bytes, source: str, value: str) -> None:
    mac = hmac.new(key, f"record\x1f{source}\x1fPerson\x1f{value}\x1fOFFICIAL".encode(), hashlib.sha256)
    expected = base64.b32encode(mac.digest()).decode().lower()[:20]

    assert Ids(key).record(source, "Person", value, "OFFICIAL") == f"r_{expected}"


@given(st.binary(min_size=32, max_size=100), st.lists(st.text(_TEXT), max_size=5))
def test_many_ids_are_those_of_each(key: bytes, keys: list[str]) -> None:
    ids = Ids(key)

    many = ids.many("r_", [joined("record", "crime", "Person", each, "OFFICIAL") for each in keys])

    assert many == [ids.record("crime", "Person", each, "OFFICIAL") for each in keys]


def test_ids_of_a_kind_are_told_by_their_prefix() -> None:
    record = Ids(b"k" * 32).record("crime", "Person", "1", "OFFICIAL")

    assert is_id(record, "r_")
    assert record_of(entity_of(record)) == record
    assert not is_id(record, "e_")
    assert parse_link_id(link_id("w_" + record[2:], 3)) == ("w_" + record[2:], 3)
    assert parse_link_id("l_no_3") is None


def test_a_short_key_is_refused() -> None:
    with pytest.raises(BadInput, match="32 bytes"):
        Ids(b"short")
