"""Addresses that differ: what street, number and town still say."""

import numpy as np
import pytest

from resolution.column import as_values
from resolution.level_address import Addresses
from resolution.model import default_model, parse_model, shipped_document
from resolution.score import score
from resolution.table import Table

_FIELD = default_model().fields["address"]


def level(one: str, other: str) -> str:
    """The level of two unequal addresses, the same either way."""
    compare, first, second = Addresses(as_values((one, other))), np.array([0]), np.array([1])
    found = compare(first, second, _FIELD), compare(second, first, _FIELD)
    assert found[0] == found[1]
    return _FIELD.levels[int(found[0][0])]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("leeds|12||mill lane", "york|12||mill lane", "same"),
        ("leeds|12||mill lane", "leeds|12||mlil lane", "similar"),
        ("leeds|12|3|mill lane", "leeds|12||mill lane", "similar"),
        ("leeds|12||mill lane", "leeds|21||mill lane", "both"),
        ("leeds|12||mill lane", "leads|21||mlil lane", "both"),
        ("leeds|12||mill lane", "york|21||mill lane", "street"),
        ("|12||mill lane", "|21||mill lane", "street"),
        ("leeds|12||mill lane", "leeds|12||station road", "town"),
        ("leeds|12||mill lane", "york|12||station road", "different"),
        ("zx1-1ab|12||mill lane", "zx1-1ab|9||station road", "different"),
        ("leeds|rose-cottage||", "leeds|mill-house||", "town"),
        ("|12||", "|12||mill lane", "different"),
    ],
)
def test_unequal_addresses_reach_the_level_of_what_they_share(one: str, other: str, expected: str) -> None:
    assert level(one, other) == expected


def test_many_pairs_are_compared_as_few_are() -> None:
    streets = [f"leeds|{number}||{name} {sort}" for number in range(9) for name in ("mill", "mlil") for sort in _SORTS]
    values = as_values(sorted(streets))
    left, right = (each.ravel() for each in np.meshgrid(*[np.arange(len(values))] * 2))
    unequal = left != right
    left, right, compare = left[unequal], right[unequal], Addresses(values)

    many = compare(left, right, _FIELD)
    few = [compare(left[part], right[part], _FIELD) for part in np.array_split(np.arange(len(left)), 40)]

    assert len(left) > 9_000
    assert many.tolist() == np.concatenate(few).tolist()


_SORTS = ("lane", "road", "street", "avenue", "close", "terrace")


def test_a_model_from_before_reads_a_street_as_different() -> None:
    document = shipped_document()
    spec = document["fields"]["address"]
    kept = [spec["levels"].index(name) for name in ("different", "similar", "generic", "same")]
    spec["levels"] = [spec["levels"][place] for place in kept]
    spec["probabilities"] = {one: [row[place] for place in kept] for one, row in spec["probabilities"].items()}
    older = parse_model(document)
    weights = older.fields["address"].weights

    found = Addresses(as_values(("leeds|12||mill lane", "leeds|21||mill lane")))(
        np.array([0]), np.array([1]), older.fields["address"]
    )

    assert weights.shape[1] == 4
    assert found.tolist() == [0]


def test_against_strangers_a_street_says_more_than_a_town_and_both_say_most() -> None:
    same, stranger = (_FIELD.weights[default_model().classes.index(one)] for one in ("same", "stranger"))
    bits = dict(zip(_FIELD.levels, ((same - stranger) / 1024).tolist(), strict=True))

    assert bits["both"] - 1 > bits["street"] > 1 > bits["town"] > bits["different"] + 1


def test_who_is_at_another_number_of_the_street_is_likelier_than_who_is_elsewhere() -> None:
    known = {"given_name": "Amber", "surname": "Kexel", "date_of_birth": "1984-05-12"}
    places = ["9 Daintree Crescent, Leeds", "49 Daintree Crescent, Leeds", "9 Kiln Road, Leeds", "9 Kiln Road, York"]
    records = [known | {"address": [place]} for place in places]
    table = Table.build(list("abcd"), np.zeros(4, np.int32), np.zeros(4, np.int64), records)
    street, town, elsewhere = score(table, np.zeros(3, np.int64), np.arange(1, 4), default_model()).tolist()

    assert min(street, town) > elsewhere
