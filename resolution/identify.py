"""Who is this? Candidates for what is known of somebody, and the roadside answer; as the viewer may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.answer import EntityView, LinkView, Truncation
from graph.errors import BadInput
from graph.model import KINDS
from graph.open import Graph
from graph.read.entity import entity
from graph.read.event import recent_events
from graph.read.profile import WarningView, keepers, subject_profile
from graph.read.projection import entity_view
from resolution.explain import Evidence, PairScore
from resolution.feature import features
from resolution.part_mark import WHOLE, likely_vehicles
from resolution.published import standing_model
from resolution.sought import candidates, explanations
from resolution.vehicle import UNKNOWN, fold_mark
from security.viewer import Viewer
from standards.email import check_email
from standards.name import parse_name
from standards.phone import check_phone
from standards.postcode import check_postcode
from standards.vehicle import check_vrm

_RECENT = 5


@dataclass(frozen=True, slots=True)
class PartialIdentityInput:
    """What is known of somebody; every part may be missing."""

    name: str | None = None
    given_name: str | None = None
    surname: str | None = None
    date_of_birth: str | None = None
    year_of_birth: int | None = None
    gender: str | None = None
    phone: str | None = None
    address: str | None = None
    postcode: str | None = None
    vrm: str | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class CandidateView:
    """Somebody it may be: log2 posterior odds, probability 0..1, and the evidence."""

    entity: EntityView
    weight: float
    probability: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class IdentityView:
    """Who it may be; `truncated`: not all who share something with what is known were compared."""

    candidates: tuple[CandidateView, ...]
    truncated: Truncation | None


@dataclass(frozen=True, slots=True)
class StopCheckView:
    """The roadside answer; `truncated` as in `IdentityView`, `vehicles_truncated` the same of `vehicle_candidates`."""

    candidates: tuple[CandidateView, ...]
    subject: EntityView | None
    vehicle: EntityView | None
    keepers: tuple[LinkView, ...]
    warnings: tuple[WarningView, ...]
    flags: tuple[WarningView, ...]
    recent_events: tuple[LinkView, ...]
    as_of: int
    truncated: Truncation | None = None
    vehicle_candidates: tuple[CandidateView, ...] = ()
    vehicles_truncated: Truncation | None = None


def identify(graph: Graph, viewer: Viewer, partial: PartialIdentityInput, first: int = 10) -> IdentityView:
    """Who it may be: the best record of each visible person, likeliest first, then by id."""
    readings = [features(given) for given in _readings(partial) if given]
    if not readings:
        raise BadInput("partial: say at least one thing about the person")
    model = standing_model(graph)
    found = candidates(graph, viewer, readings)
    weighed = explanations(graph, viewer, readings, found, model)
    best: dict[str, tuple[float, int]] = {}
    for place, weight in enumerate(weighed.bits.tolist()):
        entity_id = found.rows[place % len(found.rows)]["entity"]
        if entity_id not in best or weight > best[entity_id][0]:
            best[entity_id] = (weight, place)
    chosen = sorted(best, key=lambda id_: (-best[id_][0], id_))[:first]
    places = [best[id_][1] for id_ in chosen]
    rows = [found.rows[place % len(found.rows)] for place in places]
    return IdentityView(tuple(map(_candidate, rows, weighed.each(places))), found.truncated)


def _candidate(row: Mapping[str, Any], told: PairScore) -> CandidateView:
    return CandidateView(entity_view(row["node"]), told.bits, told.probability, told.evidence)


def _readings(partial: PartialIdentityInput) -> list[dict[str, Any]]:
    """What is said, and once more where a middle name may be the first half of a surname (Ana Silva Costa)."""
    given = _properties(partial)
    middle, _, half = given.get("middle_name", "").rpartition(" ")
    if not half or partial.surname:
        return [given]
    double = {**given, "middle_name": middle or None, "surname": f"{half} {given['surname']}"}
    return [given, {name: value for name, value in double.items() if value is not None}]


def _properties(partial: PartialIdentityInput) -> dict[str, Any]:
    given: dict[str, Any] = {}
    if partial.name:
        name = parse_name(partial.name)
        given = {"given_name": name.given, "middle_name": name.middle, "surname": name.surname}
    given |= {
        "given_name": partial.given_name or given.get("given_name"),
        "surname": partial.surname or given.get("surname"),
        "date_of_birth": partial.date_of_birth,
        "year_of_birth": partial.year_of_birth,
        "gender": partial.gender,
        "phone": [check_phone(partial.phone).value] if partial.phone else None,
        "email": None,
        "address": [partial.address] if partial.address else None,
        "postcode": [check_postcode(partial.postcode).value] if partial.postcode else None,
        "vrm": [check_vrm(partial.vrm).value] if partial.vrm else None,
    }
    if partial.document:
        # The scheme is not said, so the number is looked for under each.
        given |= {p.name: [partial.document] for p in KINDS["Person"].identifiers}
        given["email"] = [check_email(partial.document).value] if "@" in partial.document else None
    return {name: value for name, value in given.items() if value is not None}


def stop_check(
    graph: Graph,
    viewer: Viewer,
    vrm: str | None = None,
    person: PartialIdentityInput | None = None,
    phone: str | None = None,
) -> StopCheckView:
    """The vehicle and its keepers, who the person may be, warnings and flags of the subject, the last five events.

    The subject is the likeliest candidate at or above the model's `join`; raises BadInput where nothing is asked.
    """
    if not (vrm or person or phone):
        raise BadInput("stopCheck: give a vrm, a person or a phone")
    vehicle, may_be, cut = _vehicle(graph, viewer, vrm) if vrm else (None, (), None)
    kept = keepers(graph, viewer, vehicle.id) if vehicle is not None else ()
    known = person or (PartialIdentityInput(phone=phone) if phone else None)
    found = identify(graph, viewer, known) if known is not None else IdentityView((), None)
    likely = found.candidates
    best = likely[0] if likely and likely[0].weight >= standing_model(graph).join else None
    subject = best.entity if best is not None else None
    profile = subject_profile(graph, viewer, subject.id) if subject is not None else None
    on_vehicle = subject_profile(graph, viewer, vehicle.id) if vehicle is not None else None
    told = [each for each in (profile, on_vehicle) if each is not None]
    about = [view.id for view in (subject, vehicle) if view is not None]
    return StopCheckView(
        likely,
        subject,
        vehicle,
        kept,
        tuple(warning for each in told for warning in each.warnings),
        tuple(flag for each in told for flag in each.flags),
        recent_events(graph, viewer, about, _RECENT) if about else (),
        graph.clock(),
        found.truncated,
        may_be,
        cut,
    )


def _vehicle(
    graph: Graph, viewer: Viewer, vrm: str
) -> tuple[EntityView | None, tuple[CandidateView, ...], Truncation | None]:
    """The vehicle of a mark, else the one vehicle whose mark this is misread from as surely as records are joined.

    With it those that it may be: where no vehicle has the mark, or so short a one may be a part of another.
    """
    mark = check_vrm(vrm).value
    whole = UNKNOWN not in fold_mark(vrm)
    rows = graph.store.read(viewer, "search/vehicle", vrm=mark) if whole else []
    own = entity(graph, viewer, rows[0]["id"]) if rows else None
    if own is not None and len(mark) >= WHOLE:
        return own, (), None
    found = likely_vehicles(graph, viewer, vrm)
    likely = tuple(
        CandidateView(each.entity, each.score.bits, each.score.probability, each.score.evidence)
        for each in found.likely
        if own is None or each.entity.id != own.id
    )
    return own or found.sure, likely, found.truncated
