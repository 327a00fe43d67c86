"""Resolvers of who is whom: identify, stop check, explanations, golden values."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any

import strawberry
from strawberry import Parent

from api.context import Asked
from api.limit import first_of, text_of
from api.resolve.profile import meet_warnings
from api.schema.input import PartialIdentity
from graph.answer import EntityView, RecordView
from graph.read.record import DecisionView

Id = Annotated[strawberry.ID, strawberry.argument(name="id")]
# Views of `resolution.read`, read by their attributes.
View = Any
_VERDICTS = {"SAME_AS": "SAME", "DIFFERENT_FROM": "DIFFERENT"}


def _reads() -> Any:  # noqa: ANN401 - a module
    """The reads of resolution; found when first asked, so that the schema can be printed without its model."""
    return import_module("resolution.read")


def identify(info: Asked, partial: PartialIdentity, first: int | None = 10) -> list[View]:
    """Who it may be, likeliest first."""
    found = info.context.ask(_reads().identify, _known(partial), first_of(first, 10))
    info.context.meet(candidate.entity for candidate in found)
    return list(found)


def stop_check(
    info: Asked, vrm: str | None = None, person: PartialIdentity | None = None, phone: str | None = None
) -> View:
    """The roadside answer."""
    known = None if person is None else _known(person)
    for name, value in (("vrm", vrm), ("phone", phone)):
        if value is not None:
            text_of(name, value)
    found: View = info.context.ask(_reads().stop_check, vrm, known, phone)
    info.context.meet_links((*found.keepers, *found.recent_events))
    meet_warnings(info, (*found.warnings, *found.flags))
    return found


def _known(partial: PartialIdentity) -> View:
    given = {name: value for name, value in vars(partial).items() if value is not None}
    for name, value in given.items():
        if isinstance(value, str):
            text_of(name, value)
    if partial.date_of_birth is not None:
        given["date_of_birth"] = partial.date_of_birth.isoformat()
    return _reads().PartialIdentityInput(**given)


def why_resolved(info: Asked, id_: Id) -> View:
    """Why the records of an entity are one."""
    found: View = info.context.ask(_reads().why_resolved, id_)
    info.context.meet_records(found.records)
    return found


def why_not(info: Asked, a: strawberry.ID, b: strawberry.ID) -> View:
    """Two records, or the records of two entities, compared."""
    found: View = info.context.ask(_reads().why_not, a, b)
    return found


def golden(root: Parent[EntityView], info: Asked) -> list[View]:
    """The golden values of an entity with what they beat."""
    return list(info.context.ask(_reads().golden, root.id))


def verdict(root: Parent[View]) -> str:
    """The verdict as the schema names it."""
    return _VERDICTS.get(str(root.verdict), str(root.verdict))


def decision_a(root: Parent[DecisionView], info: Asked) -> RecordView | None:
    """The first record of a decision."""
    return info.context.records.get(root.a)


def decision_b(root: Parent[DecisionView], info: Asked) -> RecordView | None:
    """The second record of a decision."""
    return info.context.records.get(root.b)


def decision_evidence(root: Parent[DecisionView], info: Asked) -> list[View]:
    """The evidence about the two records, computed now."""
    return list(info.context.ask(_reads().why_not, root.a, root.b).evidence)


def decision_weight(root: Parent[DecisionView]) -> float | None:
    """The bits of a decision."""
    return root.score
