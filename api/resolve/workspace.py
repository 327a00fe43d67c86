"""Resolvers of workspaces, and of the brief that is made of what is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

import strawberry
from strawberry import Parent

from api.context import Asked
from api.limit import text_of
from api.resolve.entity import link_filter
from api.schema.choice import LinkType
from api.schema.input import GradeInput, WorkspaceInput
from graph import workspace as kept
from graph.answer import EntityView, LinkView, NetworkView, Truncation
from graph.audit import Named
from graph.read.drawn import drawn
from graph.workspace import PlacedView, Wanted, WorkspaceView

Id = Annotated[strawberry.ID, strawberry.argument(name="id")]


@dataclass(frozen=True, slots=True)
class BriefView:
    """What is drawn, to be taken away: by whom, when (epoch seconds), why, and how it is to be kept."""

    network: NetworkView
    made_at: int
    made_by: str
    purpose: str | None
    reference: str | None
    marking: str | None

    @property
    def nodes(self) -> tuple[EntityView, ...]:
        """The things."""
        return self.network.nodes

    @property
    def links(self) -> tuple[LinkView, ...]:
        """What joins them."""
        return self.network.links

    @property
    def truncated(self) -> Truncation | None:
        """What was left out."""
        return self.network.truncated


def workspaces(info: Asked) -> list[WorkspaceView]:
    """The viewer's own workspaces."""
    return info.context.ask(kept.workspaces)


def workspace(info: Asked, id_: Id) -> WorkspaceView | None:
    """A workspace of the viewer's own."""
    return info.context.ask(kept.workspace, id_)


def save_workspace(info: Asked, workspace: WorkspaceInput) -> WorkspaceView:
    """Keep a workspace, or what it has become."""
    wanted = Wanted(
        text_of("name", workspace.name, kept.LONGEST_NAME),
        workspace.note,
        None if workspace.things is None else tuple(each.placed() for each in workspace.things),
        None if workspace.filters is None else workspace.filters.showing(),
        workspace.id,
        workspace.version,
    )
    return info.context.change(kept.save, wanted)


def delete_workspace(info: Asked, id_: Id) -> WorkspaceView:
    """Give up a workspace."""
    return info.context.change(kept.delete, id_)


def things(root: Parent[WorkspaceView], info: Asked) -> tuple[PlacedView, ...]:
    """What a workspace names, as far as it may be seen now."""
    found = info.context.ask(kept.placed_in, root)
    info.context.meet(each.entity for each in found)
    return found


def network(root: Parent[WorkspaceView], info: Asked) -> NetworkView:
    """The things and the links among them, as they may be seen now."""
    return _met(info, info.context.ask(kept.network_of, root))


def brief(
    info: Asked,
    ids: list[strawberry.ID],
    types: list[LinkType] | None = None,
    since: date | None = None,
    until: date | None = None,
    min_grade: GradeInput | None = None,
) -> BriefView:
    """What is drawn, to be taken away."""
    where = link_filter(types, None, None, None, since, until, min_grade, None, None)
    network = _met(info, info.context.ask(drawn, ids, where))
    named = Named()
    named.add_all((*network.nodes, *network.links))
    graph, viewer = info.context.graph, info.context.viewer
    purpose = viewer.purpose
    return BriefView(
        network,
        graph.clock(),
        viewer.user,
        None if purpose is None else purpose.code.value,
        None if purpose is None else purpose.reference,
        named.marking(graph.catalogue),
    )


def _met(info: Asked, network: NetworkView) -> NetworkView:
    info.context.meet(network.nodes)
    info.context.meet_links(network.links)
    return network
