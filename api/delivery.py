"""Alerts on their way to webhooks: found as for whoever listens, taken by one process, tried until they are taken.

Each is looked for again, with the rights of that moment, before it is sent; that it is disclosed is on record before.
"""

from __future__ import annotations

import asyncio
import random
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import anyio
import anyio.to_thread
import orjson
import structlog

from alert import delivery as of_delivery
from alert.alert import AlertView, alerts
from alert.delivery import Keys, Standing, Waiting
from api.alerting import Alarm, Alerting
from api.courier import Undelivered, post
from api.ending import Ending
from api.log import where_it_failed
from api.operation import COMPONENT
from graph.answer import EntityView, LinkView, iso
from graph.audit import Named, put_on_record
from graph.errors import PolegraphError
from graph.open import Graph
from graph.webhook import Webhook
from security.api_key import ApiKeys
from security.audit import Act, AuditLog, Entry
from security.audit.entry import BEGUN
from security.marking import Grants

_LOG = structlog.get_logger("polegraph.delivery")
T = TypeVar("T")
# How often it is looked what is to be delivered: where this process found something, and for what another left.
_PACE_S, _STANDING_S, _LEFT_S = 0.2, 2.0, 5.0
# How often everything is gone through that a watch has: what came while nobody listened is found so.
_SWEEP_S = 600.0
_PAGE = 500
_MOST_WATCHES = 10_000
# A webhook that does not take anything rests for twice as long each time, to a quarter of an hour; an alert that it
# refuses by itself (4xx) is tried so often, with twice the seconds between each time.
_FIRST_REST_S, _LONGEST_REST_S = 1.0, 900.0
_TRIES, _FIRST_PAUSE_S = 6, 30.0
# Without rights, or while these cannot be known, an alert waits so long, then for twice as long, so many times.
_NO_RIGHTS_S, _DOUBLED = 60.0, 10
# Alerts that are on their way at once; of what is behind a slow receiver the others do not wait for it.
_AT_ONCE = 16
_LATER = (408, 425, 429)


def keys_of(keys: ApiKeys, clock: Callable[[], int]) -> Keys:
    """What API keys that are good now hold, by their owners' names."""

    def grants(user: str) -> Grants | None:
        for key in keys.all():
            if key.user == user:
                return key.grants if key.state(clock()) == "active" else None
        return None

    return grants


@dataclass(slots=True)
class _Rest:
    """How often a webhook failed in a row, and until when it is left alone (monotonic)."""

    fails: int = 0
    until: float = 0.0

    def failed(self) -> None:
        """It rests, for twice as long as the last time, more or less."""
        seconds = min(_LONGEST_REST_S, _FIRST_REST_S * 2**self.fails)
        self.fails += 1
        self.until = time.monotonic() + seconds * random.uniform(0.5, 1.5)  # noqa: S311 - not for secrets


class Delivering:
    """The deliveries of one process; to be run in its event loop."""

    def __init__(self, graph: Graph, keys: Keys, log: AuditLog, quiet_s: float, ending: Ending) -> None:
        self._graph = graph
        self._keys = keys
        self._log = log
        self._ending = ending
        self._alerting = Alerting(graph, _MOST_WATCHES, quiet_s, ending)
        self._listening: dict[Standing, asyncio.Task[None]] = {}
        self._sending: set[asyncio.Task[None]] = set()
        self._threads = anyio.CapacityLimiter(_AT_ONCE)
        self._rests: dict[str, _Rest] = defaultdict(_Rest)
        self._found = True
        self._looked = self._left = float("-inf")

    async def run(self) -> None:
        """Deliver until the server ends."""
        while not self._ending.begun:
            try:
                await self._stand()
                await self._deliver()
            except PolegraphError as error:
                _LOG.warning("nothing_delivered", code=error.code)
            except Exception as error:  # noqa: BLE001 - a round that fails ends no other
                _LOG.error("nothing_delivered", **where_it_failed(error))
            await self._ending.within(_PACE_S)
        for task in self._listening.values():
            task.cancel()
        await asyncio.gather(*self._listening.values(), *self._sending, return_exceptions=True)

    async def _thread(self, work: Callable[[], T]) -> T:
        return await anyio.to_thread.run_sync(work)

    async def _stand(self) -> None:
        """Listen for each watch that is delivered now, as its owner may see now; for no other any more."""
        now = time.monotonic()
        if now - self._looked < _STANDING_S:
            return
        self._looked = now
        there = await self._thread(lambda: of_delivery.standing(self._graph, self._keys))
        for each in self._listening.keys() - set(there):
            self._listening.pop(each).cancel()
        for each in there:
            task = self._listening.get(each)
            if task is None or task.done():
                self._listening[each] = asyncio.create_task(self._listen(each))

    async def _listen(self, standing: Standing) -> None:
        """Note what a watch has, then whatever fires."""
        swept = float("-inf")
        try:
            async for told in self._alerting.alarms(standing.viewer, standing.watch):
                if isinstance(told, Alarm):
                    await self._note(standing, told.alerts)
                if time.monotonic() - swept > _SWEEP_S:
                    await self._sweep(standing)
                    swept = time.monotonic()
        except PolegraphError as error:
            # It is listened for again when it is looked for watches the next time.
            _LOG.warning("watch_not_listened_for", watch=standing.watch, code=error.code)

    async def _sweep(self, standing: Standing) -> None:
        """Note everything that a watch has and its owner has not acknowledged."""
        after: str | None = None
        while True:
            page, _ = await self._thread(lambda after=after: self._page(standing, after))  # type: ignore[misc]
            await self._note(standing, page.items)
            if not page.has_next:
                return
            after = page.cursors[-1]

    def _page(self, standing: Standing, after: str | None) -> Any:  # noqa: ANN401 - what `alerts` gives
        return alerts(self._graph, standing.viewer, standing.watch, _PAGE, after, acknowledged=False)

    async def _note(self, standing: Standing, found: tuple[AlertView, ...]) -> None:
        if found:
            await self._thread(lambda: of_delivery.put(self._graph, standing, found))
            self._found = True

    async def _deliver(self) -> None:
        """Take what waits and try it."""
        now = time.monotonic()
        if len(self._sending) >= _AT_ONCE or not (self._found or now - self._left >= _LEFT_S):
            return
        self._found, self._left = False, now
        awake = [name for name in self._graph.webhooks if self._rests[name].until <= now]
        taken = await self._thread(lambda: of_delivery.take(self._graph, awake))
        for each in taken:
            task = asyncio.create_task(self._try(each))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)
        self._found = self._found or bool(taken)

    async def _try(self, waiting: Waiting) -> None:
        try:
            await anyio.to_thread.run_sync(self._one, waiting, limiter=self._threads)
        except PolegraphError as error:
            # Nobody else takes it for a minute, then it is tried again.
            _LOG.warning("alert_not_delivered", watch=waiting.watch, code=error.code)
        except Exception as error:  # noqa: BLE001 - one alert that fails ends no other
            _LOG.error("alert_not_delivered", watch=waiting.watch, **where_it_failed(error))

    def _one(self, waiting: Waiting) -> None:
        standing = next(iter(of_delivery.standing(self._graph, self._keys, waiting.watch)), None)
        webhook = self._graph.webhooks[waiting.webhook]
        if standing is None or standing.webhook is not webhook:
            of_delivery.put_off(self._graph, waiting, _NO_RIGHTS_S * 2 ** min(waiting.tries - 1, _DOUBLED))
            return
        alert = of_delivery.found_again(self._graph, standing.viewer, waiting)
        if alert is None:
            of_delivery.forget(self._graph, waiting)
            return
        self._send(waiting, standing, alert)

    def _send(self, waiting: Waiting, standing: Standing, alert: AlertView) -> None:
        """Send an alert, on record before and after, and note what became of it."""
        webhook, named = standing.webhook, Named()
        for view in alert.fact.named:
            named.add(view)
        marking = named.marking(self._graph.catalogue)
        details = {"watch": waiting.watch, "webhook": webhook.name, "try": waiting.tries}
        entry = Entry(
            Act.DISCLOSURE, standing.viewer.user, "webhook", uuid.uuid4().hex, COMPONENT,
            purpose=standing.viewer.purpose, asked=(waiting.id,), ids=named.ids, marking=marking,
            recipients=(webhook.host,), details=details,
        )  # fmt: skip
        put_on_record(self._log, replace(entry, outcome=(BEGUN,)))
        body = orjson.dumps(said(alert, marking, telling=webhook.telling))
        status = 0
        try:
            status = post(webhook, waiting.id, self._graph.clock(), body)
            outcome = "OK" if 200 <= status < 300 else f"HTTP_{status}"
        except Undelivered as error:
            outcome = "UNDELIVERED"
            _LOG.warning("webhook_not_reached", webhook=webhook.name, why=str(error))
        with suppress(PolegraphError):
            put_on_record(self._log, replace(entry, outcome=(outcome,)))
        self._settle(waiting, webhook, status)

    def _settle(self, waiting: Waiting, webhook: Webhook, status: int) -> None:
        rest = self._rests[webhook.name]
        if 200 <= status < 300:
            rest.fails = 0
            of_delivery.done(self._graph, waiting, "DELIVERED")
        elif 400 <= status < 500 and status not in _LATER:
            if waiting.tries >= _TRIES:
                of_delivery.done(self._graph, waiting, "REFUSED")
            else:
                of_delivery.put_off(self._graph, waiting, _FIRST_PAUSE_S * 2 ** (waiting.tries - 1))
        else:
            if rest.until <= time.monotonic():
                rest.failed()
            of_delivery.put_off(self._graph, waiting, 0)
        _LOG.info("alert_sent", webhook=webhook.name, watch=waiting.watch, status=status, tries=waiting.tries)


def said(alert: AlertView, marking: str | None, *, telling: bool) -> Mapping[str, Any]:
    """What is sent of an alert: ids and kinds; names and the sentence too where the webhook is `telling`."""
    fact = alert.fact

    def thing(view: EntityView) -> dict[str, str]:
        told = {"id": view.id, "kind": view.kind}
        return {**told, "label": view.label} if telling else told

    data: dict[str, Any] = {
        "id": alert.id,
        "watch": alert.watch.id,
        "pattern": fact.pattern.value,
        "at": iso(fact.at),
        "marking": marking,
        "subjects": [thing(view) for view in fact.subjects],
        "events": [thing(view) for view in fact.events],
        "links": [link.id for link in (*fact.links, *_changed(alert))],
    }
    if telling:
        data |= {"name": alert.watch.name, "sentence": fact.sentence}
    return {"type": "alert.fired", "timestamp": iso(fact.at), "data": data}


def _changed(alert: AlertView) -> tuple[LinkView, ...]:
    """The link that is new, or is said no longer."""
    change = alert.fact.change
    return () if change is None or change.link is None else (change.link,)
