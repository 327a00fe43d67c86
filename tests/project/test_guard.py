"""Every way that a viewer's statement goes, from one thing to the next, is one that the viewer may go."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from graph.statements import Mode, statements

# They join a thing to the records and rows that made it, whose own marking each statement tests where it shows them.
_MADE_OF = {":RESOLVES_TO", ":SAYS"}
# How many links of any marking a thing has decides how it is read, and no answer: what they hold is read with the test.
_DEGREES = {"alert/beside", "link/by_row", "resolve/review", "walk/frontier", "walk/frontier_known"}
_LINK = re.compile(r"-\[(?P<name>\w+)?\s*(?P<types>:[^\]{*\s]+)?(?P<rest>[^\]]*)\]-")
_TEST = re.compile(r"all\((\w+) IN (?P<many>\w+) WHERE \1\.mk IN \$allowed\)|\b(?P<name>\w+)\.mk IN \$allowed")
_BARE = re.compile(r"(?<![\]-])--(?!\[)")
_WITHOUT = re.compile(r"\bX?OR\b|\bNOT\s*\?")
_FUNCTION = re.compile(r"\b(?!(?:WHERE|AND|OR|XOR|NOT|WHEN)\b)\w+\s*$")
# What begins or ends a condition.
_CLAUSE = re.compile(
    r"\b(?:WHERE|(?<!STARTS )(?<!ENDS )WITH|RETURN|MATCH|UNWIND|CALL|ORDER BY|UNION|WHEN|THEN|ELSE|SET|LIMIT)\b"
)


def unguarded(text: str) -> Iterator[str]:
    """The links in a statement's text that are followed whatever their marking: each takes a test of its own."""
    tests: Counter[str] = Counter()
    for test in _TEST.finditer(text):
        if not _lets_through(text, *test.span()):
            tests[test["many"] or test["name"]] += 1
    for link in _LINK.finditer(text):
        tests[link["name"] or ""] -= 1
        if tests[link["name"] or ""] < 0 and link["types"] not in _MADE_OF:
            yield link[0]
    yield from (bare[0] for bare in _BARE.finditer(text))


def _lets_through(text: str, begin: int, end: int) -> bool:
    """Whether the condition that a test stands in may hold without it: by a NOT before it, or an OR beside it."""
    while True:
        before, after = _beside(text[:begin][::-1], ")]}", "([{")[::-1], _beside(text[end:], "([{", ")]}")
        if _WITHOUT.search(_CLAUSE.split(before)[-1] + "?" + _CLAUSE.split(after)[0]):
            return True
        begin, end = begin - len(before) - 1, end + len(after) + 1
        # Brackets around it alone are a part of a larger condition; those of a function, a list or a pattern are not.
        if begin < 0 or text[begin] != "(" or _CLAUSE.search(before) or _FUNCTION.search(text[:begin]):
            return False


def _beside(text: str, opening: str, closing: str) -> str:
    """The text up to the bracket that it stands in, what is in brackets within it blanked."""
    depth, found = 0, ""
    for each in text:
        depth += (each in opening) - (each in closing)
        if depth < 0:
            break
        found += " " if depth or each in closing else each
    return found


@pytest.mark.parametrize("name", [each.name for each in statements().values() if each.mode is Mode.READ])
def test_a_read_follows_what_the_viewer_may_see(name: str) -> None:
    found = list(unguarded(statements()[name].text))
    assert found == (["--"] * len(found) if name in _DEGREES else []), name


def test_the_degrees_that_are_counted_are_still_counted() -> None:
    assert {name for name in _DEGREES if list(unguarded(statements()[name].text))} == _DEGREES


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (a)-[:USES]->(b) WHERE b.mk IN $allowed RETURN b",
        "MATCH (a)-[r:USES]->(b)<-[s:USES]-(c) WHERE r.mk IN $allowed RETURN c",
        "MATCH (a)-[r:USES]->(b) WHERE er.mk IN $allowed RETURN b",
        "MATCH (a)-[steps:IN*1..3]->(b) WHERE any(step IN steps WHERE step.mk IN $allowed) RETURN b",
        "CALL () { MATCH (a)-[r:USES]->(b) WHERE r.mk IN $allowed RETURN b UNION MATCH (a)-[r:HOLDS]->(b) RETURN b }",
        "MATCH (a)-[r:USES]->(b) WHERE r.mk IN $allowed OR true RETURN b",
        "MATCH (a)-[r:USES]->(b) WHERE b.x = 1 OR r.mk IN $allowed AND b.y = 2 RETURN b",
        "MATCH (a)-[r:USES]->(b) WHERE (r.mk IN $allowed AND b.y = 2) OR b.x = 1 RETURN b",
        "MATCH (a)-[r:USES]->(b) WHERE r.mk IN $allowed AND b.x STARTS WITH 'y' OR true RETURN b",
        "MATCH (a)-[r:USES]->(b) WHERE NOT r.mk IN $allowed RETURN b",
        "MATCH (a)-[r:USES]->(b) WHERE NOT (r.mk IN $allowed) RETURN b",
        "MATCH (a)-[r:USES]->(b) WHERE size([x IN $ids WHERE r.mk IN $allowed OR true]) > 0 RETURN b",
        "MATCH (a)-[steps:IN*1..3]->(b) WHERE NOT all(step IN steps WHERE step.mk IN $allowed) RETURN b",
        "MATCH (a)--(b) WHERE b.mk IN $allowed RETURN b",
        "MATCH (a) (()-[same:SAME_IDENTITY]-()){0,4} (b) WHERE b.mk IN $allowed RETURN b",
    ],
)
def test_a_link_that_is_followed_unseen_is_found(text: str) -> None:
    assert list(unguarded(text))


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (a)-[r:USES]->(b) WHERE r.mk IN $allowed AND (b.x OR b.y) RETURN b",
        "MATCH (a)-[r:USES]->(b) WHERE (b.x OR b.y) AND (r.mk IN $allowed AND b.z) RETURN b",
        "MATCH (b) WHERE b.mk IN $allowed OR (b.x AND EXISTS { (b)-[r:!WAS]-() WHERE r.mk IN $allowed }) RETURN b",
        "MATCH (a)-[r:IN*1..3 WHERE r.mk IN $allowed AND r.x]->(b) WHERE b.x OR b.y RETURN b",
    ],
)
def test_a_link_that_is_followed_as_it_may_be_is_let_be(text: str) -> None:
    assert not list(unguarded(text))
