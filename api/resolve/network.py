"""Resolvers of networks, paths, timelines and what is shared."""

from __future__ import annotations

from strawberry import Parent

from api.resolve.link import GradeView, grade_view
from graph.read.path import PathView


def weakest(root: Parent[PathView]) -> GradeView | None:
    """The weakest grade on a path."""
    return grade_view(root.weakest)
