"""Types of workspaces, and of the brief that is made of what is drawn."""

from __future__ import annotations

from datetime import date, datetime

import strawberry

from api.resolve import workspace as of_workspace
from api.schema.choice import Kind, LinkType
from api.schema.entity import Entity, Link
from api.schema.field import served, shown
from api.schema.network import Network, Truncation


@strawberry.type(description="A thing in a drawing: where it stands, in the drawing's own units, and what was done.")
class WorkspaceThing:
    """A thing in a drawing."""

    entity: Entity
    x: float
    y: float
    expanded: bool
    pinned: bool
    away: bool = shown("It was put away, and is not drawn.")
    note: str | None


@strawberry.type(description="What of a drawing is shown.")
class WorkspaceFilters:
    """What of a drawing is shown."""

    hidden_kinds: list[Kind]
    hidden_types: list[LinkType]
    weakest: str = shown("The worst letter of a grade; E: all, the ungraded too.")
    until: date | None = shown("Only what had begun by that day.")
    crowded: int | None = shown("Nothing with more links than that.")


@strawberry.type(
    description="A network as somebody left it, its owner's alone. It is shown to them while they hold the marking; "
    "what it names as far as they may see it now."
)
class Workspace:
    """A network as somebody left it."""

    id: strawberry.ID
    name: str
    note: str | None
    version: int = shown("What `saveWorkspace` has to be told, so that nobody overwrites what they have not seen.")
    begun: datetime
    saved: datetime
    marking: str | None = shown("The high-water of what it named when it was saved; null where that had none.")
    filters: WorkspaceFilters
    things: list[WorkspaceThing] = served(of_workspace.things, description="What it names, in the order it was saved.")
    network: Network = served(of_workspace.network, description="Its things and all links among them, as they are now.")


@strawberry.type(description="What is drawn, to be taken away: who and what, because of which statements.")
class Brief:
    """What is drawn, to be taken away."""

    nodes: list[Entity]
    links: list[Link]
    truncated: Truncation | None
    made_at: datetime
    made_by: str
    purpose: str | None
    reference: str | None
    marking: str | None = shown("How it has to be kept: the least marking at or above all that is in it.")
