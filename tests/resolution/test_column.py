"""Records in columns are what they are one by one: features, and the keys that they are found by."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from resolution.column import Names
from resolution.feature import IDENTIFIERS
from resolution.key import folded
from resolution.table import Table
from tests.resolution.town import made

_TEXTS = st.sampled_from(
    ["", " ", "Ann", "ann", "A", "Lee", "O'Neill", "Smith-Jones", "Mary Jane", "Łukasz", "Mohd", "Chaudhry", "J P", "?"]
)
_PLACES = st.sampled_from(
    [
        "", "NFA", "10 Mill Rd, Leeds", "10 Mill Road, Leeds, ZX1 1AB", "Flat 2, 10 Mill Lane", "10 Mill Lane", "Leeds",
        "Rose Cottage, Mill Lane, Ashby", "flat 2 10 mill lane, ZX1 1AB", "2/1 High Street, Ayr", "unknown",
    ]
)  # fmt: skip
_CODES = st.sampled_from(["", "ZX1 1AB", "zx11ab", "ZX2 9QQ", "12345", "none", "M1"])
_NUMBERS = st.sampled_from(["", "07700 900123", "+447700900123", "999", "AB12 CDE", "ABI2CDE", "a@example.org", "x"])


def _lists(one: st.SearchStrategy[str]) -> st.SearchStrategy[list[str] | str]:
    return st.lists(one, max_size=5) | one


_RECORDS = st.fixed_dictionaries(
    {},
    optional={
        "given_name": _TEXTS,
        "middle_name": _TEXTS,
        "surname": _TEXTS,
        "maiden_name": _TEXTS,
        "alias": _lists(_TEXTS | st.sampled_from(["Ann Lee", "LEE, Ann Mary", "Bob", "van der Berg"])),
        "date_of_birth": st.sampled_from(["", "1984-05-06", "1984-06-05", "1984-05", "1984", "1984-01-01", "soon"]),
        "year_of_birth": st.sampled_from([None, 1984, 1990]),
        "gender": st.sampled_from(["", "Male", "f", "1", "X"]),
        "place_of_birth": _TEXTS,
        "postcode": _lists(_CODES),
        "address": _lists(_PLACES),
        **{name: _lists(_NUMBERS) for name in ("phone", "email", "vrm", *IDENTIFIERS)},
    },
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_RECORDS, max_size=6))
def test_records_in_columns_are_those_made_one_by_one(records: list[dict[str, object]]) -> None:
    _hold(records)


def test_a_town_in_columns_is_that_made_one_by_one() -> None:
    _hold(list(made(200, seed=5).properties))


def _hold(records: list[dict[str, object]]) -> None:
    ids, n = [f"r_{place}" for place in range(len(records))], len(records)
    marks, first = np.zeros(n, np.int32), np.zeros(n, np.int64)
    one, other = Table.build(ids, marks, first, records), Table.of(ids, marks, first, [folded(r) for r in records])
    assert _read(one.names) == _read(other.names)
    assert one.names.starts.tolist() == other.names.starts.tolist()
    for name, column in other.columns.items():
        assert one.columns[name].values == column.values, name
        assert one.columns[name].codes.tolist() == column.codes.tolist(), name
        assert one.columns[name].starts.tolist() == column.starts.tolist(), name
    assert one.keys.tolist() == other.keys.tolist()


def _read(names: Names) -> list[tuple[str, ...]]:
    words = [*names.words, ""]
    return [
        tuple(words[code] for code in codes) for codes in zip(names.given, names.middle, names.surname, strict=True)
    ]
