"""Who is this? Candidates for what is known of somebody, and the roadside answer; as the viewer may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graph.answer import EntityView, LinkView
from graph.errors import BadInput
from graph.model import KINDS
from graph.open import Graph
from graph.read.entity import entities_by_id, entity
from graph.read.event import recent_events
from graph.read.profile import WarningView, keepers, subject_profile
from resolution.explain import Evidence, explain
from resolution.feature import Features, features
from resolution.holder import holders
from resolution.key import KEY_PROPERTIES, probes
from resolution.model import probability
from resolution.published import standing_model
from security.viewer import Viewer
from standards.email import check_email
from standards.name import parse_name
from standards.phone import check_phone
from standards.postcode import check_postcode
from standards.vehicle import check_vrm

_CANDIDATES = 1_000
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
class StopCheckView:
    """The roadside answer."""

    candidates: tuple[CandidateView, ...]
    subject: EntityView | None
    vehicle: EntityView | None
    keepers: tuple[LinkView, ...]
    warnings: tuple[WarningView, ...]
    flags: tuple[WarningView, ...]
    recent_events: tuple[LinkView, ...]
    as_of: int


def identify(graph: Graph, viewer: Viewer, partial: PartialIdentityInput, first: int = 10) -> list[CandidateView]:
    """Who it may be: the best record of each visible person, likeliest first, then by id."""
    readings = [features(given) for given in _readings(partial) if given]
    if not readings:
        raise BadInput("partial: say at least one thing about the person")
    model = standing_model(graph)
    scores: dict[str, tuple[float, tuple[Evidence, ...]]] = {}
    rows = candidates(graph, viewer, readings)
    known = [features(row["properties"]) for row in rows]
    mks = {row["properties"]["mk"] for row in rows}
    holding = holders(graph, viewer, [*readings, *known], mks, model)
    for row, held in zip(rows, known, strict=True):
        many = holding.inside(row["properties"]["mk"])
        found = max((explain(sought, held, model, many) for sought in readings), key=lambda explained: explained.bits)
        if row["entity"] not in scores or found.bits > scores[row["entity"]][0]:
            scores[row["entity"]] = (found.bits, found.evidence)
    chosen = sorted(scores, key=lambda id_: (-scores[id_][0], id_))[:first]
    views = entities_by_id(graph, viewer, chosen)
    return [
        CandidateView(views[id_], scores[id_][0], probability(scores[id_][0]), scores[id_][1])
        for id_ in chosen
        if id_ in views
    ]


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


def candidates(graph: Graph, viewer: Viewer, readings: Sequence[Features]) -> list[dict[str, Any]]:
    """The stored `properties` of visible records that share a key with one of the readings, each with its `entity`."""
    sought = [probes(reading) for reading in readings]
    keys = {name: sorted({key for one in sought for key in one.get(name, ())}) for name in KEY_PROPERTIES}
    asked = {name: given for name, given in keys.items() if given}
    if not asked:
        return []
    # Names of keys come from the closed set that the indexes are made for.
    test = " OR ".join(f"r.{name} IN ${name}" for name in asked)
    text = (
        f"MATCH (r:Record) WHERE ({test}) AND r.mk IN $allowed "
        "MATCH (r)-[:RESOLVES_TO]->(e:Entity) "
        "RETURN properties(r) AS properties, e.id AS entity ORDER BY r.id LIMIT $limit"
    )
    return graph.store.read_text(viewer, "resolve/candidates", text, {**asked, "limit": _CANDIDATES})


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
    vehicle = _vehicle(graph, viewer, vrm) if vrm else None
    kept = keepers(graph, viewer, vehicle.id) if vehicle is not None else ()
    known = person or (PartialIdentityInput(phone=phone) if phone else None)
    likely = tuple(identify(graph, viewer, known)) if known is not None else ()
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
    )


def _vehicle(graph: Graph, viewer: Viewer, vrm: str) -> EntityView | None:
    rows = graph.store.read(viewer, "search/vehicle", vrm=check_vrm(vrm).value)
    return entity(graph, viewer, rows[0]["id"]) if rows else None
