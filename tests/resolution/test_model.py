"""The shipped model, and the arithmetic of weights."""

import json
import math
from importlib.resources import files
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolution.model import UNIT, add_logs, default_model, parse_model, probability


@pytest.fixture
def document() -> dict[str, Any]:
    text = files("resolution").joinpath("models", "person-1.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def test_the_shipped_model_is_whole() -> None:
    model = default_model()

    assert model.version == "person-1"
    assert model.classes == ("same", "moved", "stranger", "household", "namesake", "flatmate")
    assert model.review <= model.keep <= model.join
    assert -25 < model.prior < -12


def test_probabilities_of_each_class_sum_to_one(document: dict[str, Any]) -> None:
    for name, field in document["fields"].items():
        if name in ("name_order", "birth_part"):  # ratios and two precisions in one table: no distributions
            continue
        for one, row in field["probabilities"].items():
            proper = [p for level, p in zip(field["levels"], row, strict=True) if level != "generic"]
            assert sum(proper) == pytest.approx(1, abs=0.004), (name, one)


def test_better_levels_speak_more_for_a_match() -> None:
    for name in ("given_name", "surname", "birth", "identifier", "gender"):
        field = default_model().fields[name]
        ratio = (field.weights[0] - field.weights[2]).tolist()
        assert ratio[0] < 0 < ratio[-1], name
        assert max(ratio) == ratio[-1], name


def test_names_are_as_frequent_as_they_are() -> None:
    model = default_model()

    assert model.share("surname", "smith") > model.share("surname", "larkfield") == model.rare["surname"]
    assert model.share("given_name", "muhammadd") > model.rare["given_name"]


def test_a_table_with_a_level_missing_is_refused(document: dict[str, Any]) -> None:
    document["fields"]["gender"]["probabilities"]["match"] = [1.0]

    with pytest.raises(ValueError, match=r"'gender', class 'same': 2 probabilities"):
        parse_model(document)


def test_a_table_of_an_unknown_class_is_refused(document: dict[str, Any]) -> None:
    document["fields"]["gender"]["probabilities"]["cousin"] = [0.5, 0.5]

    with pytest.raises(ValueError, match="cousin"):
        parse_model(document)


def test_classes_in_another_order_are_refused(document: dict[str, Any]) -> None:
    document["others"] = dict(sorted(document["others"].items()))

    with pytest.raises(ValueError, match="first of the others is `stranger`"):
        parse_model(document)


_LOG = st.integers(-40 * UNIT, 0)


@given(_LOG, _LOG)
def test_sums_of_likelihoods_are_right_to_a_unit(a: int, b: int) -> None:
    exact = math.log2(2 ** (a / UNIT) + 2 ** (b / UNIT)) * UNIT
    added = add_logs(np.array([a]), np.array([b]))

    assert abs(int(added[0]) - exact) <= 1
    assert added == add_logs(np.array([b]), np.array([a]))


def test_bits_as_probability() -> None:
    assert probability(0) == 0.5
    assert probability(5.0) == pytest.approx(32 / 33)
    assert probability(-5000) == 0.0
