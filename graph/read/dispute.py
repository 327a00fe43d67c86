"""What the people concerned say against records about them, shown to whoever sees the record.

Source: Data Protection Act 2018, sections 46 (rectification), 47 (restriction) and 48 (a request that is refused).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from graph.answer import day_of
from graph.ids import is_id
from graph.open import Graph
from graph.read.entity import groups
from security.viewer import Viewer


class DataRight(StrEnum):
    """What somebody asked for, or was given."""

    DISPUTED = "DISPUTED"
    RESTRICTED = "RESTRICTED"
    RECTIFIED = "RECTIFIED"


@dataclass(frozen=True, slots=True)
class DisputeView:
    """What stands against a record: which right, why, the person's own statement, the reference of their request.

    `by`: the user who wrote it down, `at` when (epoch); `rectified`: the property that was; `closed_*`: where it ended;
    `mk`: the record's marking.
    """

    id: str
    record: str
    right: DataRight
    reason: str
    statement: str | None
    reference: str | None
    rectified: str | None
    by: str
    at: int
    closed_at: int | None
    closed_by: str | None
    closed_reason: str | None
    mk: int

    @property
    def sentence(self) -> str:
        """What is to be read beside the record."""
        return f"{self.right.lower()} since {day_of(self.at)}, noted by {self.by}: {self.reason}"


def dispute_view(found: Mapping[str, Any], mk: int) -> DisputeView:
    """The view of a node's properties, and of its record's marking."""
    given: dict[str, Any] = {name: found.get(name) for name in DisputeView.__slots__}
    return DisputeView(**given | {"right": DataRight(found["right"]), "mk": mk})


def disputes_of_records(graph: Graph, viewer: Viewer, ids: Iterable[str]) -> dict[str, tuple[DisputeView, ...]]:
    """What stands or stood against each of these visible records, newest first, then by id."""
    wanted = [id_ for id_ in dict.fromkeys(ids) if is_id(id_, "r_")]
    rows = graph.store.read(viewer, "dispute/of_records", ids=wanted) if wanted else []
    found: dict[str, list[DisputeView]] = {}
    for row in rows:
        found.setdefault(row["record"], []).append(dispute_view(row["dispute"], row["mk"]))
    return {id_: tuple(views) for id_, views in found.items()}


def disputes_of_subjects(graph: Graph, viewer: Viewer, ids: Iterable[str]) -> tuple[DisputeView, ...]:
    """What stands against visible records of these things and their groups, newest first, then by id."""
    wanted = list(dict.fromkeys(ids))
    found = groups(graph, viewer, wanted).values() if wanted else ()
    return disputes_of_members(graph, viewer, (view.id for group in found for view in group))


def disputes_of_members(graph: Graph, viewer: Viewer, ids: Iterable[str]) -> tuple[DisputeView, ...]:
    """The same of things whose groups are known and whole."""
    members = sorted(set(ids))
    rows = graph.store.read(viewer, "dispute/of_entities", ids=members) if members else []
    return tuple(dispute_view(row["dispute"], row["mk"]) for row in rows)
