"""Very many dashboards of one process: how long each figure takes to all of them, and the processor that it costs.

`python -m bench.fan_out [--dashboards 2700] [--ticks 30]` serves an installation of its own, opens so many streams of
`metrics` as viewers who hold different markings, then sends an incident a second. Of each figure that is told are
measured the time from the sending of its newest incident to each dashboard, and from the first dashboard to each.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles

import orjson
import psutil

from bench.boards import Told, boards
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
_FILES = 200
_ENDS_S, _MOST_S = 5.0, 60.0


def _request(port: int, marking: str) -> bytes:
    body = orjson.dumps({"query": _QUERY})
    told = {
        "Host": f"127.0.0.1:{port}", "Content-Type": "application/json", "Accept": "text/event-stream",
        "X-Viewer-Markings": marking, "X-Purpose": "TEST", "Content-Length": str(len(body)),
    }  # fmt: skip
    return ("POST /graphql HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in told.items()) + "\r\n").encode() + body


def _incident(number: int) -> Message:
    # What happens in the second at which the window ends is counted in the next.
    at = (datetime.now(UTC) - timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    row = {"ref": f"i{number}", "priority": str(1 + number % 4), "type": "999", "at": at}
    return Message(0, "board", "incidents.ndjson", row)


def _measure(served: Served, database: psutil.Process, many: int, ticks: int) -> None:
    sender, sent = Sender(f"http://127.0.0.1:{served.port}", None, "TEST"), dict[int, float]()
    sender.send([_incident(0)])
    begun = time.monotonic()
    with boards(served.port, [_request(served.port, _VIEWERS[n % len(_VIEWERS)]) for n in range(many)]) as watching:
        watching.opened()
        took = time.monotonic() - begun
        print(f"{many:,} dashboards opened in {took:.1f} s; the server has {served.megabytes():.0f} MB")
        time.sleep(_ENDS_S)
        watching.forget()
        used, base, begun = served.seconds(), _seconds(database), time.monotonic()
        for number in range(1, ticks + 1):
            sent[number + 1] = time.monotonic()
            sender.send([_incident(number)])
            time.sleep(max(0.0, begun + number - time.monotonic()))
        time.sleep(_ENDS_S)
        took = time.monotonic() - begun
        spent, based = served.seconds() - used, _seconds(database) - base
        told, asked = watching.told()
        _ended(served)
    _tell(told, sent, many, ticks)
    print(
        f"processors: the server {spent / took:.2f}, the database {based / took:.2f}, the dashboards {asked / took:.2f}"
    )


def _tell(told: Told, sent: Mapping[int, float], many: int, ticks: int) -> None:
    late = [at - sent[total] for total, times in told.items() for at in times]
    apart = [at - min(times) for times in told.values() for at in times]
    missed = many - len(told.get(ticks + 1, ()))
    print(f"{len(told)} figures of {ticks} incidents, each told to {many:,}; {missed} dashboards miss the last")
    for name, some in (("from the sending to each dashboard", late), ("from the first dashboard to each", apart)):
        cut = quantiles(some, n=20)
        print(f"{name}: p50 {1_000 * cut[9]:.0f} ms, p95 {1_000 * cut[18]:.0f} ms, worst {1_000 * max(some):.0f} ms")


def _ended(served: Served) -> None:
    """End the server while all still watch, and tell how long it takes."""
    begun = time.monotonic()
    served.process.terminate()
    served.process.wait(_MOST_S)
    print(f"the server ended in {time.monotonic() - begun:.1f} s")


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
            _measure(served, _database(settings), given.dashboards, given.ticks)


def _database(settings: Settings) -> psutil.Process:
    pid = managed(settings).status().pid
    assert pid is not None
    return psutil.Process(pid)


def _write(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "board.yaml").write_text(_MAPPING, "utf-8")


if __name__ == "__main__":
    main()
