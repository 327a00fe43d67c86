"""The resolver of what is new on subjects."""

from __future__ import annotations

from datetime import datetime
from functools import partial

import strawberry

from api.context import Asked
from api.limit import first_of, listed
from api.resolve.column import CHANGE
from api.resolve.connection import ConnectionView
from api.resolve.sift import sift
from api.resolve.value import epoch_of
from api.schema.input import ListWhere
from resolution.change import ChangeView, Watched
from resolution.change import changes_since as changes_of


def changes_since(
    info: Asked,
    ids: list[strawberry.ID] | None = None,
    area: strawberry.ID | None = None,
    since: datetime | None = None,
    where: ListWhere | None = None,
    first: int | None = 50,
    after: str | None = None,
) -> ConnectionView[ChangeView]:
    """What came of subjects, or of the places of an area, after a time or a cursor."""
    listed("ids", ids or ())
    watched = Watched(None if ids is None else tuple(ids), area)
    asked = (watched, epoch_of(since))
    # In the order of their coming alone: else a cursor would not be good for what comes later.
    given = (where, None, first_of(first, 50), after)
    page = sift(info, CHANGE, asked, partial(info.context.ask, changes_of, *asked), None, given).page
    for change in page.items:
        info.context.meet(change.subjects)
        info.context.meet_links(() if change.link is None else (change.link,))
        info.context.meet_records(() if change.record is None else (change.record,))
    return ConnectionView(page)
