"""Selections made from the served schema: a field that is added is asked for from then on; and what was asked."""

from __future__ import annotations

from collections.abc import Iterable

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    is_leaf_type,
    parse,
    visit,
)

from api.schema import SCHEMA

TYPES = SCHEMA._schema.type_map
_PAGES = ("Connection", "Edge", "PageInfo")
Fielded = GraphQLObjectType | GraphQLInterfaceType


def _fields(name: str) -> dict[str, GraphQLField]:
    held = TYPES[name]
    assert isinstance(held, Fielded)
    fields: dict[str, GraphQLField] = held.fields
    return fields


def leaves(name: str) -> str:
    """The fields of a type that hold no further fields."""
    return " ".join(name for name, field in _fields(name).items() if is_leaf_type(get_named_type(field.type)))


THING = f"__typename {leaves('Entity')}"


def select(name: str, depth: int, without: Iterable[str] = ()) -> str:
    """Every field of a type, down to a depth, where only leaves are left; `without`: `Type.field` to leave out.

    Connections and their edges do not count as depth.
    """
    parts = []
    for field_name, field in _fields(name).items():
        inner = get_named_type(field.type)
        if is_leaf_type(inner):
            parts.append(field_name)
        elif f"{name}.{field_name}" not in without and depth > 0:
            within = select(inner.name, depth - (not inner.name.endswith(_PAGES)), without)
            parts.append(f"{field_name} {{ {within} }}")
    return " ".join(parts)


def own(kind: str) -> str:
    """Every field of a kind's type that is its own: leaves and points."""
    inherited = set(_fields("Entity"))
    return " ".join(
        name if is_leaf_type(get_named_type(field.type)) else f"{name} {{ {leaves(get_named_type(field.type).name)} }}"
        for name, field in _fields(kind).items()
        if name not in inherited
    )


def served() -> set[str]:
    """Every field and argument that is served: `Query.paths`, `Query.paths(maxHops)`; of kinds and interfaces, once."""
    found: set[str] = set()
    for name, held in TYPES.items():
        if isinstance(held, Fielded) and not name.startswith("__"):
            for field_name, field in held.fields.items():
                place = f"{_declares(held, field_name)}.{field_name}"
                found |= {place, *(f"{place}({argument})" for argument in field.args)}
    return found


def asked(queries: Iterable[str]) -> set[str]:
    """Which of what is served these documents ask for."""
    found: set[str] = set()
    for query in set(queries):
        info = TypeInfo(SCHEMA._schema)
        visit(parse(query), TypeInfoVisitor(info, _Collector(info, found)))
    return found


def _declares(held: Fielded, field: str) -> str:
    """The most general type that has a type's field."""
    general = [each for each in held.interfaces if field in each.fields]
    return min(general, key=lambda each: len(each.fields)).name if general else held.name


class _Collector(Visitor):
    def __init__(self, info: TypeInfo, found: set[str]) -> None:
        super().__init__()
        self._info = info
        self._found = found

    def enter_field(self, node: FieldNode, *_: object) -> None:
        parent = self._info.get_parent_type()
        if isinstance(parent, Fielded) and not node.name.value.startswith("__"):
            place = f"{_declares(parent, node.name.value)}.{node.name.value}"
            self._found |= {place, *(f"{place}({argument.name.value})" for argument in node.arguments or ())}


# Lists inside lists are asked for in questions of their own.
LISTS = ("Entity.sameIdentity", "Entity.golden", "Entity.records", "Entity.links")
LINK = select("Link", 1, LISTS)
LINKS = select("LinkConnection", 2, LISTS)
GOLDEN = select("GoldenValue", 2, LISTS)
PAGE = f"pageInfo {{ {leaves('PageInfo')} }}"
LINK_TYPES = "[INVOLVED_IN, ASSOCIATED_WITH, USES, LIVES_AT, KEEPS, DRIVES]"
SINCE = '"2024-03-01"'
