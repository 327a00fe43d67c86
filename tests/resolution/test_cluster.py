"""The partition: a function of the set of its inputs, and obedient to analysts."""

import random
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import pytest

from resolution.candidate import candidates
from resolution.cluster import ANALYST, Partition, partition
from resolution.evaluate import evaluate
from resolution.model import default_model
from resolution.profile import judge_profiles
from resolution.score import RULES, Judgement, judge
from tests.resolution.town import Town, made

_MODEL = default_model()
_STRONG, _WEAK = 20.0, 1.0


@dataclass
class Case:
    """A small hand-made graph of scored pairs by record id."""

    pairs: dict[tuple[str, str], float]
    veto: set[tuple[str, str]] = field(default_factory=set)
    silent: set[str] = field(default_factory=set)
    same: list[tuple[str, str]] = field(default_factory=list)
    different: list[tuple[str, str]] = field(default_factory=list)
    mks: dict[str, int] = field(default_factory=dict)
    days: dict[str, int] = field(default_factory=dict)

    def ids(self) -> list[str]:
        return sorted({one for pair in [*self.pairs, *self.same, *self.different] for one in pair})

    def judged(self, pairs: list[tuple[str, str]]) -> Judgement:
        """These pairs; who is silent knows no birth, and every conflict is one of births."""
        births = RULES.index("two births")
        veto = [births * (pair in self.veto) for pair in pairs]
        silent = [(1 << births) * any(one in self.silent for one in pair) for pair in pairs]
        bits = np.array([self.pairs[pair] for pair in pairs])
        return Judgement(bits, np.array(veto, np.int8), np.array(silent, np.int8))

    def partition(self, seed: int = 0) -> tuple[list[str], Partition]:
        chance = random.Random(seed)
        ids = chance.sample(self.ids(), len(self.ids()))
        place = {one: at for at, one in enumerate(ids)}
        pairs = chance.sample(sorted(self.pairs), len(self.pairs))
        ends = [[place[pair[side]] for pair in pairs] for side in (0, 1)]
        return ids, partition(
            ids,
            np.array([self.mks.get(one, 0) for one in ids], np.int32),
            np.array([self.days.get(one, 0) for one in ids], np.int64),
            np.array(ends[0], np.int64),
            np.array(ends[1], np.int64),
            self.judged(pairs),
            [(place[a], place[b]) for a, b in self.same],
            [(place[a], place[b]) for a, b in self.different],
            _MODEL,
        )

    def clusters(self, seed: int = 0) -> set[frozenset[str]]:
        ids, found = self.partition(seed)
        return gathered(ids, found)


def gathered(ids: list[str], found: Partition) -> set[frozenset[str]]:
    members: dict[int, set[str]] = {}
    for one, seed in zip(ids, found.seed.tolist(), strict=True):
        members.setdefault(seed, set()).add(one)
    return {frozenset(each) for each in members.values()}


def sets(*texts: str) -> set[frozenset[str]]:
    return {frozenset(text) for text in texts}


def test_pairs_at_join_are_one_and_pairs_at_review_are_possible() -> None:
    ids, found = Case({("a", "b"): _STRONG, ("b", "c"): _WEAK, ("c", "d"): -4.0}).partition()

    assert gathered(ids, found) == sets("ab", "c", "d")
    assert [(ids[i], ids[j], bits) for i, j, bits in found.possible] == [("b", "c", _WEAK)]


def test_the_seed_is_the_first_by_date_then_by_id() -> None:
    ids, found = Case({("a", "b"): _STRONG, ("c", "d"): _STRONG}, days={"a": 5, "b": 3}).partition()

    assert {ids[seed] for seed in found.seed.tolist()} == {"b", "c"}


def test_what_analysts_hold_apart_stays_apart_the_weaker_side_leaves() -> None:
    case = Case({("a", "b"): _STRONG, ("b", "c"): _STRONG - 1}, different=[("a", "c")])

    assert case.clusters() == sets("ab", "c")


def test_what_analysts_hold_together_is_together_against_any_score() -> None:
    case = Case({("a", "b"): -12.0, ("b", "c"): _STRONG}, veto={("a", "b")}, same=[("b", "a")])

    assert case.clusters() == sets("abc")


def test_a_different_outweighs_a_same_and_reaches_through_others() -> None:
    assert Case({}, same=[("a", "b")], different=[("a", "b")]).clusters() == sets("a", "b")
    assert Case({("b", "c"): _STRONG}, same=[("a", "b")], different=[("a", "c")]).clusters() == sets("ab", "c")


def test_two_members_in_hard_conflict_never_meet_through_a_third() -> None:
    case = Case({("a", "b"): _STRONG, ("b", "c"): _STRONG - 1, ("a", "c"): -6.0}, veto={("a", "c")})

    assert case.clusters() == sets("ab", "c")


def test_who_fits_one_of_two_people_as_well_as_the_other_is_joined_to_neither() -> None:
    pairs = {("a", "b"): _STRONG, ("b", "c"): _STRONG - 1, ("a", "c"): -6.0}
    ids, found = Case(pairs, veto={("a", "c")}, silent={"b"}).partition()

    assert gathered(ids, found) == sets("a", "b", "c")
    assert {ids[i] + ids[j] for i, j, _ in found.possible} == {"ab", "bc"}
    assert Case({**pairs, ("b", "c"): _STRONG - 4}, veto={("a", "c")}, silent={"b"}).clusters() == sets("ab", "c")


def test_two_people_whom_an_analyst_holds_to_be_one_are_no_rivals() -> None:
    pairs = {("a", "b"): _STRONG, ("b", "c"): _STRONG - 1, ("a", "c"): -6.0}

    assert Case(pairs, veto={("a", "c")}, silent={"b"}, same=[("a", "c")]).clusters() == sets("abc")


def test_a_bridge_between_two_clusters_that_do_not_cohere_is_cut() -> None:
    inside = {(a, b): _STRONG for group in ("abc", "xyz") for a in group for b in group if a < b}
    across = {(a, b): -9.0 for a in "abc" for b in "xyz"}

    assert Case({**inside, **across, ("c", "x"): _STRONG - 8}).clusters() == sets("abc", "xyz")
    assert Case({**inside, ("c", "x"): _STRONG - 8}).clusters() == sets("abcxyz")


def test_across_markings_the_best_pair_ties_two_clusters() -> None:
    case = Case({("a", "b"): _STRONG, ("a", "x"): 9.0, ("b", "x"): 8.0}, mks={"x": 1})
    ids, found = case.partition()

    assert gathered(ids, found) == sets("ab", "x")
    assert [(ids[i], ids[j], bits) for i, j, bits in found.same_identity] == [("a", "x", 9.0)]
    assert not found.possible


def test_an_analyst_across_markings_ties() -> None:
    ids, found = Case({}, same=[("x", "a")], mks={"x": 1}).partition()

    assert [(ids[i], ids[j], bits) for i, j, bits in found.same_identity] == [("a", "x", ANALYST)]
    assert gathered(ids, found) == sets("a", "x")


def test_an_analyst_across_markings_unties() -> None:
    _, found = Case({("a", "x"): _STRONG}, different=[("a", "x")], mks={"x": 1}).partition()

    assert not found.same_identity
    assert not found.possible


def settled(town: Town, seed: int | None = None, *, decide: int = 0) -> tuple[set[frozenset[str]], set[frozenset[str]]]:
    """The clusters of a town whose records come in an order of that seed, and the pairs that may be one."""
    order = list(range(len(town.ids)))
    if seed is not None:
        random.Random(seed).shuffle(order)
    town = town.of(order)
    table = town.table()
    left, right = candidates(table)
    found = judge(table, left, right, _MODEL)
    names = sorted(town.ids)
    place = {one: at for at, one in enumerate(town.ids)}
    chance = random.Random(99)
    words = [tuple(place[one] for one in chance.sample(names, 2)) for _ in range(decide)]
    same, different = [(a, b) for a, b in words[::2]], [(a, b) for a, b in words[1::2]]
    made_ = partition(
        town.ids,
        table.mks,
        table.first_as_of,
        left,
        right,
        found,
        same,
        different,
        _MODEL,
        partial(judge_profiles, table, _MODEL),
    )
    return gathered(town.ids, made_), {frozenset((town.ids[a], town.ids[b])) for a, b, _ in made_.possible}


@pytest.mark.parametrize("decide", [0, 60])
def test_the_order_of_arrival_changes_nothing(decide: int) -> None:
    town = made(400)
    first = settled(town, decide=decide)

    assert all(settled(town, seed, decide=decide) == first for seed in range(4))


def test_no_entity_mixes_markings_and_none_feels_another_compartment() -> None:
    town = made(500, restricted=0.3)
    clusters, _ = settled(town)
    open_ = set(town.only(0).ids)

    assert all(one <= open_ or not one & open_ for one in clusters)
    assert {one for one in clusters if one <= open_} == settled(town.only(0))[0]


def test_the_town_is_resolved_rightly() -> None:
    town = made(1_500, seed=11, restricted=0)
    clusters, _ = settled(town)
    entity = {record: min(one) for one in clusters for record in one}
    found = evaluate([(r, str(t), mk, entity[r]) for r, t, mk in zip(town.ids, town.truth, town.mks, strict=True)])

    assert found.pairwise.precision >= 0.98
    assert found.pairwise.f1 >= 0.90
    assert found.bcubed.f1 >= 0.95
    assert found.largest <= 2 * found.largest_true
