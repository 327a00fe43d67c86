"""The served schema keeps to the contract, and its printed form is fresh."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLScalarType,
    is_required_argument,
    validate_schema,
)
from graphql.language import print_ast
from graphql.utilities import ast_from_value

from api.schema import SCHEMA, print_schema
from api.schema.kind import TYPES
from graph.model import KINDS

HERE = Path(__file__).parent
PRINTED = HERE.parent.parent / "api" / "schema.graphql"
CONTRACT = [line for line in (HERE / "contract.txt").read_text().splitlines() if line]
ARGUMENT = re.compile(r"[(,] ?(\w+): ")
TYPE_MAP = SCHEMA._schema.type_map


def test_schema_is_valid() -> None:
    assert validate_schema(SCHEMA._schema) == []


def test_printed_schema_is_fresh() -> None:
    assert PRINTED.read_text() == print_schema(), "write it again: make docs"


def test_every_kind_has_its_type_and_every_property_its_field() -> None:
    assert {kind.name for kind in KINDS.values()} == {held.__name__ for held in TYPES}
    for kind in KINDS.values():
        served = TYPE_MAP[kind.name]
        assert isinstance(served, GraphQLObjectType)
        assert {held.field for held in kind.properties} <= set(served.fields)


def signatures() -> set[str]:
    """What is served, in the form of the contract's lines: further arguments, all optional, are left out."""
    lines = set()
    named = {line.partition("(")[0]: set(ARGUMENT.findall(line)) for line in CONTRACT if "(" in line}
    for name, held in TYPE_MAP.items():
        if isinstance(held, GraphQLScalarType):
            lines.add(name)
        elif isinstance(held, GraphQLEnumType):
            lines |= {f"{name}.{value}" for value in held.values}
        elif isinstance(held, GraphQLInputObjectType):
            lines |= {f"{name}.{field}: {_typed(given)}" for field, given in held.fields.items()}
        elif isinstance(held, GraphQLObjectType | GraphQLInterfaceType):
            lines |= {f"{name} implements {interface.name}" for interface in held.interfaces}
            for field, made in held.fields.items():
                promised = named.get(f"{name}.{field}", set())
                arguments = ", ".join(
                    f"{argument}: {_typed(given)}"
                    for argument, given in made.args.items()
                    if argument in promised or is_required_argument(given)
                )
                lines.add(f"{name}.{field}{f'({arguments})' if arguments else ''}: {made.type}")
    return lines


def _typed(given: object) -> str:
    default = ast_from_value(given.default_value, given.type)  # type: ignore[attr-defined]
    return f"{given.type}{f' = {print_ast(default)}' if default else ''}"  # type: ignore[attr-defined]


@pytest.mark.parametrize("part", ["Query.", "Person", "Link", "Entity", "Event", "Record", ""])
def test_contract_is_served(part: str) -> None:
    assert {line for line in CONTRACT if line.startswith(part)} - signatures() == set()
