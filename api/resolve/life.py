"""The resolver of a pattern of life."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import strawberry

from analysis.life import THINGS, Life, PatternOfLifeView
from analysis.life import pattern_of_life as pattern_of_life_of
from api.context import Asked
from api.limit import listed
from api.resolve.value import epoch_of, filled
from api.schema.choice import Kind

Id = Annotated[strawberry.ID, strawberry.argument(name="id")]
From = Annotated[datetime | None, strawberry.argument(name="from")]


def pattern_of_life(
    info: Asked,
    id_: Id,
    from_: From = None,
    to: datetime | None = None,
    window_days: int | None = 90,
    zone: str | None = "Europe/London",
    kinds: list[Kind] | None = None,
    through: list[Kind] | None = None,
    first: int | None = 10,
) -> PatternOfLifeView:
    """A subject's pattern of life."""
    listed("kinds", kinds or ())
    listed("through", through or ())
    asked = Life(
        since=epoch_of(from_),
        until=epoch_of(to),
        days=filled(window_days, 90),
        zone=zone or "Europe/London",
        kinds=None if kinds is None else tuple(kind.value for kind in kinds),
        through=THINGS if through is None else tuple(kind.value for kind in through),
    )
    found = info.context.ask(pattern_of_life_of, id_, asked, filled(first, 10))
    usual = (*found.places, *found.contacts, *found.vehicles, *found.phones)
    changed = (each.entity for each in found.changes if each.entity is not None)
    info.context.meet([found.subject, *(each.entity for each in usual), *changed])
    return found
