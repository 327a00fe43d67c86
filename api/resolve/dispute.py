"""Resolvers of what the people concerned say against records about them."""

from __future__ import annotations

import strawberry
from strawberry import Parent

from api.context import Asked
from graph.answer import RecordView
from graph.read.dispute import DataRight, DisputeView, disputes_of_members, disputes_of_subjects
from graph.read.profile import ProfileView
from loaders import dispute as notes
from resolution.identify import StopCheckView


def of_record(root: Parent[RecordView], info: Asked) -> tuple[DisputeView, ...]:
    """What stands or stood against a record."""
    return info.context.disputes.get(root.id) or ()


def of_profile(root: Parent[ProfileView], info: Asked) -> tuple[DisputeView, ...]:
    """What stands against visible records of a subject's group."""
    return info.context.ask(disputes_of_members, [member.id for member in root.members])


def of_stop(root: Parent[StopCheckView], info: Asked) -> tuple[DisputeView, ...]:
    """What stands against visible records of whoever and whatever a stop check speaks of."""
    spoken = [candidate.entity.id for candidate in root.candidates]
    spoken += [each.id for each in (root.subject, root.vehicle) if each is not None]
    return info.context.ask(disputes_of_subjects, spoken)


def record_of(root: Parent[DisputeView], info: Asked) -> RecordView | None:
    """The record that it is about."""
    return info.context.records.get(root.record)


def dispute(
    info: Asked,
    record: strawberry.ID,
    right: DataRight,
    reason: str,
    statement: str | None = None,
    reference: str | None = None,
) -> DisputeView:
    """Write down what stands against a record."""
    return info.context.change(notes.dispute, record, right, reason, statement, reference)


def close_dispute(info: Asked, dispute: strawberry.ID, reason: str) -> DisputeView:
    """End what stands against a record."""
    return info.context.change(notes.close, dispute, reason)
