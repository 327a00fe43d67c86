"""Who has had a thing, and when."""

from __future__ import annotations

from graph.answer import LinkView, Page
from graph.open import Graph
from graph.read.event import members
from graph.read.link import UNDATED, view_of
from graph.read.page import COUNTED, Window
from security.viewer import Viewer


def usage(
    graph: Graph,
    viewer: Viewer,
    id: str,  # noqa: A002 - the contract's name
    at: int | None = None,
    first: int = 50,
    after: str | None = None,
) -> Page[LinkView]:
    """The links by which others use, hold, keep, drive or live at a thing: newest first, undated last, then by id.

    Of its whole group. `at` (epoch): those that held then; one without a date may have.
    """
    window = Window(graph, viewer, f"usage:{id}:{at}", first, after)
    position, after_id = window.position or (None, None)
    rows = graph.store.read(
        viewer,
        "subject/usage",
        ids=members(graph, viewer, [id]),
        at=at,
        last=-UNDATED,
        after=position,
        after_id=after_id,
        limit=window.limit,
    )
    return window.page(rows, view_of, lambda row: [row["position"], row["id"]])


def count_usage(graph: Graph, viewer: Viewer, id: str, at: int | None = None) -> tuple[int, bool]:  # noqa: A002
    """How many links `usage` has in all, and whether there are more than the 10,000 that are counted."""
    ids = members(graph, viewer, [id])
    (row,) = graph.store.read(viewer, "subject/usage_count", ids=ids, at=at, limit=COUNTED + 1)
    return min(row["count"], COUNTED), row["count"] > COUNTED
