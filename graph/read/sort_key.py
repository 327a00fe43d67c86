"""What a list of a kind is ordered by: keys, the last of which is always the id, and what comes after a position."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graph.errors import BadInput
from graph.model import Kind, Property, ValueType
from graph.read.condition import DATES, Conditions, first_instant, quoted
from graph.read.where import MOST_KEYS, EntityOrder, property_of
from graph.walk_index import WalkIndex, walk_of


@dataclass(frozen=True, slots=True)
class SortKey:
    """One sort key: its Cypher expression of `n`, its column and its direction; the index that is in its order."""

    expression: str
    column: str
    descending: bool
    index: WalkIndex | None

    @property
    def order(self) -> str:
        """Its part of an ORDER BY; what has no value comes last."""
        return f"{self.column} IS NULL, {self.walked}"

    @property
    def walked(self) -> str:
        """Its part of an ORDER BY of what has a value."""
        return f"{self.column}{' DESC' if self.descending else ''}"


def sort_keys(kind: Kind, order_by: Sequence[EntityOrder]) -> list[SortKey]:
    """The keys of an order of things of a kind; raises BadInput for too many, and for what has no order."""
    if len(order_by) > MOST_KEYS:
        raise BadInput(f"orderBy: {len(order_by)} keys, at most {MOST_KEYS}")
    return [_key(kind, property_of(kind, order.property), place, order) for place, order in enumerate(order_by)]


def _key(kind: Kind, declared: Property, place: int, order: EntityOrder) -> SortKey:
    if declared.repeatable or declared.type is ValueType.POINT:
        raise BadInput(f"orderBy: {declared.field} has no order; choose a property of one text, number or date")
    index = walk_of(kind, declared)
    if index is not None and index.by is not None:
        return SortKey(f"n.{quoted(index.by)}", f"k{place}", order.descending, index)
    name = f"n.{quoted(declared.name)}"
    return SortKey(first_instant(name) if declared.type in DATES else name, f"k{place}", order.descending, None)


def named(keys: Sequence[SortKey]) -> str:
    """The columns of keys, after others."""
    return "".join(f", {key.column}" for key in keys)


def said(keys: Sequence[SortKey]) -> str:
    """The expressions of keys by their columns, after others."""
    return "".join(f", {key.expression} AS {key.column}" for key in keys)


def gathered(keys: Sequence[SortKey]) -> str:
    """All rows in one record, in order, each the properties and the keys: a record for each costs twice as much."""
    return f"collect([properties(n){named(keys)}]) AS rows"


def behind(conditions: Conditions, keys: Sequence[SortKey], position: Sequence[Any]) -> str:
    """True for rows behind the position: behind on one key and equal on all before it, the id being the last."""
    *values, last_id = position
    equal: list[str] = []
    beyond: list[str] = []
    for key, value in zip(keys, values, strict=True):
        if value is None:
            equal.append(f"{key.column} IS NULL")
            continue
        held = conditions.param(value)
        further = f"({key.column} {'<' if key.descending else '>'} {held} OR {key.column} IS NULL)"
        beyond.append(" AND ".join([*equal, further]))
        equal.append(f"{key.column} = {held}")
    beyond.append(" AND ".join([*equal, f"n.id > {conditions.param(last_id)}"]))
    return " OR ".join(f"({part})" for part in beyond)
