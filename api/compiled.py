"""What needs no question to the database, written by closures that are made once for a document.

The executor walks an answer field by field and value by value, 3 us each. Below a field without arguments nearly
everything is known as soon as the document is: which key, which attribute of the view, which conversion. A closure says
that once for a selection. What it does not cover, and whatever goes wrong in it, is left to the executor, which then
comes to the same value, or to the error with its place and path.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any, TypeAlias, cast

from graphql import (
    DocumentNode,
    GraphQLEnumType,
    GraphQLInterfaceType,
    GraphQLLeafType,
    GraphQLObjectType,
    GraphQLOutputType,
    Undefined,
    Visitor,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    visit,
)
from graphql.execution import Executor
from graphql.execution.collect_fields import FieldDetails
from graphql.language import DirectiveNode, VariableNode

from api.naming import SPEAKS
from api.resolve import entity, link, profile, question
from api.resolve.value import READERS

Grouped: TypeAlias = Mapping[str, list[FieldDetails]]
# From what a field is of, or what it gave, to its value in the answer.
Write: TypeAlias = Callable[[Any, "Told"], Any]
Fields: TypeAlias = dict[str, Write | None]

# Resolvers that ask the database for nothing, or for what a list announced: once more gives the same once more.
_COVERED = frozenset(
    {
        entity.markings,
        entity.degree,
        link.source,
        link.marking,
        link.grade,
        link.properties,
        link.source_id,
        link.origin,
        link.target,
        link.valid_precision,
        link.link_records,
        link.record_entity,
        question.matched,
        profile.warning_record,
        profile.warning_since,
    }
)
_DEFINITION = "strawberry-definition"
_TYPENAME = "__typename"
# Selections of one document that are kept: more than any has, but for those made to have many.
_MOST_KEPT = 200
_OWN_TEXT = ("String", "ID", "Date", "DateTime")


class Uncovered(Exception):
    """Nothing here can write this, whatever the values are."""


class Uneven(Exception):
    """A value is not as it should be: the executor says how and where."""


class Told:
    """What a closure is told when it runs; resolvers take it for `info`, of which they want the context alone."""

    __slots__ = ("_executor", "context")

    def __init__(self, executor: Executor[None]) -> None:
        self._executor = executor
        self.context = executor.context_value

    def collected(self, of: GraphQLObjectType, details: list[FieldDetails]) -> Grouped:
        """The fields of an object type below these details."""
        return self._executor.collect_subfields(of, details).grouped_field_set

    def possible(self, of: GraphQLInterfaceType, name: object) -> GraphQLObjectType:
        """The type of that name; raises Uneven where it is none of these."""
        schema = self._executor.schema
        found = schema.get_type(name) if isinstance(name, str) else None
        if not isinstance(found, GraphQLObjectType) or not schema.is_sub_type(of, found):
            raise Uneven
        return found

    def switched(self, names: Iterable[str]) -> tuple[object, ...]:
        """The values of variables that switch fields on and off."""
        return tuple(self._executor.variable_values.coerced.get(name) for name in names)


class Selections:
    """The closures of one document, by type, selection and what its switches say; None for what they do not cover."""

    def __init__(self, document: DocumentNode) -> None:
        self._switches = switches(document)
        self._known: dict[tuple[object, ...], Fields] = {}

    def of(self, parent: GraphQLObjectType, grouped: Grouped, told: Told) -> Fields:
        """The closure of each field of a selection; where one turns out not to cover its field, set it to None."""
        nodes = (id(detail.node) for details in grouped.values() for detail in details)
        key = (parent.name, *nodes, *told.switched(self._switches))
        found = self._known.get(key)
        if found is None:
            found = {name: _covering(parent, details, told) for name, details in grouped.items()}
            if len(self._known) < _MOST_KEPT:
                self._known[key] = found
        return found

    def uncovered(self) -> set[tuple[str, str]]:
        """Types and names, in the answer, of the fields that are left to the executor."""
        return {(str(key[0]), name) for key, found in self._known.items() for name, write in found.items() if not write}


def switches(document: DocumentNode) -> tuple[str, ...]:
    """The variables by which @skip and @include switch parts of a document on and off, sorted."""
    seeker = _Seeker()
    visit(document, seeker)
    return tuple(sorted(seeker.found))


class _Seeker(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def enter_directive(self, node: DirectiveNode, *_: object) -> None:
        self.found |= {
            given.value.name.value for given in node.arguments or () if isinstance(given.value, VariableNode)
        }


def _covering(parent: GraphQLObjectType, details: list[FieldDetails], told: Told) -> Write | None:
    try:
        return _field(parent, details, told)
    except Uncovered:
        return None


def _field(parent: GraphQLObjectType, details: list[FieldDetails], told: Told) -> Write:
    name = details[0].node.name.value
    if name == _TYPENAME:
        return lambda _, __: parent.name
    field = parent.fields.get(name)
    if field is None or field.args or any(detail.fragment_variable_values for detail in details):
        raise Uncovered
    read = _reader(parent.name, field.extensions.get(_DEFINITION))
    complete = _completing(field.type, details, told)
    return lambda source, told: complete(read(source, told), told)


def _completing(of: GraphQLOutputType, details: list[FieldDetails], told: Told) -> Write:
    if is_non_null_type(of):
        return _present(_completing(of.of_type, details, told))
    if is_list_type(of):
        return _each(_completing(of.of_type, details, told))
    if is_leaf_type(of):
        return _leaf(of)
    if isinstance(of, GraphQLObjectType):
        return _unless_none(_object(of, details, told))
    if isinstance(of, GraphQLInterfaceType):
        return _unless_none(_abstract(of, details))
    raise Uncovered


def _object(of: GraphQLObjectType, details: list[FieldDetails], told: Told) -> Write:
    grouped = told.collected(of, details)
    fields = [(name, _field(of, inner, told)) for name, inner in grouped.items()]
    speaks = SPEAKS[of.name]
    # Whether a view is of its type can be seen of the view alone, and so can which type it is of.
    is_one = cast("Callable[[Any, None], bool] | None", of.is_type_of)

    def write(source: Any, told: Told) -> dict[str, Any]:  # noqa: ANN401
        if is_one is not None and not is_one(source, None):
            raise Uneven
        told.context.named.add_all(speaks(source, grouped))
        return {name: inner(source, told) for name, inner in fields}

    return write


def _abstract(of: GraphQLInterfaceType, details: list[FieldDetails]) -> Write:
    """Each type is made when it is first met: a client meets few of those that there are."""
    name_of = cast("Callable[[Any, None, object], str] | None", of.resolve_type)
    if name_of is None:
        raise Uncovered
    known: dict[str, Write] = {}

    def write(source: Any, told: Told) -> Any:  # noqa: ANN401
        name = name_of(source, None, of)
        made = known.get(name)
        if made is None:
            made = known[name] = _object(told.possible(of, name), details, told)
        return made(source, told)

    return write


def _reader(parent: str, definition: Any) -> Write:  # noqa: ANN401 - strawberry's
    """What gives a field's value before it is completed."""
    if definition is None or definition.extensions:
        raise Uncovered
    if definition.base_resolver is None:
        properties = READERS.get((parent, definition.python_name))
        if properties is not None:
            return lambda source, _: properties(source.properties)
        attribute = attrgetter(definition.python_name)
        return lambda source, _: attribute(source)
    resolver = definition.base_resolver.wrapped_func
    if resolver not in _COVERED:
        raise Uncovered
    takes_info = resolver.__code__.co_argcount > 1
    return resolver if takes_info else lambda source, _: resolver(source)


def _leaf(of: GraphQLLeafType) -> Write:
    coerce = of.coerce_output_value
    if isinstance(of, GraphQLEnumType):
        known: dict[Any, Any] = {}

        def choice(value: Any, _: Told) -> Any:  # noqa: ANN401
            if value is None:
                return None
            if value not in known:
                known[value] = _coerced(coerce, value)
            return known[value]

        return choice
    if of.name in _OWN_TEXT:
        # Texts, also those of dates, go out as they are.
        return lambda value, _: value if type(value) is str or value is None else _coerced(coerce, value)
    return lambda value, _: None if value is None else _coerced(coerce, value)


def _coerced(coerce: Callable[[Any], Any], value: Any) -> Any:  # noqa: ANN401
    told = coerce(value)
    if told is None or told is Undefined:
        raise Uneven
    return told


def _present(inner: Write) -> Write:
    def write(value: Any, told: Told) -> Any:  # noqa: ANN401
        completed = inner(value, told)
        if completed is None:
            raise Uneven
        return completed

    return write


def _each(inner: Write) -> Write:
    def write(values: Iterable[Any] | None, told: Told) -> Any:  # noqa: ANN401
        if values is None:
            return None
        if type(values) not in (list, tuple):
            raise Uneven
        return [inner(value, told) for value in values]

    return write


def _unless_none(inner: Write) -> Write:
    return lambda value, told: None if value is None else inner(value, told)
