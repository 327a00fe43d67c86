"""What somebody sees before saying that two things are one; and the token that says it was seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.answer import EntityView, RecordView, Truncation
from graph.open import Graph
from graph.read.entity import degree, entities_by_id
from graph.read.path import PathView
from resolution.contradiction import Contradiction, contradictions
from resolution.merge import Merge, merge, scope_of, token_of
from resolution.pair import compare_together, holding
from resolution.published import standing_model
from resolution.reach import new_paths
from resolution.survivor import field_of, golden_of, golden_text
from resolution.two import two
from security.marking import Marking, high_water
from security.viewer import Viewer

_COMPARED = 24  # records of an entity that are compared as a whole


@dataclass(frozen=True, slots=True)
class GoldenChangeView:
    """A golden value that would not stay: those before, each with its record, the one after, its rule and record."""

    property: str
    before: tuple[str, ...]
    before_records: tuple[RecordView, ...]
    after: str
    rule: str
    record: RecordView


@dataclass(frozen=True, slots=True)
class PreviewView:
    """What saying SAME would do. `marking`: the high-water of all that is shown; `joins`: they become one entity.

    `before`: the entities that would change, the asked ones first. `links_joined`: the visible links that would hang
    on one thing. `records`: all that would be one, by id. `together`: what all records of the two entities say, in a
    sentence; None where that is what the two records say, or where they are one already.
    """

    token: str
    before: tuple[EntityView, ...]
    golden_changes: tuple[GoldenChangeView, ...]
    marking: str
    contradictions: tuple[str, ...]
    new_paths: tuple[PathView, ...]
    links_joined: int
    joins: bool
    records: tuple[RecordView, ...]
    together: str | None
    truncated: Truncation | None

    @property
    def records_joined(self) -> int:
        """How many records would be one."""
        return len(self.records)

    @property
    def of_one_marking(self) -> bool:
        """Whether all that would be one is in one compartment, so that a word of a low marking makes it one entity."""
        return len({record.mk for record in self.records}) == 1


def merge_preview(graph: Graph, viewer: Viewer, a: str, b: str) -> PreviewView:
    """What saying that these records, or the records that seed these entities, are one would do.

    Raises as `resolution.two` does.
    """
    model = standing_model(graph)
    found = graph.store.look(lambda tx: merge(tx, graph, viewer, two(tx, viewer, a, b), model))
    against = contradictions(graph, viewer, found, model)
    views = entities_by_id(graph, viewer, found.entities)
    sides = _entities(found)
    paths, cut = new_paths(graph, viewer, *sides) if sides[1] else ([], None)
    own = graph.catalogue.marking(found.two.a.mk).join(graph.catalogue.marking(found.two.b.mk))
    marking = _high_water(graph, found, against, paths)
    return PreviewView(
        token=token_of(graph, viewer, scope_of(found.two), found.seal, marking.text),
        before=tuple(views[id_] for id_ in found.entities if id_ in views),
        golden_changes=tuple(_changes(graph, found)),
        marking=marking.text,
        contradictions=tuple(each.sentence for each in against),
        new_paths=tuple(paths),
        links_joined=sum(degree(graph, viewer, {str(record.entity) for record in found.after}).values()),
        joins=found.joined and marking == own,
        records=found.after,
        together=_together(graph, viewer, found),
        truncated=cut,
    )


def _together(graph: Graph, viewer: Viewer, found: Merge) -> str | None:
    pair = found.two
    if pair.a.entity == pair.b.entity:
        return None
    left, right = (
        [mine, *(each for each in found.before if each.entity == mine.entity and each.id != mine.id)][:_COMPARED]
        for mine in (pair.a, pair.b)
    )
    if len(left) + len(right) == len(pair.ids):
        return None
    return compare_together(left, right, holding(graph, viewer, [*left, *right])).sentence


def _entities(found: Merge) -> tuple[list[str], list[str]]:
    """The entities of the first side, and all others that would be one with them."""
    left = {str(record.entity) for record in found.sides[0]}
    right = {str(record.entity) for record in found.after} - left
    return sorted(left), sorted(right)


def _high_water(graph: Graph, found: Merge, against: Iterable[Contradiction], paths: Iterable[PathView]) -> Marking:
    """The join of the markings of all that a preview shows."""
    mks = {record.mk for record in found.before}
    mks |= {mk for each in against for mk in each.mks}
    mks |= {each.mk for path in paths for part in (path.links, path.nodes) for each in part if each.mk is not None}
    return high_water(map(graph.catalogue.marking, mks))


def _changes(graph: Graph, found: Merge) -> Iterable[GoldenChangeView]:
    """The golden values that would be others, in the order of the model."""
    kind, held = found.two.kind, {record.id: record for record in found.before}
    groups = [*found.different_sides, *_by_entity(found.drawn)]
    before = [golden_of(graph, kind, group) for group in groups]
    after = golden_of(graph, kind, found.after)
    for name, chosen in after.provenance.items():
        told = {golden_text(side.values[name]): side.provenance[name].record for side in before if name in side.values}
        value = golden_text(after.values[name])
        if [*told] != [value]:
            records = tuple(held[id_] for id_ in told.values())
            yield GoldenChangeView(
                field_of(kind, name), tuple(told), records, value, chosen.rule.value, held[chosen.record]
            )


def _by_entity(records: Iterable[RecordView]) -> list[tuple[RecordView, ...]]:
    found: dict[str, list[RecordView]] = {}
    for record in records:
        found.setdefault(str(record.entity), []).append(record)
    return [tuple(found[entity]) for entity in sorted(found)]
