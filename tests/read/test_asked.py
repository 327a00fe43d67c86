"""What was typed becomes a query in which nothing of the query syntax is the caller's."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import BadInput
from graph.read.asked import LONGEST_TEXT, MOST_WORDS, fuzzy_edits, is_plain, loose_query, strict_query, understand

SPECIAL = [*'+-!(){}[]^"~*?:\\/', "&&", "||", "AND", "OR", "NOT", "a:b", "text_0:x", "a^9", "[a TO z]", "O'Neill (jr)"]
_GRAMMAR = re.compile(r"\(|\)| OR | AND |[a-z0-9]+(?:\*|~[12])?")


def queries(text: str, *, fuzzy: bool) -> list[str]:
    asked = understand(text, fuzzy=fuzzy)
    assert all(is_plain(word) for word in (*asked.words, *asked.solid))
    return [query for query in (strict_query(asked), loose_query(asked)) if query is not None]


@pytest.mark.parametrize("special", SPECIAL)
@pytest.mark.parametrize("fuzzy", [True, False])
def test_syntax_never_comes_through(special: str, fuzzy: bool) -> None:
    for query in queries(f"smith {special} jones", fuzzy=fuzzy):
        assert _GRAMMAR.sub("", query) == ""
        assert query.count("(") == query.count(")")


@given(st.text(max_size=LONGEST_TEXT), st.booleans())
def test_any_text_is_a_plain_query_or_bad_input(text: str, fuzzy: bool) -> None:
    try:
        found = queries(text, fuzzy=fuzzy)
    except BadInput:
        return
    for query in found:
        assert _GRAMMAR.sub("", query) == ""
        assert len(re.findall(r"[a-z0-9]+(?:\*|~[12])?", query)) <= 1_024


@pytest.mark.parametrize("text", ["", "   ", "***", "!?", "x" * (LONGEST_TEXT + 1)])
def test_nothing_to_search_for_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match=r"^text: "):
        understand(text)


def test_too_many_words_are_refused() -> None:
    understand(" ".join(f"w{n}" for n in range(MOST_WORDS)))
    with pytest.raises(BadInput, match="21 words"):
        understand(" ".join(f"w{n}" for n in range(MOST_WORDS + 1)))


def test_exact_words_make_no_fuzzy_clause() -> None:
    assert strict_query(understand("Bill Smith", fuzzy=False)) == "((bill OR bill*) AND (smith OR smith*))"


def test_nicknames_and_slips_are_asked_for() -> None:
    query = strict_query(understand("Bill Smithson"))
    assert "william" in query
    assert "bill~1" in query
    assert "smithson~2" in query


def test_a_lone_letter_is_no_prefix() -> None:
    assert strict_query(understand("j", fuzzy=False)) == "(j)"
    assert "j*" in strict_query(understand("j smith", fuzzy=False))


def test_identifiers_are_asked_for_in_one_piece() -> None:
    assert "ab12cde" in understand("AB12 CDE").solid
    assert "qq123456c" in understand("QQ 12 34 56 C").solid
    assert understand("smith").solid == ()


def test_loose_leaves_out_one_word() -> None:
    assert loose_query(understand("smith", fuzzy=False)) is None
    assert loose_query(understand("ann lee", fuzzy=False)) == "(((ann OR ann*)) OR ((lee OR lee*)))"


def test_a_word_that_is_kept_alone_may_have_one_slip() -> None:
    assert {
        text: "~2" in (loose_query(understand(text)) or "") for text in ("cathetine morgas", "cathetine b morgas")
    } == {
        "cathetine morgas": False,
        "cathetine b morgas": True,
    }


@pytest.mark.parametrize(
    ("word", "edits"), [("al", 0), ("ann", 1), ("smith", 1), ("smithy", 2), ("12345", 0), ("123456", 1)]
)
def test_longer_words_bear_more_slips(word: str, edits: int) -> None:
    assert fuzzy_edits(word) == edits
