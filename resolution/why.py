"""Why records are one thing and others are not; as the viewer may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from graph.answer import EntityView, RecordView
from graph.errors import BadInput, NotFound
from graph.model import RESOLVED
from graph.open import Graph
from graph.read.entity import entity, group
from graph.read.record import DecisionView, decisions_about, record, records_by_id, records_of
from resolution.course import StepView, course
from resolution.folded import probes_of, read
from resolution.pair import PairView, Verdict, compare, compare_together, holding
from resolution.published import standing_model
from resolution.sought import candidates, explanations
from security.viewer import Viewer

# Of the records of a side, the newest so many are compared with those of the other; of one entity with each other.
_COMPARED = 5
_COMPARED_WITHIN = 20
_RIVALS = 50  # of the records that would join one of a pair, so many of the best are looked at


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
    if view.kind not in RESOLVED:
        path = course(newest, said, pairs, known.model)
        return ResolutionView(view, held, said, _by_key(held), None, tuple(path))
    path = course(
        newest, said, _met(pairs), known.model.of(view.kind), lambda left, right: compare_together(left, right, known)
    )
    miss = _nearest_miss(graph, viewer, view, held)
    return ResolutionView(view, held, said, _by_evidence(held, pairs, path), miss, tuple(path))


def _met(pairs: Sequence[PairView]) -> list[PairView]:
    """The pairs that share a key: only these were compared when the records were joined."""
    keys = {record.id: _keys(record) for pair in pairs for record in (pair.a, pair.b)}
    return [pair for pair in pairs if not keys[pair.a.id].isdisjoint(keys[pair.b.id])]


def _keys(record: RecordView) -> frozenset[int]:
    told = probes_of(record.kind, read(record.kind, record.properties))
    return frozenset(value for values in told.values() for value in values)


def _by_evidence(held: Sequence[RecordView], pairs: Sequence[PairView], path: Sequence[StepView]) -> str:
    if not pairs:
        return "one record; nothing was joined to it"
    strongest = max(pairs, key=lambda pair: pair.weight)
    among = f" of the newest {_COMPARED_WITHIN}" if len(held) > _COMPARED_WITHIN else ""
    wholes = [step.sentence for step in path if step.pair is not None and step.pair not in pairs]
    return "; ".join([f"{len(held)} records; the strongest pair{among}: {strongest.sentence}", *wholes])


def _by_key(held: Sequence[RecordView]) -> str:
    return f"{len(held)} records; nothing identifies it across records"


def _nearest_miss(graph: Graph, viewer: Viewer, view: EntityView, held: Sequence[RecordView]) -> PairView | None:
    members = {each.id for each in group(graph, viewer, view.id)}
    near = {
        mine.id: [
            row["record"]
            for row in candidates(graph, viewer, [read(mine.kind, mine.properties)], mine.kind).rows
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
    best = replace(best, decisions=tuple(about))
    if best.weighed is None or best.a.entity == best.b.entity:
        return best
    return replace(best, together=_together(graph, viewer, best), rival=_rival(graph, viewer, best))


def _together(graph: Graph, viewer: Viewer, pair: PairView) -> str | None:
    """What all records of the two entities of a pair say, if they are more than the two."""
    ids = [str(pair.a.entity), str(pair.b.entity)]
    held = records_of(graph, viewer, ids)
    left, right = (
        [mine, *(each for each in held.get(id_, ()) if each.id != mine.id)][:_COMPARED_WITHIN]
        for id_, mine in zip(ids, (pair.a, pair.b), strict=True)
    )
    if len(left) + len(right) < 3:
        return None
    return compare_together(left, right, holding(graph, viewer, [*left, *right])).sentence


def _rival(graph: Graph, viewer: Viewer, pair: PairView) -> PairView | None:
    """The likeliest other that one of a pair that would join may be as well, though it is not the second."""
    if pair.verdict != Verdict.SAME:
        return None
    found: list[PairView] = []
    for mine, other in ((pair.a, pair.b), (pair.b, pair.a)):
        near = _joining(graph, viewer, mine) - {mine.id, other.id}
        others = [
            one
            for one in records_by_id(graph, viewer, near).values()
            if one.mk == mine.mk == other.mk and one.entity not in (mine.entity, other.entity)
        ]
        known = holding(graph, viewer, [mine, other, *others])
        for one in others:
            fit, rule = compare(mine, one, known), compare(one, other, known).rule
            if fit.verdict == Verdict.SAME and pair.asks_nothing_of(rule) and fit.asks_nothing_of(rule):
                reason = f"kept apart from {other.id} by the rule of {rule}"
                sentence = f"{mine.id} may as well be {one.id}, {reason}: {fit.sentence}"
                found.append(replace(fit, sentence=sentence))
    return max(found, key=lambda fit: (fit.weight, fit.b.id), default=None)


def _joining(graph: Graph, viewer: Viewer, mine: RecordView) -> set[str]:
    """The records that would join a record, the best of them where they are many."""
    reading, model = [read(mine.kind, mine.properties)], standing_model(graph).of(mine.kind)
    found = candidates(graph, viewer, reading, mine.kind)
    bits = explanations(graph, viewer, reading, found, model).bits
    best = [place for place in np.argsort(-bits, kind="stable").tolist() if bits[place] >= model.join]
    return {found.rows[place]["record"] for place in best[:_RIVALS]}


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
