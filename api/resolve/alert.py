"""Resolvers of standing questions: watches, and the alerts that they give."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

import strawberry
from strawberry import Parent

from alert import alert as of_alert
from alert import delivery as of_delivery
from alert import watch as of_watch
from alert.alert import AlertView
from alert.watch import Wanted, WatchPattern, WatchView
from api.alerting import Alarm
from api.context import Asked, Context
from api.limit import first_of, listed, text_of
from api.resolve.column import ALERT
from api.resolve.connection import ConnectionView
from api.resolve.live import Watched as Watching
from api.resolve.sift import sift
from api.resolve.value import epoch_of, filled
from api.schema.input import EntityOrder, ListWhere
from graph.answer import EntityView, LinkView, Page, Truncation
from graph.errors import PolegraphError
from graph.read.path import PathView
from resolution.change import ChangeView, Watched

Id = Annotated[strawberry.ID, strawberry.argument(name="id")]
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class AcknowledgedView:
    """The alerts that stand acknowledged."""

    ids: list[str]


def watches(info: Asked) -> list[WatchView]:
    """The viewer's own watches."""
    found = info.context.ask(of_watch.watches)
    _meet_watches(info.context, found)
    return found


def watch(
    info: Asked,
    name: str,
    ids: list[strawberry.ID] | None = None,
    area: strawberry.ID | None = None,
    patterns: list[WatchPattern] | None = None,
    metres: int | None = 500,
    minutes: int | None = 60,
    max_hops: int | None = 3,
    since: datetime | None = None,
    until: datetime | None = None,
) -> WatchView:
    """Keep a watch."""
    listed("ids", ids or ())
    wanted = Wanted(
        text_of("name", name, _LONGEST_NAME),
        Watched(None if ids is None else tuple(ids), area),
        tuple(filled(patterns, [WatchPattern.ANYTHING])),
        filled(metres, 500),
        filled(minutes, 60),
        filled(max_hops, 3),
        epoch_of(since),
        epoch_of(until),
    )
    found = info.context.change(of_watch.watch, wanted)
    _meet_watches(info.context, [found])
    return found


def unwatch(info: Asked, id_: Id) -> WatchView:
    """Give up a watch."""
    found = info.context.change(of_watch.unwatch, id_)
    _meet_watches(info.context, [found])
    return found


def deliver(info: Asked, watch: strawberry.ID, webhook: str | None = None) -> WatchView:
    """Have the alerts of a watch delivered, or no more."""
    found = info.context.change(of_delivery.deliver, watch, webhook)
    _meet_watches(info.context, [found])
    return found


def alerts(
    info: Asked,
    watch: strawberry.ID | None = None,
    acknowledged: bool | None = None,
    where: ListWhere | None = None,
    order_by: list[EntityOrder] | None = None,
    first: int | None = 50,
    after: str | None = None,
) -> ConnectionView[AlertView]:
    """The alerts of the viewer's watches that pass, as they came or in that order."""
    silences: list[Truncation | None] = []

    def pages(many: int, after: str | None) -> Page[AlertView]:
        page, silent = info.context.ask(of_alert.alerts, watch, many, after, acknowledged)
        silences.append(silent)
        return page

    given = (where, order_by, first_of(first, 50), after)
    page = sift(info, ALERT, (watch, acknowledged), pages, None, given).page
    # However many pages of it are read, the same watches say nothing.
    info.context.cut("alerts", silences[-1])
    _meet(info.context, page.items)
    return ConnectionView(page)


def acknowledge(info: Asked, alerts: list[strawberry.ID]) -> AcknowledgedView:
    """Note that alerts were seen."""
    return AcknowledgedView(info.context.change(of_alert.acknowledge, alerts))


def alarm(info: Watching, watch: strawberry.ID | None = None) -> AsyncIterator[Alarm | PolegraphError | None]:
    """What fires, as it comes."""
    return info.context.alerting.alarms(info.context.viewer, watch)


def at(root: Parent[AlertView]) -> datetime:
    """When the fact was whole here."""
    return datetime.fromtimestamp(root.fact.at, UTC)


def pattern(root: Parent[AlertView]) -> WatchPattern:
    """What the watch waited for."""
    return root.fact.pattern


def sentence(root: Parent[AlertView]) -> str:
    """The fact in words."""
    return root.fact.sentence


def subjects(root: Parent[AlertView]) -> list[EntityView]:
    """Whose fact it is."""
    return list(root.fact.subjects)


def change(root: Parent[AlertView]) -> ChangeView | None:
    """The change that it is."""
    return root.fact.change


def links(root: Parent[AlertView]) -> list[LinkView]:
    """The links that say it."""
    return list(root.fact.links)


def events(root: Parent[AlertView]) -> list[EntityView]:
    """The events that it is made of."""
    return list(root.fact.events)


def path(root: Parent[AlertView]) -> PathView | None:
    """The way that it is."""
    return root.fact.path


def _meet_watches(context: Context, found: list[WatchView]) -> None:
    context.meet([view for each in found for view in (*each.subjects, *((each.area,) if each.area else ()))])


def _meet(context: Context, found: tuple[AlertView, ...]) -> None:
    """Announce all that alerts show."""
    for alert in found:
        fact, change = alert.fact, alert.fact.change
        context.meet((*fact.subjects, *fact.events, *(() if fact.path is None else fact.path.nodes)))
        context.meet_links(fact.links)
        if change is not None:
            context.meet_links(() if change.link is None else (change.link,))
            context.meet_records(() if change.record is None else (change.record,))
    _meet_watches(context, [alert.watch for alert in found])
