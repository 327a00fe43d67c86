"""Training without a truth: the same for any order, sure of what it joins, and choosing what fits the records."""

import json
import random
from importlib.resources import files
from typing import Any

import numpy as np
import pytest

from resolution.candidate import candidates
from resolution.frequency import with_shares
from resolution.pattern import judge_patterns, patterns
from resolution.score import Comparison, capped, judge
from resolution.table import Table
from resolution.train import Trained, sample, train
from tests.resolution.town import Town, made


def shipped() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(files("resolution").joinpath("models", "person-1.json").read_text("utf-8"))
    return loaded


def trained(town: Town) -> Trained:
    places = sample(town.ids, 100_000)
    return train(town.of(places).table(), shipped(), "person-test")


@pytest.fixture(scope="module")
def town() -> Town:
    return made(3_000, restricted=0.0)


@pytest.fixture(scope="module")
def found(town: Town) -> Trained:
    return trained(town)


def test_any_order_gives_the_same_model(town: Town, found: Trained) -> None:
    order = list(range(len(town.ids)))
    random.Random(3).shuffle(order)

    assert trained(town.of(order)).document == found.document


def test_what_it_joins_is_right(town: Town, found: Trained) -> None:
    table = town.table()
    left, right = candidates(table)
    judged, truth = judge(table, left, right, found.model), np.array(town.truth)
    joining = (judged.bits >= found.model.join) & (judged.veto == 0)
    true = (truth[left] == truth[right]).sum()

    assert (truth[left] == truth[right])[joining].mean() >= 0.97
    assert (truth[left] == truth[right])[joining].sum() / true >= 0.93


def test_families_are_found_to_be_there_and_rules_to_hold(found: Trained) -> None:
    assert "household" in found.model.others
    assert not found.dropped
    assert found.pairs["household"] > 1_000


def test_records_without_families_need_no_household() -> None:
    whole = made(3_000, restricted=0.0)
    # One of each three stays, and everybody lives alone.
    town = whole.of([place for place, who in enumerate(whole.truth) if who % 3 == 0])
    for properties, who in zip(town.properties, town.truth, strict=True):
        properties["address"] = [f"{who} Elm Row"]

    assert not {"household", "flatmate"} & set(trained(town).model.others)


def test_a_rule_that_parts_what_is_one_is_dropped(town: Town) -> None:
    wrong = random.Random(5)
    for properties in town.properties:
        if wrong.random() < 0.25 and "date_of_birth" in properties:
            properties["date_of_birth"] = f"{wrong.randint(1940, 2005)}-{wrong.randint(1, 12):02d}-15"

    assert trained(town).dropped == ("two births",)


def test_patterns_are_judged_as_their_pairs_are(town: Town, found: Trained) -> None:
    table, model = town.table(), found.model
    left, right = candidates(table)
    seen, which = patterns(Comparison(table, model), left, right)
    bits, rules, silent = judge_patterns(seen, model)
    judged = judge(table, left, right, model)

    # Rarity is told to half a bit in each class.
    assert np.abs(capped(bits, rules, model)[which] - judged.bits).max() <= 0.5
    assert (silent[which] == judged.silent).all()
    assert (rules[which][judged.veto > 0] == judged.veto[judged.veto > 0]).all()
    assert seen.among(which[:10]).counts.sum() == 10


def test_a_sample_is_of_the_least_ids() -> None:
    assert sample(["r_c", "r_a", "r_d", "r_b"], 3) == [1, 3, 0]


def test_what_no_record_knows_stays_as_it_was(found: Trained) -> None:
    before = shipped()["fields"]

    for field in ("gender", "identifier", "birth_place", "email"):
        for row, probabilities in found.document["fields"][field]["probabilities"].items():
            assert probabilities == pytest.approx(before[field]["probabilities"][row], rel=0.05, abs=1e-6), (field, row)


def test_a_table_of_nobody_known_twice_gives_the_shipped_tables() -> None:
    table = Table.build(["r_a", "r_b"], np.zeros(2, np.int32), np.zeros(2, np.int64), [{"given_name": "Ann"}, {}])
    rows = train(table, shipped(), "x").document["fields"]["birth"]["probabilities"]["match"]

    assert rows == pytest.approx(shipped()["fields"]["birth"]["probabilities"]["match"], abs=0.01)


def test_a_name_that_few_people_bear_is_not_listed_however_many_records_they_have() -> None:
    given = [{"given_name": "Zebulon", "surname": "Quixworth"}] * 40
    given += [{"given_name": "Anna", "surname": "Nowak"}] * 40
    people = np.array([*([0] * 40), *range(1, 41)], np.int64)
    table = Table.build([f"r_{n:03}" for n in range(80)], np.zeros(80, np.int32), np.zeros(80, np.int64), given)

    counted = with_shares(shipped(), table, people)["shares"]

    assert {part: sorted(bands.values()) for part, bands in counted.items()} == {
        "given_name": ["anna"], "surname": ["nowak"],
    }  # fmt: skip
