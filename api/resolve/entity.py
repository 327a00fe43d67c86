"""Resolvers of what every entity has: markings, other compartments, degree, golden values, records, links."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Any

from strawberry import Parent

from api.context import Asked
from api.limit import first_of, listed
from api.resolve.column import LINK, RECORD
from api.resolve.connection import ConnectionView
from api.resolve.sift import sift
from api.resolve.value import day_end, day_start, epoch_of
from api.schema.choice import Direction, Kind, LinkType
from api.schema.input import EntityOrder, GradeInput, ListWhere
from graph.answer import EntityView, LinkFilter, LinkView, RecordView
from graph.read.entity import markings as markings_of
from graph.read.entity import same_identity as others_of
from graph.read.link import Listed, count_links
from graph.read.record import count_records
from graph.read.record import records as records_of


def markings(root: Parent[EntityView], info: Asked) -> list[str]:
    """The canonical texts of an entity's markings."""
    return markings_of(info.context.graph, root)


def same_identity(root: Parent[EntityView], info: Asked) -> list[EntityView]:
    """The group of an entity without itself."""
    found = list(info.context.ask(others_of, root.id))
    info.context.meet(found)
    return found


def degree(root: Parent[EntityView], info: Asked) -> int:
    """How many visible links an entity has; of a list all are counted together."""
    return info.context.degrees.get(root.id) or 0


def records(
    root: Parent[EntityView],
    info: Asked,
    where: ListWhere | None = None,
    order_by: list[EntityOrder] | None = None,
    first: int | None = 20,
    after: str | None = None,
) -> ConnectionView[RecordView]:
    """The records of an entity that pass, newest first or in that order."""
    found = sift(
        info,
        RECORD,
        root.id,
        partial(info.context.ask, records_of, root.id),
        lambda: (info.context.ask(count_records, root.id), False),
        (where, order_by, first_of(first, 20), after),
    )
    info.context.meet_records(found.page.items)
    return ConnectionView(found.page, found.count)


def links(
    root: Parent[EntityView],
    info: Asked,
    types: list[LinkType] | None = None,
    roles: list[str] | None = None,
    kinds: list[Kind] | None = None,
    direction: Direction | None = Direction.BOTH,
    since: date | None = None,
    until: date | None = None,
    min_grade: GradeInput | None = None,
    valid_at: date | None = None,
    known_at: datetime | None = None,
    where: ListWhere | None = None,
    order_by: list[EntityOrder] | None = None,
    first: int | None = 20,
    after: str | None = None,
) -> ConnectionView[LinkView]:
    """The links of an entity that pass the filter, newest first or in that order."""
    filter_ = link_filter(types, roles, kinds, direction, since, until, min_grade, valid_at, known_at)
    found = sift(
        info,
        LINK,
        (root.id, filter_),
        lambda many, after: info.context.links(root.id, Listed(filter_, many, after)),
        partial(info.context.ask, count_links, root.id, filter_),
        (where, order_by, first_of(first, 20), after),
    )
    info.context.meet_links(found.page.items)
    return ConnectionView(found.page, found.count)


def listed_links(first: int | None = 20, after: str | None = None, **given: Any) -> Listed | None:  # noqa: ANN401
    """The page that the arguments of `links` ask for, None for one that is chosen from; raises BadInput as it does."""
    if given.pop("where", None) is not None or given.pop("order_by", None):
        return None
    return Listed(link_filter(**{"direction": Direction.BOTH, **given}), first_of(first, 20), after)


def link_filter(
    types: list[LinkType] | None = None,
    roles: list[str] | None = None,
    kinds: list[Kind] | None = None,
    direction: Direction | None = None,
    since: date | None = None,
    until: date | None = None,
    min_grade: GradeInput | None = None,
    valid_at: date | None = None,
    known_at: datetime | None = None,
    exclude_ids: list[str] | None = None,
    exclude_kinds: list[Kind] | None = None,
) -> LinkFilter:
    """The filter that the arguments of a question say: `until` includes its day, `validAt` is its first second."""
    for name, given in (("types", types), ("roles", roles), ("kinds", kinds), ("excludeIds", exclude_ids)):
        listed(name, given or ())
    return LinkFilter(
        types=None if types is None else tuple(choice.value for choice in types),
        roles=None if roles is None else tuple(roles),
        kinds=None if kinds is None else tuple(choice.value for choice in kinds),
        direction=(direction or Direction.BOTH).value,
        since=day_start(since),
        until=day_end(until),
        grade=None if min_grade is None else min_grade.packed(),
        valid_at=day_start(valid_at),
        known_at=epoch_of(known_at),
        exclude_ids=tuple(exclude_ids or ()),
        exclude_kinds=tuple(choice.value for choice in exclude_kinds or ()),
    )
