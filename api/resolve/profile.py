"""Resolvers of answers about a subject."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import strawberry
from strawberry import Parent

from api.context import Asked
from api.limit import first_of, listed
from api.resolve.connection import ConnectionView
from api.resolve.value import day_start, epoch_of, iso
from graph.answer import LinkView, RecordView
from graph.read.associate import AssociateView, count_associates
from graph.read.associate import associates as associates_of
from graph.read.event import Involvement
from graph.read.profile import CompletenessView, ProfileView, WarningView, count_profile_events, profile_events
from graph.read.profile import subject_profile as subject_profile_of
from graph.read.profile import subject_profiles as subject_profiles_of
from graph.read.source import SourceStatusView

Id = Annotated[strawberry.ID, strawberry.argument(name="id")]


def subject_profile(
    info: Asked, id_: Id, valid_at: date | None = None, known_at: datetime | None = None
) -> ProfileView | None:
    """The profile of a subject; null where it is hidden or absent."""
    found = info.context.ask(subject_profile_of, id_, day_start(valid_at), epoch_of(known_at))
    if found is not None:
        _meet(info, found)
    return found


def subject_profiles(info: Asked, ids: list[strawberry.ID]) -> list[ProfileView | None]:
    """The profiles of these, in their order."""
    listed("ids", ids)
    found = info.context.ask(subject_profiles_of, ids)
    for profile in found:
        if profile is not None:
            _meet(info, profile)
    return found


def _meet(info: Asked, profile: ProfileView) -> None:
    info.context.meet([profile.subject])
    info.context.meet_links((*profile.identifiers, *profile.addresses, *profile.vehicles))
    meet_warnings(info, profile.warnings)
    info.context.cut("subjectProfile", profile.truncated)


def meet_warnings(info: Asked, warnings: tuple[WarningView, ...]) -> None:
    """Announce the records behind warnings."""
    info.context.records.announce(warning.record for warning in warnings if warning.record is not None)


def associates(
    root: Parent[ProfileView], info: Asked, first: int | None = 20, after: str | None = None
) -> ConnectionView[AssociateView]:
    """Who is tied to the subject, most strongly first."""
    page = info.context.ask(associates_of, root.subject.id, first_of(first, 20), after)
    info.context.meet(view.entity for view in page.items)
    for view in page.items:
        info.context.meet_links(view.because)
    return ConnectionView(page, lambda: info.context.ask(count_associates, root.subject.id))


def events(
    root: Parent[ProfileView],
    info: Asked,
    roles: list[str] | None = None,
    first: int | None = 20,
    after: str | None = None,
) -> ConnectionView[LinkView]:
    """What the subject had a part in, newest first."""
    which = Involvement(roles=None if roles is None else tuple(roles))
    page = info.context.ask(profile_events, root.subject.id, which, first_of(first, 20), after)
    info.context.meet_links(page.items)
    return ConnectionView(page, lambda: info.context.ask(count_profile_events, root.subject.id, which))


def warning_record(root: Parent[WarningView], info: Asked) -> RecordView | None:
    """The record that gives a warning."""
    return None if root.record is None else info.context.records.get(root.record)


def warning_since(root: Parent[WarningView]) -> str | None:
    """The day since when a warning holds."""
    moment = iso(root.since)
    return None if moment is None else moment[:10]


def quality(_root: Parent[SourceStatusView]) -> list[CompletenessView]:
    """How complete a source's records are; measured of subjects only so far, so nothing is claimed of sources."""
    return []
