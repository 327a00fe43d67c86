"""Conditions hold names of the model and parameters, nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import BadInput
from graph.model import KINDS
from graph.read.condition import Conditions, quoted
from graph.read.where import EntityWhere, Near

INJECTIONS = ["", "a`b", "x) DETACH DELETE (n", "a b", "n.mk", "Person:Secret", "é", "name\n", "$allowed", "`", "a-b"]


@pytest.mark.parametrize("name", INJECTIONS)
def test_only_plain_names_are_quoted(name: str) -> None:
    with pytest.raises(ValueError, match="no name of the model"):
        quoted(name)


@pytest.mark.parametrize("name", INJECTIONS)
def test_injection_by_property_is_refused(name: str) -> None:
    with pytest.raises(BadInput, match="has no"):
        compiled("Person", EntityWhere(property=name, eq="x"))


@given(st.text(min_size=1))
def test_values_are_never_text(value: str) -> None:
    wheres = (
        EntityWhere(
            property="surname", eq=value, one_of=(value,), starts_with=value, contains=value, gte=value, lt=value
        ),
        EntityWhere(linked_to=value),
    )
    for where in wheres:
        assert compiled("Person", where)[0] == compiled("Person", EntityWhere(**changed(where)))[0]


def changed(where: EntityWhere) -> dict[str, Any]:
    given = {name: getattr(where, name) for name in EntityWhere.__slots__}
    return {
        name: "other"
        if isinstance(value, str) and name != "property"
        else ("other",)
        if name == "one_of" and value
        else value
        for name, value in given.items()
    }


def compiled(kind: str, where: EntityWhere) -> tuple[str, dict[str, Any]]:
    conditions = Conditions(KINDS[kind], {})
    return conditions.tree(where), conditions.params


def test_the_text_of_a_tree() -> None:
    where = EntityWhere(
        all_of=(EntityWhere(property="surname", eq="Lee"), EntityWhere(property="aliases", contains="x")),
        none_of=EntityWhere(property="gender", exists=True),
    )
    text, params = compiled("Person", where)
    assert text == (
        "((n.`surname` = $p0) AND (any(x IN n.`alias` WHERE x CONTAINS $p1)) "
        "AND NOT coalesce((n.`gender` IS NOT NULL), false))"
    )
    assert params == {"p0": "Lee", "p1": "x"}


@pytest.mark.parametrize(
    ("kind", "where", "message"),
    [
        ("Person", EntityWhere(property="sirname", eq="x"), "did you mean surname"),
        ("Person", EntityWhere(property="date_of_birth", eq="2000"), "did you mean dateOfBirth"),
        ("Person", EntityWhere(property="dateOfBirth", gte="soon"), "dateOfBirth is a date, 'soon' is none"),
        ("Person", EntityWhere(property="age", eq="ten"), "age is a int"),
        ("Person", EntityWhere(property="age", contains="1"), "age is a number"),
        ("Crime", EntityWhere(property="severity", gte="nan"), "severity is a float"),
        ("Crime", EntityWhere(property="location", eq="1,1"), "location is a point"),
        ("Person", EntityWhere(eq="x"), "without property"),
        ("Person", EntityWhere(property="surname"), "alone"),
        ("Person", EntityWhere(), "empty condition"),
        ("Person", EntityWhere(near=Near(51, 0, 10)), "a Person has no location"),
        ("Crime", EntityWhere(near=Near(91, 0, 10)), "no latitude"),
        ("Crime", EntityWhere(near=Near(51, 0, -1)), "-1 metres"),
    ],
)
def test_what_cannot_be_asked_says_so(kind: str, where: EntityWhere, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        compiled(kind, where)
