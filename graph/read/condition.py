"""Conditions on entities as Cypher text: names from the model alone, every value a parameter."""

from __future__ import annotations

import math
from typing import Any

from graph.errors import BadInput
from graph.model import Kind, Property, ValueType
from graph.read.where import EntityWhere, Near, property_of
from standards.date import parse_date

# A date of lesser precision is filled up to its first instant, so that texts compare as instants do.
FIRST_INSTANT = "0000-01-01T00:00:00"
DATES = (ValueType.DATE, ValueType.DATETIME)
_OPERATORS = {"eq": "=", "gte": ">=", "lt": "<", "startsWith": "STARTS WITH", "contains": "CONTAINS", "in": "IN"}
TEXTUAL = ("startsWith", "contains")
_FARTHEST_M = 1_000_000
_MODEL_NAME = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")


def quoted(name: str) -> str:
    """A label, type or property name of the model in backticks; raises ValueError for anything else."""
    if not name or not set(name.lower()) <= _MODEL_NAME or not name.isascii():
        raise ValueError(f"{name!r} is no name of the model")
    return f"`{name}`"


class Conditions:
    """Compiles conditions on `n`, a node of one kind, and keeps their parameters.

    `anchored` is the node of the tree whose `linkedTo` or `near` the MATCH already meets.
    """

    def __init__(self, kind: Kind, current: dict[str, str]) -> None:
        self._kind = kind
        self._current = current
        self.params: dict[str, Any] = {}
        self.anchored: EntityWhere | None = None

    def param(self, value: object) -> str:
        """The name of a new parameter that holds the value."""
        name = f"p{len(self.params)}"
        self.params[name] = value
        return f"${name}"

    def tree(self, where: EntityWhere) -> str:
        """The condition of a tree: everything given in one node must hold."""
        parts = [self.tree(part) for part in where.all_of]
        if where.any_of is not None:
            # Of none of nothing: as a parameter, because a constant would take an index hint's label out of the plan.
            parts.append("(" + (" OR ".join(self.tree(part) for part in where.any_of) or self.param(False)) + ")")
        if where.none_of is not None:
            # What is unknown of a property is not so: without coalesce NOT of a missing value would drop the row.
            parts.append(f"NOT coalesce({self.tree(where.none_of)}, false)")
        parts += self._comparisons(where)
        parts += self._places(where)
        if not parts and where is self.anchored:
            return "true"
        if not parts:
            raise BadInput("where: an empty condition; give and, or, not, linkedTo, near, or a property and what of it")
        return "(" + " AND ".join(parts) + ")"

    def _comparisons(self, where: EntityWhere) -> list[str]:
        given = check_given(where)
        if where.property is None:
            return []
        declared = property_of(self._kind, where.property)
        return [self._comparison(declared, name, value) for name, value in given.items()]

    def _comparison(self, declared: Property, operator: str, value: Any) -> str:  # noqa: ANN401 - text, texts or bool
        name = f"n.{quoted(declared.name)}"
        if operator == "exists":
            return f"{name} IS {'NOT ' if value else ''}NULL"
        if declared.type is ValueType.POINT:
            raise BadInput(f"where: {declared.field} is a point; use near or exists")
        textual = operator in TEXTUAL
        values = [
            typed(declared.field, declared.type, each, operator) for each in (value if operator == "in" else [value])
        ]
        element = "x" if declared.repeatable else name
        held = first_instant(element) if declared.type in DATES and not textual else element
        text = f"{held} {_OPERATORS[operator]} {self.param(values if operator == 'in' else values[0])}"
        return f"any(x IN {name} WHERE {text})" if declared.repeatable else text

    def _places(self, where: EntityWhere) -> list[str]:
        met = where is self.anchored
        linked = [self.linked_to(where.linked_to)] if where.linked_to is not None and not met else []
        # A node may have both; the MATCH then meets linkedTo.
        near = [self.near(where.near)] if where.near is not None and not (met and where.linked_to is None) else []
        return linked + near

    def current(self, id_: str) -> str:
        """The id by which an asked entity goes today."""
        return self._current.get(id_, id_)

    def linked_to(self, id_: str) -> str:
        """True where a visible link joins `n` and that entity."""
        other = self.param(self.current(id_))
        return f"EXISTS {{ (n)-[r:!WAS]-(:Entity {{id: {other}}}) WHERE r.mk IN $allowed }}"

    def near(self, near: Near) -> str:
        """True within the circle; an event without a point is where its visible OCCURRED_AT ends are."""
        own = self.within("n", near)
        if not self._kind.event:
            return own
        there = self.within("x", near)
        elsewhere = f"EXISTS {{ (n)-[r:OCCURRED_AT]->(x) WHERE r.mk IN $allowed AND {there} }}"
        return f"({own} OR (n.location IS NULL AND {elsewhere}))"

    def within(self, variable: str, near: Near) -> str:
        """True where the variable's own point is within the circle; raises BadInput for a circle that is none."""
        if "location" not in self._kind.by_name:
            raise BadInput(f"near: a {self._kind.name} has no location; ask for an event, an Address or a Place")
        _check_circle(near)
        latitude, longitude = self.param(float(near.latitude)), self.param(float(near.longitude))
        centre = f"point({{latitude: {latitude}, longitude: {longitude}}})"
        return f"point.distance({variable}.location, {centre}) <= {self.param(near.metres)}"


def first_instant(name: str) -> str:
    """Cypher for the first instant of an ISO text of any precision, as text of seconds."""
    bare = f"replace({name}, 'Z', '')"
    return f"({bare} + substring('{FIRST_INSTANT}', size({bare})))"


def check_given(where: EntityWhere) -> dict[str, object]:
    """What the property of a condition is held against; raises BadInput for one without the other."""
    given = where.comparisons()
    if given and where.property is None:
        raise BadInput(f"where: {', '.join(given)} without property; say of which")
    if where.property is not None and not given:
        raise BadInput(f"where: property {where.property!r} alone; say eq, in, startsWith, contains, gte, lt, exists")
    return given


def typed(field: str, type_: ValueType, value: str, operator: str) -> str | int | float:
    """A value that a property is held against, as it is stored, a date by its first instant.

    Raises BadInput for one that is not of the property's type, or an operator that numbers do not have.
    """
    textual = operator in TEXTUAL
    if textual and type_ in (ValueType.INT, ValueType.FLOAT):
        raise BadInput(f"where: {field} is a number; use eq, in, gte, lt or exists")
    try:
        match type_:
            case ValueType.INT:
                return int(value)
            case ValueType.FLOAT:
                return _finite(value)
            case ValueType.DATE | ValueType.DATETIME if not textual:
                return _instant(value)
    except ValueError:
        raise BadInput(f"where: {field} is a {type_.value}, {value!r} is none") from None
    return value


def _finite(value: str) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise ValueError
    return number


def _instant(value: str) -> str:
    when = parse_date(value, zone="UTC")
    if when is None:
        raise ValueError
    bare = when.text.replace("Z", "")
    return bare + FIRST_INSTANT[len(bare) :]


def _check_circle(near: Near) -> None:
    if not (-90 <= near.latitude <= 90 and -180 <= near.longitude <= 180):
        raise BadInput(f"near: {near.latitude}, {near.longitude} is no latitude and longitude in degrees")
    if not 0 <= near.metres <= _FARTHEST_M:
        raise BadInput(f"near: {near.metres} metres is not between 0 and {_FARTHEST_M:,}")
