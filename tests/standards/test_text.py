"""Folding and squeezing text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.text import fold, squeeze, tokens


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("O'Neill", "oneill"),
        ("O’Neill", "oneill"),
        ("O´Neill", "oneill"),
        ("Smith-Jones", "smith jones"),
        ("Łukasz  Żółć", "lukasz zolc"),
        ("Ștefan Țepeș", "stefan tepes"),
        (" J.P.  Smith ", "j p smith"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert tokens(text) == tuple(folded.split())


@given(st.text())
def test_fold_is_idempotent_and_plain(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert set(folded) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")
    assert "  " not in folded


@given(st.text())
def test_squeeze_is_idempotent_and_ascii(text: str) -> None:
    assert squeeze(squeeze(text)) == squeeze(text)
    assert squeeze(text).isascii()
