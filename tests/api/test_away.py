"""A database that stops under load: everybody is told at once, and answered again at once when it is back."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import cycle
from typing import Any

import orjson
import pytest

from api.limit import Limits
from api.serve import background
from graph.catalogue import Catalogue
from graph.ids import Ids
from graph.managed.instance import Instance
from graph.open import Graph
from graph.settings import Settings
from graph.store import Store
from tests.api.town import Town
from tests.conftest import KEY, NOW, prepare
from tests.read.world import World

pytestmark = pytest.mark.database

ASKERS = 20
# Seconds: every answer within, and the first good one after the database is back. A machine that does much else is
# slow, and not wrong, so that more passes; without slack it is measured.
TOLD, BACK = 2.0, 1.0
SLACK_S = float(os.environ.get("POLEGRAPH_TEST_SLACK_S", "8"))
FELT_S, AWAY_S = 3.0, 6.0

Sent = tuple[str, str, bytes | None, str]


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: when it was asked for and came, and what it says."""

    path: str
    media: str
    began: float
    ended: float
    status: int
    retry: str | None
    body: Any


@dataclass
class Load:
    """Threads that ask, each as soon as it is answered, and all that they are told."""

    port: int
    sent: list[Sent]
    # Threads of applications before.
    others: int
    said: list[Said] = field(default_factory=list)
    # How much later than it should a thread of this process wakes: so much is the machine's own.
    lag: float = 0.0
    _ended: threading.Event = field(default_factory=threading.Event)

    def warm(self) -> None:
        """Ask everything until it has been planned, which takes a database that has just started seconds."""
        for sent in self.sent:
            while asked(self.port, sent).status == 503:
                time.sleep(0.1)

    @contextmanager
    def running(self) -> Iterator[None]:
        threads = [threading.Thread(target=self._ask, args=(place,)) for place in range(ASKERS)]
        threads.append(threading.Thread(target=self._look))
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._ended.set()
            for thread in threads:
                thread.join()

    def _look(self) -> None:
        while not self._ended.is_set():
            began = time.monotonic()
            self._ended.wait(0.02)
            self.lag = max(self.lag, time.monotonic() - began - 0.02)

    def _ask(self, place: int) -> None:
        for sent in cycle(self.sent[place % len(self.sent) :] + self.sent[: place % len(self.sent)]):
            if self._ended.wait(0.1):
                return
            self.said.append(asked(self.port, sent))

    def between(self, began: float, ended: float) -> list[Said]:
        """What was asked for in this time."""
        return [one for one in self.said if began <= one.began < ended]

    def first_good(self, after: float) -> float:
        """When the first question was asked that was answered after this moment.

        Not when that was: a database that has just started plans everything anew, which takes it seconds.
        """
        return min(one.began for one in self.said if one.ended >= after and one.status == 200)


def asked(port: int, sent: Sent) -> Said:
    method, path, body, media = sent
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    began = time.monotonic()
    connection.request(method, path, body, {"Content-Type": "application/json", "Accept": media})
    answer = connection.getresponse()
    content = answer.read()
    ended = time.monotonic()
    connection.close()
    assert answer.status == 200 or content.startswith(b"{"), (sent, answer.status, content[:300])
    told = orjson.loads(content) if answer.status != 200 else None
    return Said(path, media, began, ended, answer.status, answer.headers.get("Retry-After"), told)


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """A managed server of this module's own: others need theirs."""
    own = Instance(tmp_path_factory.mktemp("away"), Settings().cache_dir)
    own.start()
    yield own
    own.stop()


def _places() -> int:
    """The threads in which questions are answered, of all applications of this process."""
    return sum(thread.name.startswith("ask") for thread in threading.enumerate())


@pytest.fixture
def load(instance: Instance) -> Iterator[Load]:
    """The API over a small world, and what is asked of it."""
    others = _places()
    with Store(instance.start()) as store, socket.socket() as free:
        prepare(store)
        graph = Graph(store, Ids(KEY), Catalogue(store), lambda: NOW)
        maria = Town(World(graph)).maria
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        with background(Settings(), graph, port=port):
            yield Load(port, _sent(maria), others=others)


def _sent(maria: str) -> list[Sent]:
    def question(text: str, media: str, **variables: object) -> Sent:
        return "POST", "/graphql", orjson.dumps({"query": text, "variables": variables}), media

    search = "query($t: String!) { search(text: $t, first: 5) { edges { node { entity { id label } } } } }"
    profile = "query($id: ID!) { subjectProfile(id: $id) { subject { id } } sources { source { id } } }"
    word = 'mutation { retract(decision: "d_0000000000000000", reason: "none") { entities { id } } }'
    check = orjson.dumps({"person": {"surname": "Testova"}})
    return [
        question(search, "application/json", t="maria"),
        question(profile, "application/graphql-response+json", id=maria),
        ("POST", "/stop-check", check, "application/json"),
        ("GET", f"/profiles/{maria}", None, "application/json"),
        ("GET", "/loads", None, "application/json"),
        ("GET", "/readyz", None, "application/json"),
        question(word, "application/json"),
    ]


def _stop(process: int, instance: Instance) -> Callable[[], None]:
    del instance
    os.kill(process, signal.SIGSTOP)
    return lambda: os.kill(process, signal.SIGCONT)


def _kill(process: int, instance: Instance) -> Callable[[], None]:
    os.kill(process, signal.SIGKILL)

    def start() -> None:
        with Store(instance.start()) as store:
            store.internal("live/changes")

    return start


@pytest.mark.parametrize("take_away", [_stop, _kill])
def test_everybody_is_told_at_once(
    load: Load, instance: Instance, take_away: Callable[[int, Instance], Callable[[], None]]
) -> None:
    process = instance.status().pid
    assert process is not None
    load.warm()
    with load.running():
        time.sleep(1.0)
        gone = time.monotonic()
        bring_back = take_away(process, instance)
        time.sleep(AWAY_S)
        load.said.append(asked(load.port, ("GET", "/exports/ndjson", None, "*/*")))
        places = _places() - load.others
        told = time.monotonic()
        bring_back()
        back = time.monotonic()
        time.sleep(2.0 + BACK)
    # Whoever was waiting when it went, and whoever came.
    waited = [one for one in load.said if one.began < told and one.ended > gone]
    before, away, after = (
        [one for one in load.said if one.ended < gone],
        # Whoever came last may be answered by the database that is back.
        [one for one in load.between(gone + FELT_S, told) if one.ended < told],
        load.between(back + BACK, back + 99),
    )
    assert {one.status for one in before} <= {200, 404}
    assert max(one.ended - max(one.began, gone) for one in waited) < TOLD + load.lag + SLACK_S
    assert {one.status for one in away} == {503}
    assert len(away) > ASKERS
    for one in away:
        if one.path == "/readyz":
            assert "does not answer" in one.body["problems"][0] or "no database" in one.body["problems"][0]
        else:
            (error, *_) = one.body["errors"]
            assert (one.retry, error["extensions"]["code"]) == ("1", "UNAVAILABLE"), one
            assert "try again" in error["message"] or "start it" in error["message"]
    assert places <= Limits().workers + Limits().heavy_workers
    assert load.first_good(told) - back < BACK + load.lag + SLACK_S
    assert {one.status for one in after} <= {200, 404}
