"""Watches whose alerts are delivered to a webhook: with whose rights, and which alerts wait, are on their way or done.

An alert is found, not kept; that it is to be delivered is kept from when it is found until its watch is given up, by
its id, so that it is delivered once, by whichever process takes it first, and is not lost where that one ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from alert.alert import AlertView, again
from alert.watch import WatchPattern, WatchView, own_watch
from graph.errors import BadInput, NotFound
from graph.open import Graph
from graph.store import Transaction
from graph.webhook import Webhook
from security.api_key import is_key
from security.marking import EVERYTHING, Grants, parse_grants
from security.viewer import Purpose, Viewer, parse_purpose

# Nobody can be asked what somebody holds who is not here: what they held stands for as long as a token can be good.
STANDS_S = 86_400
# Whoever takes an alert has so long to deliver it, then another may.
TAKEN_S = 60
_AT_ONCE = 16

# The grants of an API key by whom the log calls its owner; None where it is none, or good no more.
Keys = Callable[[str], Grants | None]


@dataclass(frozen=True, slots=True)
class Standing:
    """A watch that is delivered: whose, to which webhook, since when, and what its owner may see by now."""

    watch: str
    webhook: Webhook
    since: int
    viewer: Viewer


@dataclass(frozen=True, slots=True)
class Waiting:
    """An alert that was taken to be delivered; `tries`: this one included."""

    id: str
    watch: str
    webhook: str
    pattern: WatchPattern
    at: int
    tries: int


def deliver(graph: Graph, viewer: Viewer, watch_id: str, webhook: str | None) -> WatchView:
    """Have the alerts of a watch of one's own that come from now on delivered to a webhook, or no more.

    They are delivered with what the viewer holds now for a day, after which it has to be said again; with what an API
    key holds then, for as long as it is good. Raises NotFound for another's watch, BadInput for what is no webhook.
    """
    own_watch(graph, viewer, watch_id)
    if webhook is not None and webhook not in graph.webhooks:
        raise BadInput(
            f"webhook: {webhook!r} is none of this installation's: {', '.join(graph.webhooks) or 'it declares none'}"
        )
    if webhook is not None:
        _refuse_above(graph, _within(graph, viewer, graph.webhooks[webhook]), watch_id, webhook)
    told = _told(graph, viewer, webhook)
    graph.store.write(lambda transaction: transaction.run("alert/deliver", id=watch_id, told=told))
    return own_watch(graph, viewer, watch_id)


def _refuse_above(graph: Graph, carried: Viewer, watch_id: str, webhook: str) -> None:
    """Raise BadInput where a webhook may not carry what a watch names: it would be silent for ever."""
    try:
        own_watch(graph, carried, watch_id)
    except NotFound:
        raise BadInput(f"webhook: {webhook!r} may not carry what this watch names") from None


def _told(graph: Graph, viewer: Viewer, webhook: str | None) -> dict[str, Any]:
    """What a watch keeps of it; nothing where it is delivered no more."""
    names = ("webhook", "webhook_since", "webhook_until", "webhook_holds", "webhook_everything", "webhook_purpose")
    if webhook is None:
        return dict.fromkeys(names)
    now, grants, purpose = graph.clock(), viewer.grants, viewer.purpose
    said = None if purpose is None else "; ".join(filter(None, (purpose.code.value, purpose.reference)))
    until = None if is_key(viewer.user) else now + STANDS_S
    return dict(zip(names, (webhook, now, until, grants.texts, grants.everything, said), strict=True))


def standing(graph: Graph, keys: Keys, watch_id: str | None = None) -> list[Standing]:
    """The watches that are delivered now, to webhooks that there are, with rights that their owners have.

    `watch_id`: that one alone.
    """
    now = graph.clock()
    found = []
    for row in graph.store.internal("alert/delivered", now=now, watch=watch_id):
        watch = row["watch"]
        webhook, viewer = graph.webhooks.get(watch["webhook"]), _viewer(graph, watch, keys, now)
        if webhook is not None and viewer is not None:
            found.append(Standing(watch["id"], webhook, watch["webhook_since"], _within(graph, viewer, webhook)))
    return found


def _viewer(graph: Graph, watch: Mapping[str, Any], keys: Keys, now: int) -> Viewer | None:
    """Its owner as they may see now; None where that is not known."""
    owner: str = watch["owner"]
    grants: Grants | None
    if is_key(owner):
        grants = keys(owner)
    elif watch["webhook_until"] <= now:
        grants = None
    else:
        grants = EVERYTHING if watch["webhook_everything"] else parse_grants(watch["webhook_holds"])
    said = watch.get("webhook_purpose")
    purpose: Purpose | None = None if said is None else parse_purpose(said)
    return None if grants is None else graph.catalogue.viewer(owner, grants, purpose)


def _within(graph: Graph, viewer: Viewer, webhook: Webhook) -> Viewer:
    """The same, but for what the webhook may not carry."""
    carried = graph.catalogue.viewer(viewer.user, webhook.grants)
    both = tuple(mk for mk in viewer.allowed if carried.sees(mk))
    return Viewer(viewer.user, viewer.grants, both, viewer.purpose)


def put(graph: Graph, standing: Standing, found: Iterable[AlertView]) -> None:
    """Have alerts delivered that came since a watch is; one that waits, is on its way or done stays as it is."""
    rows = [
        {
            "id": alert.id, "watch": alert.watch.id, "webhook": standing.webhook.name, "at": alert.fact.at,
            "pattern": alert.fact.pattern.value, "state": "WAITING", "due": 0, "tries": 0,
        }
        for alert in found
        if alert.fact.at >= standing.since
    ]  # fmt: skip
    if rows:
        graph.store.write(lambda transaction: transaction.run("alert/put_deliveries", nodes=rows))


def take(graph: Graph, webhooks: Sequence[str]) -> list[Waiting]:
    """Some alerts that wait for these webhooks, the oldest first; nobody else takes them for a minute."""
    now = graph.clock()

    def work(transaction: Transaction) -> list[dict[str, Any]]:
        transaction.run("alert/take_turns")
        given = {"now": now, "until": now + TAKEN_S, "webhooks": list(webhooks), "most": _AT_ONCE}
        return transaction.run("alert/take", **given)

    rows = graph.store.write(work) if webhooks else []
    return [Waiting(**{**row, "pattern": WatchPattern(row["pattern"])}) for row in rows]


def found_again(graph: Graph, viewer: Viewer, waiting: Waiting) -> AlertView | None:
    """The alert as the viewer may see it now; None where it is not there for them any more."""
    try:
        watch = own_watch(graph, viewer, waiting.watch)
        return again(graph, viewer, watch, waiting.pattern, waiting.at, waiting.id)
    except NotFound:
        return None


def put_off(graph: Graph, waiting: Waiting, seconds: float) -> None:
    """Let an alert wait for so long, then be taken again."""
    _settle(graph, waiting, due=graph.clock() + round(seconds))


def done(graph: Graph, waiting: Waiting, state: str) -> None:
    """Note what became of an alert: DELIVERED or REFUSED."""
    _settle(graph, waiting, state=state, ended=graph.clock())


def forget(graph: Graph, waiting: Waiting) -> None:
    """An alert that is not there for its watcher waits no more; should it come back, it is found again."""
    graph.store.write(lambda transaction: transaction.run("alert/forget_delivery", id=waiting.id))


def _settle(graph: Graph, waiting: Waiting, **told: object) -> None:
    graph.store.write(lambda transaction: transaction.run("alert/settle_delivery", id=waiting.id, told=told))
