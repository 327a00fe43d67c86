"""A network as texts for a notebook, Gephi or i2: GraphML, node-link JSON as networkx reads it, or tables in CSV."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO, StringIO
from typing import Any

import orjson

from graph.answer import NetworkView
from graph.export import graphml
from graph.export.content import Content, of_network
from graph.export.csv_files import LINK_COLUMNS, THING_COLUMNS, cell
from graph.model import KIND_OF_ENUM, KINDS
from graph.open import Graph


class TextFormat(StrEnum):
    """What the texts are written as."""

    GRAPHML = "GRAPHML"
    NODE_LINK = "NODE_LINK"
    CSV = "CSV"


@dataclass(frozen=True, slots=True)
class ExportText:
    """A text, what to call it as a file, and its media type."""

    name: str
    media_type: str
    text: str


def texts(graph: Graph, network: NetworkView, format_: TextFormat) -> tuple[ExportText, ...]:
    """The network in that format: things with kind, label, markings and properties, links with all that they say."""
    return _WRITERS[format_](of_network(graph, network))


def _graphml(content: Content) -> tuple[ExportText, ...]:
    out = BytesIO()
    graphml.write(content, out)
    return (ExportText("network.graphml", "application/graphml+xml", out.getvalue().decode()),)


def _node_link(content: Content) -> tuple[ExportText, ...]:
    """Source: networkx.readwrite.json_graph.node_link_data, a directed multigraph with the edges under `links`."""
    nodes = [{**thing.pop("properties"), **thing} for thing in content.things()]
    links = [
        {
            "source": link.pop("from"),
            "target": link.pop("to"),
            "key": link.pop("id"),
            "statedBy": link.pop("source", None),
        }
        | link
        for link in content.links()
    ]
    document = {"directed": True, "multigraph": True, "graph": {}, "nodes": nodes, "links": links}
    return (ExportText("network.json", "application/json", orjson.dumps(document).decode()),)


def _csv(content: Content) -> tuple[ExportText, ...]:
    things = [{**thing["properties"], **{name: thing[name] for name in THING_COLUMNS}} for thing in content.things()]
    held = {name for thing in things for name in thing}
    kinds = (KINDS[kind] for kind in dict.fromkeys(KIND_OF_ENUM[thing["kind"]] for thing in things))
    declared = dict.fromkeys(each.field for kind in kinds for each in kind.properties)
    columns = [*THING_COLUMNS, *(name for name in declared if name in held and name not in THING_COLUMNS)]
    return (
        ExportText("things.csv", "text/csv", _table(columns, things)),
        ExportText("links.csv", "text/csv", _table(LINK_COLUMNS, list(content.links()))),
    )


def _table(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([cell(row.get(column)) for column in columns] for row in rows)
    return out.getvalue()


_WRITERS: Mapping[TextFormat, Callable[[Content], tuple[ExportText, ...]]] = {
    TextFormat.GRAPHML: _graphml,
    TextFormat.NODE_LINK: _node_link,
    TextFormat.CSV: _csv,
}
