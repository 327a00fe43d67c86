"""Candidates: who shares a key, capped, and no compartment felt in another."""

import numpy as np

from resolution.candidate import candidates
from resolution.key import CAPS
from resolution.table import Table
from tests.resolution.town import Town, made


def pairs(town: Town) -> set[tuple[str, str]]:
    left, right = candidates(town.table())
    return {(town.ids[a], town.ids[b]) for a, b in zip(left.tolist(), right.tolist(), strict=True)}


def crowd(count: int, mk: int = 0, start: int = 0) -> Town:
    """People of one phone and nothing else in common."""
    properties = [{"phone": ["07700900123"]} for _ in range(count)]
    return Town([f"r_{start + n:04d}" for n in range(count)], properties, list(range(count)), [mk] * count)


def test_nearly_all_records_of_one_person_are_candidates() -> None:
    town = made(600, restricted=0)
    left, right = candidates(town.table())
    truth = np.array(town.truth)
    sizes = np.bincount(truth)

    assert (left < right).all()
    assert (truth[left] == truth[right]).sum() >= 0.95 * (sizes * (sizes - 1) // 2).sum()


def test_no_pairs_of_nothing() -> None:
    assert [
        part.tolist() for part in candidates(Table.build([], np.zeros(0, np.int32), np.zeros(0, np.int64), []))
    ] == [
        [],
        [],
    ]


def test_a_key_with_too_many_holders_gives_none() -> None:
    cap = CAPS["contact"]

    assert len(pairs(crowd(cap))) == cap * (cap - 1) // 2
    assert not pairs(crowd(cap + 1))


def test_what_one_compartment_holds_changes_no_pair_of_another() -> None:
    town = made()
    inside = set(town.only(0).ids)

    assert {pair for pair in pairs(town) if set(pair) <= inside} == pairs(town.only(0))


def test_a_crowd_elsewhere_takes_no_pair_away() -> None:
    here, there = crowd(5), crowd(CAPS["contact"] + 1, mk=1, start=5_000)
    both = Town(*(getattr(here, part) + getattr(there, part) for part in ("ids", "properties", "truth", "mks")))

    assert pairs(both) == pairs(here)


def test_pairs_across_three_compartments() -> None:
    town = crowd(6)
    marked = Town(town.ids, town.properties, town.truth, [0, 0, 1, 1, 2, 2])

    assert len(pairs(marked)) == 15


def test_pairs_that_have_one_of_some_records() -> None:
    table = made(200).table()
    some = np.arange(len(table)) % 7 == 0
    left, right = candidates(table)
    kept = some[left] | some[right]
    found = candidates(table, ends=some)
    assert 0 < kept.sum() < len(kept)
    assert (found[0] == left[kept]).all()
    assert (found[1] == right[kept]).all()
