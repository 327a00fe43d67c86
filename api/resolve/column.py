"""By what the items of each list are chosen and ordered: the paths of the schema to values, as answers have them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from alert.alert import AlertView
from analysis.repeat import RepeatView
from api.resolve.link import Stated, grade, source_of
from graph.answer import PRECISIONS, EntityView, LinkView, RecordView, iso
from graph.errors import BadInput
from graph.model import KINDS, ValueType
from graph.open import Graph
from graph.read.associate import AssociateView
from graph.read.search import SearchHit
from graph.read.sift import Column
from graph.read.where import nearest
from resolution.change import ChangeView
from resolution.review import ReviewView
from security.audit.subject import Access

T = TypeVar("T")
TEXT, INT, FLOAT, DATETIME = ValueType.TEXT, ValueType.INT, ValueType.FLOAT, ValueType.DATETIME
Read = Callable[[Graph, Any], Any]


@dataclass(frozen=True, slots=True)
class Columns(Generic[T]):
    """The values of a list's items by their paths, the things among its fields, and what tells items apart."""

    id: Callable[[T], str]
    own: Mapping[str, tuple[ValueType, Read]]
    things: Mapping[str, Callable[[T], EntityView]] = field(default_factory=dict)

    def of(self, graph: Graph) -> Callable[[str], Column[T]]:
        """What gives the column of a path; raises BadInput for a path that the list does not have."""

        def column(path: str) -> Column[T]:
            if path in self.own:
                type_, read = self.own[path]
                return Column(type_, lambda item: read(graph, item))
            head, _, tail = path.rpartition(".")
            if head not in self.things:
                known = [*self.own, *(f"{name}.{part}" for name in self.things for part in ("kind", "label"))]
                raise BadInput(f"property: the list has no {path[:100]!r}{nearest(path, known)}")
            thing, (type_, value) = self.things[head], _of_thing(path, tail)
            return Column(type_, lambda item: value(thing(item)))

        return column


def _of_thing(path: str, name: str) -> tuple[ValueType, Callable[[EntityView], Any]]:
    """A value of a thing, which only things of some kinds may have."""
    if name == "kind":
        return TEXT, lambda view: KINDS[view.kind].enum
    if name in ("id", "label"):
        return TEXT, lambda view: getattr(view, name)
    stored = {kind.name: held for kind in KINDS.values() for held in kind.properties if held.field == name}
    if not stored or any(held.type is ValueType.POINT for held in stored.values()):
        fields = {held.field for kind in KINDS.values() for held in kind.properties}
        raise BadInput(
            f"property: nothing has a {path[:100]!r} that is compared{nearest(name, ['kind', 'label', *fields])}"
        )
    names = {kind: held.name for kind, held in stored.items()}
    return next(iter(stored.values())).type, lambda view: view.properties.get(names.get(view.kind, ""))


def _grade(_: Graph, item: Stated) -> str | None:
    told = grade(item)
    return None if told is None else told.label


def _said(name: str) -> Read:
    return lambda _, item: getattr(item, name)


def _within(outer: str, name: str) -> Read:
    return lambda _, item: getattr(getattr(item, outer), name, None)


def _of_end(end: str, read: Read) -> Read:
    """A value of one of a pair's two records."""
    return lambda graph, review: read(graph, getattr(review.pair, end))


_STATED: dict[str, tuple[ValueType, Read]] = {
    "id": (TEXT, lambda _, item: item.id),
    "source.id": (TEXT, lambda graph, item: source_of(graph, item).id),
    "source.name": (TEXT, lambda graph, item: source_of(graph, item).name),
    "marking": (TEXT, lambda graph, item: graph.catalogue.marking(item.mk).text),
    "grade.label": (TEXT, _grade),
    "recordedAt": (DATETIME, lambda _, item: iso(item.recorded_at)),
}
LINK: Columns[LinkView] = Columns(
    id=lambda link: link.id,
    own=_STATED
    | {
        "type": (TEXT, lambda _, link: link.type),
        "role": (TEXT, lambda _, link: link.role),
        "status": (TEXT, lambda _, link: link.status),
        "validFrom": (DATETIME, lambda _, link: iso(link.valid_from)),
        "validTo": (DATETIME, lambda _, link: iso(link.valid_to)),
        "validPrecision": (TEXT, lambda _, link: None if link.precision is None else PRECISIONS[link.precision]),
    },
    things={"from": lambda link: link.origin, "to": lambda link: link.target},
)
RECORD: Columns[RecordView] = Columns(
    id=lambda record: record.id,
    own=_STATED
    | {
        "key": (TEXT, lambda _, record: record.key),
        "kind": (TEXT, lambda _, record: KINDS[record.kind].enum),
        "version": (INT, lambda _, record: record.version),
        "supersededAt": (DATETIME, lambda _, record: iso(record.superseded_at)),
    },
)
HIT: Columns[SearchHit] = Columns(
    id=lambda hit: hit.entity.id,
    own={"score": (FLOAT, lambda _, hit: hit.score)},
    things={"entity": lambda hit: hit.entity},
)
ASSOCIATE: Columns[AssociateView] = Columns(
    id=lambda view: view.entity.id,
    own={
        "score": (FLOAT, lambda _, view: view.score),
        "sharedEvents": (INT, lambda _, view: view.shared_events),
        "lastSeen": (DATETIME, lambda _, view: iso(view.last_seen)),
    },
    things={"entity": lambda view: view.entity},
)
REPEAT: Columns[RepeatView] = Columns(
    id=lambda view: view.entity.id,
    own={
        "count": (INT, lambda _, view: view.count),
        "first": (DATETIME, lambda _, view: iso(view.first)),
        "last": (DATETIME, lambda _, view: iso(view.last)),
        **{f"gaps.{name}": (FLOAT, _within("gaps", name)) for name in ("shortest", "median", "longest", "last")},
    },
    things={"entity": lambda view: view.entity},
)
CHANGE: Columns[ChangeView] = Columns(
    id=lambda change: change.id,
    own={
        "at": (DATETIME, lambda _, change: iso(change.at)),
        "what": (TEXT, lambda _, change: change.what.value),
        "property": (TEXT, lambda _, change: change.property),
        "link.type": (TEXT, lambda _, change: change.link and change.link.type),
        "link.role": (TEXT, lambda _, change: change.link and change.link.role),
        "record.kind": (TEXT, lambda _, change: change.record and KINDS[change.record.kind].enum),
    },
)
ALERT: Columns[AlertView] = Columns(
    id=lambda alert: alert.id,
    own={
        "id": (TEXT, _said("id")),
        "at": (DATETIME, lambda _, alert: iso(alert.fact.at)),
        "pattern": (TEXT, lambda _, alert: alert.fact.pattern.value),
        "sentence": (TEXT, lambda _, alert: alert.fact.sentence),
        "acknowledgedAt": (DATETIME, lambda _, alert: iso(alert.acknowledged_at)),
        "watch.id": (TEXT, _within("watch", "id")),
        "watch.name": (TEXT, _within("watch", "name")),
        "subjects.id": (TEXT, lambda _, alert: [subject.id for subject in alert.fact.subjects]),
        "subjects.label": (TEXT, lambda _, alert: [subject.label for subject in alert.fact.subjects]),
    },
)
REVIEW: Columns[ReviewView] = Columns(
    id=lambda review: f"{review.pair.a.id} {review.pair.b.id}",
    own={
        "priority": (FLOAT, lambda _, review: review.priority),
        "pair.weight": (FLOAT, lambda _, review: review.pair.weight),
        "pair.probability": (FLOAT, lambda _, review: review.pair.probability),
        **{
            f"pair.{end}.{path}": (type_, _of_end(end, read))
            for end in ("a", "b")
            for path, (type_, read) in RECORD.own.items()
            if path in ("kind", "source.id", "recordedAt")
        },
    },
)
ACCESS: Columns[Access] = Columns(
    id=lambda access: f"{access.seq:020}",
    own={
        "seq": (INT, lambda _, access: access.seq),
        "at": (DATETIME, lambda _, access: access.at),
        **{
            name: (TEXT, _said(name))
            for name in ("user", "role", "act", "operation", "component", "purpose", "reference")
        },
        "outcome": (TEXT, lambda _, access: list(access.outcome)),
    },
)
