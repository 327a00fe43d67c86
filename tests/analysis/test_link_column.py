"""Columns of links give back what was put into them, whatever it was."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analysis.link_column import (
    NO_RECORD,
    Sayings,
    epochs,
    least,
    moments,
    named,
    names,
    packed,
    places,
    records_of,
    sayings,
)
from analysis.network import UNDATED
from graph.ids import is_id

_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_IDS = st.lists(st.text(_LETTERS, min_size=20, max_size=20).map("e_{}".format), max_size=9)
_SAID = st.tuples(
    st.integers(0, 100), st.sampled_from((111, 352, 999)), st.integers(0, 5), st.integers(0, 2**31 - 1)
)  # fmt: skip
_MOMENTS = st.lists(st.sampled_from((UNDATED, 0, -5, 1_700_000_000, 3_000_000_000)), max_size=9)


@given(_IDS)
def test_ids_come_back_and_their_bits_have_their_order(ids: list[str]) -> None:
    key, rest = named(ids)

    assert names(key, rest) == ids
    assert all(is_id(id_, "e_") for id_ in ids)
    bits = [(int(first), bytes(last)) for first, last in zip(key, rest, strict=True)]
    assert [id_ for _, id_ in sorted(zip(bits, ids, strict=True))] == sorted(ids)


@given(st.lists(_SAID, max_size=9))
def test_what_is_said_comes_back_in_its_order(said: list[tuple[int, int, int, int]]) -> None:
    columns = np.array(said, np.int64).reshape(-1, 4).T
    once, place = sayings(packed(*columns))

    for name, column in zip(("type", "grade", "role", "mk"), columns, strict=True):
        np.testing.assert_array_equal(getattr(once, name)[place], column)
    assert sorted(set(said)) == list(zip(*(getattr(once, name).tolist() for name in _FIELDS), strict=True))
    assert isinstance(once, Sayings)


_FIELDS = ("type", "grade", "role", "mk")


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(NO_RECORD, 6)), max_size=20))
def test_records_come_back_and_are_numbered_in_their_order(ends: list[tuple[int, int]]) -> None:
    seeds = np.array([2, 3, 5, 0], np.int64)
    nodes, record = np.array(ends, np.int64).reshape(-1, 2).T
    records, number = records_of(seeds, nodes.astype(np.int32), record)

    np.testing.assert_array_equal(records.of(seeds, nodes.astype(np.int32), number), record)
    for node in range(4):
        own = sorted(set(record[nodes == node].tolist()))
        assert dict(zip(record[nodes == node].tolist(), number[nodes == node].tolist(), strict=True)) == {
            each: n for n, each in enumerate(own)
        }
        # Nothing is held of whom one record made.
        assert (node in records.nodes) == any(each != seeds[node] for each in own)


@given(_MOMENTS)
def test_moments_come_back(values: list[int]) -> None:
    kept = moments(np.array(values, np.int64))

    assert epochs(kept).tolist() == values
    assert kept.itemsize == (8 if 3_000_000_000 in values else 4)


@given(st.lists(st.integers(-1, 2**31 - 1), max_size=5))
def test_numbers_come_back(values: list[int]) -> None:
    assert least(np.array(values, np.int64)).tolist() == values


@given(st.sets(st.integers(0, 40), max_size=9), st.sampled_from((0, 2**59)), st.lists(st.integers(-1, 99), max_size=9))
def test_places_are_found_of_numbers_near_and_far(known: set[int], far: int, wanted: list[int]) -> None:
    known_by = [far + each for each in known]
    asked = np.array([each if each < 0 else far + each for each in wanted], np.int64)
    place, there = places(np.array(known_by, np.int64), asked)

    assert there.tolist() == [each in known_by for each in asked.tolist()]
    assert [known_by[n] for n in place[there].tolist()] == asked[there].tolist()
