"""Blocking keys: stable, few, and shared by records that the usual mistakes make differ."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.statements import statement
from resolution.feature import features
from resolution.key import INDEXED, KEY_PROPERTIES, fold, folded, number, probes

_JOHN = {"given_name": "John", "surname": "Larkfield", "date_of_birth": "1984-05-12", "postcode": ["ZX1 1AB"]}


def met(one: dict[str, Any], other: dict[str, Any]) -> set[str]:
    """The stored keys of one record that a search for the other finds."""
    stored, sought = folded(one).keys, probes(features(other))
    return {slot for slot, value in stored.items() if value in sought.get(slot, ())}


def test_the_names_are_few_and_begin_alike() -> None:
    assert len(KEY_PROPERTIES) == len(set(KEY_PROPERTIES)) <= 28
    assert all(name.startswith("k_") for name in KEY_PROPERTIES)


def test_a_key_is_the_same_for_ever() -> None:
    assert number("name", "JUN", "LARKFILD") == 5568093275173188110


@given(st.lists(st.text(), max_size=3))
def test_a_key_fits_a_signed_integer(parts: list[str]) -> None:
    assert 0 <= number("name", *parts) < 1 << 63


def test_day_and_month_swapped_meet() -> None:
    assert {"k_birth1", "k_birth2"} <= met(_JOHN, _JOHN | {"date_of_birth": "1984-12-05"})


def test_names_swapped_meet() -> None:
    swapped = _JOHN | {"given_name": "Larkfield", "surname": "John"}

    assert {"k_birth1", "k_birth2", "k_year1", "k_area", "k_name"} <= met(_JOHN, swapped)


def test_spellings_of_one_name_meet() -> None:
    one = {"given_name": "Mohammed", "surname": "Chaudhry"}

    assert met(one, {"given_name": "Muhammad", "surname": "Choudhury"}) == {"k_name"}


def test_two_mistyped_names_without_a_birth_meet_at_their_door() -> None:
    one = {"given_name": "Diaomlnd", "surname": "Bishoe", "address": ["22 McBryde Crescent, Leeds"]}
    other = {"given_name": "Diamond", "surname": "Bishop", "address": ["22 Mc Bryde Crescent"]}

    assert met(one, other) == {"k_door1", "k_door2"}


def test_a_surname_with_an_initial_is_kept_and_meets_for_want_of_a_given_name() -> None:
    one, other = {"surname": "Guzman", "middle_name": "K"}, {"given_name": "Sadie", "surname": "Guzman"}

    assert met(one, other | {"middle_name": "Kay"}) == {"k_middle1"}
    assert not met(one, other | {"middle_name": "Ann"})
    misspelt = {"given_name": "Sady", "surname": "Gusmans", "middle_name": "Kay"}
    assert met(misspelt, other | {"middle_name": "K"}) == {"k_middle2"}


def test_two_misspelt_names_meet_by_their_initials_and_the_day_of_birth_in_either_order() -> None:
    one = {"given_name": "Jamse", "surname": "Larkfeild", "date_of_birth": "1984-12-05"}

    assert met(one | {"given_name": "Jxmes"}, one | {"surname": "Lxrkfield"}) >= {"k_initials"}
    assert "k_initials" in met(_JOHN, {"given_name": "Lxrk", "surname": "Jxn", "date_of_birth": "1984-05-12"})


def test_an_identifier_with_a_wrong_character_meets_by_its_other_half_and_the_given_name() -> None:
    one = {"given_name": "Nancy", "ni_number": ["QQ123456C"]}

    assert met(one, {"given_name": "Nancy", "surname": "Vale", "ni_number": ["QQ923456C"]}) == {"k_near2"}
    assert met(one, {"given_name": "Nancy", "surname": "Vale", "ni_number": ["QQ123466C"]}) == {"k_near1"}
    assert met(one, {"given_name": "Nancy", "ni_number": ["QQ1234S6C"]}) == {"k_near1", "k_near2"}
    assert not met(one, {"given_name": "Ann", "ni_number": ["QQ1234S6C"]})


def test_who_is_misspelt_and_misdated_meets_in_a_street_or_at_a_number_of_one_town() -> None:
    one = {"given_name": "Spencxr", "surname": "Royans", "address": ["24 Yarra Srteet, Taree"]}
    other = {"given_name": "Trey", "surname": "Green", "address": ["42 Yarra Street, Taree"]}

    assert met(one, other) == {"k_spot1"}
    assert met(one, other | {"address": ["24 Yxrra Street, Tarey"]}) == {"k_spot2"}
    assert not met(one, other | {"address": ["42 Mill Street, Taree"]})


def test_a_second_phone_meets_a_first() -> None:
    assert met({"phone": ["07700900111", "07700900222"]}, {"phone": ["07700900222"]}) == {"k_contact2"}


def test_one_number_under_another_scheme_does_not_meet() -> None:
    assert not met({"pnc_id": ["2001/0123456X"]}, {"cro_number": ["2001/0123456X"]})


def test_what_is_not_known_gives_no_key() -> None:
    assert folded({}).keys == {}
    assert folded({"given_name": "J", "surname": "Lee"}).keys == {}


def test_a_search_asks_for_every_key_but_the_counted_ones() -> None:
    one = features(_JOHN | {"address": ["10 Mill Lane"], "pnc_id": ["2001/0123456X"]})

    assert set(fold(one).keys) - set(probes(one)) == {"k_address"}
    assert met(_JOHN, _JOHN) == set(folded(_JOHN).keys)


@pytest.mark.parametrize("name", ["load/update_records", "load/unmake", "resolve/remember"])
def test_statements_that_keep_former_keys_keep_all_of_them_in_order(name: str) -> None:
    assert tuple(re.findall(r"r\.(k_\w+)[,\]]", statement(name).text)) == INDEXED
