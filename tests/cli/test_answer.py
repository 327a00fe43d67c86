"""The commands that answer: for people, and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command

pytestmark = pytest.mark.database


def _ids(ask: Command, *names: str) -> list[str]:
    return [json.loads(ask("search", name, "--json").out)[0]["id"] for name in names]


def test_search_profile_path_and_explain_answer(ask: Command) -> None:
    john, anna = _ids(ask, "john smith", "anna nowak")

    assert "John Smith" in ask("search", "jon smith").out
    profile = json.loads(ask("profile", john, "--json", "--purpose", "INVESTIGATION; case 7").out)
    assert (profile["id"], profile["label"]) == (john, "John Smith")
    assert "07700900101" in profile["identifiers"][0] or "+447700900101" in str(profile["identifiers"])
    assert "John Smith" in ask("profile", john).out
    (path, *_) = json.loads(ask("path", john, anna, "--json").out)
    assert john in str(path)
    assert anna in str(path)
    assert ask("path", john, anna).code == 0
    explained = json.loads(ask("explain", john, anna, "--json").out)
    assert explained["verdict"] == "DIFFERENT"


def test_a_text_without_a_letter_is_told(ask: Command) -> None:
    ran = ask("search", "*")

    assert (ran.code, "'*' has no letter or digit" in ran.err) == (2, True)


def test_less_cleared_eyes_see_less(ask: Command) -> None:
    (john,) = _ids(ask, "john smith")

    assert ask("profile", john, "--markings", "OFFICIAL").code == 0
    wrong = ask("profile", john, "--markings", "OFICIAL")
    assert (wrong.code, "did you mean OFFICIAL?" in wrong.err) == (2, True)


def test_schema_doctor_and_dump(ask: Command, tmp_path: Path) -> None:
    assert ask("schema", "check").code == 0
    assert ask("schema", "apply").code == 0
    assert ask("doctor").code in (0, 1)
    dumped = ask("dump", tmp_path / "graph.jsonl")
    assert dumped.code == 0
    assert b"John" in (tmp_path / "graph.jsonl").read_bytes()
    assert "John" not in dumped.err


@pytest.mark.parametrize(
    ("arguments", "code", "named"),
    [
        (("profile", "e_aaaaaaaaaaaaaaaaaaaa"), 1, "e_aaaaaaaaaaaaaaaaaaaa"),
        (("profile", "r_aaaaaaaaaaaaaaaaaaaa"), 1, "r_aaaaaaaaaaaaaaaaaaaa"),
        (("explain", "e_aaaaaaaaaaaaaaaaaaaa", "nobody"), 1, "e_aaaaaaaaaaaaaaaaaaaa"),
        (("path", "e_aaaaaaaaaaaaaaaaaaaa", "e_baaaaaaaaaaaaaaaaaaa"), 1, "e_aaaaaaaaaaaaaaaaaaaa"),
        (("path", "e_aaaaaaaaaaaaaaaaaaaa", "e_baaaaaaaaaaaaaaaaaaa", "--max-hops", "50"), 2, "6"),
        (("search", "smith", "--first", "100000"), 2, "500"),
        (("search", "smith", "--purpose", "CURIOSITY"), 2, "CURIOSITY"),
        (("search",), 2, "Missing argument"),
        (("seek", "smith"), 2, "seek"),
    ],
)
def test_wrong_questions_are_named(ask: Command, arguments: tuple[str, ...], code: int, named: str) -> None:
    ran = ask(*arguments)

    assert (ran.code, ran.out) == (code, "")
    assert named in ran.err


@pytest.mark.parametrize(
    "text",
    ['smith" OR label:*', "smith~0.1 AND (", "x'}) DETACH DELETE n //", "a:b^4 [1 TO 5] !{}\\"],
)
def test_syntax_in_a_name_is_only_a_name(ask: Command, text: str) -> None:
    assert ask("search", text).code == 0
    assert "John Smith" in ask("search", "john smith").out
