"""What is shown before two are parted, or a word is taken back, is what comes of it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.decide.parish import DECIDE, Parish, preview, say, unsay
from tests.decide.test_decide import ACORN, ANN, ANNA, HANNA, ONLY_OPEN

pytestmark = pytest.mark.database
SPLIT = """query($a: ID!, $b: ID!, $word: ID) { splitPreview(a: $a, b: $b, takingBack: $word) {
  token apart marking before { id label } after { label records { id } } } }"""
UNSAY = """mutation($id: ID!, $token: String) {
  retract(decision: $id, reason: "mistaken", previewToken: $token) { decision { id } } }"""
TWINS = [ANNA, {**ANNA, "id": "a2"}, {**ANNA, "id": "a4"}]


def split(parish: Parish, a: str, b: str, headers: dict[str, str] | None = None, word: str | None = None) -> Any:
    return parish.ask(SPLIT, headers, a=a, b=b, word=word)["splitPreview"]


def groups(parish: Parish, *ids: str) -> set[frozenset[str]]:
    """Which of these people's records are one now."""
    found: dict[str | None, set[str]] = {}
    for id_ in ids:
        found.setdefault(parish.entity(id_), set()).add(parish.record(id_))
    return {frozenset(each) for each in found.values()}


def told(shown: Any) -> set[frozenset[str]]:
    return {frozenset(record["id"] for record in each["records"]) for each in shown["after"]}


def test_what_different_would_do_is_what_it_does(parish: Parish) -> None:
    parish.deliver(TWINS)
    before = parish.dump()
    a, b = parish.record("a1"), parish.record("a2")
    shown = split(parish, a, b)

    assert parish.dump() == before, "to look changes nothing"
    assert (shown["apart"], shown["marking"], len(shown["before"])) == (True, "OFFICIAL", 1)
    assert [each["label"] for each in shown["after"]] == ["Anna Nowak", "Anna Nowak"]
    word = say(parish, a, b, "DIFFERENT")["decision"]["id"]
    assert told(shown) == groups(parish, "a1", "a2", "a4")

    back = split(parish, a, b, word=word)
    assert (back["apart"], len(back["before"]), len(back["after"])) == (False, 2, 1)
    unsay(parish, word)
    assert told(back) == groups(parish, "a1", "a2", "a4") == {frozenset(map(parish.record, ("a1", "a2", "a4")))}


def test_what_taking_back_would_do_is_what_it_does(parish: Parish) -> None:
    parish.deliver([ANNA, ANN, HANNA])
    a, b = parish.record("a1"), parish.record("a3")
    word = say(parish, a, b, "SAME")["decision"]["id"]
    shown = split(parish, a, b, word=word)
    assert shown["apart"]
    assert {each["label"] for each in shown["after"]} == {"Anna Nowak", "Hanna Lis"}
    unsay(parish, word)
    assert told(shown) == groups(parish, "a1", "a3")
    # Of two who are two already the word changes nothing but what is to come.
    shown = split(parish, a, b)
    assert (shown["apart"], len(shown["before"]), told(shown)) == (True, 2, groups(parish, "a1", "a3"))


def test_only_a_word_that_stands_on_the_two_and_may_be_seen_is_taken_back(parish: Parish) -> None:
    parish.deliver([ANNA, ANN, HANNA])
    a, b, c = (parish.record(id_) for id_ in ("a1", "a2", "a3"))
    hidden = say(parish, a, c, "DIFFERENT", marking=ACORN)["decision"]["id"]
    known = say(parish, a, b, "SAME")["decision"]["id"]

    def refused(headers: dict[str, str] | None, one: str, other: str, word: str) -> tuple[str, str]:
        found: tuple[str, str] = parish.ask.code(SPLIT, headers, a=one, b=other, word=word)
        return found[0], found[1].replace(word, "-")

    assert refused(None, a, c, known)[0] == "NOT_FOUND"
    assert refused(ONLY_OPEN, a, c, hidden) == refused(ONLY_OPEN, a, c, "d_" + "a" * 20)
    assert split(parish, a, c, word=hidden)["apart"]
    unsay(parish, known)
    assert refused(None, a, b, known)[0] == "CONFLICT"


def test_across_compartments_a_tie_is_what_goes(parish: Parish) -> None:
    parish.deliver([ANNA, {**HANNA, "marking": ACORN}])
    a, b = parish.record("a1"), parish.record("a3", ACORN)
    word = say(parish, a, b, "SAME")["decision"]["id"]
    shown = split(parish, a, b, word=word)
    assert (shown["apart"], shown["marking"]) == (True, ACORN)
    assert len(shown["before"]) == len(shown["after"]) == 2


def test_a_token_of_what_was_shown_is_held_to_where_one_is_given(parish: Parish) -> None:
    parish.deliver(TWINS)
    a, b, c = (parish.record(id_) for id_ in ("a1", "a2", "a4"))
    token, of_merge = split(parish, a, b)["token"], preview(parish, a, b)["token"]
    for other in (split(parish, a, c)["token"], "x", split(parish, a, b, ONLY_OPEN)["token"][:-4]):
        code, _ = parish.ask.code(DECIDE, a=a, b=b, verdict="DIFFERENT", reason="x", token=other)
        assert code == "BAD_INPUT"
    assert parish.ask.code(DECIDE, a=a, b=b, verdict="SAME", reason="x", token=token)[0] == "BAD_INPUT"

    parish.deliver([{**ANNA, "id": "a2", "phone": "07700 900999"}])
    for stale, question in ((token, "splitPreview"), (of_merge, "mergePreview")):
        code, message = parish.ask.code(DECIDE, a=a, b=b, verdict="DIFFERENT", reason="x", token=stale)
        assert (code, f"ask {question} again" in message) == ("CONFLICT", True)
    fresh = split(parish, a, b)["token"]
    word = say(parish, a, b, "DIFFERENT", token=fresh)["decision"]["id"]

    back = split(parish, a, b, word=word)["token"]
    assert parish.ask.code(UNSAY, id=word, token=fresh)[0] == "BAD_INPUT", "of the word that was said, not taken back"
    parish.deliver([{**ANNA, "id": "a4", "phone": "07700 900998"}])
    code, message = parish.ask.code(UNSAY, id=word, token=back)
    assert (code, "ask splitPreview again" in message) == ("CONFLICT", True)
    assert (
        parish.ask(UNSAY, id=word, token=split(parish, a, b, word=word)["token"])["retract"]["decision"]["id"] == word
    )
