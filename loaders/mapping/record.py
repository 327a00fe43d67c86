"""Records out of a mapping file: kinds, keys, values and properties, checked against the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from graph.model import KINDS, PERSON_NAME, Identity, Kind, Property, ValueType
from loaders.mapping.document import line_of
from loaders.mapping.spec import Parse, PointSpec, PropertySpec, RecordSpec, ValueSpec
from loaders.mapping.template import ROW, column
from loaders.mapping.value import (
    Scope,
    parse_conditions,
    parse_grade_value,
    parse_marking_value,
    parse_templated,
    parse_value,
)

_KEYS = ("kind", "key", "value", "when", "properties", "marking", "grade")
_FITTING = {
    ValueType.DATE: (Parse.DATE, Parse.DATETIME),
    ValueType.DATETIME: (Parse.DATETIME, Parse.DATE),
    ValueType.INT: (Parse.INT, Parse.FLOAT, Parse.DATE),
    ValueType.FLOAT: (Parse.FLOAT, Parse.INT),
}
_HELD = {
    ValueType.DATE: "a date",
    ValueType.DATETIME: "a date and time",
    ValueType.INT: "a whole number",
    ValueType.FLOAT: "a number",
}
_POINTS = (("latitude", "longitude"), ("easting", "northing"))


@dataclass(frozen=True, slots=True)
class _Place:
    what: str
    kind: Kind


def parse_records(scope: Scope, node: Node | None) -> tuple[RecordSpec, ...]:
    """The records under `records`, in order."""
    if node is None:
        return ()
    fields = scope.document.fields(node, "records", None)
    records = (_record(scope, name, inner) for name, inner in fields.items())
    return tuple(record for record in records if record is not None)


def _record(scope: Scope, name: str, node: Node) -> RecordSpec | None:
    what = f"record {name!r}"
    fields = scope.document.fields(node, what, _KEYS)
    kind = parse_kind(scope, fields.get("kind"), node, what)
    if kind is None:
        return None
    return RecordSpec(
        name,
        kind,
        line_of(node),
        key=_key(scope, fields.get("key"), node, _Place(what, kind)),
        value=_value(scope, fields.get("value"), node, _Place(what, kind)),
        when=parse_conditions(scope, fields.get("when"), what),
        properties=_properties(scope, fields.get("properties"), _Place(what, kind)),
        marking=parse_marking_value(scope, fields.get("marking"), what),
        grade=parse_grade_value(scope, fields.get("grade"), what),
    )


def parse_kind(scope: Scope, node: Node | None, parent: Node, what: str) -> Kind | None:
    """The kind that a node names, None and noted where it is none."""
    if node is None:
        if isinstance(parent, MappingNode):
            scope.document.problem(parent, f"{what} has no kind")
        return None
    name = scope.document.text(node, f"{what}: kind")
    if name not in KINDS:
        scope.document.problem(node, f"{what}: unknown kind {name!r}", word=name, among=KINDS)
    return KINDS.get(name)


def parse_key(scope: Scope, node: Node, what: str) -> ValueSpec:
    """The key that a node says: a template, or `row` for the hash of all cells."""
    if isinstance(node, ScalarNode) and node.value.strip() == "row":
        return ValueSpec(column(ROW), line_of(node))
    return parse_templated(scope, node, what)


def _key(scope: Scope, node: Node | None, parent: Node, place: _Place) -> ValueSpec | None:
    if node is not None:
        return parse_key(scope, node, f"{place.what}: key")
    if place.kind.identity is not Identity.VALUE:
        scope.document.problem(
            parent, f'{place.what}: a {place.kind.name} needs a key; write key: "{{Column}}" or key: row'
        )
    return None


def _value(scope: Scope, node: Node | None, parent: Node, place: _Place) -> ValueSpec | None:
    is_value = place.kind.identity is Identity.VALUE
    if node is not None and is_value:
        return parse_templated(scope, node, f"{place.what}: value")
    if node is not None:
        scope.document.problem(node, f"{place.what}: only value kinds have a value; a {place.kind.name} has a key")
    elif is_value:
        scope.document.problem(parent, f'{place.what}: a {place.kind.name} needs a value; write value: "{{Column}}"')
    return None


def _properties(scope: Scope, node: Node | None, place: _Place) -> tuple[PropertySpec, ...]:
    if node is None:
        return ()
    known = dict(place.kind.by_name)
    if place.kind.name == "Person":
        known[PERSON_NAME.name] = PERSON_NAME
    if place.kind.identity is Identity.VALUE:
        known.pop("value")
    fields = scope.document.fields(node, f"{place.what}: properties of {place.kind.name}", None)
    _refuse_unknown(scope, node, fields, known, place)
    fields = {name: inner for name, inner in fields.items() if name in known}
    return tuple(_property(scope, known[name], inner, f"{place.what}: {name}") for name, inner in fields.items())


def _refuse_unknown(
    scope: Scope, node: Node, fields: Mapping[str, Node], known: Mapping[str, Property], place: _Place
) -> None:
    """Note every property that the kind has not, with the kinds that have it, else the nearest right name."""
    keys = {key.value: key for key, _ in node.value} if isinstance(node, MappingNode) else {}
    for name in fields:
        if name in known:
            continue
        text = f"{place.what}: properties of {place.kind.name}: unknown key {name!r}"
        holders = [kind.name for kind in KINDS.values() if name in kind.by_name and name != "value"]
        if name == PERSON_NAME.name:
            holders.append("Person")
        if holders:
            scope.document.problem(keys[name], f"{text}; it is a property of {', '.join(holders)}")
        else:
            scope.document.problem(keys[name], text, word=name, among=tuple(known))


def _property(scope: Scope, declared: Property, node: Node, what: str) -> PropertySpec:
    if declared.type is ValueType.POINT:
        return PropertySpec(declared, point=_point(scope, node, what))
    if not isinstance(node, SequenceNode):
        return PropertySpec(declared, (_typed(scope, declared, parse_value(scope, node, what), what),))
    if not declared.repeatable:
        scope.document.problem(node, f"{what} takes one value, not a list")
    values = (_typed(scope, declared, parse_value(scope, item, what), what) for item in node.value)
    return PropertySpec(declared, tuple(values))


def _typed(scope: Scope, declared: Property, spec: ValueSpec, what: str) -> ValueSpec:
    """The value, a mistake noted where what it is read as is not what the property holds."""
    fits = _FITTING.get(declared.type)
    if spec.parse is not None and fits is not None and spec.parse not in fits:
        right = " or ".join(f"parse: {one}" for one in fits)
        scope.document.problem(
            spec.line, f"{what} holds {_HELD[declared.type]}; parse: {spec.parse} does not fit, write {right}"
        )
    dated = declared.type in (ValueType.DATE, ValueType.DATETIME)
    if spec.formats and not dated and spec.parse not in (Parse.DATE, Parse.DATETIME, Parse.TIME):
        scope.document.problem(
            spec.line, f"{what}: formats are for dates and times; add parse: date, or leave them out"
        )
    return spec


def _point(scope: Scope, node: Node, what: str) -> PointSpec | None:
    fields = scope.document.fields(node, what, ("latitude", "longitude", "easting", "northing"))
    for first, second in _POINTS:
        if set(fields) == {first, second}:
            return PointSpec(*_pair(scope, fields, (first, second), what), grid=first == "easting")
    if isinstance(node, MappingNode):
        scope.document.problem(node, f"{what} needs latitude and longitude, or easting and northing")
    return None


def _pair(scope: Scope, fields: Mapping[str, Node], names: tuple[str, str], what: str) -> tuple[ValueSpec, ValueSpec]:
    return parse_value(scope, fields[names[0]], what), parse_value(scope, fields[names[1]], what)
