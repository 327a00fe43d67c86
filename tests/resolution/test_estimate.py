"""Estimation by likelihood: the tables that made the patterns are found again, and what is fixed stays."""

import copy
import json
from importlib.resources import files
from typing import Any

import numpy as np
import pytest

from resolution.estimate import FIXED, classes_of, estimate, row_of
from resolution.pattern import Patterns

_FIELDS = ("given_name", "surname", "birth", "postcode", "phone")
_MASSES = {"same": 30_000, "moved": 15_000, "stranger": 900_000, "household": 25_000, "namesake": 0, "flatmate": 0}


@pytest.fixture
def document() -> dict[str, Any]:
    text = files("resolution").joinpath("models", "person-1.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def drawn(document: dict[str, Any]) -> Patterns:
    """Patterns of all pairs of some records, as the document's tables make them."""
    chance, parts = np.random.default_rng(5), []
    for one, mass in _MASSES.items():
        levels = np.zeros((mass, len(_FIELDS)), np.int8)
        for at, field in enumerate(_FIELDS):
            spec = document["fields"][field]
            row = np.array(spec["probabilities"][row_of(document, field, one)])
            row[[level == "generic" for level in spec["levels"]]] = 0
            levels[:, at] = chance.choice(len(row), mass, p=row / row.sum())
        parts.append(levels)
    rows, counts = np.unique(np.concatenate(parts), axis=0, return_counts=True)
    return Patterns(_FIELDS, rows, np.zeros((len(rows), len(_MASSES)), np.int64), counts, sum(_MASSES.values()))


def test_the_tables_that_made_the_patterns_are_found_again(document: dict[str, Any]) -> None:
    truth = copy.deepcopy(document)
    truth["fields"]["given_name"]["probabilities"]["match"] = [0.10, 0.05, 0.01, 0.10, 0.14, 0.60]
    truth["fields"]["birth"]["probabilities"]["match"] = [0.05, 0.03, 0.02, 0.02, 0.18, 0.70]
    truth["fields"]["phone"]["probabilities"]["household"] = [0.60, 1.0, 0.40]

    found = estimate(document, drawn(truth))

    for field, row in (("given_name", "match"), ("birth", "match"), ("phone", "household")):
        expected = truth["fields"][field]["probabilities"][row]
        assert found.document["fields"][field]["probabilities"][row] == pytest.approx(expected, abs=0.015), field
    assert found.pairs["same"] + found.pairs["moved"] == pytest.approx(45_000, rel=0.03)
    assert found.pairs["household"] + found.pairs["flatmate"] == pytest.approx(25_000, rel=0.03)


def test_what_makes_two_people_two_is_not_estimated(document: dict[str, Any]) -> None:
    found = estimate(document, drawn(document)).document

    for field, spec in document["fields"].items():
        for one in classes_of(document):
            row = row_of(document, field, one)
            kept = one in document["others"] and field not in document["shared"].get(one, ())
            if kept or field in FIXED:
                assert found["fields"][field]["probabilities"][row] == spec["probabilities"][row], (field, one)


def test_estimating_again_changes_next_to_nothing(document: dict[str, Any]) -> None:
    seen = drawn(document)
    once = estimate(document, seen)
    again = estimate(once.document, seen)

    assert again.likelihood >= once.likelihood
    assert again.pairs["same"] == pytest.approx(once.pairs["same"], rel=0.02)
