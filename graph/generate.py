"""Cypher that the model writes: statements whose labels or types come from its closed set, values always parameters."""

from __future__ import annotations

from functools import cache
from typing import LiteralString

from graph.model import KINDS, LINKS


def quoted(name: str) -> LiteralString:
    """A name of the model, quoted for Cypher; raises ValueError for any text that the model does not hold."""
    if name not in KINDS and name not in LINKS and name not in ("Entity", "Event", "WAS"):
        raise ValueError(f"{name!r} is no name of the model")
    return f"`{name}`"


def _labels(kind: str) -> LiteralString:
    return "".join(f":{quoted(label)}" for label in KINDS[kind].labels)


@cache
def create_entities(kind: str) -> LiteralString:
    """New entities of a kind from `$nodes`, each a map of all its properties."""
    return f"UNWIND $nodes AS node CREATE (e{_labels(kind)}) SET e = node RETURN count(*) AS nodes"


@cache
def merge_entities(kind: str) -> LiteralString:
    """Entities of a kind from `$nodes`, new or with new contents; retired ones come back."""
    return (
        "UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) "
        f"SET e = node, e{_labels(kind)} RETURN count(*) AS nodes"
    )


@cache
def merge_values(kind: str) -> LiteralString:
    """Value nodes of a kind from `$nodes`; a known one stays as it is."""
    return (
        "UNWIND $nodes AS node MERGE (e:Entity {id: node.id}) "
        f"ON CREATE SET e = node, e{_labels(kind)} RETURN count(*) AS nodes"
    )


@cache
def retire_entities(kind: str) -> LiteralString:
    """Take things of a kind out of every answer; their retracted links keep an end."""
    return (
        f"UNWIND $ids AS id MATCH (e:Entity {{id: id}}) SET e:Retired REMOVE e{_labels(kind)} RETURN count(*) AS nodes"
    )


@cache
def revive_entities(kind: str) -> LiteralString:
    """Bring retired things of a kind back."""
    return (
        f"UNWIND $ids AS id MATCH (e:Retired {{id: id}}) SET e{_labels(kind)} REMOVE e:Retired RETURN count(*) AS nodes"
    )


@cache
def create_links(type_: str) -> LiteralString:
    """New links of a type from `$links`: `from`, `to` and the properties `p`."""
    return (
        "UNWIND $links AS link MATCH (a:Entity {id: link.from}) MATCH (b:Entity {id: link.to}) "
        f"CREATE (a)-[l:{quoted(type_)}]->(b) SET l = link.p RETURN count(*) AS links"
    )


@cache
def delete_links(type_: str) -> LiteralString:
    """Take away the links of a type in `$links`: `from`, `row`, `place`."""
    return (
        f"UNWIND $links AS link MATCH (a:Entity {{id: link.from}})-[l:{quoted(type_)}]->(:Entity) "
        "WHERE l.row = link.row AND l.place = link.place DELETE l RETURN count(*) AS links"
    )
