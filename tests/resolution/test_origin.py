"""Names of every origin are found in their writings, and told from others of their kind."""

from __future__ import annotations

import numpy as np
import pytest

from bench.origin import ORIGINS, measured
from resolution.column import as_values
from resolution.level_name import Words
from resolution.model import default_model
from standards.name import full_names_of


@pytest.mark.parametrize("group", ORIGINS)
def test_names_of_an_origin_are_found_and_told_apart(group: str) -> None:
    found = measured(group)
    assert found.found == found.true
    assert found.recall >= 0.9, found.missed
    assert found.precision >= 0.98, found.mistaken


def test_two_short_forms_of_one_name_are_similar_and_no_more() -> None:
    field = default_model().fields["given_name"]
    names = Words(as_values(["liz", "betty", "bob", "alan", "albert"]))
    codes = np.array([0, 2, 3], np.int32), np.array([1, 0, 4], np.int32)
    levels = names.given_names()(*codes, field)
    assert levels[0] == field.level("similar")
    assert levels[1] == field.level("different")
    assert levels[2] <= field.level("similar")
    assert full_names_of("Bob") >= {"robert"}
