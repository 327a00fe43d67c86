"""Resolvers of networks, paths, and what bears on an event."""

from __future__ import annotations

from typing import Annotated

import strawberry
from strawberry import Parent

from api.context import Asked
from api.limit import first_of, within
from api.resolve.link import GradeView, grade_view
from api.resolve.value import filled
from graph.read.event_context import MOST_ACTIVITIES, MOST_DAYS, MOST_METRES, EventContextView
from graph.read.event_context import event_context as event_context_of
from graph.read.here import EarlierCallView, ResidentView
from graph.read.here import earlier_calls as earlier_calls_of
from graph.read.here import residents as residents_of
from graph.read.path import PathView

Id = Annotated[strawberry.ID, strawberry.argument(name="id")]


def weakest(root: Parent[PathView]) -> GradeView | None:
    """The weakest grade on a path."""
    return grade_view(root.weakest)


def earlier_calls(
    root: Parent[EventContextView], info: Asked, days: int | None = 365, first: int | None = 20
) -> list[EarlierCallView]:
    """Who called before from here."""
    found = info.context.ask(earlier_calls_of, root.event.id, filled(days, 365), first_of(first, 20))
    info.context.cut("earlierCalls", found.truncated)
    for view in found.items:
        info.context.meet([view.entity, *view.callers])
    return list(found.items)


def residents(root: Parent[EventContextView], info: Asked, first: int | None = 20) -> list[ResidentView]:
    """Who lives here, with which warnings."""
    found = info.context.ask(residents_of, root.event.id, first_of(first, 20))
    info.context.cut("residents", found.truncated)
    for view in found.items:
        info.context.meet([view.entity, *view.markers])
    return list(found.items)


def event_context(
    info: Asked,
    id_: Id,
    window_days: int | None = 90,
    radius_metres: int | None = 500,
    first: int | None = 20,
) -> EventContextView:
    """What bears on an event."""
    days = within("windowDays", filled(window_days, 90), 1, MOST_DAYS)
    metres = within("radiusMetres", filled(radius_metres, 500), 0, MOST_METRES)
    most = within("first", filled(first, 20), 1, MOST_ACTIVITIES)
    found = info.context.ask(event_context_of, id_, days, metres, most)
    info.context.meet([found.event, *(each.entity for each in found.activities)])
    for path in (each.path for each in found.activities):
        if path is not None:
            info.context.meet(path.nodes)
            info.context.meet_links(path.links)
    return found
