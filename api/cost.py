"""What an operation costs: the objects that its answer can hold, known before anything is asked of the database.

A field with `first`, `limit` or `ids` holds as many as they say, itself or in the lists directly inside it (a page's
edges, a network's nodes); any other list is taken for `LISTED`. Lists inside lists multiply. Source: the resource
limits of GitHub's GraphQL API, which count nodes in the same way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from graphql import (
    DocumentNode,
    GraphQLCompositeType,
    GraphQLError,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    OperationDefinitionNode,
    get_argument_values,
    get_named_type,
    get_variable_values,
    is_composite_type,
    is_list_type,
    is_non_null_type,
)
from graphql.execution.values import VariableValues
from graphql.language import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    SelectionSetNode,
)

from api.limit import FIRST, NODES

# Objects of a list of which no argument says how long it is: records of a link, nodes of a path.
LISTED = 10
_SIZES = {"first": FIRST, "limit": NODES}


def cost_of(
    schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, given: Mapping[str, Any]
) -> int:
    """The most objects that the answer to a valid operation can hold; 0 where its variables do not fit."""
    root = schema.get_root_type(operation.operation)
    variables = get_variable_values(schema, operation.variable_definitions or (), dict(given), hide_suggestions=True)
    if root is None or isinstance(variables, list):
        return 0
    return _Counter(schema, document, variables).of(operation.selection_set, root, None)


class _Counter:
    """Counts each fragment once for each size that is handed down to it, so that the work is linear."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode, variables: VariableValues) -> None:
        self._schema = schema
        self._variables = variables
        self._fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
        self._known: dict[tuple[str, int | None], int] = {}

    def of(self, selections: SelectionSetNode | None, parent: GraphQLCompositeType, size: int | None) -> int:
        """The objects below a selection; `size`: of the lists directly in it, None where nothing says."""
        return sum(self._parts(selections, parent, size))

    def _parts(
        self, selections: SelectionSetNode | None, parent: GraphQLCompositeType, size: int | None
    ) -> Iterator[int]:
        for node in selections.selections if selections else ():
            if isinstance(node, FieldNode):
                yield self._field(node, parent, size)
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                yield self.of(node.selection_set, self._type(condition.name.value) if condition else parent, size)
            elif isinstance(node, FragmentSpreadNode):
                yield self._fragment(node.name.value, size)

    def _fragment(self, name: str, size: int | None) -> int:
        if (name, size) not in self._known:
            definition = self._fragments[name]
            condition = self._type(definition.type_condition.name.value)
            self._known[name, size] = self.of(definition.selection_set, condition, size)
        return self._known[name, size]

    def _field(self, node: FieldNode, parent: GraphQLCompositeType, size: int | None) -> int:
        field = _declared(parent, node.name.value)
        if field is None:
            return 0
        of = get_named_type(field.type)
        if not is_composite_type(of):
            return 0
        said = self._said(field, node)
        if not _is_list(field.type):
            return 1 + self.of(node.selection_set, of, said)
        count = said if said is not None else LISTED if size is None else size
        return count * (1 + self.of(node.selection_set, of, None))

    def _said(self, field: GraphQLField, node: FieldNode) -> int | None:
        """How many a field's arguments ask for; what is beyond a limit is refused when it is executed."""
        try:
            given = get_argument_values(field, node, self._variables)
        except GraphQLError:
            return None
        for name, most in _SIZES.items():
            if name in field.args:
                default = field.args[name].default_value
                value = given.get(name)
                value = value if isinstance(value, int) else default if isinstance(default, int) else LISTED
                return max(0, min(value, most))
        return len(given["ids"]) if "ids" in given and _is_list(field.type) else None

    def _type(self, name: str) -> GraphQLCompositeType:
        return cast("GraphQLCompositeType", self._schema.get_type(name))


def _declared(parent: GraphQLCompositeType, name: str) -> GraphQLField | None:
    """The field of that name, None for introspection."""
    return parent.fields.get(name) if isinstance(parent, GraphQLObjectType | GraphQLInterfaceType) else None


def _is_list(of: GraphQLOutputType) -> bool:
    return is_list_type(of.of_type if is_non_null_type(of) else of)
