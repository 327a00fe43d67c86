"""Resolvers of answers about a subject."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Annotated

import strawberry
from strawberry import Parent

from api.context import Asked
from api.limit import first_of, listed, within
from api.resolve.column import ASSOCIATE, LINK
from api.resolve.connection import ConnectionView
from api.resolve.sift import sift
from api.resolve.value import day_start, epoch_of
from api.schema.input import EntityOrder, ListWhere
from graph.answer import LinkView, RecordView, iso
from graph.read.associate import AssociateView, count_associates
from graph.read.associate import associates as associates_of
from graph.read.event import Involvement
from graph.read.profile import CompletenessView, ProfileView, WarningView, count_profile_events, profile_events
from graph.read.profile import subject_profile as subject_profile_of
from graph.read.profile import subject_profiles as subject_profiles_of
from graph.read.quality import MOST_FAILING, Dimension, QualityCheckView, QualityView
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
    meet_warnings(info, (*profile.warnings, *profile.flags))
    info.context.cut("subjectProfile", profile.truncated)


def meet_warnings(info: Asked, warnings: tuple[WarningView, ...]) -> None:
    """Announce the records behind warnings."""
    info.context.records.announce(warning.record for warning in warnings if warning.record is not None)


def associates(
    root: Parent[ProfileView],
    info: Asked,
    where: ListWhere | None = None,
    order_by: list[EntityOrder] | None = None,
    first: int | None = 20,
    after: str | None = None,
) -> ConnectionView[AssociateView]:
    """Who is tied to the subject, most strongly first or in that order."""
    id_ = root.subject.id
    pages, count = partial(info.context.ask, associates_of, id_), partial(info.context.ask, count_associates, id_)
    found = sift(info, ASSOCIATE, id_, pages, count, (where, order_by, first_of(first, 20), after))
    info.context.meet(view.entity for view in found.page.items)
    for view in found.page.items:
        info.context.meet_links(view.because)
    return ConnectionView(found.page, found.count)


def events(
    root: Parent[ProfileView],
    info: Asked,
    roles: list[str] | None = None,
    where: ListWhere | None = None,
    order_by: list[EntityOrder] | None = None,
    first: int | None = 20,
    after: str | None = None,
) -> ConnectionView[LinkView]:
    """What the subject had a part in, newest first or in that order."""
    asked = (root.subject.id, Involvement(roles=None if roles is None else tuple(roles)))
    pages, count = (
        partial(info.context.ask, profile_events, *asked),
        partial(info.context.ask, count_profile_events, *asked),
    )
    found = sift(info, LINK, asked, pages, count, (where, order_by, first_of(first, 20), after))
    info.context.meet_links(found.page.items)
    return ConnectionView(found.page, found.count)


def warning_record(root: Parent[WarningView], info: Asked) -> RecordView | None:
    """The record that gives a warning."""
    return None if root.record is None else info.context.records.get(root.record)


def warning_since(root: Parent[WarningView]) -> str | None:
    """The day since when a warning holds."""
    moment = iso(root.since)
    return None if moment is None else moment[:10]


def quality(root: Parent[SourceStatusView], info: Asked) -> list[CompletenessView]:
    """For each role of the standard that the source's people have: whether all are complete, else what is missing."""
    checks = [c for c in _quality(root, info, 0).checks if c.dimension is Dimension.COMPLETENESS]
    return [
        CompletenessView(
            whole.rule,
            not whole.failing,
            # What is missing most often comes first.
            tuple(
                str(part.missing)
                for part in sorted(checks, key=lambda check: (-check.failing, check.missing or ""))
                if part.missing is not None and part.rule == whole.rule
            ),
        )
        for whole in checks
        if whole.missing is None
    ]


def checks(root: Parent[SourceStatusView], info: Asked, failing: int | None = 20) -> tuple[QualityCheckView, ...]:
    """Every check of the source's data, with the first ids of what fails."""
    return _quality(root, info, within("failing", 20 if failing is None else failing, 0, MOST_FAILING)).checks


def newest_as_of(root: Parent[SourceStatusView], info: Asked) -> str | None:
    """The date of the source's newest statement."""
    return iso(_quality(root, info, 0).newest_as_of)


def _quality(root: SourceStatusView, info: Asked, failing: int) -> QualityView:
    return info.context.quality(failing).get(root.source.n, QualityView())
