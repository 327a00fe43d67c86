"""The model of counts finds what was put in, is as sure as it should be, and the number of officers costs least."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import nbinom

from analysis.count_model import Case, CountModel, Outlook
from analysis.deployment import Terms, best, option, options

GROUPS = {"A": -0.6, "B": 0.0, "C": 0.6}
TERMS = Terms(officer=300, each=4, unmet=2_000, harm=4_000, least=3)


def drawn(seed: int, number: int, shape: float = 6.0) -> tuple[list[Case], list[int], list[float]]:
    """Cases, what came, and the true means: exp(2 + 0.5 x + group), x of unit spread, scattered by a gamma."""
    chance = np.random.default_rng(seed)
    cases, means = [], []
    for _ in range(number):
        x, group = float(chance.normal()), str(chance.choice(list(GROUPS)))
        cases.append(Case({"x": x}, {"group": group, "noise": str(chance.integers(12))}))
        means.append(float(np.exp(2 + 0.5 * x + GROUPS[group])))
    counts = chance.poisson(chance.gamma(shape, np.array(means) / shape)).tolist()
    return cases, counts, means


def certain(mean: float, shape: float = 8.0) -> Outlook:
    return Outlook(np.array([mean]), np.array([1.0]), shape)


def test_it_finds_what_was_put_in() -> None:
    cases, counts, _ = drawn(1, 600)
    model = CountModel(cases, counts)
    assert model.outlook(Case({"x": 0.0}, {"group": "B", "noise": "1"})).mean == pytest.approx(np.exp(2), rel=0.15)
    one, other = (model.parts(Case({"x": 0.0}, {"group": each, "noise": "1"})) for each in "AC")
    assert other["group"] - one["group"] == pytest.approx(1.2, abs=0.15)
    assert model.parts(Case({"x": 1.0}, {"group": "B", "noise": "1"}))["x"] == pytest.approx(0.5, abs=0.1)
    assert 4 <= model.shape <= 16
    # A factor that does nothing is found to do little.
    noise = [model.parts(Case({"x": 0.0}, {"group": "B", "noise": str(n)}))["noise"] for n in range(12)]
    assert max(map(abs, noise)) < 0.15


def test_its_range_holds_as_often_as_it_says() -> None:
    held = []
    for seed in range(12):
        cases, counts, _ = drawn(seed, 90)
        model = CountModel(cases[:60], counts[:60])
        for case, count in zip(cases[60:], counts[60:], strict=True):
            low, high = model.outlook(case).interval(0.8)
            held.append(low <= count <= high)
    assert 0.75 <= np.mean(held) <= 0.87


def test_a_level_that_was_never_seen_makes_it_less_sure() -> None:
    cases, counts, _ = drawn(3, 200)
    model = CountModel(cases, counts)
    known, new = (model.outlook(Case({"x": 0.0}, {"group": each, "noise": None})) for each in ("B", "Z"))
    assert new.quantile(0.9) - new.quantile(0.1) > known.quantile(0.9) - known.quantile(0.1)


def test_equal_cases_are_not_apart_and_unequal_ones_are() -> None:
    cases, counts, _ = drawn(4, 200)
    model = CountModel(cases, counts)
    a, c = (Case({"x": 0.0}, {"group": each, "noise": "1"}) for each in "AC")
    assert model.apart(a, a) == 0
    assert model.apart(a, c) == pytest.approx(model.apart(c, a))
    assert model.apart(a, c) > model.apart(a, Case({"x": 0.1}, {"group": "A", "noise": "1"}))


def test_the_same_question_has_the_same_answer() -> None:
    cases, counts, _ = drawn(5, 80)
    one, other = (CountModel(cases, counts).outlook(cases[0]) for _ in range(2))
    assert one.mean == other.mean


def test_nothing_ever_happened() -> None:
    outlook = CountModel([Case({"x": float(n)}, {"group": None}) for n in range(20)], [0] * 20).outlook(
        Case({"x": 3.0}, {"group": None})
    )
    assert outlook.interval(0.8) == (0, 0)
    assert outlook.mean < 0.5


@given(st.floats(0.05, 300), st.floats(0.5, 60), st.floats(0, 400))
@settings(max_examples=60, deadline=None)
def test_an_outlook_is_its_distribution(mean: float, shape: float, capacity: float) -> None:
    outlook = certain(mean, shape)
    whole = nbinom(shape, shape / (shape + mean))
    counts = np.arange(int(whole.ppf(1 - 1e-10)) + 2)
    beyond = float(np.sum(whole.pmf(counts) * np.maximum(counts - capacity, 0)))
    assert outlook.beyond(capacity) == pytest.approx(beyond, abs=1e-3 + 1e-4 * mean)
    for probability in (0.1, 0.5, 0.9):
        assert outlook.quantile(probability) == int(whole.ppf(probability))


@given(st.lists(st.floats(0.1, 60), min_size=1, max_size=4))
@settings(max_examples=30, deadline=None)
def test_the_best_number_costs_least(means: list[float]) -> None:
    outlooks = [certain(mean) for mean in means]
    chosen = best(TERMS, outlooks)
    costs = [option(TERMS, outlooks, number).cost for number in range(TERMS.least, 800)]
    assert chosen.cost == pytest.approx(min(costs))
    assert chosen.officers in [each.officers for each in options(TERMS, outlooks, chosen.officers)]


def test_what_came_is_paid_for() -> None:
    assert TERMS.realised(8, 5) == 8 * 300 + 3 * 6_000
    assert TERMS.realised(20, 5) == 20 * 300
    assert (TERMS.needed(0), TERMS.needed(5)) == (3, 20)
