"""A server that is killed every ten seconds while a day is sent to it: figures against a recount, at every tick.

`python -m bench.crash [--minutes 2] [--every 10]` plays messages of a day, of which 5 % are late, 2 % come twice and
1 % are corrected, into a server of its own. After each sending that was taken, the server's figures and those of a
process that was there from the beginning are held against a count anew by the database, of the same moment. It fails
where one differs. All is thrown away afterwards.
"""

from __future__ import annotations

import argparse
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from statistics import quantiles
from typing import Any

from analysis.kept_events import Kept
from analysis.live import MetricsView, metrics
from bench.installation import prepared, thrown_away
from bench.serving import serving
from cli.day import begin_of
from cli.day_sender import Sender
from graph.managed.process import free_port
from graph.open import Graph, system_clock
from graph.settings import Settings
from loaders.world.day import Day, DayGiven, day_of, write_mappings
from security.marking import EVERYTHING
from standards.date import parse_date

_QUERY = "query($window: String) { metrics(window: $window) { asOf total tiles { name value groups { key value } } } }"
_WINDOWS = ("1h", "24h", "30d")
_AT_ONCE = 25


@dataclass(slots=True)
class _Killing:
    """Serves at one port, kills the server every so many seconds and begins another."""

    settings: Settings
    port: int
    every_s: float
    kills: int = 0
    ended: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        while not self.ended.is_set():
            with serving(self.settings, self.port, apart=False) as served:
                if not self.ended.wait(self.every_s):
                    served.process.kill()
                    self.kills += 1


@contextmanager
def _killed(settings: Settings, every_s: float) -> Iterator[_Killing]:
    killing = _Killing(settings, free_port(), every_s)
    thread = threading.Thread(target=killing.run, daemon=True)
    thread.start()
    try:
        yield killing
    finally:
        killing.ended.set()
        thread.join()


class _Ticks:
    """Counts that were held against a recount."""

    def __init__(self, graph: Graph) -> None:
        self._graph, self.now = graph, system_clock()
        # All three count at one moment: that which the server says.
        self._then = replace(graph, clock=lambda: self.now)
        self._kept = Kept(self._then)
        self._kept.build()
        self.count, self.total, self.times = 0, 0, list[float]()

    def tick(self, sender: Sender, window: str) -> None:
        """Hold the server's figures, and those from columns here, against a recount; raises AssertionError."""
        began = time.monotonic()
        told = sender.ask(_QUERY, {"window": window})["metrics"]
        self.times.append(time.monotonic() - began)
        moment = parse_date(told["asOf"], ())
        assert moment is not None
        self.now = moment.epoch
        self._graph.catalogue.refresh()
        viewer = self._graph.catalogue.viewer("bench", EVERYTHING)
        counted = metrics(self._then, viewer, None, window)
        assert _said(told) == _plain(counted), f"the server's figures of {window} at {told['asOf']} are no recount"
        assert metrics(self._then, viewer, None, window, None, self._kept) == counted, f"columns of {window}"
        self.count, self.total = self.count + 1, counted.total


def _plain(view: MetricsView) -> tuple[int, dict[str, Any]]:
    tiles = {tile.name: (tile.value, [(group.key, group.value) for group in tile.groups]) for tile in view.tiles}
    return view.total, tiles


def _said(told: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
    tiles = {
        tile["name"]: (tile["value"], [(group["key"], group["value"]) for group in tile["groups"]])
        for tile in told["tiles"]
    }
    return told["total"], tiles


def play(day: Day, killing: _Killing, ticks: _Ticks, seconds: float) -> int:
    """Send the day's messages for so long, with a tick after each sending; returns how many were sent."""
    sender, sent, until = Sender(f"http://127.0.0.1:{killing.port}", None, "TEST"), 0, time.monotonic() + seconds
    sender.send(day.prelude)
    while time.monotonic() < until and sent < len(day.messages):
        sender.send(day.messages[sent : sent + _AT_ONCE])
        sent += _AT_ONCE
        ticks.tick(sender, _WINDOWS[ticks.count % len(_WINDOWS)])
    return min(sent, len(day.messages))


def main() -> None:
    """Serve, kill, send, count, throw away."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=2.0)
    parser.add_argument("--every", type=float, default=10.0, help="seconds from one kill to the next")
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    with thrown_away() as (settings, folder):
        graph = prepared(settings, system_clock)
        mappings = folder / "live"
        write_mappings(mappings)
        day = day_of(DayGiven(given.people, given.seed, begin_of(None, 24.0, 0)))
        own = settings.model_copy(update={"mappings_dir": mappings})
        ticks = _Ticks(graph)
        with _killed(own, given.every) as killing:
            sent = play(day, killing, ticks, 60 * given.minutes)
        graph.store.close()
    cut = quantiles(ticks.times, n=20)
    print(f"{sent:,} messages, {killing.kills} kills, {ticks.total:,} incidents in the last window")
    print(
        f"{ticks.count:,} ticks, each as counted anew by the server and by a process that was there from the beginning"
    )
    print(f"the server's answer, its coming back included: p50 {1_000 * cut[9]:.0f} ms, p95 {1_000 * cut[18]:.0f} ms")


if __name__ == "__main__":
    main()
