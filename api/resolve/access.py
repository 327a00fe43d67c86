"""Resolvers of who has looked at whom."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import strawberry
from strawberry import Parent

from analysis.access import access_history as access_history_of
from analysis.deconflict import InterestView
from analysis.deconflict import deconfliction as deconfliction_of
from analysis.misuse import MisuseView
from analysis.misuse import misuse_indicators as misuse_indicators_of
from api.context import Asked
from api.resolve.column import ACCESS
from api.resolve.connection import ConnectionView
from api.resolve.sift import sift
from api.resolve.value import filled
from api.schema.input import EntityOrder, ListWhere
from graph.answer import Page
from security.audit.subject import Access

Id = Annotated[strawberry.ID, strawberry.argument(name="id")]


def access_history(
    info: Asked,
    id_: Id,
    since: datetime | None = None,
    until: datetime | None = None,
    where: ListWhere | None = None,
    order_by: list[EntityOrder] | None = None,
    first: int | None = 50,
    after: str | None = None,
) -> ConnectionView[Access]:
    """Who has looked at this, newest first or in that order."""

    def pages(many: int, after: str | None) -> Page[Access]:
        return info.context.ask(access_history_of, info.context.log, id_, (since, until), (many, after))

    given = (where, order_by, filled(first, 50), after)
    return ConnectionView(sift(info, ACCESS, (id_, since, until), pages, None, given).page)


def misuse_indicators(info: Asked, window_days: int | None = 30, first: int | None = 50) -> list[MisuseView]:
    """Signs that somebody looked where they had no business to."""
    given = (filled(window_days, 30), filled(first, 50))
    found = info.context.ask(misuse_indicators_of, info.context.log, *given)
    info.context.cut("misuseIndicators", found.truncated)
    for view in found.items:
        info.context.meet([*view.entities, *([view.officer] if view.officer else [])])
    return list(found.items)


def deconfliction(info: Asked, id_: Id, window_days: int | None = 90, first: int | None = 50) -> list[InterestView]:
    """Who else asked about a subject that the viewer holds under an operation."""
    given = (id_, filled(window_days, 90), filled(first, 50))
    found = info.context.ask(deconfliction_of, info.context.log, *given)
    info.context.cut("deconfliction", found.truncated)
    info.context.meet(view.entity for view in found.items[:1])
    return list(found.items)


def last(root: Parent[InterestView]) -> datetime:
    """When the last look was, as the log says."""
    return datetime.fromisoformat(root.last)


def at(root: Parent[Access]) -> datetime:
    """When, as the log says."""
    return datetime.fromisoformat(root.at)
