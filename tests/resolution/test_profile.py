"""Profiles: a record alone is its own, many values are no luck, and what is known of a person decides together."""

import random
from functools import partial
from typing import Any

import numpy as np

from resolution.candidate import candidates
from resolution.cluster import Partition, partition
from resolution.model import default_model
from resolution.profile import Profiles, judge_profiles
from resolution.score import RULES, judge
from resolution.table import Table
from tests.resolution.town import made

_MODEL = default_model()
_HOME = {"address": ["10 Mill Lane"], "postcode": ["ZX1 1AB"]}
_HERBERT = {"given_name": "Herbert", "surname": "Larkfield", "date_of_birth": "1951-04-07"} | _HOME


def table_of(records: list[dict[str, Any]]) -> Table:
    n = len(records)
    return Table.build([f"r_{at:03d}" for at in range(n)], np.zeros(n, np.int32), np.zeros(n, np.int64), records)


def gathered(records: list[dict[str, Any]], *, whole: bool = True) -> tuple[set[frozenset[int]], Partition]:
    """The clusters of these records by their places; `whole`: profiles are compared too."""
    table = table_of(records)
    left, right = candidates(table)
    found = judge(table, left, right, _MODEL)
    by = partial(judge_profiles, table, _MODEL) if whole else None
    made_ = partition(table.ids, table.mks, table.first_as_of, left, right, found, (), (), _MODEL, by)
    seeds = made_.seed.tolist()
    return {frozenset(at for at, seed in enumerate(seeds) if seed == one) for one in seeds}, made_


def test_the_profile_of_one_record_scores_as_the_record_and_less_where_it_has_many_values() -> None:
    table = made(300, restricted=0).table()
    left, right = candidates(table)
    alone = judge(table, left, right, _MODEL)

    whole = judge_profiles(table, _MODEL, np.arange(len(table)), left, right)
    tries = Profiles.of(table, np.arange(len(table)), len(table)).tries.values()
    single = np.logical_and.reduce([(count[left] < 2) & (count[right] < 2) for count in tries])

    assert single.sum() > 500
    assert (whole.bits[single] == alone.bits[single]).all()
    assert (whole.veto[single] == alone.veto[single]).all()
    assert (whole.bits <= alone.bits).all()


def test_a_profile_depends_on_no_order() -> None:
    town = made(200, restricted=0)
    order = random.Random(3).sample(range(len(town.ids)), len(town.ids))
    bits = []
    for one in (town, town.of(order)):
        who = sorted(set(one.truth))
        cluster = np.array([who.index(each) for each in one.truth])
        pairs = np.arange(len(who) - 1)
        bits.append(judge_profiles(one.table(), _MODEL, cluster, pairs, pairs + 1).bits)

    assert (bits[0] == bits[1]).all()


def test_what_many_values_agree_on_counts_less() -> None:
    moved = [_HERBERT | {"address": [f"{number} Quay Terrace"], "postcode": [f"ZX7 {number}AB"]} for number in range(8)]
    table = table_of([_HERBERT, _HERBERT, *moved])
    few = judge_profiles(table, _MODEL, np.array([0, 1, *[1] * 8]), np.array([0]), np.array([1])).bits[0]

    assert judge(table, np.array([0]), np.array([1]), _MODEL).bits[0] - 6 < few
    assert few < judge(table, np.array([0]), np.array([1]), _MODEL).bits[0]


def test_two_mistaken_births_are_no_two_births_where_others_agree() -> None:
    mistaken = [_HERBERT | {"date_of_birth": born} for born in ("1951-07-04", "1951-04-17", "1981-04-07")]
    records = [_HERBERT, _HERBERT, *mistaken]
    table = table_of(records)

    assert RULES[int(judge(table, np.array([2]), np.array([4]), _MODEL).veto[0])] == "two births"
    assert len(gathered(records, whole=False)[0]) > 1
    assert len(gathered(records)[0]) == 1


def test_father_and_son_stay_two_whatever_else_they_share() -> None:
    son = _HERBERT | {"date_of_birth": "1979-11-23"}

    assert gathered([_HERBERT, _HERBERT, _HERBERT, son, son])[0] == {frozenset({0, 1, 2}), frozenset({3, 4})}


def test_a_record_that_may_be_the_father_or_the_son_is_neither() -> None:
    son, unborn = (
        _HERBERT | {"date_of_birth": "1979-11-23"},
        {k: v for k, v in _HERBERT.items() if k != "date_of_birth"},
    )
    clusters, found = gathered([_HERBERT, _HERBERT, son, son, unborn])

    assert clusters == {frozenset({0, 1}), frozenset({2, 3}), frozenset({4})}
    assert {frozenset((a, b)) & {4} for a, b, _ in found.possible} == {frozenset({4})}
    assert len(found.possible) == 2
