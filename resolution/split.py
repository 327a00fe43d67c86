"""What would come of the word that two records are not one, or of taking a word back: before it is done.

By the same steps that settle the graph, as `resolution.merge` does it for the word that they are one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from graph.answer import EntityView, RecordView
from graph.errors import BadInput, Conflict, NotFound
from graph.label import label
from graph.open import Graph
from graph.read.entity import entities_by_id
from graph.read.projection import record_view
from graph.read.record import decision_view
from graph.store import Transaction
from resolution.assign import Assignment, Word
from resolution.chain import Words
from resolution.merge import closure_of, expected, numbers_of, seal_of, shown_ties, token_of
from resolution.part import Part
from resolution.published import standing_model
from resolution.survivor import golden_of
from resolution.two import Two, two
from security.marking import high_water
from security.viewer import Viewer


@dataclass(frozen=True, slots=True)
class SplitEntityView:
    """An entity as it would be: what it would be called, and its visible records, by id."""

    label: str
    records: tuple[RecordView, ...]


@dataclass(frozen=True, slots=True)
class SplitView:
    """What would come of it: the entities now and then, those of the two first, and whether the two would be apart.

    `marking`: the high-water of all that is shown; `token`: that it was seen.
    """

    token: str
    before: tuple[EntityView, ...]
    after: tuple[SplitEntityView, ...]
    apart: bool
    marking: str


def split_preview(graph: Graph, viewer: Viewer, a: str, b: str, taking_back: str | None = None) -> SplitView:
    """What saying that these records, or the records that seed these entities, are not one would do.

    `taking_back`: the id of a word on the two; then what taking it back would do. Raises as `resolution.two` does, and
    NotFound for a word that is hidden, absent, or about others, BadInput for one that nobody said, Conflict where it
    was taken back already.
    """
    pair, found = graph.store.look(lambda tx: _asked(tx, graph, viewer, (a, b), taking_back))
    records = found.records
    groups: defaultdict[str, list[RecordView]] = defaultdict(list)
    for record in records:
        groups[found.entities[record.id]].append(record)
    ends = [found.entities[id_] for id_ in pair.ids]
    views = entities_by_id(graph, viewer, {str(record.entity) for record in records})
    marking = high_water(graph.catalogue.marking(record.mk) for record in records).text
    return SplitView(
        token=token_of(graph, viewer, split_scope(pair, taking_back), found.seal, marking),
        before=tuple(views[id_] for id_ in _first(pair.entities, views)),
        after=tuple(_as_it_would_be(graph, pair.kind, groups[id_]) for id_ in _first(ends, groups)),
        apart=ends[1] not in closure_of(ends[0], found.ties),
        marking=marking,
    )


@dataclass(frozen=True, slots=True)
class Split:
    """The visible records, by id, the entity of each and the visible ties as they would be; a seal of all of it."""

    records: list[RecordView]
    entities: dict[str, str]
    ties: list[tuple[str, str]]
    seal: str


def split_scope(pair: Two, taking_back: str | None) -> str:
    """What a preview of parting these, or of taking back that word on them, is of."""
    return f"split:{pair.a.id}:{pair.b.id}:{taking_back or ''}"


def _asked(
    transaction: Transaction, graph: Graph, viewer: Viewer, ends: tuple[str, str], taking_back: str | None
) -> tuple[Two, Split]:
    pair = two(transaction, viewer, *ends)
    if taking_back is not None:
        _check_word(transaction, viewer, pair, taking_back)
    return pair, split(transaction, graph, viewer, pair, taking_back)


def split(transaction: Transaction, graph: Graph, viewer: Viewer, pair: Two, taking_back: str | None) -> Split:
    """What would come of it; raises Conflict where one of the two is just being taken back by its source."""
    numbers, model = numbers_of(transaction), standing_model(graph)
    said = [] if taking_back else [Word(pair.a.id, pair.b.id, False, numbers.join(pair.a.mk, pair.b.mk))]
    part, then = expected(transaction, pair, model, numbers, said, taking_back)
    ids = sorted({*pair.entities, *_moved(part, then, viewer, pair)})
    rows = transaction.run("entity/records_of", ids=ids, allowed=list(viewer.allowed))
    records = sorted((record_view(row["node"], row["entity"]) for row in rows), key=lambda record: record.id)
    entities = {record.id: then.entities.get(record.id, str(record.entity)) for record in records}
    ties = shown_ties(transaction, viewer, numbers, part, then, records)
    words = Words.around(transaction, viewer, [record.id for record in records])
    return Split(records, entities, ties, seal_of(graph, "split", model, records, entities, ties, words))


def _check_word(transaction: Transaction, viewer: Viewer, pair: Two, id_: str) -> None:
    rows = transaction.run("entity/decision", id=id_, allowed=list(viewer.allowed))
    word = decision_view(rows[0]["decision"]) if rows else None
    if word is None or {word.a, word.b} != set(pair.ids):
        raise NotFound(f"takingBack: there is no decision on these two by the id {id_!r}")
    if word.basis != "ANALYST":
        raise BadInput(f"takingBack: {id_!r} is the {word.basis.lower()}'s, which follows from data; decide otherwise")
    if word.retracted_at is not None:
        raise Conflict(f"takingBack: {id_!r} was taken back already, by {word.retracted_by}")


def _moved(part: Part, then: Assignment, viewer: Viewer, pair: Two) -> set[str]:
    """The entities that would change along with those of the two: what leaves them, what comes to them."""
    visible = [record for record in part.settled if record.entity is not None and viewer.sees(record.mk)]
    own = set(pair.entities)
    landing = {then.entities[each.id] for each in visible if each.entity in own and each.id in then.entities}
    return {str(each.entity) for each in visible if then.entities.get(each.id) in landing}


def _first(own: Iterable[str], all_: Iterable[str]) -> list[str]:
    """All ids, those of the two first, the others by id."""
    there = set(all_)
    return [each for each in dict.fromkeys([*own, *sorted(there)]) if each in there]


def _as_it_would_be(graph: Graph, kind: str, records: list[RecordView]) -> SplitEntityView:
    return SplitEntityView(label(kind, golden_of(graph, kind, records).values), tuple(records))
