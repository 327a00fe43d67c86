"""Splink's settings: the same weights there and back, and nothing taken that the model has not."""

from __future__ import annotations

import numpy as np
import pytest

from resolution.candidate import candidates
from resolution.model import UNIT, parse_model, shipped_document
from resolution.score import judge
from resolution.splink import from_splink, to_splink, two_classes
from tests.resolution.town import made


def test_weights_are_the_same_there_and_back() -> None:
    document = shipped_document()
    settings = to_splink(document)

    back, pair = parse_model(from_splink(settings, document)), parse_model(two_classes(document))

    for name, field in pair.fields.items():
        assert (back.fields[name].weights == field.weights).all(), name
    assert (back.priors == pair.priors).all()


def test_two_classes_score_as_the_sum_of_weights() -> None:
    table = made(200).table()
    model = parse_model(two_classes(shipped_document()))
    left, right = candidates(table)

    bits = judge(table, left, right, model).bits

    assert len(left) > 500
    assert np.isfinite(bits).all()
    assert (bits * UNIT == np.rint(bits * UNIT)).all()


def test_an_unknown_field_or_level_is_refused() -> None:
    settings = to_splink(shipped_document())
    settings["comparisons"][0]["output_column_name"] = "shoe_size"
    with pytest.raises(ValueError, match="no field 'shoe_size'"):
        from_splink(settings, shipped_document())

    settings = to_splink(shipped_document())
    settings["comparisons"][0]["comparison_levels"][1]["label_for_charts"] = "nearly"
    with pytest.raises(ValueError, match="no level 'nearly'"):
        from_splink(settings, shipped_document())
