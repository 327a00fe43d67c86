"""Pairs that may be one and wait for somebody's word, those first whose answer is worth most; as the viewer may see.

What an answer is worth is what being wrong without it costs. Whoever must choose between leaving a pair apart and
joining it loses, of odds that weigh a wrong join as the model's cut does, min(p, 2^join (1 - p)), and by the answer
nothing: most at the cut. That counts for what would hang elsewhere, and twice where one of the two bears a warning that
the other does not. Source: R. A. Howard, Information Value Theory, IEEE Transactions on Systems Science and Cybernetics
2 (1966), the value of perfect information.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graph.answer import Page
from graph.open import Graph
from graph.read.page import COUNTED, Window
from graph.read.record import records_by_id
from resolution.pair import PairView, compare, holding
from resolution.published import standing_model
from security.viewer import Viewer

# Pairs whose worth is looked at first, and how many times as many where those do not settle a page.
_CANDIDATES, _MORE = 400, 8
_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class ReviewView:
    """A pair and what it is worth to know."""

    pair: PairView
    priority: float


def review_queue(graph: Graph, viewer: Viewer, first: int = 20, after: str | None = None) -> Page[ReviewView]:
    """A page of the pairs: by what the answer is worth, then by ids."""
    window = Window(graph, viewer, "reviewQueue", first, after)
    rows = _after(graph, viewer, window.position, window.limit)
    records = records_by_id(graph, viewer, [row[end] for row in rows for end in ("a", "b")])
    rows = [row for row in rows if row["a"] in records and row["b"] in records]
    known = holding(graph, viewer, list(records.values()))
    return window.page(
        rows,
        lambda row: ReviewView(compare(records[row["a"]], records[row["b"]], known), row["priority"]),
        lambda row: [row["priority"], row["a"], row["b"]],
    )


def _after(graph: Graph, viewer: Viewer, position: list[Any] | None, limit: int) -> list[dict[str, Any]]:
    """The first pairs behind a position, in order: as many candidates are asked for as it takes to be sure of them."""
    most = _CANDIDATES
    while True:
        rows = graph.store.read(viewer, "resolve/review", join=standing_model(graph).join, most=most)
        open_ = sorted((row for row in rows if not row["decided"]), key=_place)
        found = [row for row in open_ if position is None or _place(row) > (-position[0], *position[1:])][:limit]
        # Nobody who was not asked for is worth more than the last bound; half a unit of rounding is for its being so.
        if len(rows) < most or (len(found) == limit and found[-1]["priority"] > rows[-1]["bound"] + _ROUNDING):
            return found
        most *= _MORE


def _place(row: dict[str, Any]) -> tuple[float, str, str]:
    return -row["priority"], row["a"], row["b"]


def count_reviews(graph: Graph, viewer: Viewer) -> tuple[int, bool]:
    """How many pairs the queue has, and whether there are more than the 10,000 that are counted."""
    rows = graph.store.read(viewer, "resolve/review_count", limit=COUNTED + 1)
    found: int = rows[0]["count"]
    return min(found, COUNTED), found > COUNTED
