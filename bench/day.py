"""The played day at 60 times its speed: alerts lost or doubled, the memory of the server, the age of dashboards.

`python -m bench.day [--minutes 24] [--speed 60] [--calls 2000]` serves an installation of its own in a process of its
own, plays a day into it whose patterns are watched, and listens to alerts and to metrics as a control room does. An
alert is acknowledged when it comes, since a stream that begins anew tells what is not. A dashboard is as old as the
time from the receipt of an incident to the first figures that count it. All is thrown away afterwards. It fails where
an alert is lost or doubled, a pattern not found, a figure older than two seconds, or the memory not flat.
"""

from __future__ import annotations

import argparse
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any

import orjson
import requests

from bench.installation import prepared, thrown_away
from bench.serving import Served, serving
from cli.day import begin_of
from cli.day_sender import Player, Sender
from cli.day_watch import alerts, judged, watch_for
from graph.managed.process import free_port
from graph.open import system_clock
from loaders.world.day import Day, DayGiven, day_of, write_mappings

_ALERTS = "subscription { alerts { more alerts { id } } }"
_METRICS = 'subscription { metrics(window: "7d") { total } }'
_SEE = "mutation($ids: [ID!]!) { acknowledge(alerts: $ids) { ids } }"
_SAMPLED_S = 5.0
_STARTS_S = 60.0
_OLDEST_S = 2.0
# Memory is flat where the last quarter has no more than this share of the first.
_GROWS = 1.1
# The last alerts and figures are waited for.
_ENDS_S = 10.0


@dataclass(slots=True)
class _Room:
    """What a control room is told: how often each alert, and how old the figures were."""

    url: str
    told: Counter[str] = field(default_factory=Counter)
    waiting: list[tuple[float, int]] = field(default_factory=list)
    ages: list[float] = field(default_factory=list)
    figures: int = 0
    total: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    ended: threading.Event = field(default_factory=threading.Event)
    ready: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def listen(self, query: str, take: Callable[[Mapping[str, Any]], None]) -> None:
        """Take what a stream says, and that of the next where it ends."""
        headers = {"Accept": "text/event-stream", "X-Purpose": "TEST"}
        while not self.ended.is_set():
            with suppress(requests.RequestException):
                answer = requests.post(
                    f"{self.url}/graphql", json={"query": query}, headers=headers, stream=True, timeout=60
                )
                for line in answer.iter_lines(chunk_size=1):
                    if self.ended.is_set():
                        return
                    if line.startswith(b"data: ") and (data := orjson.loads(line[6:]).get("data")):
                        take(data)
                        self.ready.release()

    def alarm(self, data: Mapping[str, Any], sender: Sender) -> None:
        ids = [alert["id"] for alert in data["alerts"]["alerts"]]
        self.told.update(ids)
        if ids:
            sender.ask(_SEE, {"ids": ids})

    def received(self, incidents: int) -> None:
        """Note that so many incidents have been taken by now, which figures may have told before."""
        with self.lock:
            if self.total >= incidents:
                self.ages.append(0.0)
            else:
                self.waiting.append((time.monotonic(), incidents))

    def count(self, data: Mapping[str, Any]) -> None:
        with self.lock:
            now, self.total = time.monotonic(), data["metrics"]["total"]
            self.figures += 1
            self.ages += [now - at for at, incidents in self.waiting if incidents <= self.total]
            self.waiting = [each for each in self.waiting if each[1] > self.total]


def _sample(served: Served, room: _Room, memory: list[float]) -> None:
    while not room.ended.wait(_SAMPLED_S):
        memory.append(served.megabytes())


def play(day: Day, served: Served, speed: float) -> None:
    """Play a day and print what was seen; raises AssertionError where anything is not as it is to be."""
    url = f"http://127.0.0.1:{served.port}"
    sender, room = Sender(url, None, "TEST"), _Room(url)
    sender.send(day.prelude)
    watches = watch_for(day, sender)
    seeing, memory = Sender(url, None, "TEST"), [served.megabytes()]
    threads = [
        threading.Thread(target=room.listen, args=(_ALERTS, lambda data: room.alarm(data, seeing)), daemon=True),
        threading.Thread(target=room.listen, args=(_METRICS, room.count), daemon=True),
        threading.Thread(target=_sample, args=(served, room, memory), daemon=True),
    ]
    for thread in threads:
        thread.start()
    for _ in range(2):
        assert room.ready.acquire(timeout=_STARTS_S), "a stream did not begin"
    player, known, before = Player(day, sender, speed, 0.0), set[str](), 0
    used, begun = served.seconds(), time.monotonic()
    for sent in player.play(begun):
        some = {str(each.row["ref"]) for each in day.messages[before:sent] if each.file == "live/incidents.ndjson"}
        if some - known:
            known |= some
            room.received(len(known))
        before = sent
    took, spent = time.monotonic() - begun, served.seconds() - used
    found = judged(sender, watches, day.given.end)
    time.sleep(_ENDS_S)
    room.ended.set()
    there = Counter(alert["id"] for each in watches for alert in alerts(sender, each.id))
    print(f"{player.sent:,} messages in {took:.0f} s, the server was behind by at most {player.lag_s:.1f} s")
    print(", ".join(f"{count:,} {name}" for name, count in sorted(sender.counts.items())))
    print(f"the server used {spent:.0f} s of processor")
    _tell(room, there, found, memory)


def _tell(room: _Room, there: Counter[str], found: Mapping[str, bool], memory: list[float]) -> None:
    lost, doubled = there.keys() - room.told.keys(), [id_ for id_, count in room.told.items() if count > 1]
    print(f"{len(there):,} alerts: {len(lost)} lost, {len(doubled)} doubled")
    print(f"{sum(found.values())} of {len(found)} patterns as they were seeded")
    cut = quantiles(room.ages, n=20) if len(room.ages) > 1 else [0.0] * 19
    worst = max(room.ages, default=0.0)
    print(
        f"{room.figures:,} figures; {len(room.waiting)} receipts were not counted; from a receipt to figures with it:"
    )
    print(f"p50 {cut[9]:.2f} s, p95 {cut[18]:.2f} s, worst {worst:.2f} s; at most {_OLDEST_S:g} s is asked")
    part = max(1, len(memory) // 4)
    first, last = median(memory[:part]), median(memory[-part:])
    print(f"memory of the server: {first:.0f} MB in the first quarter, {last:.0f} MB in the last")
    assert not lost, lost
    assert not doubled, doubled
    assert all(found.values()), found
    assert not room.waiting, room.waiting
    assert worst <= _OLDEST_S, f"figures were {worst:.2f} s old"
    assert last <= _GROWS * first, f"the server's memory grew from {first:.0f} to {last:.0f} MB"


def main() -> None:
    """Serve, play, print, throw away."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=24.0, help="how long it is played")
    parser.add_argument("--speed", type=float, default=60.0)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--calls", type=int, default=2_000, help="emergency calls in 24 hours")
    given = parser.parse_args()
    hours = given.minutes * given.speed / 60
    with thrown_away() as (settings, folder):
        prepared(settings, system_clock).store.close()
        mappings = folder / "live"
        write_mappings(mappings)
        begin = begin_of(None, hours, given.speed)
        day = day_of(DayGiven(given.people, given.seed, begin, hours, given.calls))
        print(f"{len(day.messages):,} messages of {len(day.incidents):,} incidents in {given.minutes:g} minutes")
        own = settings.model_copy(update={"mappings_dir": mappings})
        with serving(own, free_port(), apart=False) as served:
            play(day, served, given.speed)


if __name__ == "__main__":
    main()
