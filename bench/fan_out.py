"""Very many dashboards of one process: how long each figure takes to all of them, and the processor that it costs.

`python -m bench.fan_out [--dashboards 2700] [--ticks 30]` serves an installation of its own, opens so many streams of
`metrics` as viewers who hold different markings, then sends an incident a second. Of each figure that is told are
measured the time from the sending of its newest incident to each dashboard, and from the first dashboard to each.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles

import orjson
import psutil

from bench.installation import prepared, thrown_away
from bench.serving import Served, serving
from cli.day_sender import Sender
from graph.managed.process import free_port
from graph.open import managed, system_clock
from graph.settings import Settings
from loaders.world.day import Message

_MAPPING = """
source: board
name: Board
priority: 10
marking: OFFICIAL
files:
  - path: "incidents.ndjson"
    format: ndjson
    row_key: "{ref}"
    records:
      incident:
        kind: Incident
        key: "{ref}"
        properties: {priority: priority, type: type, occurred_from: {column: at, parse: datetime}}
"""
_QUERY = 'subscription { metrics(window: "24h") { asOf total tiles { name value change groups { key value } } } }'
_VIEWERS = ("OFFICIAL", "OFFICIAL-SENSITIVE", "SECRET")
_OPENED_AT_ONCE = 50
_FILES = 200
_BEGINS_S, _ENDS_S = 120.0, 5.0


@dataclass(slots=True)
class _Boards:
    """What dashboards were told: when each of them was told a total, by the total."""

    begun: int = 0
    told: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))


class _Board(asyncio.Protocol):
    """One dashboard: a socket that asks once, and notes when it is told what."""

    def __init__(self, boards: _Boards, request: bytes) -> None:
        self._boards, self._request, self._left, self._total = boards, request, b"", -1

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        now, data = time.monotonic(), self._left + data
        while (end := data.find(b"\n\n")) >= 0:
            event, data = data[:end], data[end + 2 :]
            if (begin := event.find(b'"total":')) >= 0:
                total = int(event[begin + 8 :].split(b",", 1)[0])
                self._boards.begun += self._total < 0
                self._total = total
                self._boards.told[total].append(now)
        self._left = data


def _request(port: int, marking: str) -> bytes:
    body = orjson.dumps({"query": _QUERY})
    told = {
        "Host": f"127.0.0.1:{port}", "Content-Type": "application/json", "Accept": "text/event-stream",
        "X-Viewer-Markings": marking, "X-Purpose": "TEST", "Content-Length": str(len(body)),
    }  # fmt: skip
    return ("POST /graphql HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in told.items()) + "\r\n").encode() + body


def _incident(number: int) -> Message:
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    row = {"ref": f"i{number}", "priority": str(1 + number % 4), "type": "999", "at": at}
    return Message(0, "board", "incidents.ndjson", row)


async def _watched(served: Served, boards: _Boards, many: int) -> list[asyncio.BaseTransport]:
    """So many dashboards, each told something; opened a few at a time, as people come."""
    loop, opened = asyncio.get_running_loop(), list[asyncio.BaseTransport]()
    for begin in range(0, many, _OPENED_AT_ONCE):
        some = [
            _request(served.port, _VIEWERS[n % len(_VIEWERS)]) for n in range(begin, min(begin + _OPENED_AT_ONCE, many))
        ]
        made = [loop.create_connection(lambda r=r: _Board(boards, r), "127.0.0.1", served.port) for r in some]  # type: ignore[misc]
        opened += [transport for transport, _ in await asyncio.gather(*made)]
        until = time.monotonic() + _BEGINS_S
        while boards.begun < len(opened):
            assert time.monotonic() < until, f"{len(opened) - boards.begun} dashboards were told nothing"
            await asyncio.sleep(0.01)
    return opened


async def _measure(served: Served, database: psutil.Process, many: int, ticks: int) -> None:
    boards, sender, sent = _Boards(), Sender(f"http://127.0.0.1:{served.port}", None, "TEST"), dict[int, float]()
    await asyncio.to_thread(sender.send, [_incident(0)])
    begun = time.monotonic()
    opened = await _watched(served, boards, many)
    print(f"{many:,} dashboards opened in {time.monotonic() - begun:.1f} s; the server has {served.megabytes():.0f} MB")
    await asyncio.sleep(_ENDS_S)
    boards.told.clear()
    used, base, own, begun = served.seconds(), _seconds(database), time.process_time(), time.monotonic()
    for number in range(1, ticks + 1):
        sent[number + 1] = time.monotonic()
        await asyncio.to_thread(sender.send, [_incident(number)])
        await asyncio.sleep(max(0.0, begun + number - time.monotonic()))
    await asyncio.sleep(_ENDS_S)
    took = time.monotonic() - begun
    spent, based, asked = served.seconds() - used, _seconds(database) - base, time.process_time() - own
    for transport in opened:
        transport.close()
    late = [at - sent[total] for total, times in boards.told.items() for at in times]
    apart = [at - min(times) for times in boards.told.values() for at in times]
    assert len(boards.told[ticks + 1]) == many, f"{many - len(boards.told[ticks + 1])} dashboards miss the last figure"
    print(f"{len(boards.told)} figures of {ticks} incidents, each told to {many:,}")
    for name, some in (("from the sending to each dashboard", late), ("from the first dashboard to each", apart)):
        cut = quantiles(some, n=20)
        print(f"{name}: p50 {1_000 * cut[9]:.0f} ms, p95 {1_000 * cut[18]:.0f} ms, worst {1_000 * max(some):.0f} ms")
    print(
        f"processors: the server {spent / took:.2f}, the database {based / took:.2f}, the dashboards {asked / took:.2f}"
    )


def _seconds(process: psutil.Process) -> float:
    used = process.cpu_times()
    return float(used.user + used.system)


def main() -> None:
    """Serve, watch, send, print, throw away."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dashboards", type=int, default=2_700)
    parser.add_argument("--ticks", type=int, default=30)
    given = parser.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, given.dashboards + _FILES), most))
    with thrown_away() as (settings, folder):
        prepared(settings, system_clock).store.close()
        mappings = folder / "board"
        _write(mappings)
        own = settings.model_copy(update={"mappings_dir": mappings})
        with serving(own, free_port(), apart=False) as served:
            asyncio.run(_measure(served, _database(settings), given.dashboards, given.ticks))


def _database(settings: Settings) -> psutil.Process:
    pid = managed(settings).status().pid
    assert pid is not None
    return psutil.Process(pid)


def _write(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "board.yaml").write_text(_MAPPING, "utf-8")


if __name__ == "__main__":
    main()
