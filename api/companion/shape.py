"""The JSON schema of what a GraphQL document answers, made of the schema, so that OpenAPI says what is served."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
    is_list_type,
    is_non_null_type,
)

Shape = dict[str, Any]
_SCALARS: dict[str, Shape] = {
    "String": {"type": "string"},
    "ID": {"type": "string"},
    "Int": {"type": "integer"},
    "Float": {"type": "number"},
    "Boolean": {"type": "boolean"},
    "Date": {"type": "string", "format": "date"},
    "DateTime": {"type": "string", "format": "date-time"},
}

_SENT: dict[str, Shape] = {"String": {"pattern": r"\S"}, "Int": {"minimum": -(2**31), "maximum": 2**31 - 1}}


def answer_shape(schema: GraphQLSchema, document: DocumentNode, field: str) -> Shape:
    """The shape of one root field of a document without named fragments."""
    (operation,) = (each for each in document.definitions if isinstance(each, OperationDefinitionNode))
    return _selected(schema, schema.query_type, operation.selection_set)["properties"][field]  # type: ignore[no-any-return]


def _selected(schema: GraphQLSchema, parent: Any, selections: SelectionSetNode) -> Shape:  # noqa: ANN401
    properties: dict[str, Shape] = {}
    required: list[str] = []
    for node in selections.selections:
        if isinstance(node, InlineFragmentNode) and node.type_condition is not None:
            # What only some kinds of things have may be absent.
            of = schema.type_map[node.type_condition.name.value]
            properties |= _selected(schema, of, node.selection_set)["properties"]
        elif isinstance(node, FieldNode):
            name = node.name.value
            given = cast("GraphQLObjectType | GraphQLInterfaceType", parent).fields[name].type
            named = get_named_type(given)
            inner = _selected(schema, named, node.selection_set) if node.selection_set else _leaf(named)
            properties[name] = _wrapped(given, inner)
            required.append(name)
    return {"type": "object", "properties": properties, "required": sorted(required)}


def input_shape(given: GraphQLInputObjectType) -> Shape:
    """The shape of an input object of which every field may be left out or null, but not all of them."""
    properties = {name: _wrapped(field.type, _sent(get_named_type(field.type))) for name, field in given.fields.items()}
    return {"type": "object", "properties": properties, "additionalProperties": False, **something(properties)}


def something(names: Iterable[str]) -> Shape:
    """What says of an object that one of these is not null."""
    said = {"not": {"type": "null"}}
    return {"anyOf": [{"required": [name], "properties": {name: said}} for name in names]}


def or_null(shape: Shape) -> Shape:
    """A shape, or null, which says nothing."""
    return {"anyOf": [shape, {"type": "null"}]}


def _leaf(named: Any) -> Shape:  # noqa: ANN401
    if isinstance(named, GraphQLEnumType):
        return {"type": "string", "enum": list(named.values)}
    return _SCALARS[named.name]


def _sent(named: Any) -> Shape:  # noqa: ANN401
    """A leaf as it may be sent: a text is not empty, a number has 32 bits."""
    return _leaf(named) | _SENT.get(named.name, {})


def _wrapped(given: Any, inner: Shape) -> Shape:  # noqa: ANN401
    if is_non_null_type(given):
        return _bare(given.of_type, inner)
    return or_null(_bare(given, inner))


def _bare(given: Any, inner: Shape) -> Shape:  # noqa: ANN401
    return {"type": "array", "items": _wrapped(given.of_type, inner)} if is_list_type(given) else inner
