"""Why records are one thing and others are not, and which of their values are golden; as the viewer may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from graph.answer import EntityView, RecordView
from graph.errors import BadInput, NotFound
from graph.model import KINDS
from graph.open import Graph
from graph.read.entity import entity, group
from graph.read.record import DecisionView, decisions_about, record, records_by_id, records_of
from resolution.explain import Evidence, explain
from resolution.feature import features
from resolution.golden import GoldenInput
from resolution.golden import golden as survivors
from resolution.holder import Holders, holders
from resolution.identify import candidates
from resolution.identity import identity_keys
from resolution.model import default_model, probability
from security.viewer import Viewer

# Of the records of a side, the newest so many are compared with those of the other; of one entity with each other.
_COMPARED = 5
_COMPARED_WITHIN = 20
_CERTAIN_BITS = 99.0


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


def why_resolved(graph: Graph, viewer: Viewer, id: str) -> ResolutionView:  # noqa: A002 - the contract's name
    """Why the records of an entity are one: the pairs that hold it together, in one sentence.

    Raises NotFound where there is nothing by that id that the viewer may see.
    """
    view = entity(graph, viewer, id)
    if view is None:
        raise NotFound(f"there is nothing by the id {id!r}")
    held = records_of(graph, viewer, [view.id]).get(view.id, ())
    said = decisions_about(graph, viewer, [each.id for each in held])
    if view.kind != "Person":
        return ResolutionView(view, held, said, _by_identity(view, held), None)
    miss = _nearest_miss(graph, viewer, view, held)
    return ResolutionView(view, held, said, _by_evidence(graph, viewer, held), miss)


def _by_evidence(graph: Graph, viewer: Viewer, held: Sequence[RecordView]) -> str:
    newest = held[:_COMPARED_WITHIN]
    holding = _holding(graph, viewer, newest)
    pairs = [_compare(a, b, holding) for a, b in combinations(newest, 2)]
    if not pairs:
        return "one record; nothing was joined to it"
    strongest = max(pairs, key=lambda pair: pair.weight)
    among = f" of the newest {_COMPARED_WITHIN}" if len(held) > _COMPARED_WITHIN else ""
    return f"{len(held)} records; the strongest pair{among}: {strongest.sentence}"


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


def _holding(graph: Graph, viewer: Viewer, views: Sequence[RecordView]) -> Holders:
    people = [view for view in views if view.kind == "Person"]
    given = [features(view.properties) for view in people]
    return holders(graph, viewer, given, {view.mk for view in people}, default_model())


def _nearest_miss(graph: Graph, viewer: Viewer, view: EntityView, held: Sequence[RecordView]) -> PairView | None:
    members = {each.id for each in group(graph, viewer, view.id)}
    near = {
        mine.id: [
            row["properties"]["id"]
            for row in candidates(graph, viewer, [features(mine.properties)])
            if row["entity"] not in members
        ]
        for mine in held[:_COMPARED]
    }
    others = records_by_id(graph, viewer, {id_ for ids in near.values() for id_ in ids})
    holding = _holding(graph, viewer, [*held[:_COMPARED], *others.values()])
    pairs = [_compare(mine, others[id_], holding) for mine in held[:_COMPARED] for id_ in near[mine.id]]
    return max(pairs, key=lambda pair: (pair.weight, pair.b.id), default=None)


def why_not(graph: Graph, viewer: Viewer, a: str, b: str) -> PairView:
    """Two records, or the best pair of records of two entities, compared.

    Raises NotFound where an id names nothing that the viewer may see, BadInput where the two are of different kinds.
    """
    left, right = _records_behind(graph, viewer, a), _records_behind(graph, viewer, b)
    holding = _holding(graph, viewer, [*left, *right])
    pairs = [_compare(x, y, holding) for x in left for y in right if x.id != y.id]
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
    return held[:_COMPARED]


def _compare(a: RecordView, b: RecordView, holding: Holders) -> PairView:
    if a.kind != b.kind:
        raise BadInput(f"a {a.kind} and a {b.kind} cannot be compared")
    if a.kind != "Person":
        return _compare_identity(a, b)
    model = default_model()
    left, right = features(a.properties), features(b.properties)
    found = explain(left, right, model, holding.inside(a.mk, b.mk))
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
