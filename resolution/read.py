"""The answers about who is whom: identify, stop check, why and why not, golden values; as the viewer may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from graph.answer import EntityView, LinkView, RecordView
from graph.errors import BadInput, NotFound
from graph.model import KINDS
from graph.open import Graph
from graph.read.entity import entities_by_id, entity, group
from graph.read.event import recent_events
from graph.read.profile import WarningView, keepers, subject_profile
from graph.read.record import DecisionView, record, records_of
from resolution.explain import Evidence, explain
from resolution.feature import features
from resolution.golden import GoldenInput
from resolution.golden import golden as survivors
from resolution.identity import identity_keys
from resolution.key import KEY_PROPERTIES, probes
from resolution.model import default_model, probability
from security.viewer import Viewer
from standards.email import check_email
from standards.name import parse_name
from standards.phone import check_phone
from standards.postcode import check_postcode
from standards.vehicle import check_vrm

_CANDIDATES = 1_000
_RECENT = 5
_CERTAIN_BITS = 99.0


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


@dataclass(frozen=True, slots=True)
class PairView:
    """Two records compared."""

    a: RecordView
    b: RecordView
    weight: float
    probability: float
    verdict: str
    evidence: tuple[Evidence, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class ResolutionView:
    """Why the records of an entity are one; `nearest_miss`: the best record that did not join."""

    entity: EntityView | None
    records: tuple[RecordView, ...]
    decisions: tuple[DecisionView, ...]
    sentence: str
    nearest_miss: PairView | None


@dataclass(frozen=True, slots=True)
class GoldenView:
    """A golden value, the rule that chose it, its record, and what it beat."""

    property: str
    value: str
    rule: str
    record: RecordView
    others: tuple[tuple[str, tuple[RecordView, ...]], ...]


def identify(graph: Graph, viewer: Viewer, partial: PartialIdentityInput, first: int = 10) -> list[CandidateView]:
    """Who it may be: the best record of each visible person, likeliest first, then by id."""
    given = _properties(partial)
    if not given:
        raise BadInput("partial: say at least one thing about the person")
    sought, model = features(given), default_model()
    scores: dict[str, tuple[float, tuple[Evidence, ...]]] = {}
    for row in _candidates(graph, viewer, probes(sought)):
        found = explain(sought, features(row["properties"]), model)
        if row["entity"] not in scores or found.bits > scores[row["entity"]][0]:
            scores[row["entity"]] = (found.bits, found.evidence)
    chosen = sorted(scores, key=lambda id_: (-scores[id_][0], id_))[:first]
    views = entities_by_id(graph, viewer, chosen)
    return [
        CandidateView(views[id_], scores[id_][0], probability(scores[id_][0]), scores[id_][1])
        for id_ in chosen
        if id_ in views
    ]


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


def _candidates(graph: Graph, viewer: Viewer, sought: Mapping[str, Sequence[int]]) -> list[dict[str, Any]]:
    asked = {name: list(sought[name]) for name in KEY_PROPERTIES if sought.get(name)}
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
    candidates = tuple(identify(graph, viewer, known)) if known is not None else ()
    best = candidates[0] if candidates and candidates[0].weight >= default_model().join else None
    subject = best.entity if best is not None else None
    profile = subject_profile(graph, viewer, subject.id) if subject is not None else None
    on_vehicle = subject_profile(graph, viewer, vehicle.id) if vehicle is not None else None
    told = [each for each in (profile, on_vehicle) if each is not None]
    about = [view.id for view in (subject, vehicle) if view is not None]
    return StopCheckView(
        candidates,
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


def why_resolved(graph: Graph, viewer: Viewer, id: str) -> ResolutionView:  # noqa: A002 - the contract's name
    """Why the records of an entity are one: the pairs that hold it together, in one sentence.

    Raises NotFound where there is nothing by that id that the viewer may see.
    """
    view = entity(graph, viewer, id)
    if view is None:
        raise NotFound(f"there is nothing by the id {id!r}")
    held = records_of(graph, viewer, [view.id]).get(view.id, ())
    if view.kind != "Person":
        return ResolutionView(view, held, (), _by_identity(view, held), None)
    pairs = sorted((_compare(a, b) for a, b in combinations(held[: _RECENT * 4], 2)), key=lambda p: -p.weight)
    miss = _nearest_miss(graph, viewer, view, held)
    if not pairs:
        return ResolutionView(view, held, (), "one record; nothing was joined to it", miss)
    sentence = f"{len(held)} records; the strongest pair: {pairs[0].sentence}"
    return ResolutionView(view, held, (), sentence, miss)


def _by_identity(view: EntityView, held: Sequence[RecordView]) -> str:
    shared: defaultdict[str, int] = defaultdict(int)
    for each in held:
        for key in (
            identity_keys(view.kind, each.properties) if view.kind in ("Vehicle", "Address", "Organisation") else ()
        ):
            shared[key.partition(":")[0]] += 1
    if not shared:
        return f"{len(held)} records; nothing identifies it across records"
    return f"{len(held)} records with the same {' and '.join(sorted(shared))}"


def _nearest_miss(graph: Graph, viewer: Viewer, view: EntityView, held: Sequence[RecordView]) -> PairView | None:
    members = {each.id for each in group(graph, viewer, view.id)}
    best: tuple[float, str, RecordView] | None = None
    for mine in held[:_RECENT]:
        own = features(mine.properties)
        for row in _candidates(graph, viewer, probes(own)):
            if row["entity"] not in members:
                bits = explain(own, features(row["properties"]), default_model()).bits
                if best is None or (bits, row["properties"]["id"]) > (best[0], best[1]):
                    best = (bits, row["properties"]["id"], mine)
    if best is None:
        return None
    other = record(graph, viewer, best[1])
    return None if other is None else _compare(best[2], other)


def why_not(graph: Graph, viewer: Viewer, a: str, b: str) -> PairView:
    """Two records, or the best pair of records of two entities, compared.

    Raises NotFound where an id names nothing that the viewer may see, BadInput where the two are of different kinds.
    """
    left, right = _records_behind(graph, viewer, a), _records_behind(graph, viewer, b)
    pairs = [_compare(x, y) for x in left for y in right if x.id != y.id]
    if not pairs:
        raise BadInput(f"{a!r} and {b!r} are one and the same record")
    return max(pairs, key=lambda pair: (pair.weight, pair.a.id, pair.b.id))


def _records_behind(graph: Graph, viewer: Viewer, id_: str) -> tuple[RecordView, ...]:
    found = record(graph, viewer, id_) if id_.startswith("r_") else None
    if found is not None:
        return (found,)
    view = entity(graph, viewer, id_) if id_.startswith("e_") else None
    held = records_of(graph, viewer, [view.id]).get(view.id, ()) if view is not None else ()
    if not held:
        raise NotFound(f"there is no record or entity by the id {id_!r}")
    return held[:_RECENT]


def _compare(a: RecordView, b: RecordView) -> PairView:
    if a.kind != b.kind:
        raise BadInput(f"a {a.kind} and a {b.kind} cannot be compared")
    if a.kind != "Person":
        return _compare_identity(a, b)
    model = default_model()
    found = explain(features(a.properties), features(b.properties), model)
    if found.rule or found.bits < model.review:
        verdict = "DIFFERENT"
    else:
        verdict = "SAME" if found.bits >= model.join else "POSSIBLY_SAME"
    return PairView(a, b, found.bits, found.probability, verdict, found.evidence, found.sentence)


def _compare_identity(a: RecordView, b: RecordView) -> PairView:
    known = a.kind in ("Vehicle", "Address", "Organisation")
    left = set(identity_keys(a.kind, a.properties)) if known else {a.id}
    right = set(identity_keys(b.kind, b.properties)) if known else {b.id}
    shared = sorted(left & right)
    bits = _CERTAIN_BITS if shared else -_CERTAIN_BITS
    sentence = f"both have {shared[0]}" if shared else "nothing that identifies one is shared"
    evidence = tuple(Evidence(k.partition(":")[0], k, k, "same", bits, f"both have {k}") for k in shared)
    return PairView(a, b, bits, probability(bits), "SAME" if shared else "DIFFERENT", evidence, sentence)


def golden(graph: Graph, viewer: Viewer, id: str) -> list[GoldenView]:  # noqa: A002
    """The golden values of a subject's group over the records that the viewer may see, with what they beat."""
    members = group(graph, viewer, id)
    held = {each.id: each for found in records_of(graph, viewer, [m.id for m in members]).values() for each in found}
    if not held:
        return []
    kind = members[0].kind
    inputs = [
        GoldenInput(r.id, graph.catalogue.source(r.source).priority, r.recorded_at, r.properties) for r in held.values()
    ]
    found = survivors(kind, inputs)
    return [
        GoldenView(
            KINDS[kind].by_name[name].field,
            _shown(found.values[name]),
            chosen.rule.value,
            held[chosen.record],
            tuple((_shown(value), tuple(held[r] for r in ids)) for value, ids in chosen.others),
        )
        for name, chosen in found.provenance.items()
    ]


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
