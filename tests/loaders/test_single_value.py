"""One text brought into the normal form of a property: dates of all precisions, and what is refused."""

from __future__ import annotations

import pytest

from graph.errors import BadInput
from graph.ids import Ids
from loaders.single_value import normal_value

IDS = Ids(b"k" * 32)


@pytest.mark.parametrize(
    ("kind", "name", "text", "said"),
    [
        ("Crime", "occurred_from", "1 May 2018", "2018-05-01"),
        ("Crime", "occurred_from", "2018-05", "2018-05"),
        ("Marker", "valid_to", "2018-05-01T10:15Z", "2018-05-01T10:15Z"),
        ("Person", "date_of_birth", "7 May 1980", "1980-05-07"),
    ],
)
def test_dates_and_moments_are_normal(kind: str, name: str, text: str, said: str) -> None:
    assert normal_value(IDS, kind, name, text) == ({name: said}, [])


def test_what_fails_a_standard_says_so_and_a_point_is_refused() -> None:
    assert normal_value(IDS, "Crime", "occurred_from", "soon")[1] == ["DS_001"]
    with pytest.raises(BadInput, match="point"):
        normal_value(IDS, "Crime", "location", "51.5, -0.1")
