"""Looking ahead: which links of an entity its selection asks for, so that they come with it in one statement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from graphql import GraphQLError, GraphQLObjectType, get_argument_values
from graphql.execution import Executor
from graphql.execution.collect_fields import FieldDetails
from graphql.language import FieldNode, FragmentSpreadNode, InlineFragmentNode
from strawberry.types.arguments import convert_arguments

from api.compiled import Grouped
from api.resolve.entity import listed_links
from api.schema import SCHEMA
from graph.errors import BadInput
from graph.read.link import Listed

# An entity of a selection that names no kind.
_USUAL = "Person"
# So many lists come with an entity; each makes the statement longer.
_MOST = 8


def look_ahead(executor: Executor[None], grouped: Grouped) -> Iterator[tuple[str, list[Listed]]]:
    """The id that each `entity` among the questions asks for, and the lists of its links that are selected.

    What is wrong with an argument is not said here: the resolver says it.
    """
    for details in grouped.values():
        if details[0].node.name.value != "entity":
            continue
        id_ = _arguments(executor, cast("GraphQLObjectType", executor.schema.query_type), details[0]).get("id")
        kind = _kind(executor, details[0].node)
        below = executor.collect_subfields(kind, details).grouped_field_set.values()
        lists = [_listed(executor, kind, each[0]) for each in below if each[0].node.name.value == "links"]
        wanted = list(dict.fromkeys(listed for listed in lists if listed is not None))
        if id_ is not None and wanted:
            yield id_, wanted[:_MOST]


def _kind(executor: Executor[None], node: FieldNode) -> GraphQLObjectType:
    """The first kind that the selection names: what it wants of that kind it mostly wants of whatever comes."""
    schema = executor.schema
    for part in node.selection_set.selections if node.selection_set else ():
        on = None
        if isinstance(part, InlineFragmentNode):
            on = part.type_condition
        elif isinstance(part, FragmentSpreadNode):
            on = executor.fragment_definitions[part.name.value].type_condition
        named = schema.get_type(on.name.value) if on is not None else None
        if isinstance(named, GraphQLObjectType):
            return named
    return cast("GraphQLObjectType", schema.get_type(_USUAL))


def _arguments(executor: Executor[None], parent: GraphQLObjectType, details: FieldDetails) -> dict[str, Any]:
    node = details.node
    try:
        return get_argument_values(parent.fields[node.name.value], node, executor.variable_values)
    except GraphQLError:
        return {}


def _listed(executor: Executor[None], kind: GraphQLObjectType, details: FieldDetails) -> Listed | None:
    field = kind.fields["links"].extensions["strawberry-definition"]
    try:
        given = convert_arguments(
            _arguments(executor, kind, details),
            field.arguments,
            scalar_registry=SCHEMA.schema_converter.scalar_registry,
            config=SCHEMA.config,
        )
        return listed_links(**given)
    except (BadInput, GraphQLError):
        return None
