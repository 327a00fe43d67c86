"""Which documents take long: for how long that is believed, and what they are expected to take."""

from __future__ import annotations

from api.pace import Pace, Size


def test_a_document_that_took_long_is_large_until_it_was_quick_three_times_in_a_row() -> None:
    pace = Pace(0.5)
    assert pace.size("a") is not Size.LARGE
    pace.took("a", 0.1)
    assert pace.size("a") is not Size.LARGE
    pace.took("a", 2.0)
    assert pace.size("a") is Size.LARGE
    for _ in range(2):
        pace.took("a", 0.1)
        assert pace.size("a") is Size.LARGE
    pace.took("a", 0.6)
    for _ in range(2):
        pace.took("a", 0.1)
        assert pace.size("a") is Size.LARGE
    pace.took("a", 0.1)
    assert pace.size("a") is not Size.LARGE


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
    assert pace.size("0") is Size.SMALL
    assert pace.size("599") is Size.LARGE


def test_what_mostly_takes_much_work_is_middling() -> None:
    pace = Pace(0.5)
    pace.took("profile", 0.4, 0.003)
    pace.took("paths", 0.4, 0.012)
    assert (pace.size("profile"), pace.size("paths")) == (Size.SMALL, Size.MIDDLING)
    for _ in range(2):
        # Another thread's objects may be collected in this one's time.
        pace.took("profile", 0.4, 0.003)
    pace.took("profile", 0.4, 0.3)
    assert pace.size("profile") is Size.SMALL
    pace.took("paths", 0.1, 0.004)
    pace.took("paths", 0.1, 0.012)
    assert pace.size("paths") is Size.MIDDLING
    pace.took("paths", 0.6, 0.012)
    assert pace.size("paths") is Size.LARGE
