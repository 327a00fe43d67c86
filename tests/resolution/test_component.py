"""Components of pairs against a plain walk."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from resolution.component import components

_SIZE = 12
_PAIRS = st.lists(st.tuples(st.integers(0, _SIZE - 1), st.integers(0, _SIZE - 1)), max_size=20)


@given(_PAIRS)
def test_least_place_of_everything_that_pairs_reach(pairs: list[tuple[int, int]]) -> None:
    found = components(_SIZE, *(np.array([pair[side] for pair in pairs], np.int64) for side in (0, 1)))

    reached = [{place} for place in range(_SIZE)]
    for _ in range(_SIZE):
        for a, b in pairs:
            reached[a] |= reached[b]
            reached[b] |= reached[a]
    assert found.tolist() == [min(places) for places in reached]


def test_a_long_chain() -> None:
    ends = np.arange(9_999)
    assert not components(10_000, ends, ends + 1).any()
