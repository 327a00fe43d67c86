"""Resolvers of break-glass: seeing for a while what one does not hold, ending that, and the list for supervisors."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import strawberry
from strawberry import Parent

from api.alarm import UNHEARD
from api.context import Asked
from api.limit import first_of, listed
from api.resolve.value import filled
from api.viewer import ALLOWED, Deed
from graph.errors import Forbidden, NotFound
from security.break_glass import BreakGlassError, Breaking
from security.marking import MarkingError

Id = Annotated[strawberry.ID, strawberry.argument(name="id")]
_MOST_MARKINGS = 10


def emergency_access(info: Asked, first: int | None = 50) -> list[Breaking]:
    """Who broke glass, newest first."""
    return info.context.glass.newest(first_of(first, 50))


def break_glass(info: Asked, markings: list[str], reason: str, minutes: int | None = 60) -> Breaking:
    """See these markings for so long."""
    listed("markings", markings, _MOST_MARKINGS)
    context, viewer = info.context, info.context.viewer
    if context.glass.may and not context.alarm.is_heard:
        raise Forbidden(f"break-glass is not set up here: {UNHEARD}")
    now, purpose = context.graph.clock(), context.viewer.purpose
    wanted = Breaking(
        id="",
        user=viewer.user,
        role=viewer.role,
        markings=tuple(markings),
        reason=reason,
        purpose=None if purpose is None else purpose.code.value,
        reference=None if purpose is None else purpose.reference,
        at=now,
        until=now + filled(minutes, 60) * 60,
    )
    try:
        made = context.glass.begin(wanted)
    except (BreakGlassError, MarkingError) as error:
        raise Forbidden(str(error)) from None
    taken = context.alarm.tell(made)
    if taken is not None:
        made = context.glass.alerted(made.id, taken=taken)
    context.details |= {"break_glass": [made.id], "markings": list(made.markings), "until": made.until}
    context.details |= {} if taken is None else {"alerted": taken}
    return made


def end_break_glass(info: Asked, id_: Id) -> Breaking:
    """End it at once: one's own, or as a supervisor anybody's."""
    context, viewer = info.context, info.context.viewer
    glass = context.glass
    oversees = viewer.role is None or Deed.OVERSEE in ALLOWED[viewer.role]
    try:
        # Somebody else's is as absent as one that is not there.
        if not oversees and glass.owner(id_) != viewer.user:
            raise NotFound(f"id: there is none by the id {id_!r}")
        ended = glass.end(id_, context.graph.clock(), viewer.user)
    except BreakGlassError as error:
        raise NotFound(f"id: {error}") from None
    context.details |= {"break_glass": [ended.id]}
    return ended


def active(root: Parent[Breaking], info: Asked) -> bool:
    """Whether it holds now."""
    return root.active(info.context.graph.clock())


def _moment(epoch: int | None) -> datetime | None:
    return None if epoch is None else datetime.fromtimestamp(epoch, UTC)


def at(root: Parent[Breaking]) -> datetime | None:
    """From when."""
    return _moment(root.at)


def until(root: Parent[Breaking]) -> datetime | None:
    """Until when."""
    return _moment(root.until)


def ended_at(root: Parent[Breaking]) -> datetime | None:
    """When somebody ended it."""
    return _moment(root.ended_at)
