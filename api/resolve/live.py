"""Resolvers of the figures of what is happening."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias

import strawberry
from strawberry import Parent
from strawberry.types import Info

from analysis.figure import Point
from analysis.live import MetricsView
from analysis.live import metrics as metrics_of
from api.alerting import Alerting
from api.context import Asked
from api.jobs import Jobs
from api.limit import listed
from api.watch import Topic, Watch
from graph.errors import PolegraphError
from security.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Watching:
    """The context in which a watch begins: who watches, and where what is watched is counted or looked for."""

    viewer: Viewer
    watch: Watch
    alerting: Alerting
    jobs: Jobs


Watched: TypeAlias = Info[Watching, None]


def metrics(
    info: Asked, area: strawberry.ID | None = None, window: str | None = "24h", tiles: list[str] | None = None
) -> MetricsView:
    """What is happening."""
    listed("tiles", tiles or ())
    return info.context.ask(metrics_of, area, window or "24h", tiles, info.context.kept)


def watch(
    info: Watched, area: strawberry.ID | None = None, window: str | None = "24h", tiles: list[str] | None = None
) -> AsyncIterator[MetricsView | PolegraphError | None]:
    """What is happening, again at every change."""
    context = info.context
    listed("tiles", tiles or ())
    chosen = None if tiles is None else frozenset(tiles)
    return context.watch.figures(Topic(context.viewer.grants, area, window or "24h", chosen))


def as_of(root: Parent[MetricsView]) -> datetime:
    """The moment the window ends."""
    return datetime.fromtimestamp(root.as_of, UTC)


def at(root: Parent[Point]) -> datetime:
    """The moment the step begins."""
    return datetime.fromtimestamp(root.at, UTC)
