"""Resolvers of the questions about things and networks: arguments checked and handed to the reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Annotated

import strawberry
from strawberry import Parent

from api.context import Asked
from api.limit import HOPS, IDS, NODES, first_of, listed, text_of, within
from api.resolve.column import HIT, LINK
from api.resolve.connection import ConnectionView
from api.resolve.entity import link_filter
from api.resolve.link import PropertyView
from api.resolve.sift import sift
from api.resolve.value import day_start, epoch_of
from api.schema.choice import Kind, LinkType
from api.schema.input import EntityOrder, EntityWhere, GradeInput, ListWhere
from graph.answer import EntityView, LinkView, NetworkView
from graph.read.connect import connect as connect_of
from graph.read.event import CoOffenderView, Involvement, SharedLinkView, count_timeline
from graph.read.event import co_offenders as co_offenders_of
from graph.read.event import shared_links as shared_links_of
from graph.read.event import timeline as timeline_of
from graph.read.facet import entity_facets, search_facets
from graph.read.listing import count_entities
from graph.read.listing import entities as entities_of
from graph.read.network import expand as expand_of
from graph.read.node import NodeView
from graph.read.node import node as node_of
from graph.read.path import PathOrder, PathsView
from graph.read.path import paths as paths_of
from graph.read.record import records_of
from graph.read.search import SearchHit
from graph.read.search import search as search_of
from graph.read.source import SourceStatusView
from graph.read.source import sources as sources_of
from graph.read.usage import count_usage
from graph.read.usage import usage as usage_of

Id = Annotated[strawberry.ID, strawberry.argument(name="id")]
From = Annotated[strawberry.ID, strawberry.argument(name="from")]
To = Annotated[strawberry.ID, strawberry.argument(name="to")]


def node(info: Asked, id_: Id) -> NodeView | None:
    """The entity, record, link or decision of an id."""
    return info.context.ask(node_of, id_)


def nodes(info: Asked, ids: list[strawberry.ID]) -> list[NodeView | None]:
    """What these ids name, in their order; null where hidden or absent."""
    listed("ids", ids)
    info.context.entities.announce(id_ for id_ in ids if id_.startswith("e_"))
    info.context.records.announce(id_ for id_ in ids if id_.startswith("r_"))
    found = [_node(info, id_) for id_ in ids]
    info.context.meet(view for view in found if isinstance(view, EntityView))
    return found


def _node(info: Asked, id_: str) -> NodeView | None:
    if id_.startswith("e_"):
        return info.context.entities.get(id_)
    return info.context.records.get(id_) if id_.startswith("r_") else info.context.ask(node_of, id_)


def entity(info: Asked, id_: Id, known_at: datetime | None = None) -> EntityView | None:
    """The entity that holds an id's record now; None where it was not yet known at `known_at`."""
    found = info.context.entities.get(id_)
    if found is None or known_at is None:
        return found
    known = info.context.ask(records_of, [found.id]).get(found.id, ())
    moment = known_at.timestamp()
    return found if not known or any(record.recorded_at <= moment for record in known) else None


def entities(
    info: Asked,
    kind: Kind,
    where: EntityWhere | None = None,
    order_by: list[EntityOrder] | None = None,
    first: int | None = 20,
    after: str | None = None,
) -> ConnectionView[EntityView]:
    """Everything of a kind that passes, in that order."""
    condition = None if where is None else where.condition()
    order = tuple(key.key() for key in order_by or ())
    page = info.context.ask(entities_of, kind.value, condition, order, first_of(first, 20), after)
    info.context.meet(page.items)
    return ConnectionView(
        page,
        lambda: info.context.ask(count_entities, kind.value, condition),
        lambda properties, most: info.context.ask(entity_facets, kind.value, condition, properties, most),
    )


def search(
    info: Asked,
    text: str,
    kinds: list[Kind] | None = None,
    fuzzy: bool | None = True,
    where: ListWhere | None = None,
    order_by: list[EntityOrder] | None = None,
    first: int | None = 20,
    after: str | None = None,
) -> ConnectionView[SearchHit]:
    """What the text finds and passes, best first or in that order."""
    chosen = None if kinds is None else [kind.value for kind in kinds]
    asked = (text_of("text", text), chosen, fuzzy is not False)
    given = (where, order_by, first_of(first, 20), after)
    found = sift(info, HIT, asked, partial(info.context.ask, search_of, *asked), None, given)
    info.context.meet(hit.entity for hit in found.page.items)
    return ConnectionView(
        found.page,
        facets=lambda properties, most: info.context.ask(search_facets, *asked, properties, most, found.passes),
    )


def expand(
    info: Asked,
    ids: list[strawberry.ID],
    hops: int | None = 1,
    types: list[LinkType] | None = None,
    kinds: list[Kind] | None = None,
    since: date | None = None,
    until: date | None = None,
    min_grade: GradeInput | None = None,
    valid_at: date | None = None,
    known_at: datetime | None = None,
    limit: int | None = 200,
) -> NetworkView:
    """What lies within some hops of these."""
    listed("ids", ids)
    hops = within("hops", 1 if hops is None else hops, 1, HOPS)
    limit = within("limit", 200 if limit is None else limit, 1, NODES)
    where = link_filter(types, None, kinds, None, since, until, min_grade, valid_at, known_at)
    found = info.context.ask(expand_of, ids, hops, where, limit)
    info.context.meet(found.nodes)
    info.context.meet_links(found.links)
    return found


def paths(
    info: Asked,
    from_: From,
    to: To,
    max_hops: int | None = 6,
    first: int | None = 5,
    types: list[LinkType] | None = None,
    exclude_ids: list[strawberry.ID] | None = None,
    exclude_kinds: list[Kind] | None = None,
    since: date | None = None,
    until: date | None = None,
    min_grade: GradeInput | None = None,
    valid_at: date | None = None,
    known_at: datetime | None = None,
    order_by: PathOrder | None = PathOrder.LENGTH,
    pass_crowded: bool | None = False,
) -> PathsView:
    """How two things are joined."""
    max_hops = within("maxHops", HOPS if max_hops is None else max_hops, 1, HOPS)
    where = link_filter(
        types,
        None,
        None,
        None,
        since,
        until,
        min_grade,
        valid_at,
        known_at,
        exclude_ids=list(exclude_ids or ()),
        exclude_kinds=exclude_kinds,
    )
    where = replace(where, pass_crowded=bool(pass_crowded))
    order = order_by or PathOrder.LENGTH
    found = info.context.ask(paths_of, from_, to, max_hops, first_of(first, 5), where, order)
    for path in found.paths:
        info.context.meet(path.nodes)
        info.context.meet_links(path.links)
    return found


def connect(
    info: Asked,
    ids: list[strawberry.ID],
    max_hops: int | None = 4,
    types: list[LinkType] | None = None,
    min_grade: GradeInput | None = None,
) -> NetworkView:
    """What joins these."""
    listed("ids", ids)
    max_hops = within("maxHops", 4 if max_hops is None else max_hops, 1, HOPS)
    where = link_filter(types, None, None, None, None, None, min_grade)
    found = info.context.ask(connect_of, ids, max_hops, where)
    info.context.meet(found.nodes)
    info.context.meet_links(found.links)
    return found


def timeline(
    info: Asked,
    ids: list[strawberry.ID],
    from_: Annotated[datetime | None, strawberry.argument(name="from")] = None,
    to: datetime | None = None,
    kinds: list[Kind] | None = None,
    known_at: datetime | None = None,
    where: ListWhere | None = None,
    order_by: list[EntityOrder] | None = None,
    first: int | None = 50,
    after: str | None = None,
) -> ConnectionView[LinkView]:
    """What these had a part in, oldest first or in that order."""
    listed("ids", ids)
    which = Involvement(
        kinds=None if kinds is None else tuple(kind.value for kind in kinds),
        since=epoch_of(from_),
        until=epoch_of(to),
        known_at=epoch_of(known_at),
    )
    pages, count = (
        partial(info.context.ask, timeline_of, ids, which),
        partial(info.context.ask, count_timeline, ids, which),
    )
    found = sift(info, LINK, (ids, which), pages, count, (where, order_by, first_of(first, 50), after))
    info.context.meet_links(found.page.items)
    return ConnectionView(found.page, found.count)


def co_offenders(
    info: Asked, id_: Id, since: date | None = None, roles: list[str] | None = None, first: int | None = 20
) -> list[CoOffenderView]:
    """Who had a part in the same events."""
    found = info.context.ask(co_offenders_of, id_, day_start(since), roles, first_of(first, 20))
    info.context.cut("coOffenders", found.truncated)
    info.context.meet(view.entity for view in found.items)
    return list(found.items)


def shared_links(info: Asked, ids: list[strawberry.ID], kinds: list[Kind] | None = None) -> list[SharedLinkView]:
    """What these share."""
    listed("ids", ids, IDS)
    found = info.context.ask(shared_links_of, ids, None if kinds is None else [kind.value for kind in kinds])
    info.context.cut("sharedLinks", found.truncated)
    for view in found.items:
        info.context.meet([view.through])
        info.context.meet_links(view.holders)
    return list(found.items)


def usage(
    info: Asked,
    id_: Id,
    at: datetime | None = None,
    where: ListWhere | None = None,
    order_by: list[EntityOrder] | None = None,
    first: int | None = 50,
    after: str | None = None,
) -> ConnectionView[LinkView]:
    """Who has had a thing."""
    moment = epoch_of(at)
    pages, count = partial(info.context.ask, usage_of, id_, moment), partial(info.context.ask, count_usage, id_, moment)
    found = sift(info, LINK, (id_, moment), pages, count, (where, order_by, first_of(first, 50), after))
    info.context.meet_links(found.page.items)
    return ConnectionView(found.page, found.count)


def matched(root: Parent[SearchHit]) -> list[PropertyView]:
    """What a hit was found by."""
    return [PropertyView(name, value) for name, value in root.matched]


def sources(info: Asked) -> list[SourceStatusView]:
    """The sources and how they stand."""
    return info.context.ask(sources_of)
