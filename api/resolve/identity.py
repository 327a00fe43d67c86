"""Resolvers of who is whom: identify, stop check, explanations, golden values."""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

import strawberry
from strawberry import Parent

from api.context import Asked
from api.limit import first_of, text_of
from api.resolve.profile import meet_warnings
from api.schema.input import PartialIdentity
from graph.answer import EntityView, RecordView
from graph.read.record import DecisionView
from resolution import identify as sought
from resolution import survivor, why
from resolution.explain import Evidence
from resolution.pair import PairView

Id = Annotated[strawberry.ID, strawberry.argument(name="id")]
_VERDICTS = {"SAME_AS": "SAME", "DIFFERENT_FROM": "DIFFERENT"}


def identify(info: Asked, partial: PartialIdentity, first: int | None = 10) -> list[sought.CandidateView]:
    """Who it may be, likeliest first."""
    found = info.context.ask(sought.identify, _known(partial), first_of(first, 10))
    info.context.cut("identify", found.truncated)
    info.context.meet(candidate.entity for candidate in found.candidates)
    return list(found.candidates)


def stop_check(
    info: Asked, vrm: str | None = None, person: PartialIdentity | None = None, phone: str | None = None
) -> sought.StopCheckView:
    """The roadside answer."""
    known = None if person is None else _known(person)
    for name, value in (("vrm", vrm), ("phone", phone)):
        if value is not None:
            text_of(name, value)
    found = info.context.ask(sought.stop_check, vrm, known, phone)
    info.context.cut("stopCheck", found.truncated)
    info.context.cut("stopCheck", found.vehicles_truncated)
    info.context.meet(candidate.entity for candidate in found.vehicle_candidates)
    info.context.meet_links((*found.keepers, *found.recent_events))
    meet_warnings(info, (*found.warnings, *found.flags))
    return found


def _known(partial: PartialIdentity) -> sought.PartialIdentityInput:
    given: dict[str, Any] = {name: value for name, value in vars(partial).items() if value is not None}
    for name, value in given.items():
        if isinstance(value, str):
            text_of(name, value)
    if partial.date_of_birth is not None:
        given["date_of_birth"] = partial.date_of_birth.isoformat()
    return sought.PartialIdentityInput(**given)


def why_resolved(info: Asked, id_: Id) -> why.ResolutionView:
    """Why the records of an entity are one."""
    found = info.context.ask(why.why_resolved, id_)
    info.context.meet_records(found.records)
    info.context.records.announce([id_ for decision in found.decisions for id_ in (decision.a, decision.b)])
    return found


def why_not(info: Asked, a: strawberry.ID, b: strawberry.ID) -> PairView:
    """Two records, or the records of two entities, compared."""
    return info.context.ask(why.why_not, a, b)


def golden(root: Parent[EntityView], info: Asked) -> list[survivor.GoldenView]:
    """The golden values of an entity with what they beat."""
    return list(info.context.ask(survivor.golden, root.id))


class OtherView(NamedTuple):
    """A value that did not win, and the records that say it."""

    value: str
    records: tuple[RecordView, ...]


def others(root: Parent[survivor.GoldenView]) -> list[OtherView]:
    """What a golden value beat."""
    return [OtherView(*other) for other in root.others]


def verdict(root: Parent[DecisionView | PairView]) -> str:
    """The verdict as the schema names it."""
    return _VERDICTS.get(root.verdict, root.verdict)


def decision_a(root: Parent[DecisionView], info: Asked) -> RecordView | None:
    """The first record of a decision."""
    return info.context.records.get(root.a)


def decision_b(root: Parent[DecisionView], info: Asked) -> RecordView | None:
    """The second record of a decision."""
    return info.context.records.get(root.b)


def decision_evidence(root: Parent[DecisionView], info: Asked) -> list[Evidence]:
    """The evidence about the two records, computed now."""
    return list(info.context.ask(why.why_not, root.a, root.b).evidence)


def decision_marking(root: Parent[DecisionView], info: Asked) -> str:
    """The canonical text of a decision's marking."""
    return info.context.graph.catalogue.marking(root.mk).text


def decision_weight(root: Parent[DecisionView]) -> float | None:
    """The bits of a decision."""
    return root.score
