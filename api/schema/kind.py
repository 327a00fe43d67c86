"""The object types of all kinds, generated from the model: every property of a kind is a field of its type."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import strawberry

from api.resolve.value import attribute
from api.schema.entity import Entity, Event, GeoPoint
from graph.answer import EntityView
from graph.model import KINDS, Kind, Property, ValueType

_TYPES: dict[ValueType, Any] = {
    ValueType.TEXT: str,
    ValueType.DATE: date,
    ValueType.DATETIME: datetime,
    ValueType.INT: int,
    ValueType.FLOAT: float,
    ValueType.POINT: GeoPoint,
}


def annotation(held: Property) -> Any:  # noqa: ANN401 - a type
    """The type of a property's field: a list where it repeats, else nullable."""
    of = _TYPES[held.type]
    return list[of] if held.repeatable else of | None  # type: ignore[valid-type]


def description(held: Property) -> str:
    """What a property means and the standard it keeps to, as the schema says it."""
    text = held.description[0].upper() + held.description[1:] + "."
    return f"{text} Standard: {held.standard}." if held.standard else text


def object_type(kind: Kind) -> type:
    """The object type of a kind."""
    properties = {attribute(held): held for held in kind.properties}
    body: dict[str, Any] = {
        "__annotations__": {name: annotation(held) for name, held in properties.items()},
        "__doc__": kind.description,
        "__module__": __name__,
        "is_type_of": staticmethod(lambda view, _: type(view) is EntityView and view.kind == kind.name),
        **{name: strawberry.field(description=description(held)) for name, held in properties.items()},
    }
    made = type(kind.name, (Event if kind.event else Entity,), body)
    return strawberry.type(made, name=kind.name, description=kind.description)


TYPES: tuple[type, ...] = tuple(object_type(kind) for kind in KINDS.values())
