"""Types of a network that is taken away as text."""

from __future__ import annotations

import strawberry

from api.resolve import export as of_export
from api.schema.field import served, shown
from api.schema.network import Truncation
from graph.export.text import TextFormat

strawberry.enum(
    TextFormat,
    name="NetworkFormat",
    description="What a network is written as. GRAPHML: for Gephi, yEd, Cytoscape, networkx. NODE_LINK: JSON as "
    'networkx reads it (`node_link_graph(document, edges="links")`). CSV: a table of things and one of links, as i2 '
    "and spreadsheets import them.",
)


@strawberry.type(description="A text, what to call it as a file, and its media type.")
class ExportText:
    """A text to be kept as a file."""

    name: str
    media_type: str
    text: str


@strawberry.type(description="A network as text, with the markings, grades, sources and dates of all that is in it.")
class NetworkExport:
    """A network as text."""

    things: int
    links: int
    marking: str | None = served(
        of_export.marking, description="The least marking at or above all that is in it; null where there is nothing."
    )
    texts: list[ExportText] = shown("One; of CSV two.")
    truncated: Truncation | None
