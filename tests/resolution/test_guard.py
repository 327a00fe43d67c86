"""Guards: each fires on what it is there for, and none on the model that stands."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from resolution.assign import Word
from resolution.guard import objections
from resolution.model import shipped_document
from resolution.table import Table
from tests.resolution.town import Town, made


@pytest.fixture(scope="module")
def town() -> Town:
    return made(600, restricted=0.0)


@pytest.fixture(scope="module")
def table(town: Town) -> Table:
    order = sorted(range(len(town.ids)), key=town.ids.__getitem__)
    return town.of(order).table()


@pytest.fixture
def document() -> dict[str, Any]:
    return shipped_document()


def test_nothing_speaks_against_what_stands(table: Table, document: dict[str, Any]) -> None:
    assert objections(document, document, table, []) == []


def test_entities_that_grow_together_are_objected_to(table: Table, document: dict[str, Any]) -> None:
    loose = copy.deepcopy(document)
    loose["rules"] = []
    loose["thresholds"] |= {"join": -25.0, "coherence": -100.0, "twins": 30.0}

    assert {"largest", "share"} <= {each.guard for each in objections(loose, document, table, [])}


def test_a_weight_that_drifts_is_told(table: Table, document: dict[str, Any]) -> None:
    drifted = copy.deepcopy(document)
    drifted["fields"]["gender"]["probabilities"]["match"] = [0.12, 0.88]

    (found,) = objections(drifted, document, table, [])

    assert found.guard == "drift"
    assert "gender different from -5.4 to -2.1" in found.reason
    assert found.refuses


def test_the_first_model_may_differ_from_the_defaults(table: Table, document: dict[str, Any]) -> None:
    drifted = copy.deepcopy(document)
    drifted["fields"]["gender"]["probabilities"]["match"] = [0.12, 0.88]

    (found,) = objections(drifted, document, table, [], first=True)

    assert (found.guard, found.refuses) == ("drift", False)
    assert "shipped defaults" in found.reason


def test_decisions_that_are_contradicted_are_told(town: Town, table: Table, document: dict[str, Any]) -> None:
    strangers = [(a, b) for a, b in zip(town.ids, town.ids[9:], strict=False)][:40]
    words = [Word(a, b, same=True, mk=0) for a, b in strangers]

    (found,) = objections(document, document, table, words)

    assert found.guard == "calibration"
    assert "of 40 decisions" in found.reason
