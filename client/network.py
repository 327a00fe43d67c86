"""Networks for networkx, and as tables for polars or pandas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

import orjson

from client.made.answer import Network, NetworkExport

if TYPE_CHECKING:
    import networkx as nx

# What a network is made of, where nothing else is asked for.
NODE = "__typename id kind label markings ... on Event { occurredFrom type }"
LINK = (
    "id type from { id } to { id } role status source { id } marking grade { label } "
    "validFrom validTo validPrecision recordedAt records { id }"
)
NETWORK = f"nodes {{ {NODE} }} links {{ {LINK} }} truncated {{ reason suppressed }}"
_SEVERAL = ("records", "markings")


def graph_of(network: Network) -> nx.MultiDiGraph:
    """The network of an answer of `expand` or `connect`.

    Nodes are ids with `kind`, `label`, `markings` and what else was selected. Links are the statements, each an edge
    from `from` to `to` with its id as key and `type`, `role`, `status`, `marking`, `grade`, `statedBy` (the source),
    `validFrom`, `validTo`, `validPrecision`, `recordedAt`, `records` (ids), as far as known and selected: the names of
    exports.
    `graph.graph` has `truncated` where the network was cut, and `marking`, how it has to be kept.
    """
    raw = network.as_dict
    graph = _multi_di_graph()
    graph.add_nodes_from((node["id"], _told(node)) for node in raw["nodes"])
    for link in raw["links"]:
        told = _link(link)
        graph.add_edge(told.pop("from"), told.pop("to"), told.pop("id"), **told)
    graph.graph |= _told({"truncated": raw.get("truncated"), "marking": network.told and network.told.marking})
    return graph


def node_link_graph(export: NetworkExport) -> nx.MultiDiGraph:
    """The network of an answer of `exportNetwork` as NODE_LINK, `truncated` and `marking` as in `graph_of`."""
    networkx = import_module("networkx")
    raw = export.as_dict
    graph: nx.MultiDiGraph = networkx.node_link_graph(orjson.loads(raw["texts"][0]["text"]), edges="links")
    graph.graph |= _told({"truncated": raw.get("truncated"), "marking": raw.get("marking")})
    return graph


def frames(graph: nx.MultiDiGraph, library: Literal["polars", "pandas"] = "polars") -> tuple[Any, Any]:
    """Its things and its links as two tables of a library that is installed; several markings or records are one text.

    Columns are `id` and what things have, and `id`, `from`, `to` and what links have.
    """
    things = [_flat({"id": node, **told}) for node, told in graph.nodes(data=True)]
    links = [
        _flat({"id": key, "from": origin, "to": target, **told})
        for origin, target, key, told in graph.edges(keys=True, data=True)
    ]
    return _table(library, things, ("id", "kind", "label")), _table(library, links, ("id", "from", "to", "type"))


def _table(library: str, rows: list[dict[str, Any]], first: Iterable[str]) -> Any:  # noqa: ANN401 - of either library
    columns = list(dict.fromkeys((*first, *(name for row in rows for name in row))))
    held = {name: [row.get(name) for row in rows] for name in columns}
    frame = import_module(library).DataFrame
    return frame(held, strict=False) if library == "polars" else frame(held)


def _multi_di_graph() -> nx.MultiDiGraph:
    graph: nx.MultiDiGraph = import_module("networkx").MultiDiGraph()
    return graph


def _told(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in raw.items() if value is not None and name != "__typename"}


def _link(raw: Mapping[str, Any]) -> dict[str, Any]:
    """A link by the names of exports: ids where the answer has objects."""
    told = _told(raw)
    for end in ("from", "to"):
        told[end] = told[end]["id"]
    if "source" in told:
        told["statedBy"] = told.pop("source")["id"]
    if "grade" in told:
        told["grade"] = told["grade"]["label"]
    if "records" in told:
        told["records"] = [record["id"] for record in told["records"]]
    return told


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: "; ".join(value) if name in _SEVERAL and isinstance(value, list) else value for name, value in row.items()
    }
