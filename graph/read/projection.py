"""Views made from what statements return: `properties(n)` of a node, `properties(r)` and `type(r)` of a link.

Every read statement returns nodes and links in just that form, so that views are made in one place. A statement tests
what may be seen; here only what is internal is left out: full text, blocking keys and the like are not in the model.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from neo4j.spatial import Point as DriverPoint

from graph.answer import EntityView, LinkView, RecordView
from graph.ids import link_id, record_of
from graph.model import KINDS

Node = Mapping[str, Any]


class Point(NamedTuple):
    """A place on the WGS 84 ellipsoid, degrees."""

    latitude: float
    longitude: float


def entity_view(node: Node, asked: str | None = None) -> EntityView:
    """The entity of a node's properties; `moved_from` is the id that was asked for where the node goes by another."""
    return EntityView(
        id=node["id"],
        kind=node["kind"],
        mk=node.get("mk"),
        label=node.get("label") or "",
        properties=model_properties(node),
        moved_from=asked if asked not in (None, node["id"]) else None,
    )


def link_view(link: Node, type_: str, origin: Node, target: Node) -> LinkView:
    """The link of a relationship's properties and type and its end nodes' properties; a `WAS` is what it was."""
    return LinkView(
        id=id_of_link(link, origin["id"], target["id"]),
        type=link.get("type", type_),
        origin=entity_view(origin),
        target=entity_view(target),
        mk=link["mk"],
        source=link.get("source"),
        grade=link.get("grade"),
        role=link.get("role"),
        status=link.get("status"),
        valid_from=link.get("valid_from"),
        valid_to=link.get("valid_to"),
        precision=link.get("precision"),
        recorded_at=link["recorded_at"],
        records=tuple(_end_records(link, origin, target)),
    )


def _end_records(link: Node, origin: Node, target: Node) -> Iterator[str]:
    for end, node in ((link.get("a"), origin), (link.get("b"), target)):
        # A keyed thing is its own record; a value has none.
        if end is not None and (end.startswith("r_") or node.get("key") is not None):
            yield record_of(end)


def record_view(node: Node, entity: str | None) -> RecordView:
    """The record of a node's properties; a keyed entity is its own record, with the id `r_...`."""
    return RecordView(
        id=record_of(node["id"]),
        source=node["source"],
        kind=node["kind"],
        key=node["key"],
        mk=node["mk"],
        version=node["version"],
        grade=node.get("grade"),
        recorded_at=node["recorded_at"],
        superseded_at=node.get("retracted_at"),
        properties=model_properties(node),
        entity=entity,
        as_of=node.get("as_of"),
    )


def id_of_link(link: Node, from_id: str, to_id: str) -> str:
    """A link's id: `l_<row>_<place>`; of SAME_IDENTITY, which no row says, `l_<from>_<to>` and its token if any."""
    row = link.get("row")
    if row is not None:
        return link_id(row, link["place"])
    token = link.get("token")
    return f"l_{from_id[2:]}_{to_id[2:]}" + (f"_{token}" if token else "")


def model_properties(node: Node) -> dict[str, Any]:
    """The properties that the model knows, in its order; points as `Point`."""
    names = KINDS[node["kind"]].by_name
    return {name: _plain(node[name]) for name in names if name in node}


def _plain(value: object) -> object:
    return Point(value.y, value.x) if isinstance(value, DriverPoint) else value
