"""How much goes into one transaction."""

from __future__ import annotations

from loaders.encode import Claim, EncodedRow
from loaders.fitting import Fitting

_CLAIM = Claim("r_a", "Person", "1", 0, "person", "{}", None, made=False)


def _rows(count: int, claims: int) -> list[EncodedRow]:
    links = tuple([("USES", False)] * claims)
    row = EncodedRow("w_a", "s_a", "", "1", 0, None, "", "", (_CLAIM,) * claims, (), links, 1, None)
    return [row] * count


def test_rows_that_make_little_go_together() -> None:
    assert Fitting().count(_rows(2_000, 3)) == 2_000


def test_rows_that_make_much_are_parted() -> None:
    assert 1 < Fitting().count(_rows(2_000, 500)) < 100


def test_a_row_goes_however_much_it_makes() -> None:
    assert Fitting().count(_rows(1, 100_000)) == 1


def test_no_rows_are_a_transaction_too() -> None:
    assert Fitting().count([]) == 0


def test_what_the_database_fails_under_is_not_tried_for_ever() -> None:
    fitting, failures = Fitting(), 0
    rows = _rows(10_000, 2)
    for _ in range(100):
        count = fitting.count(rows)
        if count > 1_500:
            failures += 1
            fitting.failed(rows[:count])
        else:
            fitting.took()
    assert failures < 10
    assert 500 < fitting.count(rows) <= 1_500
