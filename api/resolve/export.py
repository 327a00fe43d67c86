"""The resolver of a network that is taken away as text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import strawberry
from strawberry import Parent

from api.context import Asked
from api.resolve.question import expand
from api.schema.choice import Kind, LinkType
from api.schema.input import GradeInput
from graph.answer import NetworkView, Truncation
from graph.audit import Named
from graph.export.text import ExportText, TextFormat
from graph.export.text import texts as texts_of


@dataclass(frozen=True, slots=True)
class NetworkExportView:
    """A network, and the texts that it is written as."""

    network: NetworkView
    texts: tuple[ExportText, ...]

    @property
    def things(self) -> int:
        """How many things are in it."""
        return len(self.network.nodes)

    @property
    def links(self) -> int:
        """How many links are in it."""
        return len(self.network.links)

    @property
    def truncated(self) -> Truncation | None:
        """What was left out of it."""
        return self.network.truncated


def export_network(
    info: Asked,
    ids: list[strawberry.ID],
    hops: int | None = 1,
    types: list[LinkType] | None = None,
    kinds: list[Kind] | None = None,
    since: date | None = None,
    until: date | None = None,
    min_grade: GradeInput | None = None,
    valid_at: date | None = None,
    known_at: datetime | None = None,
    limit: int | None = 200,
    format: TextFormat | None = TextFormat.GRAPHML,  # noqa: A002 - the contract's name
) -> NetworkExportView:
    """The network of `expand` as text."""
    network = expand(info, ids, hops, types, kinds, since, until, min_grade, valid_at, known_at, limit)
    return NetworkExportView(network, texts_of(info.context.graph, network, format or TextFormat.GRAPHML))


def marking(root: Parent[NetworkExportView], info: Asked) -> str | None:
    """The high-water mark of all that is in it."""
    named = Named()
    named.add_all((*root.network.nodes, *root.network.links))
    return named.marking(info.context.graph.catalogue)
