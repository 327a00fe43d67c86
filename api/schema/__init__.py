"""The GraphQL schema: types from the model, questions from `resolve`; its printed form is `api/schema.graphql`."""

from __future__ import annotations

from collections.abc import Iterable

import strawberry
from graphql import GraphQLArgument, GraphQLInputField, Undefined, is_input_object_type
from graphql.type import GraphQLInterfaceType, GraphQLObjectType
from strawberry.schema.config import StrawberryConfig

from api.resolve.value import read
from api.schema.kind import TYPES
from api.schema.mutation import Mutation
from api.schema.query import Query
from api.schema.scalar import SCALARS
from api.schema.subscription import Subscription

SCHEMA = strawberry.Schema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    types=TYPES,
    config=StrawberryConfig(default_resolver=read, disable_field_suggestions=True, scalar_map=SCALARS),
)


def _without_null_defaults(schema: strawberry.Schema) -> None:
    """Take away `= null`: an argument that may be left out has no default in the contract, and none is needed."""
    for held in schema._schema.type_map.values():
        if isinstance(held, GraphQLObjectType | GraphQLInterfaceType):
            for field in held.fields.values():
                _bare(field.args.values())
        elif is_input_object_type(held):
            _bare(held.fields.values())


def _bare(inputs: Iterable[GraphQLArgument | GraphQLInputField]) -> None:
    for each in inputs:
        if each.default_value is None:
            each.default_value = Undefined


_without_null_defaults(SCHEMA)


def print_schema() -> str:
    """The served schema as text, the same for the same model."""
    return SCHEMA.as_str() + "\n"
