"""Statements that the model writes: their text is reviewed, and no name from outside gets into one."""

from __future__ import annotations

import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import generate
from graph.generate import create_entities, create_links, quoted
from graph.model import KINDS, LINKS
from graph.schema import key_index
from tests.project.generated import OF_KIND, OF_LINK, SNAPSHOT, render

HOSTILE = (
    "",
    "person",
    "Person`",
    "Person` {id: 1}) DETACH DELETE (n",
    "Person:Entity",
    "`Person`",
    "Person\u0060) RETURN 1 //",
    "Person\\u0060",
    "USES|HOLDS",
    "SUBJECT_OF*1..9",
    "Person\n",
    "Ｐerson",
)


def test_the_reviewed_text_is_what_is_generated() -> None:
    assert render() == SNAPSHOT.read_text("utf-8"), "look at the difference, then write it down with `make docs`"


def test_every_generator_is_in_the_snapshot() -> None:
    public = {name for name, _ in inspect.getmembers(generate, callable) if not name.startswith("_")}
    makers = {name for name in public if getattr(generate, name).__module__ == generate.__name__} - {"quoted"}
    assert makers == {make.__name__ for make in (*OF_KIND, *OF_LINK)}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no name of the model"):
        quoted(name)
    with pytest.raises((ValueError, KeyError)):
        create_entities(name)
    with pytest.raises(ValueError, match="no name of the model"):
        create_links(name)
    with pytest.raises(ValueError, match="no blocking key"):
        key_index(name)


@given(st.text(max_size=40))
def test_only_names_of_the_model_are_quoted(name: str) -> None:
    if name in {*KINDS, *LINKS, "Entity", "Event", "WAS"}:
        assert quoted(name) == f"`{name}`"
    else:
        with pytest.raises(ValueError, match="no name of the model"):
            quoted(name)


@given(st.text(max_size=40))
def test_a_blocking_key_is_one_plain_word(name: str) -> None:
    given_name = "k_" + name
    try:
        command = key_index(given_name)
    except ValueError:
        return
    assert given_name.replace("_", "").isalnum()
    assert command.endswith(f"(n.{given_name})")
