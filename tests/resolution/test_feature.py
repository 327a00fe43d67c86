"""What is read of a record, and what never is."""

from hypothesis import given
from hypothesis import strategies as st

from resolution.feature import Features, Name, features


def test_names_are_folded_and_further_names_follow() -> None:
    read = features(
        {"given_name": "Łukasz", "surname": "O'Neill", "maiden_name": "Nowak", "alias": ["Luke Smith", "Lucky"]}
    )

    assert read.names == (
        Name("lukasz", "", "oneill"),
        Name("lukasz", "", "nowak"),
        Name("luke", "", "smith"),
        Name("lucky", "", "oneill"),
    )


def test_ethnicity_is_never_read() -> None:
    plain = {"given_name": "Ann", "surname": "Lee"}

    assert features(plain | {"ethnicity_self": "W1", "ethnicity_observed": "4"}) == features(plain)


def test_dates_that_stand_for_nothing_are_not_read() -> None:
    assert features({"date_of_birth": "1900-01-01"}).birth == ""
    assert features({"date_of_birth": "not known"}).birth == ""
    assert features({"date_of_birth": "1984-01-01"}).birth == "1984"
    assert features({"date_of_birth": "1984-05"}).birth == "1984-05"
    assert features({"year_of_birth": 1984}).birth == "1984"


def test_values_that_fail_their_standard_give_no_evidence() -> None:
    read = features({"postcode": ["NONE", "zx1 1ab"], "phone": ["999"], "email": ["none"], "address": ["NFA"]})

    assert read == Features(postcodes=("ZX1 1AB",))


def test_one_mark_and_one_phone_however_written() -> None:
    assert features({"vrm": ["BD51 SMR"]}) == features({"vrm": "bd51smr"})
    assert features({"phone": ["+447700900123"]}) == features({"phone": ["07700 900123"]})


def test_an_address_with_and_without_its_postcode_in_the_text() -> None:
    apart = features({"address": ["Flat 2, 10 Mill Rd"], "postcode": ["ZX1 1AB"]})
    whole = features({"address": ["flat 2 10 mill road, ZX1 1AB"], "postcode": ["ZX1 1AB"]})

    assert apart.addresses == whole.addresses == ("zx1-1ab|10|2|mill road",)


def test_identifiers_keep_their_scheme_the_best_first() -> None:
    read = features({"ni_number": ["qq 12 34 56 c"], "pnc_id": ["2001/0123456X"]})

    assert read.identifiers == ("pnc_id:20010123456X", "ni_number:QQ123456C")


_TEXT = st.text(max_size=20)


@given(st.dictionaries(st.sampled_from(["given_name", "surname", "date_of_birth", "gender", "place_of_birth"]), _TEXT))
def test_any_text_is_read(properties: dict[str, str]) -> None:
    assert isinstance(features(properties), Features)


@given(st.lists(_TEXT, max_size=3))
def test_any_list_is_read(values: list[str]) -> None:
    repeated = dict.fromkeys(["alias", "postcode", "address", "phone", "email", "vrm", "pnc_id"], values)

    assert isinstance(features(repeated), Features)
