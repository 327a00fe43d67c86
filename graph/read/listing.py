"""Everything of a kind, filtered and ordered: generated statements, names from the model, values as parameters.

They walk an index (`walked.py`), as far as the page needs; from a linked thing or a circle where every answer is there,
and over the whole kind for an order that no index has.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, LiteralString

from graph.answer import EntityView, Page
from graph.model import Identity, Kind
from graph.open import Graph
from graph.read.condition import Conditions, quoted
from graph.read.entity import entities_by_id
from graph.read.page import COUNTED, Window
from graph.read.projection import entity_view
from graph.read.sort_key import SortKey, behind, gathered, named, said, sort_keys
from graph.read.walked import TOUCHED, Walk
from graph.read.where import EntityOrder, EntityWhere, Near, check_size, kind_of, linked_ids
from graph.store import Rows
from security.viewer import Viewer


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
    keys = sort_keys(declared, order_by)
    window = Window(graph, viewer, f"entities:{kind}:{where!r}:{tuple(order_by)!r}", first, after)
    listing = _Listing(graph, viewer, declared, where)
    rows = listing.page(keys, window)
    return window.page(rows, lambda row: entity_view(row["node"]), lambda row: [*row["keys"], row["node"]["id"]])


def count_entities(graph: Graph, viewer: Viewer, kind: str, where: EntityWhere | None = None) -> tuple[int, bool]:
    """How many entities `entities` has in all, and whether there are more than the 10,000 that are counted."""
    listing = _Listing(graph, viewer, kind_of(kind), where)
    conditions = listing.conditions()
    text = count_text(listing.kind, conditions, where) if listing.anchored else listing.walk(conditions).count()
    found: int = listing.read("listing_count", text, conditions, COUNTED + 1)[0]["count"]
    return min(found, COUNTED), found > COUNTED


def listed_ids(graph: Graph, viewer: Viewer, kind: str, where: EntityWhere | None, limit: int) -> list[str]:
    """The first so many ids of what `entities` has, by id."""
    listing = _Listing(graph, viewer, kind_of(kind), where)
    conditions = listing.conditions()
    text = ids_text(listing.kind, conditions, where) if listing.anchored else listing.walk(conditions).ids()
    return [row["id"] for row in listing.read("listing_ids", text, conditions, limit)]


class _Listing:
    """What one viewer may see of a kind and passes; `anchored` where it is found from a linked thing or a circle."""

    def __init__(self, graph: Graph, viewer: Viewer, kind: Kind, where: EntityWhere | None) -> None:
        check_size(where)
        self.kind = kind
        self._graph, self._viewer, self._where = graph, viewer, where
        held = entities_by_id(graph, viewer, linked_ids(where))
        self._current = {asked: view.id for asked, view in held.items()}
        needed = [] if where is None else _needed(where)
        self.anchored = any(part.linked_to is not None or part.near is not None for part in needed)

    def conditions(self) -> Conditions:
        """What compiles the conditions of a statement."""
        return Conditions(self.kind, self._current)

    def walk(self, conditions: Conditions, keys: Sequence[SortKey] = ()) -> Walk:
        """The list along an index."""
        return Walk(self.kind, conditions, self._where, keys)

    def read(self, name: str, text: LiteralString, conditions: Conditions, limit: int) -> Rows:
        """The rows of a statement."""
        return self._graph.store.read_text(self._viewer, f"entity/{name}", text, {**conditions.params, "limit": limit})

    def page(self, keys: Sequence[SortKey], window: Window) -> Rows:
        """The rows of a page, in the columns node and keys."""
        conditions, position = self.conditions(), window.position
        if self.anchored or not Walk.can(keys):
            text = page_text(self.kind, conditions, self._where, keys, position)
            return self._gathered(text, conditions, window.limit)
        rows: Rows = []
        valued = not keys or position is None or position[0] is not None
        if valued:
            text = self.walk(conditions, keys).page(position)
            rows = self._gathered(text, conditions, window.limit)
        if keys and len(rows) < window.limit:
            conditions = self.conditions()
            text = self.walk(conditions, keys).without(None if valued else position)
            rows += self._gathered(text, conditions, window.limit - len(rows))
        return rows

    def _gathered(self, text: LiteralString, conditions: Conditions, limit: int) -> Rows:
        (found,) = self.read("listing", text, conditions, limit)
        return [{"node": node, "keys": keys} for node, *keys in found["rows"]]


def page_text(
    kind: Kind,
    conditions: Conditions,
    where: EntityWhere | None,
    keys: Sequence[SortKey],
    position: list[Any] | None,
) -> LiteralString:
    """The statement of one page, as one record."""
    order = ", ".join([*(key.order for key in keys), "n.id"])
    lines = [_source(kind, conditions, where), f"WITH n{said(keys)}"]
    if position is not None:
        lines.append(f"WHERE {behind(conditions, keys, position)}")
    lines += [f"ORDER BY {order} LIMIT $limit", f"WITH n{named(keys)}", f"RETURN {gathered(keys)}"]
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
    visible = TOUCHED if kind.identity is Identity.VALUE else "n.mk IN $allowed"
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
