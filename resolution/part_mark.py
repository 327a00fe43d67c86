"""Which vehicles a mark may be of that was read in part, or misread in part: candidates, none of them sure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from graph.answer import EntityView, Truncation
from graph.open import Graph
from graph.read.projection import entity_view
from resolution.explain import PairScore
from resolution.folded import read
from resolution.published import standing_model
from resolution.sought import Candidates, candidates, explanations
from resolution.vehicle import UNKNOWN, fold_mark, form_of
from security.viewer import Viewer
from standards.vehicle import ALIKE

KIND = "Vehicle"
WHOLE = 7  # characters of a mark of the current form; fewer may be a part of one
MOST = 200  # vehicles that hold the part are compared
_LONGEST, _PART, _SPELLED = 10, 3, 64  # candidates; characters that follow one another; ways to misread them


@dataclass(frozen=True, slots=True)
class LikelyVehicle:
    """A vehicle that it may be, with the best of the scores of its records or of itself."""

    entity: EntityView
    score: PairScore


@dataclass(frozen=True, slots=True)
class LikelyVehicles:
    """The likeliest first; `sure`: the only one whose score would join two records, else None."""

    likely: tuple[LikelyVehicle, ...]
    sure: EntityView | None
    truncated: Truncation | None


def likely_vehicles(graph: Graph, viewer: Viewer, mark: str) -> LikelyVehicles:
    """Who may have a mark: found by a slip or a misread character, or by the part that was read (`?` for what was not).

    Of equal score by mark, then by id. Nothing is found by fewer than three characters that follow one another.
    """
    reading, model = [read(KIND, {"vrm": mark})], standing_model(graph).of(KIND)
    best: dict[str, LikelyVehicle] = {}
    near, parts = candidates(graph, viewer, reading, KIND), _holding(graph, viewer, fold_mark(mark))
    for found in (near, parts):
        if found.rows:
            weighed = explanations(graph, viewer, reading, found, model)
            for place, row in enumerate(found.rows):
                told = LikelyVehicle(entity_view(row["node"]), weighed.of(place))
                if row["entity"] not in best or told.score.bits > best[row["entity"]].score.bits:
                    best[row["entity"]] = told
    # What says nothing of the mark has only a description in common, of which nothing is known here.
    likely = sorted(
        (each for each in best.values() if any(one.bits > 0 for one in each.score.evidence)),
        key=lambda each: (-each.score.bits, each.entity.label or "", each.entity.id),
    )
    sure = [each.entity for each in likely if each.score.bits >= model.join]
    only = sure[0] if len(sure) == 1 else None
    return LikelyVehicles(tuple(likely[:_LONGEST]), only, near.truncated or parts.truncated)


def _holding(graph: Graph, viewer: Viewer, mark: str) -> Candidates:
    """The visible vehicles that hold what was read of a mark, and where it was."""
    part = max(mark.split(UNKNOWN), key=len)
    if len(part) < _PART or (UNKNOWN not in mark and len(mark) >= WHOLE):
        return Candidates((), (), (), None)
    given: dict[str, Any] = {"parts": _spelled(part), "form": form_of(mark, _alike), "limit": MOST + 1}
    rows = graph.store.read(viewer, "search/part_of_mark", **given)
    nodes = [row["node"] for row in rows[:MOST]]
    cut = Truncation(f"{MOST} vehicles that hold the part are compared, by mark", len(rows) - MOST)
    return Candidates(
        [{"entity": node["id"], "node": node} for node in nodes],
        [read(KIND, node) for node in nodes],
        [node["mk"] for node in nodes],
        cut if len(rows) > MOST else None,
    )


def _spelled(part: str) -> Sequence[str]:
    """The ways to read a part that may be misread; it alone where there are too many."""
    ways = [ALIKE.get(sign, sign) for sign in part]
    number = 1
    for way in ways:
        number *= len(way)
    return sorted("".join(signs) for signs in product(*ways)) if number <= _SPELLED else [part]


def _alike(sign: str) -> str:
    """The form of a character with those that it is misread for."""
    return f"[{ALIKE[sign]}]" if sign in ALIKE else sign
