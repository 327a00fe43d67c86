"""Which documents take long: for how long that is believed, and what they are expected to take."""

from __future__ import annotations

from api.pace import Pace


def test_a_document_that_took_long_is_slow_until_it_was_quick_three_times_in_a_row() -> None:
    pace = Pace(0.5)
    assert not pace.slow("a")
    pace.took("a", 0.1)
    assert not pace.slow("a")
    pace.took("a", 2.0)
    assert pace.slow("a")
    for _ in range(2):
        pace.took("a", 0.1)
        assert pace.slow("a")
    pace.took("a", 0.6)
    for _ in range(2):
        pace.took("a", 0.1)
        assert pace.slow("a")
    pace.took("a", 0.1)
    assert not pace.slow("a")


def test_what_a_document_is_expected_to_take_is_what_it_took_last() -> None:
    pace = Pace(0.5)
    assert pace.expected("a") == 0.5
    pace.took("a", 2.0)
    assert pace.expected("a") == 2.0
    pace.took("a", 0.1)
    assert pace.expected("a") == 0.1


def test_only_so_many_documents_are_remembered() -> None:
    pace = Pace(0.5)
    for number in range(600):
        pace.took(str(number), 1.0)
    assert not pace.slow("0")
    assert pace.slow("599")
