"""Everything of a kind, filtered and ordered: one generated statement, names from the model, values as parameters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, LiteralString

from graph.answer import EntityView, Page
from graph.errors import BadInput
from graph.model import Identity, Kind, Property, ValueType
from graph.open import Graph
from graph.read.condition import DATES, Conditions, first_instant, quoted
from graph.read.entity import entities_by_id
from graph.read.page import COUNTED, Window
from graph.read.projection import entity_view
from graph.read.where import MOST_KEYS, EntityOrder, EntityWhere, Near, check_size, kind_of, linked_ids, property_of
from security.viewer import Viewer

_TOUCHED = "EXISTS { (n)-[r:!WAS]-() WHERE r.mk IN $allowed }"


@dataclass(frozen=True, slots=True)
class _Key:
    """One sort key: its Cypher expression, its column and its direction."""

    expression: str
    column: str
    descending: bool


def entities(
    graph: Graph,
    viewer: Viewer,
    kind: str,
    where: EntityWhere | None = None,
    order_by: Sequence[EntityOrder] = (),
    first: int = 20,
    after: str | None = None,
) -> Page[EntityView]:
    """The visible entities of a kind that pass `where`, by `order_by` (what has no value last), then by id.

    Raises BadInput for a kind, property, value or order that the model does not have. Values are listed where a
    visible link touches them.
    """
    declared = kind_of(kind)
    keys = _keys(declared, order_by)
    window = Window(graph, viewer, f"entities:{kind}:{where!r}:{tuple(order_by)!r}", first, after)
    conditions = _conditions(graph, viewer, declared, where)
    text = page_text(declared, conditions, where, keys, window.position)
    rows = graph.store.read_text(viewer, "entity/listing", text, {**conditions.params, "limit": window.limit})
    columns = [key.column for key in keys]
    return window.page(
        rows,
        lambda row: entity_view(row["node"]),
        lambda row: [*(row[column] for column in columns), row["node"]["id"]],
    )


def count_entities(graph: Graph, viewer: Viewer, kind: str, where: EntityWhere | None = None) -> tuple[int, bool]:
    """How many entities `entities` has in all, and whether there are more than the 10,000 that are counted."""
    declared = kind_of(kind)
    conditions = _conditions(graph, viewer, declared, where)
    text = count_text(declared, conditions, where)
    rows = graph.store.read_text(viewer, "entity/listing_count", text, {**conditions.params, "limit": COUNTED + 1})
    found: int = rows[0]["count"]
    return min(found, COUNTED), found > COUNTED


def listed_ids(graph: Graph, viewer: Viewer, kind: str, where: EntityWhere | None, limit: int) -> list[str]:
    """The first so many ids of what `entities` has, by id."""
    declared = kind_of(kind)
    conditions = _conditions(graph, viewer, declared, where)
    text = ids_text(declared, conditions, where)
    rows = graph.store.read_text(viewer, "entity/listing_ids", text, {**conditions.params, "limit": limit})
    return [row["id"] for row in rows]


def _conditions(graph: Graph, viewer: Viewer, kind: Kind, where: EntityWhere | None) -> Conditions:
    check_size(where)
    held = entities_by_id(graph, viewer, linked_ids(where))
    return Conditions(kind, {asked: view.id for asked, view in held.items()})


def page_text(
    kind: Kind,
    conditions: Conditions,
    where: EntityWhere | None,
    keys: Sequence[_Key],
    position: list[Any] | None,
) -> LiteralString:
    """The statement of one page, in the columns node and one for each sort key."""
    columns = "".join(f", {key.expression} AS {key.column}" for key in keys)
    order = ", ".join([*(_order(key) for key in keys), "n.id"])
    lines = [_source(kind, conditions, where), f"WITH n{columns}"]
    if position is not None:
        lines.append(f"WHERE {_after(conditions, keys, position)}")
    lines += [f"ORDER BY {order} LIMIT $limit", "RETURN properties(n) AS node" + _named(keys), f"ORDER BY {order}"]
    # Names come from the model and expressions from this module: nothing of the caller is in the text.
    return "\n".join(lines)


def count_text(kind: Kind, conditions: Conditions, where: EntityWhere | None) -> LiteralString:
    """The statement that counts up to `$limit`."""
    return f"{_source(kind, conditions, where)}\nWITH n LIMIT $limit\nRETURN count(n) AS count"


def ids_text(kind: Kind, conditions: Conditions, where: EntityWhere | None) -> LiteralString:
    """The statement that lists ids up to `$limit`."""
    return f"{_source(kind, conditions, where)}\nWITH n.id AS id ORDER BY id LIMIT $limit\nRETURN id"


def _source(kind: Kind, conditions: Conditions, where: EntityWhere | None) -> str:
    """The MATCH of visible things of the kind: from a linked entity or a circle where every answer is there."""
    anchor = _anchor(kind, conditions, [] if where is None else _needed(where))
    visible = _TOUCHED if kind.identity is Identity.VALUE else "n.mk IN $allowed"
    filters = [visible] + ([conditions.tree(where)] if where is not None else [])
    return f"{anchor}\nWHERE {' AND '.join(filters)}"


def _anchor(kind: Kind, conditions: Conditions, needed: Sequence[EntityWhere]) -> str:
    label = quoted(kind.name)
    for part in needed:
        if part.linked_to is not None:
            conditions.anchored = part
            other = f"(:Entity {{id: {conditions.param(conditions.current(part.linked_to))}}})"
            return f"MATCH {other}-[r:!WAS]-(n:Entity&{label})\nWHERE r.mk IN $allowed\nWITH DISTINCT n"
    for part in needed:
        if part.near is not None:
            conditions.anchored = part
            return _within(kind, conditions, part.near)
    return f"MATCH (n:{label})\nWITH n"


def _within(kind: Kind, conditions: Conditions, near: Near) -> str:
    label = quoted(kind.name)
    own = f"MATCH (n:Entity:{label}) WHERE {conditions.within('n', near)} RETURN n"
    if not kind.event:
        return f"CALL () {{ {own} }}\nWITH n"
    there = f"MATCH (x:Entity)<-[r:OCCURRED_AT]-(n:{label}) WHERE {conditions.within('x', near)} AND r.mk IN $allowed"
    return f"CALL () {{ {own} UNION {there} AND n.location IS NULL RETURN n }}\nWITH n"


def _needed(where: EntityWhere) -> list[EntityWhere]:
    """The conditions that every answer meets: this one and those joined to it by `and`."""
    return [where, *(deeper for part in where.all_of for deeper in _needed(part))]


def _keys(kind: Kind, order_by: Sequence[EntityOrder]) -> list[_Key]:
    if len(order_by) > MOST_KEYS:
        raise BadInput(f"orderBy: {len(order_by)} keys, at most {MOST_KEYS}")
    return [
        _Key(_expression(property_of(kind, order.property)), f"k{place}", order.descending)
        for place, order in enumerate(order_by)
    ]


def _expression(declared: Property) -> str:
    if declared.repeatable or declared.type is ValueType.POINT:
        raise BadInput(f"orderBy: {declared.field} has no order; choose a property of one text, number or date")
    name = f"n.{quoted(declared.name)}"
    return first_instant(name) if declared.type in DATES else name


def _order(key: _Key) -> str:
    return f"{key.column} IS NULL, {key.column}{' DESC' if key.descending else ''}"


def _named(keys: Sequence[_Key]) -> str:
    return "".join(f", {key.column}" for key in keys)


def _after(conditions: Conditions, keys: Sequence[_Key], position: list[Any]) -> str:
    """True for rows behind the position: behind on one key and equal on all before it, the id being the last."""
    *values, last_id = position
    equal: list[str] = []
    behind: list[str] = []
    for key, value in zip(keys, values, strict=True):
        if value is None:
            equal.append(f"{key.column} IS NULL")
            continue
        held = conditions.param(value)
        beyond = f"({key.column} {'<' if key.descending else '>'} {held} OR {key.column} IS NULL)"
        behind.append(" AND ".join([*equal, beyond]))
        equal.append(f"{key.column} = {held}")
    behind.append(" AND ".join([*equal, f"n.id > {conditions.param(last_id)}"]))
    return " OR ".join(f"({part})" for part in behind)
