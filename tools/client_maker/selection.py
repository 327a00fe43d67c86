"""What a question's document selects: all there is to know of the answer, things and statements in short."""

from __future__ import annotations

from collections.abc import Iterator

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

Composite = GraphQLObjectType | GraphQLInterfaceType
_THING = "__typename id kind label markings"
_SOURCE = "id name"
# What stands for a thing or a statement inside an answer; to ask it whole is a question of its own.
_SHORT = {
    "Entity": _THING,
    "Source": _SOURCE,
    "Record": f"__typename id key kind marking recordedAt source {{ {_SOURCE} }}",
    "Decision": "__typename id verdict basis weight by at reason marking",
    "Link": f"__typename id type role status marking validFrom validTo validPrecision recordedAt grade {{ label }} "
    f"source {{ {_SOURCE} }} from {{ {_THING} }} to {{ {_THING} }}",
}
# What is counted or read only where somebody asks for it.
_DEAR = frozenset({"totalCount", "totalCountCapped", "facets", "degree", "golden", "records", "links", "sameIdentity"})
# Questions whose answer is a thing: it is given whole, with the properties of its kind.
_WHOLE = frozenset({"entity", "entities"})


def selection(schema: GraphQLSchema, name: str, field: GraphQLField) -> str:
    """The selection of a question, without the outer braces."""
    of = get_named_type(field.type)
    if name in _WHOLE:
        whole = _whole(schema)
        if not of.name.endswith("Connection"):
            return whole
        return f"edges {{ cursor node {{ {whole} }} }} pageInfo {{ {_all(schema, _kind(schema, 'PageInfo'), ())} }}"
    return _of(schema, of.name, ())


def _whole(schema: GraphQLSchema) -> str:
    """A thing with the properties of its kind."""
    entity, event = _kind(schema, "Entity"), _kind(schema, "Event")
    kinds = sorted(schema.get_implementations(_interface(schema, "Entity")).objects, key=lambda each: each.name)
    own = {kind.name: [name for name in _leaves(kind) if name not in entity.fields] for kind in kinds}
    shared = [name for name in _leaves(event) if name not in entity.fields]
    parts = [
        _THING,
        "... on Entity { movedFrom }",
        f"... on Event {{ {' '.join(shared)} location {{ latitude longitude }} }}",
    ]
    for kind in kinds:
        is_event = event in kind.interfaces
        names = [name for name in own[kind.name] if not (is_event and name in shared)]
        place = " location { latitude longitude }" if "location" in kind.fields and not is_event else ""
        if names or place:
            parts.append(f"... on {kind.name} {{ {' '.join(names)}{place} }}")
    return " ".join(parts)


def _node() -> str:
    """Whatever has an id, in short: the types of a link and of a crime are different sets under one name."""
    shown = {name: text.removeprefix("__typename id ") for name, text in _SHORT.items() if name != "Source"}
    return " ".join(["__typename id", *(f"... on {name} {{ {text} }}" for name, text in shown.items())])


def _of(schema: GraphQLSchema, name: str, above: tuple[str, ...]) -> str:
    kind = _kind(schema, name)
    if name == "Node":
        return _node()
    if name in _SHORT:
        return _SHORT[name]
    if any(each.name == "Entity" for each in kind.interfaces):
        return _THING
    return _all(schema, kind, above)


def _all(schema: GraphQLSchema, kind: Composite, above: tuple[str, ...]) -> str:
    return " ".join(_fields(schema, kind, (*above, kind.name)))


def _fields(schema: GraphQLSchema, kind: Composite, above: tuple[str, ...]) -> Iterator[str]:
    for name, field in kind.fields.items():
        of = get_named_type(field.type)
        if name in _DEAR - _kept(kind) or of.name in above or any(map(is_required_argument, field.args.values())):
            continue
        yield name if is_leaf_type(of) else f"{name} {{ {_of(schema, of.name, above)} }}"


def _kept(kind: Composite) -> frozenset[str]:
    """Names that are dear on things and lists are the answer itself elsewhere."""
    is_list = kind.name.endswith("Connection")
    return frozenset() if is_list else frozenset({"records", "links", "facets"})


def _leaves(kind: Composite) -> list[str]:
    return [
        name
        for name, field in kind.fields.items()
        if is_leaf_type(get_named_type(field.type)) and name not in _DEAR and not field.args
    ]


def _kind(schema: GraphQLSchema, name: str) -> Composite:
    found = schema.type_map[name]
    if not isinstance(found, Composite):
        raise TypeError(f"{name} has no fields")
    return found


def _interface(schema: GraphQLSchema, name: str) -> GraphQLInterfaceType:
    found = schema.type_map[name]
    if not isinstance(found, GraphQLInterfaceType):
        raise TypeError(f"{name} is no interface")
    return found
