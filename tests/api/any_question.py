"""Documents that ask anything the schema has, made from a seed: aliases, fragments, switches, wrong arguments, all."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_required_argument,
)

_DEEPEST = 5
_MOST = 5  # fields of a selection
_SWITCHES = ("$yes", "$no", "true", "false")
_PLAIN = {"Boolean": "true", "Float": "1.5", "Date": '"2024-05-31"', "DateTime": '"2024-05-31T10:00:00Z"'}
# Questions whose answers are numbers that change, or change by being asked, or take long, are asked elsewhere.
_NOT_ASKED = frozenset(
    {
        "accessHistory",
        "deconfliction",
        "emergencyAccess",
        "demandForecast",
        "hotspots",
        "mergePreview",
        "metrics",
        "misuseIndicators",
        "reviewQueue",
        "splitPreview",
    }
)


class AnyQuestion:
    """Makes documents; the same seed and ids give the same."""

    def __init__(self, schema: GraphQLSchema, ids: Sequence[str], texts: Sequence[str], seed: int) -> None:
        self._schema = schema
        self._ids = ids
        self._texts = texts
        self._chance = random.Random(seed)
        self._fragments: list[str] = []

    def document(self) -> str:
        """A query of one or two questions, with the variables `$yes` and `$no`."""
        self._fragments = []
        root = self._schema.query_type
        assert root is not None
        names = sorted(set(root.fields) - _NOT_ASKED)
        asked = [self._field(root, name, 0) for name in self._chance.sample(names, self._chance.choice((1, 1, 2)))]
        used = " ".join(asked + self._fragments)
        # A variable that is not used makes a document wrong.
        declared = ", ".join(f"{name}: Boolean!" for name in ("$yes", "$no") if name in used)
        head = f"query Any({declared})" if declared else "query Any"
        return f"{head} {{ {' '.join(asked)} }} {' '.join(self._fragments)}"

    def _field(self, parent: GraphQLObjectType | GraphQLInterfaceType, name: str, depth: int) -> str:
        field = parent.fields[name]
        of = get_named_type(field.type)
        # Fields of one name with other arguments do not go together: each has a name of its own.
        alias = f"a{self._chance.randrange(10**9)}: " if field.args or self._chance.random() < 0.2 else ""
        switch = f" @{self._chance.choice(('include', 'skip'))}(if: {self._chance.choice(_SWITCHES)})"
        below = "" if is_leaf_type(of) else f" {{ {self._selection(of, depth + 1)} }}"
        return f"{alias}{name}{self._arguments(field)}{switch if self._chance.random() < 0.08 else ''}{below}"

    def _selection(self, of: GraphQLNamedType, depth: int) -> str:
        assert isinstance(of, GraphQLObjectType | GraphQLInterfaceType)
        parts = self._fields(of, depth)
        if isinstance(of, GraphQLInterfaceType):
            possible = sorted(each.name for each in self._schema.get_possible_types(of))
            for name in {"Person", *self._chance.sample(possible, 1)} & set(possible):
                inner = " ".join(self._fields(self._schema.type_map[name], depth))
                parts.append(self._spread(name, inner))
        elif self._chance.random() < 0.1:
            parts.append(self._spread(of.name, " ".join(self._fields(of, depth))))
        return " ".join(parts)

    def _spread(self, on: str, inner: str) -> str:
        if self._chance.random() < 0.7:
            return f"... on {on} {{ {inner} }}"
        name = f"f{len(self._fragments)}"
        self._fragments.append(f"fragment {name} on {on} {{ {inner} }}")
        return f"...{name}"

    def _fields(self, of: Any, depth: int) -> list[str]:
        leaves = sorted(name for name, field in of.fields.items() if is_leaf_type(get_named_type(field.type)))
        deeper = sorted(set(of.fields) - set(leaves)) if depth < _DEEPEST else []
        chosen = self._chance.sample(leaves, min(len(leaves), self._chance.randint(0, _MOST)))
        chosen += self._chance.sample(deeper, min(len(deeper), self._chance.randint(0, 2 if depth > 1 else 3)))
        return [self._field(of, name, depth) for name in chosen] + ["__typename"]

    def _arguments(self, field: GraphQLField) -> str:
        given = [
            f"{name}: {self._value(name, argument)}"
            for name, argument in sorted(field.args.items())
            if is_required_argument(argument) or (name != "after" and self._chance.random() < 0.15)
        ]
        return f"({', '.join(given)})" if given else ""

    def _value(self, name: str, argument: GraphQLArgument) -> str:
        of = argument.type.of_type if is_non_null_type(argument.type) else argument.type
        one = self._one(name, get_named_type(of))
        return f"[{one}]" if is_list_type(of) else one

    def _one(self, name: str, of: GraphQLNamedType) -> str:
        if isinstance(of, GraphQLEnumType):
            return str(self._chance.choice(sorted(of.values)))
        if of.name == "ID":
            return f'"{self._chance.choice(self._ids)}"'
        if of.name == "Int":
            # Nought is wrong nearly everywhere.
            return str(self._chance.choice((0, 1, 2, 5)))
        plain: dict[str, str] = {
            "Boolean": "true",
            "Float": "1.5",
            "Date": '"2024-05-31"',
            "DateTime": '"2024-05-31T10:00:00Z"',
        }
        if of.name in plain:
            return plain[of.name]
        if of.name == "String":
            return f'"{self._chance.choice(self._texts)}"'
        return self._input(of)

    def _input(self, of: Any) -> str:
        required = {name: field for name, field in of.fields.items() if is_required_argument(field)}
        some = required or dict(self._chance.sample(sorted(of.fields.items()), 1))
        return "{" + ", ".join(f"{name}: {self._value(name, field)}" for name, field in some.items()) + "}"
