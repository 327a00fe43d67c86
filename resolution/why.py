"""Why records are one thing and others are not; as the viewer may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from graph.answer import EntityView, RecordView
from graph.errors import BadInput, NotFound
from graph.open import Graph
from graph.read.entity import entity, group
from graph.read.record import DecisionView, decisions_about, record, records_by_id, records_of
from resolution.course import StepView, course
from resolution.feature import features
from resolution.identity import identity_keys
from resolution.pair import PairView, compare, holding
from resolution.sought import candidates
from security.viewer import Viewer

# Of the records of a side, the newest so many are compared with those of the other; of one entity with each other.
_COMPARED = 5
_COMPARED_WITHIN = 20


@dataclass(frozen=True, slots=True)
class ResolutionView:
    """Why the records of an entity are one; `nearest_miss`: the best record that did not join.

    `path`: the steps by which they became one, of the newest twenty of many.
    """

    entity: EntityView | None
    records: tuple[RecordView, ...]
    decisions: tuple[DecisionView, ...]
    sentence: str
    nearest_miss: PairView | None
    path: tuple[StepView, ...] = ()


def why_resolved(graph: Graph, viewer: Viewer, id: str) -> ResolutionView:  # noqa: A002 - the contract's name
    """Why the records of an entity are one: the pairs that hold it together, in one sentence.

    Raises NotFound where there is nothing by that id that the viewer may see.
    """
    view = entity(graph, viewer, id)
    if view is None:
        raise NotFound(f"there is nothing by the id {id!r}")
    held = records_of(graph, viewer, [view.id]).get(view.id, ())
    said = decisions_about(graph, viewer, [each.id for each in held])
    newest = held[:_COMPARED_WITHIN]
    known = holding(graph, viewer, newest)
    pairs = [compare(a, b, known) for a, b in combinations(newest, 2)]
    path = tuple(course(newest, said, pairs))
    if view.kind != "Person":
        return ResolutionView(view, held, said, _by_identity(view, held), None, path)
    miss = _nearest_miss(graph, viewer, view, held)
    return ResolutionView(view, held, said, _by_evidence(held, pairs), miss, path)


def _by_evidence(held: Sequence[RecordView], pairs: Sequence[PairView]) -> str:
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


def _nearest_miss(graph: Graph, viewer: Viewer, view: EntityView, held: Sequence[RecordView]) -> PairView | None:
    members = {each.id for each in group(graph, viewer, view.id)}
    near = {
        mine.id: [
            row["properties"]["id"]
            for row in candidates(graph, viewer, [features(mine.properties)]).rows
            if row["entity"] not in members
        ]
        for mine in held[:_COMPARED]
    }
    others = records_by_id(graph, viewer, {id_ for ids in near.values() for id_ in ids})
    known = holding(graph, viewer, [*held[:_COMPARED], *others.values()])
    pairs = [compare(mine, others[id_], known) for mine in held[:_COMPARED] for id_ in near[mine.id]]
    return max(pairs, key=lambda pair: (pair.weight, pair.b.id), default=None)


def why_not(graph: Graph, viewer: Viewer, a: str, b: str) -> PairView:
    """Two records, or the best pair of records of two entities, compared, with what was decided about these two.

    Raises NotFound where an id names nothing that the viewer may see, BadInput where the two are of different kinds.
    """
    left, right = _records_behind(graph, viewer, a), _records_behind(graph, viewer, b)
    newest = left[:_COMPARED], right[:_COMPARED]
    known = holding(graph, viewer, [*newest[0], *newest[1]])
    pairs = [compare(x, y, known) for x in newest[0] for y in newest[1] if x.id != y.id]
    if not pairs:
        raise BadInput(f"{a!r} and {b!r} are one and the same record")
    best = max(pairs, key=lambda pair: (pair.weight, pair.a.id, pair.b.id))
    one, other = ({record.id for record in side} for side in (left, right))
    said = decisions_about(graph, viewer, sorted(one | other))
    about = (word for word in said if (word.a in one and word.b in other) or (word.a in other and word.b in one))
    return replace(best, decisions=tuple(about))


def _records_behind(graph: Graph, viewer: Viewer, id_: str) -> tuple[RecordView, ...]:
    """The record of an id, or all of an entity, the newest first."""
    found = record(graph, viewer, id_) if id_.startswith("r_") else None
    if found is not None:
        return (found,)
    view = entity(graph, viewer, id_) if id_.startswith("e_") else None
    held = records_of(graph, viewer, [view.id]).get(view.id, ()) if view is not None else ()
    if not held:
        raise NotFound(f"there is no record or entity by the id {id_!r}")
    return held
