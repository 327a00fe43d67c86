"""However many processors there are, and whatever is told apart without comparing it, the same comes of it."""

from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA, JaroWinkler

from resolution import abreast, fold_column, frequency, key_column, level_name, pattern, score
from resolution.candidate import candidates
from resolution.column import as_values, encoded
from resolution.level_column import Dates
from resolution.level_name import Words
from resolution.model import default_model, shipped_document
from resolution.score import judge
from resolution.train import train
from resolution.unlike import Letters
from tests.resolution.town import made

_FIELDS = default_model().fields


def _made_by(workers: int, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, ...]:
    """All that comes of a town with so many processors, in parts so small that there is work for each."""
    monkeypatch.setattr(abreast, "WORKERS", workers)
    for module in (score, pattern):
        monkeypatch.setattr(module, "_CHUNK", 700)
    monkeypatch.setattr(frequency, "_RANDOM", 5_000)
    for module in (fold_column, key_column):
        monkeypatch.setattr(module, "MANY", 1)
    monkeypatch.setattr(abreast, "_SOME", 1)
    table = made(400).table()
    left, right = candidates(table)
    found = judge(table, left, right, default_model())
    columns = {name: (column.values, column.codes.tolist()) for name, column in sorted(table.columns.items())}
    judged = found.bits.tolist(), found.veto.tolist(), found.silent.tolist()
    return table.keys.tolist(), columns, judged, train(table, shipped_document(), "any").document


def test_any_number_of_processors_makes_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = _made_by(1, monkeypatch)

    assert _made_by(2, monkeypatch) == alone
    assert _made_by(3, monkeypatch) == alone


def test_work_beside_is_done_here_where_the_other_process_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(abreast, "WORKERS", 2)
    times = iter(range(9))

    def unsendable() -> object:
        next(times)
        return lambda: None

    one, other = abreast.both(lambda: 1, unsendable)

    assert one == 1
    assert callable(other)
    assert next(times) == 1


def test_what_work_raises_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(abreast, "WORKERS", 2)

    def fails(*_: object) -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        abreast.both(lambda: 1, fails)
    with pytest.raises(ValueError, match="no"):
        abreast.both(fails, lambda: 1)
    with pytest.raises(ValueError, match="no"):
        abreast.all_of(fails, [1, 2, 3])


_WORDS = st.text("abcdehijlmnorstz 'é07", min_size=1, max_size=9).filter(lambda text: not text.isspace())


@settings(max_examples=1_000, deadline=None)
@given(_WORDS, _WORDS, st.sampled_from([0.7, 0.82, 0.88, 0.96]))
@example("ab", "ba", 0.88)
def test_what_is_told_apart_by_its_letters_is_not_alike(one: str, other: str, least: float) -> None:
    letters, a, b = Letters(as_values([one, other])), np.array([0]), np.array([1])

    assert letters.edited(a, b)[0] or OSA.distance(one, other) > 1
    assert letters.similar(a, b, least)[0] or JaroWinkler.normalized_similarity(one, other) < least


def test_names_of_many_pairs_agree_as_those_of_few(monkeypatch: pytest.MonkeyPatch) -> None:
    names = "anna ann hannah hana liz betty elizabeth mohammed mohamed md robert bob rob robbie jo joe john jon".split()
    names += ["jean paul", "paul", "j p", "j", "m", "smith jones", "jones", "smithjones", "smyth", "smith", "o neill"]
    words, _ = encoded(names)
    a, b = (side.ravel() for side in np.meshgrid(np.arange(len(words)), np.arange(len(words))))
    a, b = a[a != b], b[a != b]
    words_ = Words(as_values(words))

    for name in ("given_name", "surname", "middle_name"):
        compare = getattr(words_, f"{name}s")()
        monkeypatch.setattr(level_name, "FEW", 1)
        of_many = compare(a, b, _FIELDS[name]).tolist()
        monkeypatch.setattr(level_name, "FEW", len(a) + 1)
        assert of_many == compare(a, b, _FIELDS[name]).tolist()
        assert 0 < sum(map(bool, of_many)) < len(a)


@settings(max_examples=500, deadline=None)
@given(st.dates(), st.dates(), st.integers(0, 9), st.sampled_from("0123456789"))
def test_a_date_that_is_mistyped_is_one_edit_away(one: object, other: object, place: int, figure: str) -> None:
    text, typed = str(one), str(one)
    if text[place] != "-":
        typed = text[:place] + figure + text[place + 1 :]
    for second in (str(other), typed, text[:2] + text[3] + text[2] + text[4:], text[:8] + text[9] + text[8]):
        if second == text:
            continue
        values = as_values([text, second])
        birth, (x, y) = _FIELDS["birth"], (text.split("-"), second.split("-"))
        found = int(Dates(values)(np.array([0]), np.array([1]), birth)[0])
        if OSA.distance(text, second) <= 1 or (x[0] == y[0] and x[1:] == y[:0:-1]):
            assert found == birth.level("error")
        else:
            shared = [a == b for a, b in zip(x, y, strict=True)]
            named = "month" if shared[:2] == [True, True] else "day" if shared[1:] == [True, True] else None
            expected = named or ("year" if shared[0] else "different")
            assert found == birth.level(expected)
