"""The resolver of who or what appears again and again."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Annotated

import strawberry

from analysis.repeat import RepeatKind, Repeats, RepeatView, count_repeats
from analysis.repeat import repeats as repeats_of
from api.context import Asked
from api.limit import first_of, listed
from api.resolve.column import REPEAT
from api.resolve.connection import ConnectionView
from api.resolve.sift import sift
from api.resolve.value import epoch_of, filled
from api.schema.choice import Kind
from api.schema.input import EntityOrder, ListWhere

From = Annotated[datetime | None, strawberry.argument(name="from")]
Min = Annotated[int | None, strawberry.argument(name="min")]


def repeats(
    info: Asked,
    kind: RepeatKind,
    area: strawberry.ID | None = None,
    from_: From = None,
    to: datetime | None = None,
    window_days: int | None = 365,
    kinds: list[Kind] | None = None,
    roles: list[str] | None = None,
    min_: Min = 2,
    where: ListWhere | None = None,
    order_by: list[EntityOrder] | None = None,
    first: int | None = 20,
    after: str | None = None,
) -> ConnectionView[RepeatView]:
    """Who or what appears in at least so many events of a span."""
    listed("roles", roles or ())
    listed("kinds", kinds or ())
    asked = Repeats(
        kind=kind,
        area=area,
        since=epoch_of(from_),
        until=epoch_of(to),
        days=filled(window_days, 365),
        kinds=None if kinds is None else tuple(choice.value for choice in kinds),
        roles=None if roles is None else tuple(roles),
        least=filled(min_, 2),
    )
    pages, count = partial(info.context.ask, repeats_of, asked), partial(info.context.ask, count_repeats, asked)
    found = sift(info, REPEAT, asked, pages, count, (where, order_by, first_of(first, 20), after))
    info.context.meet(view.entity for view in found.page.items)
    for view in found.page.items:
        info.context.meet_links(view.links)
    return ConnectionView(found.page, found.count)
