"""The forecast of generated football beside simpler ways: the same back-test as the benchmark's, of fewer matches."""

from __future__ import annotations

from bench.forecast import back_test, table


def test_the_model_is_as_sure_as_it_should_be_and_costs_less_than_habit() -> None:
    figures = table([each for seed in range(10) for each in back_test(seed, 2)])
    loss, inside, cost = figures["the model"]
    assert 0.7 <= inside <= 0.92
    assert cost <= 0.9 * figures["last year's number"][2]
    assert loss < figures["last year's number"][0]
    assert loss < figures["the mean"][0]
