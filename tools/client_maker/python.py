"""The schema's types as Python: enums, inputs, objects, and a method for each question."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator
from itertools import chain
from keyword import iskeyword
from typing import TypeVar

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLType,
    get_named_type,
    is_required_argument,
)

T = TypeVar("T")
Composite = GraphQLObjectType | GraphQLInterfaceType
_SCALARS = {
    "ID": "str",
    "String": "str",
    "Int": "int",
    "Float": "float",
    "Boolean": "bool",
    "Date": "date",
    "DateTime": "datetime",
}
_WRITTEN = '"""{}\n\nWritten from api/schema.graphql by `make docs`.\n"""\n'
_FUTURE = "from __future__ import annotations\n"
_WIDTH = 112


def choices(schema: GraphQLSchema) -> str:
    """The module of enums."""
    parts = [_WRITTEN.format("Closed sets of the schema."), _FUTURE, "from enum import StrEnum\n"]
    for kind in _kinds(schema, GraphQLEnumType):
        values = (f"    {name} = {json.dumps(name)}" for name in kind.values)
        parts.append(f"class {kind.name}(StrEnum):\n{_doc(kind.description, kind.name)}\n" + "\n".join(values))
    return "\n\n".join(parts)


def givens(schema: GraphQLSchema) -> str:
    """The module of inputs: maps by the names of the schema, of which every part but a required one may be missing."""
    kinds = list(_kinds(schema, GraphQLInputObjectType))
    used = {get_named_type(field.type) for kind in kinds for field in kind.fields.values()}
    parts = [
        _WRITTEN.format("Inputs of the schema, as maps by its own names."),
        _FUTURE,
        "from collections.abc import Sequence\nfrom datetime import date, datetime\n"
        "from typing import Required, TypedDict\n",
        _choices_imported(used),
    ]
    for kind in kinds:
        fields = ", ".join(f'"{name}": {_key(field.type)}' for name, field in kind.fields.items())
        about = textwrap.fill(_said(kind.description, kind.name), _WIDTH, initial_indent="# ", subsequent_indent="# ")
        parts.append(f'{about}\n{kind.name} = TypedDict("{kind.name}", {{{fields}}}, total=False)')
    return "\n\n".join(part for part in parts if part)


def answers(schema: GraphQLSchema) -> str:
    """The module of objects: those first that others are."""
    kinds: list[Composite] = [*_kinds(schema, GraphQLInterfaceType), *_kinds(schema, GraphQLObjectType)]
    kinds = [kind for kind in kinds if kind.name != "Subscription"]
    used = {get_named_type(field.type) for kind in kinds for field in kind.fields.values()}
    parts = [
        _WRITTEN.format("Objects of answers, by their types in the schema."),
        _FUTURE,
        "from datetime import date, datetime\n",
        "from client.answer import Connection, Thing\n" + _choices_imported(used),
    ]
    for kind in sorted(kinds, key=lambda kind: len(_lineage(kind))):
        fields = [f"    {attribute_of(name)}: {_type(field.type, 'list')}" for name, field in _own(kind)]
        head = f"class {kind.name}({_base(kind)}):\n{_doc(kind.description, kind.name)}\n\n    __slots__ = ()"
        parts.append("\n".join([head, *fields]))
    return "\n\n".join(parts)


def questions(schema: GraphQLSchema) -> str:
    """The module of the class with a method for each question, change and thing to watch."""
    roots = {name: _root(schema, name) for name in ("Query", "Mutation", "Subscription")}
    fields = [field for root in roots.values() for field in root.fields.values()]
    given = {get_named_type(argument.type) for field in fields for argument in field.args.values()}
    inputs = sorted(each.name for each in given if isinstance(each, GraphQLInputObjectType))
    answered = sorted({get_named_type(field.type).name for field in fields})
    parts = [
        _WRITTEN.format("The questions of the schema as methods."),
        _FUTURE,
        "from abc import ABC, abstractmethod\nfrom collections.abc import Iterator, Mapping, Sequence\n"
        "from datetime import date, datetime\nfrom typing import Any, TypeVar\n",
        "from client.answer import Reader, Rows, maybe, one, rows, rows_or_none\n"
        f"from client.made.answer import {', '.join(answered)}\n{_choices_imported(given)}"
        f"from client.made.given import {', '.join(inputs)}\n",
        'T = TypeVar("T")\n',
        _HEAD,
    ]
    methods = chain(
        (_method(name, field, "_question") for name, field in roots["Query"].fields.items()),
        (_method(name, field, "_change") for name, field in roots["Mutation"].fields.items()),
        (_method(name, field, "_watch") for name, field in roots["Subscription"].fields.items()),
    )
    return "\n\n".join([*parts, *methods])


_HEAD = '''class Questions(ABC):
    """Every question as a method: required arguments by place, others by name; what is None is the schema's default.

    `select` is another selection than that of the question's document in `client/documents`, in GraphQL, without the
    outer braces: `edges { node { id } } pageInfo { endCursor hasNextPage }`. Select `__typename` where a thing may be
    of several kinds.
    """

    @abstractmethod
    def _question(self, name: str, given: Mapping[str, Any], select: str | None, read: Reader[T]) -> T:
        """The answer to a question."""

    @abstractmethod
    def _change(self, name: str, given: Mapping[str, Any], select: str | None, read: Reader[T]) -> T:
        """The answer to a change."""

    @abstractmethod
    def _watch(self, name: str, given: Mapping[str, Any], select: str | None, read: Reader[T]) -> Iterator[T]:
        """The answers of a stream."""'''


def _method(name: str, field: GraphQLField, by: str) -> str:
    own = attribute_of(name)
    read, returned = _read(field.type)
    if by == "_watch":
        own, returned = f"watch_{own}", f"Iterator[{returned}]"
    arguments = field.args.items()
    by_place = [_parameter(each, one) for each, one in arguments if is_required_argument(one)]
    by_name = [_parameter(each, one) for each, one in arguments if not is_required_argument(one)]
    signature = ", ".join(["self", *by_place, "*", *by_name, "select: str | None = None"])
    given = ", ".join(f'"{each}": {attribute_of(each)}' for each, _ in arguments)
    return (
        f"    def {own}({signature}) -> {returned}:\n{_doc(field.description, own, 8)}\n"
        f'        return self.{by}("{name}", {{{given}}}, select, {read})'
    )


def _parameter(name: str, argument: GraphQLArgument) -> str:
    hint = _type(argument.type, "Sequence")
    return f"{attribute_of(name)}: {hint}" + ("" if is_required_argument(argument) else " = None")


def _read(of: GraphQLType) -> tuple[str, str]:
    """The reader of an answer, and its type."""
    name = get_named_type(of).name
    inner = of.of_type if isinstance(of, GraphQLNonNull) else of
    if isinstance(inner, GraphQLList):
        whole = isinstance(inner.of_type, GraphQLNonNull)
        return (f"rows({name})", f"Rows[{name}]") if whole else (f"rows_or_none({name})", f"Rows[{name} | None]")
    return (f"one({name})", name) if isinstance(of, GraphQLNonNull) else (f"maybe({name})", f"{name} | None")


def _type(of: GraphQLType, listed: str) -> str:
    if isinstance(of, GraphQLNonNull):
        return _present(of.of_type, listed)
    return f"{_present(of, listed)} | None"


def _present(of: GraphQLType, listed: str) -> str:
    if isinstance(of, GraphQLList):
        return f"{listed}[{_type(of.of_type, listed)}]"
    name = get_named_type(of).name
    return _SCALARS.get(name, name)


def _key(of: GraphQLType) -> str:
    """The type of a key, as text, because inputs hold inputs."""
    hint = _type(of, "Sequence")
    return json.dumps(f"Required[{hint}]" if isinstance(of, GraphQLNonNull) else hint)


def _own(kind: Composite) -> Iterator[tuple[str, GraphQLField]]:
    """The fields that none of a type's interfaces has in the same type."""
    for name, field in kind.fields.items():
        if not any(name in each.fields and str(each.fields[name].type) == str(field.type) for each in kind.interfaces):
            yield name, field


def _base(kind: Composite) -> str:
    """Of its interfaces the one that is all the others too."""
    if kind.interfaces:
        most: str = max(kind.interfaces, key=lambda each: len(each.interfaces)).name
        return most
    if kind.name.endswith("Connection"):
        node = get_named_type(_edge(kind).fields["node"].type).name
        return f"Connection[{json.dumps(node)}]"
    return "Thing"


def _edge(kind: Composite) -> GraphQLObjectType:
    found = get_named_type(kind.fields["edges"].type)
    if not isinstance(found, GraphQLObjectType):
        raise TypeError(f"{kind.name} has no edges")
    return found


def _lineage(kind: Composite) -> tuple[str, ...]:
    return tuple(each.name for each in kind.interfaces)


def _kinds(schema: GraphQLSchema, of: type[T]) -> Iterator[T]:
    """The types of a sort that are the schema's own, by name."""
    for name, kind in sorted(schema.type_map.items()):
        if isinstance(kind, of) and not name.startswith("__"):
            yield kind


def attribute_of(field: str) -> str:
    """What an attribute of a field is called."""
    snake = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in field)
    return f"{snake}_" if iskeyword(snake) else snake


def _root(schema: GraphQLSchema, name: str) -> GraphQLObjectType:
    found = schema.type_map[name]
    if not isinstance(found, GraphQLObjectType):
        raise TypeError(f"{name} is no object")
    return found


def _choices_imported(used: Iterable[object]) -> str:
    names = sorted({each.name for each in used if isinstance(each, GraphQLEnumType)})
    return f"from client.made.choice import {', '.join(names)}\n" if names else ""


def _said(description: str | None, name: str) -> str:
    return " ".join((description or f"{name}.").split())


def _doc(description: str | None, name: str, indent: int = 4) -> str:
    """A docstring."""
    text, margin = _said(description, name), " " * indent
    if len(text) <= _WIDTH - indent:
        return f'{margin}"""{text}"""'
    lines = textwrap.wrap(f'"""{text}', _WIDTH - indent)
    return "\n".join(margin + line for line in (*lines, '"""'))
