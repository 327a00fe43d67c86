"""The evaluation against figures worked out by hand."""

import pytest

from resolution.evaluate import Rate, Wrong, evaluate


def test_pairs_and_bcubed() -> None:
    found = evaluate(
        [("1", "A", 0, "x"), ("2", "A", 0, "x"), ("3", "A", 0, "y"), ("4", "B", 0, "y"), ("5", "C", 0, "z")]
    )

    assert (found.true_pairs, found.found_pairs) == (3, 2)
    assert (found.pairwise.precision, found.pairwise.recall) == pytest.approx((1 / 2, 1 / 3))
    assert found.pairwise.f1 == pytest.approx(0.4)
    assert found.bcubed.precision == pytest.approx((1 + 1 + 1 / 2 + 1 / 2 + 1) / 5)
    assert found.bcubed.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5)
    assert (found.largest, found.largest_true) == (2, 3)
    assert found.wrong == (Wrong("y", (("3", "A"), ("4", "B"))),)


def test_only_pairs_inside_one_marking_count() -> None:
    found = evaluate([("1", "A", 0, "x"), ("2", "A", 1, "y")])

    assert found.pairwise == Rate(1.0, 1.0, 1.0)
    assert found.across is None


def test_pairs_across_are_measured_apart() -> None:
    rows = [("1", "A", 0, "x"), ("2", "A", 1, "y"), ("3", "B", 0, "z"), ("4", "B", 1, "w"), ("5", "C", 1, "v")]
    tied = {"x": "g", "y": "g", "z": "h", "v": "h"}

    assert evaluate(rows, tied).across == Rate(0.5, 0.5, 0.5)


def test_nothing_to_evaluate() -> None:
    found = evaluate([])

    assert (found.records, found.largest) == (0, 0)
    assert found.bcubed == Rate(1.0, 1.0, 1.0)
