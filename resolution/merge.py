"""What would come of the word that two records are one: by the same steps that settle the graph, before it is said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import orjson

from graph.answer import RecordView
from graph.cursor import decode, encode
from graph.errors import BadInput, Conflict
from graph.marking_numbers import MarkingNumbers
from graph.open import Graph
from graph.read.projection import record_view
from graph.store import Transaction
from resolution.assign import Assignment, Word
from resolution.chain import Words
from resolution.fetch import fetch_some
from resolution.model import Model
from resolution.outcome import outcome, reached
from resolution.part import Part
from resolution.two import Two
from security.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Merge:
    """What the viewer may know of a merge: records before and after, the words that stand, a seal of all of it.

    `sides`: the records that are one with the first and with the second now, by entities and ties; they are the same
    where both are one already. `drawn`: those of further entities that would come with them. `after`: the records
    that would be one with the first. `entity`: its entity then; `joined`: the second's would be the same, and not
    only tied to it.
    """

    two: Two
    sides: tuple[tuple[RecordView, ...], tuple[RecordView, ...]]
    drawn: tuple[RecordView, ...]
    after: tuple[RecordView, ...]
    entity: str
    joined: bool
    words: Words
    seal: str

    @property
    def before(self) -> tuple[RecordView, ...]:
        """All records before, each once, by id."""
        every = {record.id: record for part in (*self.sides, self.drawn) for record in part}
        return tuple(every[id_] for id_ in sorted(every))

    @property
    def different_sides(self) -> list[tuple[RecordView, ...]]:
        """The records of the first side, and of the second where it is not the first."""
        left, right = self.sides
        return [left] if left[0].id == right[0].id else [left, right]

    @property
    def entities(self) -> list[str]:
        """The entities before: the first's, the second's, then the others by id."""
        own = [str(self.two.a.entity), str(self.two.b.entity)]
        return list(dict.fromkeys([*own, *sorted(str(record.entity) for record in self.before)]))


def merge(transaction: Transaction, graph: Graph, viewer: Viewer, two: Two, model: Model) -> Merge:
    """What would come of it; raises Conflict where one of the two is just being taken back by its source."""
    numbers = numbers_of(transaction)
    word = Word(two.a.id, two.b.id, True, numbers.join(two.a.mk, two.b.mk))
    part, found = expected(transaction, two, model, numbers, [word])
    ends = [found.entities[id_] for id_ in two.ids]
    records, sides = _before(transaction, viewer, two, _drawn(part, found, viewer, ends))
    new = {record.id: found.entities.get(record.id, str(record.entity)) for record in records}
    ties = shown_ties(transaction, viewer, numbers, part, found, records)
    one = closure_of(ends[0], ties)
    words = Words.around(transaction, viewer, [record.id for record in records])
    own = {record.id for side in sides for record in side}
    return Merge(
        two,
        sides,
        drawn=tuple(record for record in records if record.id not in own),
        after=tuple(record for record in records if new[record.id] in one),
        entity=ends[0],
        joined=ends[0] == ends[1],
        words=words,
        seal=seal_of(graph, "merge", model, records, new, ties, words),
    )


def numbers_of(transaction: Transaction) -> MarkingNumbers:
    """The markings of the graph; joins that it does not have yet get numbers here that it never learns."""
    numbers = MarkingNumbers()
    numbers.learn({int(row["mk"]): str(row["text"]) for row in transaction.run("admin/markings")})
    return numbers


def expected(
    transaction: Transaction,
    two: Two,
    model: Model,
    numbers: MarkingNumbers,
    said: Iterable[Word],
    without: str | None = None,
) -> tuple[Part, Assignment]:
    """The region of two records, and what would become of it with these words said, without one that is taken back.

    Raises Conflict where one of the two is just being taken back by its source.
    """
    changed = fetch_some(transaction, two.kind, two.ids)
    part = reached(transaction, two.kind, changed, model)
    found = outcome(transaction, two.kind, part, model, numbers, said, without)
    if any(id_ not in found.entities for id_ in two.ids):
        raise Conflict("a source is taking back one of the two records; ask again in a moment")
    return part, found


def _drawn(part: Part, found: Assignment, viewer: Viewer, ends: Collection[str]) -> set[str]:
    """The entities of which something would be in those of the two."""
    return {
        record.entity
        for record in part.settled
        if record.entity is not None and viewer.sees(record.mk) and found.entities.get(record.id) in ends
    }


def _before(
    transaction: Transaction, viewer: Viewer, two: Two, drawn: set[str]
) -> tuple[list[RecordView], tuple[tuple[RecordView, ...], tuple[RecordView, ...]]]:
    allowed = list(viewer.allowed)
    fused: defaultdict[str, set[str]] = defaultdict(set)
    for row in transaction.run("entity/group", ids=two.entities, allowed=allowed):
        fused[row["asked"]].add(row["node"]["id"])
    ids = sorted({*drawn, *(id_ for group in fused.values() for id_ in group)})
    rows = transaction.run("entity/records_of", ids=ids, allowed=allowed)
    records = sorted((record_view(row["node"], row["entity"]) for row in rows), key=lambda record: record.id)
    left, right = (fused[str(record.entity)] for record in (two.a, two.b))
    sides = tuple(tuple(record for record in records if record.entity in group) for group in (left, right))
    return records, (sides[0], sides[1])


def shown_ties(
    transaction: Transaction,
    viewer: Viewer,
    numbers: MarkingNumbers,
    part: Part,
    found: Assignment,
    records: Sequence[RecordView],
) -> list[tuple[str, str]]:
    """The visible ties among the entities that these records would have, sorted.

    Whatever else is in the region, it may be there for the sake of what is hidden.
    """
    known = {(tie.a, tie.b) for tie in found.ties.values() if viewer.grants.satisfies(numbers.marking(tie.mk))}
    shown = {found.entities.get(record.id, str(record.entity)) for record in records}
    return sorted(tie for tie in known | _standing(transaction, viewer, part, records) if shown.issuperset(tie))


def _standing(
    transaction: Transaction, viewer: Viewer, part: Part, records: Iterable[RecordView]
) -> set[tuple[str, str]]:
    """The visible ties that what is said leaves as they are."""
    changing = {record.entity for record in part.settled}
    ids = sorted({str(record.entity) for record in records} - changing)
    rows = transaction.run("entity/ties", ids=ids, allowed=list(viewer.allowed)) if len(ids) > 1 else []
    return {(row["from"], row["to"]) for row in rows}


def closure_of(start: str, ties: Iterable[tuple[str, str]]) -> set[str]:
    """All that is tied to one, directly or through others, itself included."""
    near: defaultdict[str, set[str]] = defaultdict(set)
    for a, b in ties:
        near[a].add(b)
        near[b].add(a)
    found, frontier = {start}, {start}
    while frontier:
        frontier = {there for here in frontier for there in near[here]} - found
        found |= frontier
    return found


def seal_of(
    graph: Graph,
    name: str,
    model: Model,
    records: Iterable[RecordView],
    new: Mapping[str, str],
    ties: list[tuple[str, str]],
    words: Words,
) -> str:
    """A digest of all that a preview shows; another one means that something of it is not as it was."""
    shown = [
        (r.id, r.entity, new[r.id], r.version, r.as_of, graph.catalogue.source(r.source).priority, _content(r))
        for r in records
    ]
    return graph.ids.token(name, orjson.dumps([model.version, shown, ties, [w.id for w in words.told]]).decode())


def _content(record: RecordView) -> str:
    return repr(sorted(record.properties.items()))


def token_of(graph: Graph, viewer: Viewer, scope: str, seal: str, marking: str) -> str:
    """The token of a preview: what it showed and under which marking, sealed for this viewer and what it is of."""
    return encode(graph.ids, viewer, scope, [seal, marking])


def opened_token(graph: Graph, viewer: Viewer, scope: str, token: str) -> tuple[str, str] | None:
    """The seal and the marking that a token holds; None where it is none of this for this viewer."""
    try:
        seal, marking = decode(graph.ids, viewer, scope, token)
    except (BadInput, ValueError):
        return None
    return str(seal), str(marking)


def scope_of(two: Two) -> str:
    """What a preview of saying that these are one is of."""
    return f"preview:{two.a.id}:{two.b.id}"
