"""What changed since a look, found once for all who watch: by the ids that it may be watched by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.open import Graph
from graph.read.walk import CROWDED

# What more rows than this speak of is not gathered: then everything may have changed.
MOST_ROWS = 5_000
# Words are found by their time: those of the seconds before are found again.
_LEEWAY_S = 5


@dataclass(frozen=True, slots=True)
class Look:
    """A moment of the graph: how many changes there were, from which batch on the next look has to begin, and when."""

    changes: int
    seq: int
    at: int


@dataclass(frozen=True, slots=True)
class Touched:
    """Ids of what changed, and of what lies beside it; None for everything."""

    ids: frozenset[str]
    beside: frozenset[str]


def look(graph: Graph, before: Look | None) -> Look:
    """The moment now; the same as before where nothing has changed."""
    (row,) = graph.store.internal("alert/moved")
    if before is not None and row["changes"] == before.changes:
        return before
    # Rows whose links are still to be made are looked at again when they have them.
    waiting = [each["seq"] - 1 for each in graph.store.internal("alert/unsettled")]
    return Look(row["changes"], min([row["seq"], *waiting]), graph.clock())


def touched(graph: Graph, before: Look) -> Touched | None:
    """What came or was said since a look; None where that is too much to gather."""
    (row,) = graph.store.internal("alert/rows", after=before.seq)
    rows = row["rows"]
    if rows > MOST_ROWS:
        return None
    spoken = [row["id"] for row in graph.store.internal("alert/spoken", after=before.seq)] if rows else []
    worded = [row["id"] for row in graph.store.internal("alert/worded", since=before.at - _LEEWAY_S)]
    ids = _called(graph, {*spoken, *worded})
    beside = graph.store.internal("alert/beside", ids=sorted(ids), crowded=CROWDED) if ids else []
    return Touched(frozenset(ids), frozenset(row["id"] for row in beside))


def _called(graph: Graph, ids: Iterable[str]) -> set[str]:
    """By what ids these may be watched: their own, their records', their other selves' and their areas'."""
    asked = sorted(ids)
    return {row["id"] for row in graph.store.internal("alert/called", ids=asked)} if asked else set()


def standing(graph: Graph, owners: Iterable[str]) -> dict[str, frozenset[str]]:
    """The ids of the watches that each of these people has."""
    rows = graph.store.internal("alert/standing", owners=sorted(owners))
    return {row["owner"]: frozenset(row["ids"]) for row in rows}
