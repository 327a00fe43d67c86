"""Every way that a viewer's statement goes, from one thing to the next, is one that the viewer may go."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from graph.statements import Mode, statements

# They join a thing to the records and rows that made it, whose own marking each statement tests where it shows them.
_MADE_OF = {":RESOLVES_TO", ":SAYS"}
# How many links of any marking a thing has decides how it is read, and no answer: what they hold is read with the test.
_DEGREES = {"alert/beside", "link/by_row", "resolve/review", "walk/frontier", "walk/frontier_known"}
_LINK = re.compile(r"-\[(?P<name>\w+)?\s*(?P<types>:[^\]{*\s]+)?(?P<rest>[^\]]*)\]-")
_BARE = re.compile(r"(?<![\]-])--(?!\[)")


def unguarded(text: str) -> Iterator[str]:
    """The links in a statement's text that are followed whatever their marking."""
    for link in _LINK.finditer(text):
        name = link["name"] or ""
        one = re.search(rf"\b{name}\.mk IN \$allowed", link["rest"] if not name else text)
        of_all = name and re.search(rf"all\((\w+) IN {name} WHERE \1\.mk IN \$allowed\)", text)
        if not (one or of_all) and link["types"] not in _MADE_OF:
            yield link[0]
    yield from (bare[0] for bare in _BARE.finditer(text))


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
        "MATCH (a)--(b) WHERE b.mk IN $allowed RETURN b",
        "MATCH (a) (()-[same:SAME_IDENTITY]-()){0,4} (b) WHERE b.mk IN $allowed RETURN b",
    ],
)
def test_a_link_that_is_followed_unseen_is_found(text: str) -> None:
    assert list(unguarded(text))
