"""Resolvers of the questions about calls."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import strawberry

from api.context import Asked
from api.limit import first_of, listed
from api.resolve.value import epoch_of
from graph.read.call import CallAnalysisView, CommonContactView, Span
from graph.read.call import call_analysis as call_analysis_of
from graph.read.call import common_contacts as common_contacts_of

Id = Annotated[strawberry.ID, strawberry.argument(name="id")]


def call_analysis(
    info: Asked,
    id_: Id,
    since: datetime | None = None,
    until: datetime | None = None,
    zone: str | None = "Europe/London",
    first: int | None = 20,
) -> CallAnalysisView:
    """The calls of a phone or of a subject's phones."""
    span = Span(epoch_of(since), epoch_of(until))
    found = info.context.ask(call_analysis_of, id_, span, zone or "Europe/London", first_of(first, 20))
    info.context.meet([found.subject, *found.phones, *(contact.phone for contact in found.contacts)])
    return found


def common_contacts(
    info: Asked,
    ids: list[strawberry.ID],
    since: datetime | None = None,
    until: datetime | None = None,
    first: int | None = 20,
) -> list[CommonContactView]:
    """Whom these have in common."""
    listed("ids", ids)
    span = Span(epoch_of(since), epoch_of(until))
    found = info.context.ask(common_contacts_of, ids, span, first_of(first, 20))
    info.context.cut("commonContacts", found.truncated)
    for view in found.items:
        info.context.meet([view.phone, *(each.subject for each in view.of)])
    return list(found.items)
