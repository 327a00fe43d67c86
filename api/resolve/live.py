"""Resolvers of the figures of what is happening."""

from __future__ import annotations

from datetime import UTC, datetime

import strawberry
from strawberry import Parent

from analysis.figure import Point
from analysis.live import MetricsView
from analysis.live import metrics as metrics_of
from api.context import Asked


def metrics(info: Asked, area: strawberry.ID | None = None, window: str | None = "24h") -> MetricsView:
    """What is happening."""
    return info.context.ask(metrics_of, area, window or "24h")


def as_of(root: Parent[MetricsView]) -> datetime:
    """The moment the window ends."""
    return datetime.fromtimestamp(root.as_of, UTC)


def at(root: Parent[Point]) -> datetime:
    """The moment the step begins."""
    return datetime.fromtimestamp(root.at, UTC)
